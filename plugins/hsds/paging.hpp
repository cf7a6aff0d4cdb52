// SPDX-License-Identifier: EUPL-1.2
// The pages of an HSDS 3.0 API: which is asked for next, and when all have been read. What is known of the
// pages before travels with the request, as its context.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include "raccordo/sdk.hpp"

namespace hsds {

struct Asking {
  std::string what = "services";  // or organizations
  std::int64_t per_page = 50;
  bool full = true;  // objects with all that hangs on them
};

// Brackets the whole list, and asks for its first page.
void begin_list(const Asking& asking, raccordo::Effects& effects);

class Page {
 public:
  Page(const Asking& asking, const raccordo::Response& response);

  // What keeps it from being read as the page that was asked for is rejected, and no further page is asked
  // for: false. The end of the list ends the bracket: false. Else the next page was asked for, and `contents`
  // are to be stated. Page envelopes lie: the list is read until a page is empty, and nothing is taken for
  // gone where it changed meanwhile or fewer objects came than it says.
  [[nodiscard]] bool read(const nlohmann::json& body, raccordo::Effects& effects);
  // The same of a response without a page: the end of the list, or a rejection.
  void read_without_body(raccordo::Effects& effects) const;
  // Whether there is nothing to parse.
  [[nodiscard]] bool has_no_body() const { return !response_.ok() || response_.body.empty(); }

  [[nodiscard]] const nlohmann::json& contents() const { return *contents_; }

 private:
  // What the pages before it told.
  struct Before {
    std::int64_t page = 0;    // that was asked for; 0: the context is none of ours
    std::int64_t seen = 0;    // objects
    std::int64_t items = -1;  // that the list says it has; -1: it does not say
    bool changed = false;     // it said otherwise on another page
    std::string contents;     // of the last page, as a number that tells them from others
  };
  [[nodiscard]] static Before before_of(std::string_view context);
  void end_list(raccordo::Effects& effects) const;
  void note_items(std::int64_t items);

  const Asking& asking_;
  const raccordo::Response& response_;
  Before before_;
  const nlohmann::json* contents_ = nullptr;
};

}  // namespace hsds
