// SPDX-License-Identifier: EUPL-1.2
// option(&Owner::member, {...}): binds a declaration to the member that it fills. The default that the
// declaration shows is the value that the member starts with.
#pragma once

#include <type_traits>
#include <utility>

#include "core/engine/config/reading.hpp"

namespace raccordo {

// The section of a struct; one specialisation for each struct of the configuration, in declarations/.
template <typename T>
const Section& section_of();
template <>
const Section& section_of<Configuration>();
template <>
const Section& section_of<IncludedConfiguration>();
template <>
const Section& section_of<HubConfiguration>();
template <>
const Section& section_of<LogConfiguration>();
template <>
const Section& section_of<BackboneConfiguration>();
template <>
const Section& section_of<EmbeddedBackboneConfiguration>();
template <>
const Section& section_of<KafkaBackboneConfiguration>();
template <>
const Section& section_of<KafkaSecurityConfiguration>();
template <>
const Section& section_of<TlsConfiguration>();
template <>
const Section& section_of<SaslConfiguration>();
template <>
const Section& section_of<StoreConfiguration>();
template <>
const Section& section_of<SqliteStoreConfiguration>();
template <>
const Section& section_of<PostgresqlStoreConfiguration>();
template <>
const Section& section_of<SecretsConfiguration>();
template <>
const Section& section_of<PeopleConfiguration>();
template <>
const Section& section_of<WalletsConfiguration>();
template <>
const Section& section_of<ApproverConfiguration>();
template <>
const Section& section_of<WalletPlanConfiguration>();
template <>
const Section& section_of<PayrollConfiguration>();
template <>
const Section& section_of<PluginsConfiguration>();
template <>
const Section& section_of<HttpConfiguration>();
template <>
const Section& section_of<ProxyConfiguration>();
template <>
const Section& section_of<ServerTlsConfiguration>();
template <>
const Section& section_of<WebhookSourceConfiguration>();
template <>
const Section& section_of<WebhookAuthConfiguration>();
template <>
const Section& section_of<HmacConfiguration>();
template <>
const Section& section_of<ClientCertificateConfiguration>();
template <>
const Section& section_of<ConnectorConfiguration>();
template <>
const Section& section_of<LimitsConfiguration>();
template <>
const Section& section_of<SubscribeConfiguration>();
template <>
const Section& section_of<FromConfiguration>();
template <>
const Section& section_of<FilesSourceConfiguration>();
template <>
const Section& section_of<HttpSourceConfiguration>();
template <>
const Section& section_of<AuthConfiguration>();
template <>
const Section& section_of<KeyConfiguration>();
template <>
const Section& section_of<LoginConfiguration>();
template <>
const Section& section_of<Oauth2Configuration>();
template <>
const Section& section_of<ToConfiguration>();
template <>
const Section& section_of<FilesSinkConfiguration>();
template <>
const Section& section_of<SftpSourceConfiguration>();
template <>
const Section& section_of<SftpSinkConfiguration>();
template <>
const Section& section_of<HttpSinkConfiguration>();
template <>
const Section& section_of<RetryConfiguration>();
template <>
const Section& section_of<LaterConfiguration>();
template <>
const Section& section_of<BreakerConfiguration>();

namespace detail {

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <typename T>
struct ListItem {
  using type = void;
};
template <typename T>
struct ListItem<std::vector<T>> {
  using type = T;
};
template <>
struct ListItem<std::vector<RawOption>> {  // a map, not a list
  using type = void;
};

template <typename T>
concept PlainValue = requires(Reading& reading, const Option& option, const YamlNode& node, T& value) {
  read_value(reading, option, node, value);
};

template <typename T>
void read_any(Reading& reading, const Option& option, const YamlNode& node, T& value);

template <typename Item>
void read_list(Reading& reading, const Option& option, const YamlNode& node, std::vector<Item>& value) {
  value.clear();
  const auto add = [&](const YamlNode& item) { read_any(reading, option, item, value.emplace_back()); };
  if (node.kind != YamlNode::Kind::kList) return add(node);
  for (const auto& item : node.items) add(item);
  if (option.required && node.items.empty())
    reading.find(node, say("{}: l'elenco è vuoto", "{}: the list is empty", reading.path()));
}

template <typename T>
void read_any(Reading& reading, const Option& option, const YamlNode& node, T& value) {
  if constexpr (IsOptional<T>::value) {
    read_any(reading, option, node, value.emplace());
  } else if constexpr (!std::is_void_v<typename ListItem<T>::type>) {
    read_list(reading, option, node, value);
  } else if constexpr (PlainValue<T>) {
    read_value(reading, option, node, value);
  } else if constexpr (std::is_enum_v<T>) {
    if (const auto choice = read_choice(reading, option, node)) value = static_cast<T>(*choice);
  } else if constexpr (std::is_same_v<T, ConnectorConfiguration>) {
    const Reading::NewPath from_here(reading);
    reading.read(section_of<T>(), node, &value);
  } else {
    reading.read(section_of<T>(), node, &value);
  }
}

template <typename T>
std::string print_any(const Option& option, const T& value) {
  if constexpr (std::is_enum_v<T>)
    return std::string(option.choices[static_cast<std::size_t>(value)].name);
  else if constexpr (requires { print_value(option, value); })
    return print_value(option, value);
  else
    return {};
}

// The struct that an option holds, through optional and vector; void where it holds a value.
template <typename T>
const Section* section_within() {
  if constexpr (IsOptional<T>::value)
    return section_within<typename T::value_type>();
  else if constexpr (!std::is_void_v<typename ListItem<T>::type>)
    return section_within<typename ListItem<T>::type>();
  else if constexpr (PlainValue<T> || std::is_enum_v<T>)
    return nullptr;
  else
    return &section_of<T>();
}

}  // namespace detail

template <typename Owner, typename Member>
[[nodiscard]] Option option(Member Owner::*member, Option declared) {
  declared.section = detail::section_within<Member>();
  if (declared.section != nullptr) declared.type = ValueType::kSection;
  declared.list = !std::is_void_v<typename detail::ListItem<Member>::type>;
  if (!declared.required) declared.initial = detail::print_any(declared, Owner{}.*member);
  declared.read = [member, declared](void* owner, const YamlNode& node, Reading& reading) {
    detail::read_any(reading, declared, node, static_cast<Owner*>(owner)->*member);
  };
  return declared;
}

// An option that is known but not part of this build.
[[nodiscard]] inline Option later(std::string_view name, Label help, Label why) {
  Option declared;
  declared.name = name;
  declared.type = ValueType::kSection;
  declared.help = help;
  declared.unavailable = why;
  return declared;
}

}  // namespace raccordo
