// SPDX-License-Identifier: Apache-2.0
// The rules about what nobody should send and somebody will.
#include <fmt/format.h>

#include <sstream>

#include "raccordo/model/json.hpp"
#include "raccordo/sdk/testing/mutations.hpp"
#include "trial.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

bool is_text(const Sample& sample) {
  if (!json::is_utf8(sample.body)) return false;
  for (const auto& [column, cell] : sample.cells)
    if (!json::is_utf8(cell) || !json::is_utf8(column)) return false;
  return true;
}

bool of_the_outside(const Sample& sample) {
  return sample.kind == RACCORDO_INPUT_RECORD || sample.kind == RACCORDO_INPUT_REQUEST ||
         sample.kind == RACCORDO_INPUT_RESPONSE;
}

void check_json(const Mutation& mutation, const Answer& answer, Complaints& complaints) {
  for (const auto& entity : answer.published) {
    const auto canonical = json::canonical(entity.json);
    if (!canonical)
      complaints.push_back(
          fmt::format("{}: what is stated is no JSON: {}", mutation.what, canonical.error().message.en));
    else if (*canonical != entity.json)
      complaints.push_back(fmt::format("{}: what is stated is not canonical JSON", mutation.what));
  }
}

void check_survived(const Mutation& mutation, const Answer& answer, Complaints& complaints) {
  if (answer.words == kThrew) return complaints.push_back(fmt::format("{}: {}", mutation.what, kThrew));
  if (answer.verdict > RACCORDO_FATAL) complaints.push_back(fmt::format("{}: no verdict", mutation.what));
  if (answer.verdict == RACCORDO_FATAL)
    complaints.push_back(fmt::format("{}: one bad input ends the instance: reject it", mutation.what));
  if (answer.verdict == RACCORDO_RETRY && of_the_outside(mutation.sample))
    complaints.push_back(fmt::format("{}: it would be asked again for ever: reject it", mutation.what));
  // Text that is not UTF-8 breaks the host's promise, so what is made of it is the host's to judge.
  if (is_text(mutation.sample)) check_json(mutation, answer, complaints);
}

void check_nothing_given(Trial& trial, Complaints& complaints) {
  for (std::uint32_t kind = 0; kind <= 7; ++kind) {
    raccordo_input input{};
    input.struct_size = sizeof input;
    input.kind = kind;
    const auto answer = trial.raw(input);
    if (answer.words == kThrew || answer.verdict != RACCORDO_DONE || answer.rejected.empty())
      complaints.push_back(fmt::format("an input of kind {} that holds nothing was not rejected", kind));
  }
}

// Whatever the host answers to effects, the plugin comes back.
void check_unwilling_host(const Candidate& candidate, Complaints& complaints) {
  for (const auto status : {RACCORDO_TOO_LARGE, RACCORDO_NOT_NOW, RACCORDO_UNKNOWN}) {
    Trial trial(candidate, {.takes_with = status});
    if (!trial.created()) continue;  // it asks for its framing, and does not get it
    for (const auto& sample : candidate.samples) {
      const auto answer = trial.handle(sample);
      if (answer.words == kThrew || answer.verdict > RACCORDO_FATAL)
        complaints.push_back(fmt::format("effects that are not taken (status {}): {}",
                                         static_cast<unsigned>(status),
                                         trial.threw() ? kThrew : "no verdict"));
    }
  }
}

// Options that no host should hand over: refused or not, never thrown.
void check_hostile_options(const Candidate& candidate, Complaints& complaints) {
  for (std::size_t i = 0; i < candidate.options.size(); ++i) {
    Sample texts = Sample::document(candidate.options[i].second);
    if (texts.body.empty()) texts.body = "x";
    for (const auto& mutation : mutations_of(texts, candidate.seed)) {
      auto changed = candidate;
      changed.options[i].second = mutation.sample.body;
      if (Trial trial(changed); trial.threw())
        complaints.push_back(
            fmt::format("option {}: {}: {}", candidate.options[i].first, mutation.what, kThrew));
    }
  }
}

}  // namespace

Complaints survives_hostile_inputs(const Candidate& candidate) {
  Trial trial(candidate);
  auto complaints = no_instance(trial);
  if (!complaints.empty()) return complaints;
  const auto before = trial.handle_all(candidate.samples);
  std::uint64_t seed = candidate.seed;
  for (const auto& sample : candidate.samples)
    for (const auto& mutation : mutations_of(sample, ++seed))
      check_survived(mutation, trial.handle(mutation.sample), complaints);
  const auto after = trial.handle_all(candidate.samples);
  for (std::size_t i = 0; i < candidate.samples.size(); ++i)
    if (before[i] != after[i])
      complaints.push_back("after hostile inputs: " + difference(candidate.samples[i], before[i], after[i]));
  return complaints;
}

Complaints is_fenced(const Candidate& candidate) {
  Trial trial(candidate);
  auto complaints = no_instance(trial);
  if (!complaints.empty()) return complaints;
  check_nothing_given(trial, complaints);
  check_unwilling_host(candidate, complaints);
  check_hostile_options(candidate, complaints);
  return complaints;
}

}  // namespace sdk
}  // namespace raccordo
