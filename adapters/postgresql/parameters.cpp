// SPDX-License-Identifier: EUPL-1.2
#include "adapters/postgresql/parameters.hpp"

namespace raccordo::postgresql {
namespace {

// Types by their numbers in pg_type, which never change.
constexpr unsigned kBool = 16;
constexpr unsigned kBytea = 17;
constexpr unsigned kInt8 = 20;
constexpr unsigned kText = 25;
constexpr unsigned kUuid = 2950;
constexpr unsigned kUuidArray = 2951;
constexpr unsigned kByteaArray = 1001;
constexpr unsigned kTextArray = 1009;
constexpr unsigned kInt8Array = 1016;

template <typename Integer>
void append(Integer value, std::string& out) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xff);
}

// array_recv: dimensions, whether there are nulls, the type of items, how many, the first one's number, each
// with its length.
void begin_array(unsigned item_type, std::size_t count, std::string& out) {
  append(std::int32_t{count > 0}, out);
  append(std::int32_t{0}, out);
  append(static_cast<std::int32_t>(item_type), out);
  if (count == 0) return;
  append(static_cast<std::int32_t>(count), out);
  append(std::int32_t{1}, out);
}

std::string_view bytes_of(const Uuid& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

std::string array_of(unsigned item_type, std::span<const std::string_view> values) {
  std::size_t size = 20;
  for (const auto value : values) size += 4 + value.size();
  std::string out;
  out.reserve(size);
  begin_array(item_type, values.size(), out);
  for (const auto value : values) {
    append(static_cast<std::int32_t>(value.size()), out);
    out += value;
  }
  return out;
}

}  // namespace

void Parameters::put(unsigned type, std::string_view bytes) {
  types_.push_back(type);
  values_.push_back(bytes.data() != nullptr ? bytes.data() : "");
  lengths_.push_back(static_cast<int>(bytes.size()));
  formats_.push_back(1);
}

void Parameters::own(unsigned type, std::string bytes) { put(type, owned_.emplace_back(std::move(bytes))); }

void Parameters::add(std::int64_t value) {
  std::string bytes;
  append(value, bytes);
  own(kInt8, std::move(bytes));
}

void Parameters::add(bool value) {
  put(kBool, value ? std::string_view("\1", 1) : std::string_view("\0", 1));
}
void Parameters::add(std::string_view text) { put(kText, text); }
void Parameters::add(Blob blob) { put(kBytea, blob.bytes); }

void Parameters::add(const Uuid& id) { put(kUuid, bytes_of(id)); }

void Parameters::add(std::optional<Blob> blob) {
  put(kBytea, blob ? blob->bytes : std::string_view());
  if (!blob) values_.back() = nullptr;
}

void Parameters::add(const Integers& array) {
  std::string bytes;
  begin_array(kInt8, array.values.size(), bytes);
  for (const auto value : array.values) {
    append(std::int32_t{sizeof value}, bytes);
    append(value, bytes);
  }
  own(kInt8Array, std::move(bytes));
}

void Parameters::add(const Texts& array) { own(kTextArray, array_of(kText, array.values)); }
void Parameters::add(const Blobs& array) { own(kByteaArray, array_of(kBytea, array.values)); }

void Parameters::add(const Uuids& array) {
  std::vector<std::string_view> values;
  for (const auto& id : array.values) values.push_back(bytes_of(id));
  own(kUuidArray, array_of(kUuid, values));
}

}  // namespace raccordo::postgresql
