// SPDX-License-Identifier: EUPL-1.2
#include <simdjson.h>

#include <charconv>

#include "plugins/mapping/arena.hpp"
#include "plugins/mapping/body.hpp"

namespace raccordo::mapping {
namespace {

namespace dom = simdjson::dom;

class JsonBody final : public Body {
 public:
  bool open(std::string_view bytes) override {
    if (bytes.size() > kMaxBodyBytes) return fail(simdjson::CAPACITY);
    // Depth and capacity are set together, at the first record and whenever a longer one than ever comes.
    if (parser_.capacity() < bytes.size() || parser_.capacity() == 0)
      if (const auto code = parser_.allocate(std::max<std::size_t>(2 * bytes.size(), 4'096), kMaxBodyDepth))
        return fail(code);
    padded_.resize(bytes.size() + simdjson::SIMDJSON_PADDING);
    bytes.copy(padded_.data(), bytes.size());
    const auto code = parser_.parse(padded_.data(), bytes.size(), false).get(root_);
    return code == simdjson::SUCCESS || fail(code);
  }

  std::string_view why() const override { return simdjson::error_message(code_); }

  Piece find(const Path& path, Arena& arena) override {
    dom::element at;
    return walk(path, at) ? piece(at, arena) : Piece{};
  }

  void open_list(const Path& path) override {
    dom::element at;
    is_array_ = false;
    has_single_ = walk(path, at);
    if (!has_single_) return;
    single_ = at;
    dom::array array;
    if (at.get(array) != simdjson::SUCCESS) return;
    is_array_ = true;
    here_ = array.begin();
    end_ = array.end();
  }

  bool next(Piece& out, Arena& arena) override {
    if (is_array_) {
      if (!(here_ != end_)) return false;
      out = piece(*here_, arena);
      ++here_;
      return true;
    }
    if (!has_single_) return false;
    has_single_ = false;
    out = piece(single_, arena);
    return out.found != Found::kNothing;
  }

 private:
  bool fail(simdjson::error_code code) {
    code_ = code;
    return false;
  }

  bool walk(const Path& path, dom::element& at) const {
    at = root_;
    for (const auto& step : path) {
      const auto next = step.what == Step::What::kIndex ? at_index(at, step.index) : at_key(at, step.name);
      if (next.error() != simdjson::SUCCESS) return false;
      at = next.value_unsafe();
    }
    return true;
  }

  static simdjson::simdjson_result<dom::element> at_key(dom::element at, std::string_view key) {
    dom::object object;
    if (const auto code = at.get(object)) return code;
    return object.at_key(key);
  }

  static simdjson::simdjson_result<dom::element> at_index(dom::element at, std::size_t index) {
    dom::array array;
    if (const auto code = at.get(array)) return code;
    return array.at(index);
  }

  template <typename Number>
  static std::string_view written(Number number, Arena& arena) {
    char* const out = arena.take(32);
    char* const end = std::to_chars(out, out + 32, number).ptr;
    return {out, static_cast<std::size_t>(end - out)};
  }

  static Piece piece(dom::element at, Arena& arena) {
    switch (at.type()) {
      case dom::element_type::NULL_VALUE:
        return {};
      case dom::element_type::STRING:
        return {Found::kText, std::string_view(at)};
      case dom::element_type::BOOL:
        return {Found::kBoolean, bool(at) ? "true" : "false"};
      case dom::element_type::INT64:
        return {Found::kWhole, written(std::int64_t(at), arena)};
      case dom::element_type::UINT64:
        return {Found::kWhole, written(std::uint64_t(at), arena)};
      case dom::element_type::DOUBLE:
        return number(double(at), arena);
      case dom::element_type::ARRAY:
      case dom::element_type::OBJECT:
        break;
    }
    return {Found::kStructure, {}};
  }

  // 12.0 is twelve: many writers put a fraction on everything.
  static Piece number(double value, Arena& arena) {
    constexpr double kExactlyWhole = 9'007'199'254'740'992;  // 2^53
    if (value > -kExactlyWhole && value < kExactlyWhole &&
        value == static_cast<double>(static_cast<std::int64_t>(value)))
      return {Found::kWhole, written(static_cast<std::int64_t>(value), arena)};
    return {Found::kDecimal, written(value, arena)};
  }

  // Not set_max_capacity: in simdjson 3.0 it sets the least capacity instead.
  dom::parser parser_{kMaxBodyBytes + simdjson::SIMDJSON_PADDING};
  std::string padded_;
  dom::element root_;
  simdjson::error_code code_ = simdjson::SUCCESS;

  bool is_array_ = false;
  bool has_single_ = false;
  dom::element single_;
  dom::array::iterator here_;
  dom::array::iterator end_;
};

}  // namespace

std::unique_ptr<Body> make_json_body() { return std::make_unique<JsonBody>(); }

}  // namespace raccordo::mapping
