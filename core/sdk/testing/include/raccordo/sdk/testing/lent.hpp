// SPDX-License-Identifier: Apache-2.0
// A sample in the contract's form, in memory of its own. `spoil` overwrites all of it, as a host's buffers
// are overwritten by the next batch: whoever kept a view then reads rubbish.
#pragma once

#include <raccordo/abi.h>

#include <deque>
#include <string>
#include <vector>

#include "raccordo/sdk/testing/sample.hpp"

namespace raccordo {
inline namespace sdk {

class Lent {
 public:
  explicit Lent(const Sample& sample);
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

  [[nodiscard]] const raccordo_input& input() const { return input_; }
  void spoil();

 private:
  [[nodiscard]] raccordo_bytes lend(const std::string& text);
  [[nodiscard]] raccordo_list lend(const std::vector<std::string>& texts);
  void lend_headers(const Pairs& headers);
  void lend_record(const Sample& sample);
  void lend_event(const Sample& sample);
  void lend_request(const Sample& sample);
  void lend_response(const Sample& sample);
  void lend_outcome(const Sample& sample);
  void lend_tick(const Sample& sample);

  std::deque<std::string> texts_;
  std::deque<std::vector<raccordo_bytes>> lists_;
  std::vector<raccordo_header> headers_;
  raccordo_record record_{};
  raccordo_event event_{};
  raccordo_request request_{};
  raccordo_response response_{};
  raccordo_outcome outcome_{};
  raccordo_tick tick_{};
  raccordo_input input_{};
};

// A plugin's options in the contract's form, likewise.
class LentOptions {
 public:
  explicit LentOptions(const Pairs& options);
  LentOptions(const LentOptions&) = delete;
  LentOptions& operator=(const LentOptions&) = delete;

  [[nodiscard]] const raccordo_options& options() const { return options_; }
  void spoil();

 private:
  std::deque<std::string> texts_;
  std::vector<raccordo_option_value> values_;
  raccordo_options options_{};
};

}  // namespace sdk
}  // namespace raccordo
