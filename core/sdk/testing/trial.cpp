// SPDX-License-Identifier: Apache-2.0
#include "trial.hpp"

#include <sstream>

namespace raccordo {
inline namespace sdk {
namespace {

// A message stays readable when an entity is large.
std::string shown(const Answer& answer) {
  std::ostringstream out;
  out << answer;
  auto text = out.str();
  constexpr std::size_t kShown = 600;
  if (text.size() > kShown) text = text.substr(0, kShown) + " ...";
  return text;
}

}  // namespace

Trial::Trial(const Candidate& candidate, HostHabits habits) {
  try {
    host_ = std::make_unique<FakeHost>(candidate.plugin, candidate.options, habits);
  } catch (...) {
    threw_ = true;
  }
}

std::string Trial::words() const { return threw_ ? std::string(kThrew) : host_->words(); }

Answer Trial::handle(const Sample& sample) {
  try {
    return host_->handle(sample);
  } catch (...) {
    threw_ = true;
    return {.verdict = RACCORDO_FATAL, .words = std::string(kThrew)};
  }
}

Answer Trial::raw(const raccordo_input& input) {
  try {
    return host_->raw(input);
  } catch (...) {
    threw_ = true;
    return {.verdict = RACCORDO_FATAL, .words = std::string(kThrew)};
  }
}

std::vector<Answer> Trial::handle_all(const std::vector<Sample>& samples) {
  std::vector<Answer> answers;
  for (const auto& sample : samples) answers.push_back(handle(sample));
  return answers;
}

std::string difference(const Sample& sample, const Answer& first, const Answer& then) {
  std::ostringstream out;
  out << sample << ": first " << shown(first) << "\nthen " << shown(then);
  return out.str();
}

Complaints no_instance(const Trial& trial) {
  if (trial.created()) return {};
  return {"the plugin was not created: " + trial.words()};
}

}  // namespace sdk
}  // namespace raccordo
