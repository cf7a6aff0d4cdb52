// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/description.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo {
namespace {

// One JSON object, members in the order in which they are named.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  ~Object() { out_ += '}'; }

  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    json::append_string(name, out_);
    out_ += ':';
    return out_;
  }
  template <typename T>
  void member(std::string_view name, const T& value) {
    json::append(value, key(name));
  }
  void member(std::string_view name, const std::vector<std::string>& values) {
    auto& out = key(name);
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out += ',';
      json::append_string(values[i], out);
    }
    out += ']';
  }

 private:
  std::string& out_;
  bool first_ = true;
};

void append_framing(const Framing& framing, std::string& out) {
  Object object(out);
  object.member("format", static_cast<std::int64_t>(framing.format));
  object.member("separator", framing.separator);
  object.member("encoding", framing.encoding);
  object.member("sheet", framing.sheet);
  object.member("path", framing.path);
  object.member("header_row", static_cast<std::int64_t>(framing.header_row));
  object.member("header_rows", static_cast<std::int64_t>(framing.header_rows));
}

void append_option(const PluginOption& option, std::string& out) {
  Object object(out);
  object.member("name", option.name);
  object.member("type", static_cast<std::int64_t>(option.type));
  object.member("default", option.default_value);
  object.member("required", option.required);
  object.member("secret", option.secret);
  if (option.min) object.member("min", *option.min);
  if (option.max) object.member("max", *option.max);
  object.member("choices", option.choices);
  object.member("help_it", option.help.it);
  object.member("help_en", option.help.en);
}

}  // namespace

std::string to_json(const PluginDescription& description) {
  std::string out;
  {
    Object object(out);
    object.member("path", description.path);
    object.member("name", description.name);
    object.member("version", description.version);
    object.member("licence", description.licence);
    object.member("summary_it", description.summary.it);
    object.member("summary_en", description.summary.en);
    object.member("abi_major", static_cast<std::int64_t>(description.abi_major));
    object.member("abi_minor", static_cast<std::int64_t>(description.abi_minor));
    object.member("inputs", static_cast<std::int64_t>(description.inputs));
    append_framing(description.framing, object.key("framing"));
    object.member("publishes", description.publishes);
    object.member("subscribes", description.subscribes);
    object.member("commands", description.commands);
    object.member("writes", description.writes);
    object.member("capabilities", description.capabilities);
    object.member("data_classes", description.data_classes);
    auto& options = object.key("options");
    options += '[';
    for (std::size_t i = 0; i < description.options.size(); ++i) {
      if (i > 0) options += ',';
      append_option(description.options[i], options);
    }
    options += ']';
  }
  return out;
}

}  // namespace raccordo
