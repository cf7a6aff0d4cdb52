// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/testing/mutations.hpp"

#include <fmt/format.h>

#include <array>
#include <random>

namespace raccordo {
inline namespace sdk {
namespace {

struct Hostile {
  std::string_view what;
  std::string_view text;
};

using namespace std::string_view_literals;

constexpr std::array kHostile{
    Hostile{"empty", ""sv},
    Hostile{"blanks", " \t\r\n  "sv},
    Hostile{"a zero byte", "a\0b"sv},
    Hostile{"control characters", "\x01\x02\x1b[2J\x7f"sv},
    Hostile{"quotes and backslashes", "\"\\\",\\\"}]"sv},
    Hostile{"invalid UTF-8", "caf\xe9 \xc0\x80 \xed\xa0\x80"sv},
    Hostile{"half a character", "citt\xc3"sv},
    Hostile{"bidirectional marks", "\u202egnp.exe\u202c \u2028"sv},
    Hostile{"a format string", "%s%n{}{0}${HOME}"sv},
    Hostile{"markup", "<!DOCTYPE x [<!ENTITY a \"&a;&a;\">]><a>&a;</a>"sv},
    Hostile{"a formula", "=cmd|' /C calc'!A0"sv},
    Hostile{"a path", "../../etc/passwd"sv},
    Hostile{"a huge number", "99999999999999999999999999999999"sv},
    Hostile{"a negative number", "-9223372036854775808"sv},
    Hostile{"no number", "nan"sv},
    Hostile{"infinity", "1e999"sv},
    Hostile{"an impossible date", "2026-02-31"sv},
    Hostile{"null", "null"sv},
    Hostile{"an empty object", "{}"sv},
    Hostile{"an empty array", "[]"sv},
    Hostile{"a repeated key", R"({"id":"1","id":"2"})"sv},
    Hostile{"an open object", R"({"id":"1",)"sv},
    Hostile{"wrong types", R"({"id":{},"name":[1],"kind":null,"services":"x","available":"y"})"sv},
};

struct Place {
  std::string name;
  std::string* text;
};

// Every text of the sample that comes from outside.
std::vector<Place> places_of(Sample& sample) {
  std::vector<Place> places;
  for (auto& [column, cell] : sample.cells) places.push_back({"cell " + column, &cell});
  for (auto& [name, value] : sample.headers) places.push_back({"header " + name, &value});
  const auto add = [&](std::string name, std::string& text) {
    if (!text.empty()) places.push_back({std::move(name), &text});
  };
  add("body", sample.body);
  add("path", sample.path);
  add("query", sample.query);
  add("id", sample.id);
  add("partner_id", sample.partner_id);
  add("kind", sample.entity_kind);
  add("reason", sample.reason);
  add("cursor", sample.cursor);
  add("context", sample.context);
  return places;
}

class Mutations {
 public:
  Mutations(const Sample& sample, std::uint64_t seed) : sample_(sample), random_(seed) {}

  std::vector<Mutation> all() {
    everywhere("all empty", [](std::string& text) { text.clear(); });
    everywhere("all the same", [](std::string& text) { text = "x"; });
    for (const auto& hostile : kHostile) each(hostile.what, [&](std::string& text) { text = hostile.text; });
    each("cut", [&](std::string& text) { text.resize(below(text.size() + 1)); });
    each("one byte changed", [&](std::string& text) { change_a_byte(text); });
    each("doubled", [](std::string& text) { text += std::string(text); });
    one("1 MiB of one letter", [](std::string& text) { text.assign(1u << 20, 'x'); });
    one("100,000 open brackets", [](std::string& text) { text.assign(100'000, '['); });
    one("100,000 open elements", [](std::string& text) { repeat("<a>", 100'000, text); });
    shapes();
    statuses();
    return std::move(made_);
  }

 private:
  template <typename Change>
  void everywhere(std::string_view what, Change change) {
    auto copy = sample_;
    for (auto& place : places_of(copy)) change(*place.text);
    made_.push_back({std::string(what), std::move(copy)});
  }

  // In one place after the other.
  template <typename Change>
  void each(std::string_view what, Change change) {
    const auto count = places_of(sample_).size();
    for (std::size_t i = 0; i < count; ++i) at(i, what, change);
  }

  // In a place found by chance: for what is dear.
  template <typename Change>
  void one(std::string_view what, Change change) {
    if (const auto count = places_of(sample_).size(); count != 0) at(below(count), what, change);
  }

  template <typename Change>
  void at(std::size_t index, std::string_view what, Change change) {
    auto copy = sample_;
    auto place = places_of(copy)[index];
    change(*place.text);
    made_.push_back({fmt::format("{}: {}", place.name, what), std::move(copy)});
  }

  void shapes() {
    if (!sample_.is_row()) return;
    shape("no columns", [](Sample& s) { s.cells.clear(); });
    shape("no names", [](Sample& s) {
      for (auto& [column, cell] : s.cells) column.clear();
    });
    shape("other names", [](Sample& s) {
      for (auto& [column, cell] : s.cells) column += "_";
    });
    shape("2,000 more columns", [](Sample& s) {
      for (int i = 0; i < 2'000; ++i) s.cells.emplace_back(fmt::format("more {}", i), "x");
    });
    for (std::size_t i = 0; i < sample_.cells.size(); ++i)
      shape("without column " + sample_.cells[i].first,
            [&](Sample& s) { s.cells.erase(s.cells.begin() + static_cast<std::ptrdiff_t>(i)); });
  }

  // What partners answer when a page is asked for.
  void statuses() {
    if (sample_.kind != RACCORDO_INPUT_RESPONSE) return;
    for (const std::uint32_t status :
         {0u, 200u, 204u, 206u, 304u, 400u, 404u, 410u, 422u, 451u, 599u, 4'294'967'295u})
      shape(fmt::format("status {}", status), [&](Sample& s) { s.status = status; });
    shape("404 with nothing in it", [](Sample& s) {
      s.status = 404;
      s.body.clear();
    });
    shape("no headers", [](Sample& s) { s.headers.clear(); });
    shape("no context", [](Sample& s) { s.context.clear(); });
  }

  template <typename Change>
  void shape(std::string what, Change change) {
    auto copy = sample_;
    change(copy);
    made_.push_back({std::move(what), std::move(copy)});
  }

  void change_a_byte(std::string& text) {
    if (!text.empty()) text[below(text.size())] = static_cast<char>(below(256));
  }

  static void repeat(std::string_view part, std::size_t times, std::string& text) {
    text.clear();
    for (std::size_t i = 0; i < times; ++i) text += part;
  }

  // Modulo, not a distribution: the same with every standard library.
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

  Sample sample_;
  std::mt19937_64 random_;
  std::vector<Mutation> made_;
};

}  // namespace

std::vector<Mutation> mutations_of(const Sample& sample, std::uint64_t seed) {
  return Mutations(sample, seed).all();
}

}  // namespace sdk
}  // namespace raccordo
