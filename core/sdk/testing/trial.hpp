// SPDX-License-Identifier: Apache-2.0
// An instance on trial: like FakeHost, but what the plugin throws across the boundary becomes an answer too.
#pragma once

#include <string>
#include <vector>

#include "raccordo/sdk/testing/conformance.hpp"
#include "raccordo/sdk/testing/fake_host.hpp"

namespace raccordo {
inline namespace sdk {

inline constexpr std::string_view kThrew = "something was thrown across the boundary";

class Trial {
 public:
  Trial(const Candidate& candidate, HostHabits habits = {});

  [[nodiscard]] bool created() const { return host_ != nullptr && host_->created(); }
  [[nodiscard]] bool threw() const { return threw_; }
  [[nodiscard]] std::string words() const;

  Answer handle(const Sample& sample);
  Answer raw(const raccordo_input& input);
  [[nodiscard]] std::vector<Answer> handle_all(const std::vector<Sample>& samples);

 private:
  std::unique_ptr<FakeHost> host_;
  bool threw_ = false;
};

// One line of what differs, "row of 3 cells: first ..., then ...".
[[nodiscard]] std::string difference(const Sample& sample, const Answer& first, const Answer& then);

// "not created: ..." when there is no instance to try.
[[nodiscard]] Complaints no_instance(const Trial& trial);

}  // namespace sdk
}  // namespace raccordo
