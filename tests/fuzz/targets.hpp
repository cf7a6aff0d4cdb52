// SPDX-License-Identifier: EUPL-1.2
// What is fed with bytes nobody has vouched for. A target throws Broken when what must hold for any input
// does not; the sanitizers find the rest.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace raccordo::fuzz {

struct Target {
  std::string_view name;  // of its folder of seeds too
  void (*feed)(std::string_view bytes);
};
[[nodiscard]] std::span<const Target> targets();

class Broken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void must(bool holds, const char* what) {
  if (!holds) throw Broken(what);
}

// What stands before and behind the first line that is `mark`; the second is empty without such a line.
[[nodiscard]] std::pair<std::string_view, std::string_view> cut_at(std::string_view bytes,
                                                                   std::string_view mark);
inline constexpr std::string_view kNextPart = "\n=====\n";

void calendar(std::string_view bytes);
void csv(std::string_view bytes);
void lines(std::string_view bytes);
void json_items(std::string_view bytes);
void xml(std::string_view bytes);
void document(std::string_view bytes);
void xlsx_archive(std::string_view bytes);
void xlsx_parts(std::string_view bytes);
void reframing(std::string_view bytes);
void mapping(std::string_view bytes);
void multistatus(std::string_view bytes);
void configuration(std::string_view bytes);
void worker_messages(std::string_view bytes);
void worker_answers(std::string_view bytes);
void worker_batch(std::string_view bytes);
void http_head(std::string_view bytes);
void http_server(std::string_view bytes);
void ingress(std::string_view bytes);
void event(std::string_view bytes);
void entity(std::string_view bytes);
void canonical_json(std::string_view bytes);
void sealed(std::string_view bytes);
void key_file(std::string_view bytes);
void desk(std::string_view bytes);
void kept_case(std::string_view bytes);
void split(std::string_view bytes);
void payroll(std::string_view bytes);
void public_key(std::string_view bytes);
void portal(std::string_view bytes);

}  // namespace raccordo::fuzz
