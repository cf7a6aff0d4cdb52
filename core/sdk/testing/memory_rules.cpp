// SPDX-License-Identifier: Apache-2.0
// The rules about what an instance may remember: nothing but what `create` built.
#include <algorithm>

#include "trial.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

std::vector<Sample> twice(const std::vector<Sample>& samples) {
  auto both = samples;
  both.insert(both.end(), samples.begin(), samples.end());
  return both;
}

Complaints differences(const std::vector<Sample>& samples, const std::vector<Answer>& first,
                       const std::vector<Answer>& then) {
  Complaints complaints;
  for (std::size_t i = 0; i < samples.size(); ++i)
    if (first[i] != then[i]) complaints.push_back(difference(samples[i], first[i], then[i]));
  return complaints;
}

std::vector<Answer> each_alone(const Candidate& candidate) {
  std::vector<Answer> answers;
  for (const auto& sample : candidate.samples) answers.push_back(Trial(candidate).handle(sample));
  return answers;
}

}  // namespace

// Once with a host that leaves alone what it lent, once with one that overwrites it.
Complaints keeps_no_borrowed_view(const Candidate& candidate) {
  Trial careless(candidate, {.spoils = true});
  if (auto complaints = no_instance(careless); !complaints.empty()) return complaints;
  Trial careful(candidate, {.spoils = false});
  const auto samples = twice(candidate.samples);
  return differences(samples, careful.handle_all(samples), careless.handle_all(samples));
}

// Two instances, alive at the same time, fed the same.
Complaints is_deterministic(const Candidate& candidate) {
  Trial one(candidate);
  if (auto complaints = no_instance(one); !complaints.empty()) return complaints;
  Trial other(candidate);
  const auto first = one.handle_all(candidate.samples);
  return differences(candidate.samples, first, other.handle_all(candidate.samples));
}

// Each input alone on an instance of its own, then all on one: forwards, again, and backwards.
Complaints keeps_no_state(const Candidate& candidate) {
  Trial all(candidate);
  if (auto complaints = no_instance(all); !complaints.empty()) return complaints;
  const auto alone = each_alone(candidate);
  auto complaints = differences(candidate.samples, alone, all.handle_all(candidate.samples));
  if (complaints.empty())
    complaints = differences(candidate.samples, alone, all.handle_all(candidate.samples));
  if (!complaints.empty()) return complaints;

  std::vector<Sample> backwards(candidate.samples.rbegin(), candidate.samples.rend());
  const std::vector<Answer> expected(alone.rbegin(), alone.rend());
  return differences(backwards, expected, all.handle_all(backwards));
}

}  // namespace sdk
}  // namespace raccordo
