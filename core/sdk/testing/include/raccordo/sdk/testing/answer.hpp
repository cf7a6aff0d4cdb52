// SPDX-License-Identifier: Apache-2.0
// What a plugin answered to one input, as plain values: for EXPECT_EQ and gmock's matchers.
#pragma once

#include <raccordo/abi.h>

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "raccordo/sdk/testing/sample.hpp"

namespace raccordo {
inline namespace sdk {

struct Published {
  std::string kind, json;
  friend bool operator==(const Published&, const Published&) = default;
};
struct Erased {
  std::string kind, id;
  friend bool operator==(const Erased&, const Erased&) = default;
};
struct Commanded {
  std::string type, json, context;
  friend bool operator==(const Commanded&, const Commanded&) = default;
};
struct Sent {
  std::string method, path, query;
  Pairs headers;
  std::string body, context;
  friend bool operator==(const Sent&, const Sent&) = default;
};
struct Responded {
  std::uint32_t status = 0;
  Pairs headers;
  std::string body;
  friend bool operator==(const Responded&, const Responded&) = default;
};
struct Written {
  std::string file, bytes;
  friend bool operator==(const Written&, const Written&) = default;
};
// A rejection or a finding. `text` as it crossed the contract: with both languages in it, where both were
// given.
struct Remark {
  std::string code, field, text;
  friend bool operator==(const Remark&, const Remark&) = default;
};
struct Logged {
  std::uint32_t level = 0;
  std::string text;
  friend bool operator==(const Logged&, const Logged&) = default;
};

struct Answer {
  raccordo_verdict verdict = RACCORDO_DONE;
  std::string words;  // given to `explain`

  std::vector<Published> published;
  std::vector<Erased> erased;
  std::vector<Commanded> commanded;
  std::vector<Sent> sent;
  std::vector<Responded> responded;
  std::vector<Written> written;
  std::vector<std::string> cursors;
  std::vector<std::string> filtered;
  std::vector<Remark> rejected;
  std::vector<Remark> findings;
  std::vector<Logged> logged;

  // All of them in their order, each as one line: "publish service {...}".
  std::vector<std::string> story;
  // Effects that the host did not take, and why.
  std::vector<std::string> not_taken;

  [[nodiscard]] bool accepted() const {
    return verdict == RACCORDO_DONE && rejected.empty() && not_taken.empty();
  }
  friend bool operator==(const Answer&, const Answer&) = default;
};

std::ostream& operator<<(std::ostream& out, const Published& published);
std::ostream& operator<<(std::ostream& out, const Erased& erased);
std::ostream& operator<<(std::ostream& out, const Written& written);
std::ostream& operator<<(std::ostream& out, const Remark& remark);
std::ostream& operator<<(std::ostream& out, const Answer& answer);

}  // namespace sdk
}  // namespace raccordo
