// SPDX-License-Identifier: Apache-2.0
// The rules about what comes back for an input: that something does, and that it is what was declared.
#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "raccordo/model/json.hpp"
#include "raccordo/model/validate.hpp"
#include "raccordo/sdk/borrowed.hpp"
#include "trial.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

constexpr std::array kInputs{"", "record", "event", "request", "response", "outcome", "tick"};

std::string named(const Sample& sample) {
  std::ostringstream out;
  out << sample;
  return out.str();
}

bool takes(const raccordo_plugin& plugin, std::uint32_t kind) { return (plugin.inputs & 1u << kind) != 0; }

// Ticks may pass without a word; of every record, event and response the ledger must be able to say what
// became of it.
bool must_be_answered(const Sample& sample) {
  return sample.kind == RACCORDO_INPUT_RECORD || sample.kind == RACCORDO_INPUT_EVENT ||
         sample.kind == RACCORDO_INPUT_REQUEST || sample.kind == RACCORDO_INPUT_RESPONSE;
}

void check_samples(const Candidate& candidate, Trial& trial, Complaints& complaints) {
  for (const auto& sample : candidate.samples) {
    const auto answer = trial.handle(sample);
    const bool silent = answer.verdict == RACCORDO_DONE && answer.story.empty() && answer.not_taken.empty();
    if (must_be_answered(sample) && silent)
      complaints.push_back(named(sample) + ": no effect: publish, filter or reject it");
    if (answer.verdict != RACCORDO_DONE && answer.words.empty())
      complaints.push_back(named(sample) + ": not done, and no words why");
  }
}

void check_kinds_have_samples(const Candidate& candidate, Complaints& complaints) {
  for (std::uint32_t kind = RACCORDO_INPUT_RECORD; kind <= RACCORDO_INPUT_TICK; ++kind) {
    const bool sampled = std::any_of(candidate.samples.begin(), candidate.samples.end(),
                                     [&](const Sample& sample) { return sample.kind == kind; });
    if (takes(*candidate.plugin, kind) && !sampled)
      complaints.push_back(fmt::format("it takes a {}, and there is no sample of one", kInputs[kind]));
  }
}

void check_rejected(std::string_view what, const Answer& answer, Complaints& complaints) {
  if (answer.verdict != RACCORDO_DONE || answer.rejected.empty())
    complaints.push_back(fmt::format("{} was not rejected", what));
}

void check_foreign_inputs(const Candidate& candidate, Trial& trial, Complaints& complaints) {
  for (const auto& sample :
       {Sample::row({{"A", "1"}}), Sample::event("service", "1", R"({"id":"1","name":"x"})"),
        Sample::request("POST", "/", "{}"), Sample::response(200, "{}"), Sample::outcome(true, "{}"),
        Sample::tick(0)})
    if (!takes(*candidate.plugin, sample.kind))
      check_rejected(fmt::format("a {}, which it does not take,", kInputs[sample.kind]), trial.handle(sample),
                     complaints);

  raccordo_input unknown{};
  unknown.struct_size = sizeof unknown;
  unknown.kind = 4'711;
  check_rejected("an input of a kind that does not exist yet", trial.raw(unknown), complaints);
}

bool holds(raccordo_list list, std::string_view name) {
  const Strings names(list);
  return std::find(names.begin(), names.end(), name) != names.end();
}

void check_entities(const Sample& sample, const Answer& answer, Complaints& complaints) {
  Validator validator;
  StatementKeys keys(Uuid{});
  for (const auto& entity : answer.published) {
    std::string published;
    std::vector<DroppedField> dropped;
    if (!validator.validate(entity.kind, entity.json, keys, published, dropped))
      complaints.push_back(fmt::format("{}: an invalid {} is stated: {} {}", named(sample), entity.kind,
                                       validator.refusal().path, validator.refusal().text.en));
  }
}

bool fits_an_address(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
}

// What no host asks of a partner.
void check_sent(const Sample& sample, const Sent& sent, Complaints& complaints) {
  constexpr std::size_t kMostContext = 64u << 10;
  const auto complain = [&](std::string_view what) {
    complaints.push_back(fmt::format("{}: it sends {}", named(sample), what));
  };
  if (sent.method.empty()) complain("a request without a method");
  if (sent.method == "GET" && !sent.body.empty()) complain("a GET with a body");
  if (!fits_an_address(sent.path) || !fits_an_address(sent.query))
    complain("an address with characters that have to be escaped");
  if (sent.context.size() > kMostContext) complain("a context of over 64 KiB");
  for (const auto& [name, value] : sent.headers)
    for (const auto* ours : {"authorization", "cookie", "host", "content-length", "transfer-encoding"})
      if (strcasecmp(name.c_str(), ours) == 0) complain("the header " + name + ", which is the host's");
}

}  // namespace

Complaints answers_every_input(const Candidate& candidate) {
  Trial trial(candidate);
  auto complaints = no_instance(trial);
  if (!complaints.empty()) return complaints;
  check_kinds_have_samples(candidate, complaints);
  check_samples(candidate, trial, complaints);
  check_foreign_inputs(candidate, trial, complaints);
  return complaints;
}

Complaints states_what_it_declared(const Candidate& candidate) {
  Trial trial(candidate);
  auto complaints = no_instance(trial);
  if (!complaints.empty()) return complaints;
  for (const auto& sample : candidate.samples) {
    const auto answer = trial.handle(sample);
    for (const auto& line : answer.not_taken)
      complaints.push_back(fmt::format("{}: undeclared: {}", named(sample), line));
    for (const auto& written : answer.written)
      if (!holds(candidate.plugin->writes, "*") && !holds(candidate.plugin->writes, written.file))
        complaints.push_back(fmt::format("{}: undeclared file {}", named(sample), written.file));
    for (const auto& command : answer.commanded)
      if (!holds(candidate.plugin->commands, command.type))
        complaints.push_back(fmt::format("{}: undeclared command {}", named(sample), command.type));
    for (const auto& sent : answer.sent) check_sent(sample, sent, complaints);
    check_entities(sample, answer, complaints);
  }
  return complaints;
}

}  // namespace sdk
}  // namespace raccordo
