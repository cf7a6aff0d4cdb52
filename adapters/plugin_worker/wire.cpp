// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/wire.hpp"

#include <cstring>
#include <type_traits>

namespace raccordo {
namespace {

constexpr std::uint64_t kMaxListItems = 10'000;

class Packer {
 public:
  template <typename T>
  void operator()(const T& value) {
    if constexpr (std::is_enum_v<T> || std::is_arithmetic_v<T>) {
      out_.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else {
      fields(*this, value);
    }
  }
  void operator()(const std::string& text) {
    (*this)(std::uint64_t{text.size()});
    out_ += text;
  }
  template <typename T>
  void operator()(const std::optional<T>& value) {
    (*this)(value.has_value());
    if (value) (*this)(*value);
  }
  template <typename T>
  void operator()(const std::vector<T>& values) {
    (*this)(std::uint64_t{values.size()});
    for (const auto& value : values) (*this)(value);
  }
  template <typename A, typename B>
  void operator()(const std::pair<A, B>& value) {
    (*this)(value.first);
    (*this)(value.second);
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
  void operator()(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t byte = 0;
      (*this)(byte);
      value = byte != 0;
    } else if constexpr (std::is_enum_v<T> || std::is_arithmetic_v<T>) {
      if (need(sizeof value)) {
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
      }
    } else {
      fields(*this, value);
    }
  }
  void operator()(std::string& text) {
    std::uint64_t size = 0;
    (*this)(size);
    if (!need(size)) return;
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  template <typename T>
  void operator()(std::optional<T>& value) {
    bool present = false;
    (*this)(present);
    if (present && ok_) (*this)(value.emplace());
  }
  template <typename T>
  void operator()(std::vector<T>& values) {
    std::uint64_t count = 0;
    (*this)(count);
    if (count > kMaxListItems) ok_ = false;
    for (std::uint64_t i = 0; i < count && ok_; ++i) (*this)(values.emplace_back());
  }
  template <typename A, typename B>
  void operator()(std::pair<A, B>& value) {
    (*this)(value.first);
    (*this)(value.second);
  }

  [[nodiscard]] bool whole() const { return ok_ && rest_.empty(); }

 private:
  bool need(std::uint64_t size) { return ok_ = ok_ && size <= rest_.size(); }

  std::string_view rest_;
  bool ok_ = true;
};

// Each message names its fields once, for both directions.
template <typename T, typename U>
concept Same = std::is_same_v<std::remove_const_t<T>, U>;

template <typename Each>
void fields(Each& each, Same<Text> auto& text) {
  each(text.it);
  each(text.en);
}

template <typename Each>
void fields(Each& each, Same<Framing> auto& framing) {
  each(framing.format);
  each(framing.separator);
  each(framing.encoding);
  each(framing.sheet);
  each(framing.path);
  each(framing.header_row);
  each(framing.header_rows);
}

template <typename Each>
void fields(Each& each, Same<PluginOption> auto& option) {
  each(option.type);
  each(option.name);
  each(option.default_value);
  each(option.required);
  each(option.secret);
  each(option.min);
  each(option.max);
  each(option.choices);
  each(option.help);
}

template <typename Each>
void fields(Each& each, Same<PluginDescription> auto& description) {
  each(description.path);
  each(description.name);
  each(description.version);
  each(description.licence);
  each(description.summary);
  each(description.abi_major);
  each(description.abi_minor);
  each(description.inputs);
  each(description.framing);
  each(description.publishes);
  each(description.subscribes);
  each(description.commands);
  each(description.writes);
  each(description.capabilities);
  each(description.data_classes);
  each(description.options);
}

template <typename Each>
void fields(Each& each, Same<Error> auto& error) {
  each(error.code);
  each(error.message);
  each(error.hint);
}

template <typename Each>
void fields(Each& each, Same<Load> auto& load) {
  each(load.describe_only);
  each(load.allow_without_sandbox);
  each(load.path);
  each(load.memory_bytes);
  each(load.max_output_bytes);
  each(load.options);
}

template <typename T>
std::string packed(const T& value) {
  Packer packer;
  packer(value);
  return packer.take();
}

template <typename T>
bool unpacked(std::string_view bytes, T& value) {
  Unpacker unpacker(bytes);
  unpacker(value);
  return unpacker.whole();
}

}  // namespace

std::string pack(const Load& load) { return packed(load); }
std::string pack(const PluginDescription& description) { return packed(description); }
std::string pack(const Framing& framing) { return packed(framing); }
std::string pack(const Error& error) { return packed(error); }

bool unpack(std::string_view bytes, Load& load) { return unpacked(bytes, load); }

bool unpack(std::string_view bytes, PluginDescription& description) {
  if (!unpacked(bytes, description) || description.framing.format > Format::kDocument) return false;
  for (const auto& option : description.options)
    if (option.type < OptionType::kText || option.type > OptionType::kFile) return false;
  return true;
}

bool unpack(std::string_view bytes, Framing& framing) {
  return unpacked(bytes, framing) && framing.format <= Format::kDocument;
}

bool unpack(std::string_view bytes, Error& error) {
  return unpacked(bytes, error) && error.code >= ErrorCode::kInvalid && error.code <= ErrorCode::kBug;
}

}  // namespace raccordo
