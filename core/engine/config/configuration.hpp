// SPDX-License-Identifier: EUPL-1.2
// A configuration as values. The values that members start with are the defaults that the reference
// documents. Paths are absolute: those of a file are resolved against the folder of the file that wrote them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/config/finding.hpp"
#include "core/engine/delivery/rate.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"

namespace raccordo {

// The name of a secret, where its value is needed.
struct SecretReference {
  std::string name;
  TextPosition at;
  friend bool operator==(const SecretReference& a, const SecretReference& b) { return a.name == b.name; }
};

// As people write them, in the order of LogLevel.
inline constexpr std::array<std::string_view, 4> kLogLevels{"debug", "info", "warning", "error"};

struct LogConfiguration {
  std::optional<LogLevel> level;  // none: what is usual for how the hub runs
  friend bool operator==(const LogConfiguration&, const LogConfiguration&) = default;
};

struct HubConfiguration {
  std::string id;
  std::string data = "var";
  std::string instance;  // of several daemons that share one store, this one's name; empty: the only one
  Duration lease = std::chrono::seconds(15);  // after which others take over what it has
  LogConfiguration log;
  friend bool operator==(const HubConfiguration&, const HubConfiguration&) = default;
};

struct EmbeddedBackboneConfiguration {
  Duration keep_deleted =
      std::chrono::hours(7 * 24);  // how long a deletion is remembered for readers that are away
  friend bool operator==(const EmbeddedBackboneConfiguration&,
                         const EmbeddedBackboneConfiguration&) = default;
};

struct TlsConfiguration {
  std::string ca;           // PEM file of those who sign; empty: the system's
  std::string certificate;  // PEM files of our own, where the other side asks for them
  std::string key;
  std::optional<SecretReference> key_password;
  friend bool operator==(const TlsConfiguration&, const TlsConfiguration&) = default;
};

enum class SaslMechanism : std::uint8_t { kScramSha512, kScramSha256, kPlain };

struct SaslConfiguration {
  SaslMechanism mechanism = SaslMechanism::kScramSha512;
  std::string user;
  std::optional<SecretReference> password;
  friend bool operator==(const SaslConfiguration&, const SaslConfiguration&) = default;
};

struct Oauth2Configuration {
  std::string token_url;
  std::string client_id;
  std::optional<SecretReference> client_secret;
  std::string scope;
  friend bool operator==(const Oauth2Configuration&, const Oauth2Configuration&) = default;
};

struct KafkaSecurityConfiguration {
  std::optional<TlsConfiguration> tls;
  std::optional<SaslConfiguration> sasl;
  std::optional<Oauth2Configuration> oauth2;  // instead of sasl
  friend bool operator==(const KafkaSecurityConfiguration&, const KafkaSecurityConfiguration&) = default;
};

struct KafkaBackboneConfiguration {
  std::vector<std::string> brokers;  // host:port
  std::string topic_prefix;
  std::int64_t partitions = 12;  // of topics that the hub makes
  std::int64_t replication = 0;  // of topics that the hub makes; 0: what the brokers say
  Duration keep_deleted = std::chrono::hours(7 * 24);  // delete.retention.ms of its topics
  KafkaSecurityConfiguration security;
  TextPosition at;

  // Where it is written is no part of what it says.
  friend bool operator==(const KafkaBackboneConfiguration& a, const KafkaBackboneConfiguration& b) {
    return a.brokers == b.brokers && a.topic_prefix == b.topic_prefix && a.partitions == b.partitions &&
           a.replication == b.replication && a.keep_deleted == b.keep_deleted && a.security == b.security;
  }
};

struct BackboneConfiguration {
  EmbeddedBackboneConfiguration embedded;
  std::optional<KafkaBackboneConfiguration> kafka;  // then there is no embedded one

  [[nodiscard]] Duration keep_deleted() const { return kafka ? kafka->keep_deleted : embedded.keep_deleted; }
  [[nodiscard]] std::string_view topic_prefix() const {
    return kafka ? std::string_view(kafka->topic_prefix) : std::string_view{};
  }
  friend bool operator==(const BackboneConfiguration&, const BackboneConfiguration&) = default;
};

struct SqliteStoreConfiguration {
  friend bool operator==(const SqliteStoreConfiguration&, const SqliteStoreConfiguration&) = default;
};

struct PostgresqlStoreConfiguration {
  std::string url;  // postgresql://user@host:port/database
  std::optional<SecretReference> password;
  std::optional<TlsConfiguration> tls;
  std::string schema = "raccordo";
  Duration timeout = std::chrono::seconds(30);  // of one statement
  friend bool operator==(const PostgresqlStoreConfiguration&, const PostgresqlStoreConfiguration&) = default;
};

struct StoreConfiguration {
  SqliteStoreConfiguration sqlite;
  std::optional<PostgresqlStoreConfiguration> postgresql;  // then there is no file
  friend bool operator==(const StoreConfiguration&, const StoreConfiguration&) = default;
};

struct SecretsConfiguration {
  std::string folder;  // empty: secrets come from variables only
  friend bool operator==(const SecretsConfiguration&, const SecretsConfiguration&) = default;
};

// What is said about people is sealed with them.
struct PeopleConfiguration {
  std::string keys;  // file; empty: none, and nothing is sealed
  TextPosition at;

  // Where it is written is no part of what it says.
  friend bool operator==(const PeopleConfiguration& a, const PeopleConfiguration& b) {
    return a.keys == b.keys;
  }
};

// Who may approve payroll files, by an Ed25519 key.
struct ApproverConfiguration {
  std::string name;
  std::string key;  // PEM file of the public half
  friend bool operator==(const ApproverConfiguration&, const ApproverConfiguration&) = default;
};

// Whose the wallets of a plan are.
struct WalletPlanConfiguration {
  std::string id;        // as payroll files call it
  std::string provider;  // the partner that is told of each wallet; empty: the source that states the plan
  std::string employer;  // the partner that is told sums by TUIR letter; empty: none is
  TextPosition at;

  friend bool operator==(const WalletPlanConfiguration& a, const WalletPlanConfiguration& b) {
    return a.id == b.id && a.provider == b.provider && a.employer == b.employer;
  }
};

// An employer's payroll files, with their approvals beside them.
struct PayrollConfiguration {
  std::string id;
  std::vector<std::string> path;   // patterns
  std::vector<std::string> plans;  // that this employer may credit
  std::string receipts;            // folder
  Duration poll = std::chrono::seconds(30);
  friend bool operator==(const PayrollConfiguration&, const PayrollConfiguration&) = default;
};

struct WalletsConfiguration {
  std::string tuir;  // file; empty: the law as it was when the hub was built
  std::vector<ApproverConfiguration> approvers;
  std::vector<WalletPlanConfiguration> plans;
  std::vector<PayrollConfiguration> payrolls;
  TextPosition at;
  bool wanted = false;  // there is such a section

  // Where it is written is no part of what it says.
  friend bool operator==(const WalletsConfiguration& a, const WalletsConfiguration& b) {
    return a.tuir == b.tuir && a.approvers == b.approvers && a.plans == b.plans && a.payrolls == b.payrolls &&
           a.wanted == b.wanted;
  }
};

struct PluginsConfiguration {
  std::vector<std::string> folders;
  std::optional<Duration> idle;  // after which a plugin rests; none: each stays from start to end
  friend bool operator==(const PluginsConfiguration&, const PluginsConfiguration&) = default;
};

struct ProxyConfiguration {
  std::string url;
  std::string user;
  std::optional<SecretReference> password;
  std::vector<std::string> no_proxy;
  friend bool operator==(const ProxyConfiguration&, const ProxyConfiguration&) = default;
};

// The certificate that the hub shows to those who call it. PEM files.
struct ServerTlsConfiguration {
  std::string certificate;
  std::string key;
  friend bool operator==(const ServerTlsConfiguration&, const ServerTlsConfiguration&) = default;
};

struct HttpConfiguration {
  std::string admin;                          // host:port; empty: none
  std::string ingress;                        // host:port; empty: nobody calls
  std::optional<ServerTlsConfiguration> tls;  // of the ingress
  Rate client_rate{200, std::chrono::seconds(1)};
  ProxyConfiguration proxy;
  friend bool operator==(const HttpConfiguration&, const HttpConfiguration&) = default;
};

enum class Isolation : std::uint8_t { kWorker, kInProcess };
enum class SnapshotKind : std::uint8_t { kPartial, kComplete };

struct FilesSourceConfiguration {
  std::vector<std::string> path;  // patterns: `*` and `?`
  SnapshotKind snapshot = SnapshotKind::kPartial;
  Duration poll = std::chrono::seconds(30);
  double max_deletions = 0.10;  // part of what the source stated before, 0 to 1
  friend bool operator==(const FilesSourceConfiguration&, const FilesSourceConfiguration&) = default;
};

enum class RollKind : std::uint8_t { kSnapshot, kEach, kInterval, kDaily };

struct Roll {
  RollKind kind = RollKind::kSnapshot;
  Duration interval{};                 // of kInterval
  std::chrono::minutes time_of_day{};  // of kDaily
  friend bool operator==(const Roll&, const Roll&) = default;
};

struct FilesSinkConfiguration {
  std::string folder;
  std::string name = "{file}";  // {date} {time} {file} {seq}
  Roll roll;
  friend bool operator==(const FilesSinkConfiguration&, const FilesSinkConfiguration&) = default;
};

// An option of a plugin as it was written; the plugin's own declaration says what it means (ready.hpp).
struct RawOption {
  std::string name;
  std::string value;
  std::optional<SecretReference> secret;  // instead of the value
  TextPosition at;                        // of the value
  TextPosition name_at;
  bool unread = false;  // its value could not be read, which is a finding
  friend bool operator==(const RawOption& a, const RawOption& b) {
    return a.name == b.name && a.value == b.value && a.secret == b.secret;
  }
};

// A key that a partner wants to see: in a header, or in the address.
struct KeyConfiguration {
  std::string name;
  std::optional<SecretReference> value;
  friend bool operator==(const KeyConfiguration&, const KeyConfiguration&) = default;
};

struct LoginConfiguration {
  std::string user;
  std::optional<SecretReference> password;
  friend bool operator==(const LoginConfiguration&, const LoginConfiguration&) = default;
};

// One of them.
struct AuthConfiguration {
  std::optional<SecretReference> bearer;
  std::optional<KeyConfiguration> header;
  std::optional<KeyConfiguration> query;
  std::optional<LoginConfiguration> basic;
  std::optional<Oauth2Configuration> oauth2;
  friend bool operator==(const AuthConfiguration&, const AuthConfiguration&) = default;
};

// Documents at addresses (`url`), or a site that the plugin asks for its pages (`base_url`).
// How a partner's web server knows us, and where it may stand.
struct HttpAccessConfiguration {
  std::vector<RawOption> headers;
  std::optional<AuthConfiguration> auth;
  std::optional<TlsConfiguration> tls;
  std::vector<std::string> networks;  // addresses that are not public and may be spoken to
  friend bool operator==(const HttpAccessConfiguration&, const HttpAccessConfiguration&) = default;
};

struct HttpSourceConfiguration : HttpAccessConfiguration {
  std::vector<std::string> url;
  std::string base_url;
  SnapshotKind snapshot = SnapshotKind::kPartial;
  Duration poll = std::chrono::minutes(5);
  double max_deletions = 0.10;                  // part of what the source stated before, 0 to 1
  std::vector<std::string> hosts;               // that an answer may lead to, besides those of `url`
  Duration timeout = std::chrono::minutes(10);  // of one document or request
  std::uint64_t max_size = 1ull << 30;          // of one document, bytes, unpacked
  Duration pause{};                             // between two requests, at least
  std::int64_t max_requests = 10'000;           // of one reading, these three
  std::uint64_t max_bytes = 1ull << 30;
  Duration max_time = std::chrono::hours(1);

  // The plugin asks; documents are fetched without it.
  [[nodiscard]] bool is_asked() const { return !base_url.empty(); }
  friend bool operator==(const HttpSourceConfiguration&, const HttpSourceConfiguration&) = default;
};

// How a partner's SFTP server is reached, and how it knows us: a password or a key.
struct SftpServerConfiguration {
  std::string host;
  std::int64_t port = 22;
  std::string user;
  std::optional<SecretReference> password;
  std::string key;  // file of a private key
  std::optional<SecretReference> key_password;
  std::vector<std::string> host_key;            // SHA256:..., any of them
  std::string known_hosts;                      // file
  std::vector<std::string> networks;            // addresses that are not public and may be spoken to
  Duration timeout = std::chrono::minutes(10);  // of one file
  friend bool operator==(const SftpServerConfiguration&, const SftpServerConfiguration&) = default;
};

struct SftpSourceConfiguration : SftpServerConfiguration {
  std::vector<std::string> path;  // on the server; `*` and `?` in the last part
  SnapshotKind snapshot = SnapshotKind::kPartial;
  Duration poll = std::chrono::minutes(5);
  double max_deletions = 0.10;          // part of what the source stated before, 0 to 1
  std::uint64_t max_size = 1ull << 30;  // of one file, bytes
  friend bool operator==(const SftpSourceConfiguration&, const SftpSourceConfiguration&) = default;
};

struct SftpSinkConfiguration : SftpServerConfiguration {
  std::string folder;           // on the server
  std::string name = "{file}";  // {date} {time} {file} {seq}
  Roll roll;
  friend bool operator==(const SftpSinkConfiguration&, const SftpSinkConfiguration&) = default;
};

// HMAC-SHA-256 over "<time>.<body>".
struct HmacConfiguration {
  std::vector<SecretReference> secret;  // any of them
  std::string header = "X-Signature";
  std::string time_header;  // empty: the time stands in `header` too
  Duration window = std::chrono::minutes(5);
  friend bool operator==(const HmacConfiguration&, const HmacConfiguration&) = default;
};

// One of these fingerprints; or signed by `ca`, with this subject, one of these names, or both.
struct ClientCertificateConfiguration {
  std::vector<std::string> fingerprint;
  std::string ca;  // PEM file
  std::string subject;
  std::vector<std::string> name;
  friend bool operator==(const ClientCertificateConfiguration&,
                         const ClientCertificateConfiguration&) = default;
};

// One of them.
struct WebhookAuthConfiguration {
  std::vector<SecretReference> bearer;  // any of them
  std::optional<HmacConfiguration> hmac;
  std::optional<ClientCertificateConfiguration> certificate;
  friend bool operator==(const WebhookAuthConfiguration&, const WebhookAuthConfiguration&) = default;
};

// A partner that calls: POST /in/CONNECTOR.
struct WebhookSourceConfiguration {
  WebhookAuthConfiguration auth;
  std::uint64_t max_body = 256u << 10;  // bytes
  Rate rate{100, std::chrono::seconds(1)};
  Duration translate = std::chrono::seconds(2);  // limits.record, where that is shorter
  friend bool operator==(const WebhookSourceConfiguration&, const WebhookSourceConfiguration&) = default;
};

// One of them.
struct FromConfiguration {
  std::optional<FilesSourceConfiguration> files;
  std::optional<HttpSourceConfiguration> http;
  std::string receipts;  // the folder in which the partner is told what became of its files; empty: it is not
  std::optional<SftpSourceConfiguration> sftp;
  std::optional<WebhookSourceConfiguration> webhook;  // it is called, and reads nothing by itself

  // Of what is read, these three.
  [[nodiscard]] SnapshotKind snapshot() const {
    return http ? http->snapshot : sftp ? sftp->snapshot : files->snapshot;
  }
  [[nodiscard]] Duration poll() const { return http ? http->poll : sftp ? sftp->poll : files->poll; }
  [[nodiscard]] double max_deletions() const {
    return http ? http->max_deletions : sftp ? sftp->max_deletions : files->max_deletions;
  }
  friend bool operator==(const FromConfiguration&, const FromConfiguration&) = default;
};

// A partner that accepts now and answers later.
struct LaterConfiguration {
  Duration callback{};  // how long a call of the partner is awaited; 0: it makes none
  Duration give_up = std::chrono::hours(24);
  Duration poll = std::chrono::seconds(30);
  friend bool operator==(const LaterConfiguration&, const LaterConfiguration&) = default;
};

// How patient a delivery by requests is with one of them.
struct RetryConfiguration {
  Duration first = std::chrono::seconds(1);
  Duration longest = std::chrono::minutes(5);
  Duration give_up = std::chrono::hours(24);
  friend bool operator==(const RetryConfiguration&, const RetryConfiguration&) = default;
};

struct BreakerConfiguration {
  std::int64_t failures = 5;
  Duration rest = std::chrono::seconds(30);
  friend bool operator==(const BreakerConfiguration&, const BreakerConfiguration&) = default;
};

struct HttpSinkConfiguration : HttpAccessConfiguration {
  std::string base_url;
  Duration timeout = std::chrono::seconds(30);  // of one request with its answer
  std::uint64_t max_answer = 1ull << 20;        // bytes, unpacked
  std::int64_t parallel = 4;
  std::optional<Rate> rate;
  std::string idempotency_header = "Idempotency-Key";
  RetryConfiguration retry;
  BreakerConfiguration breaker;
  std::optional<LaterConfiguration> later;
  friend bool operator==(const HttpSinkConfiguration&, const HttpSinkConfiguration&) = default;
};

// One of them.
struct ToConfiguration {
  std::optional<FilesSinkConfiguration> files;
  std::optional<SftpSinkConfiguration> sftp;
  std::optional<HttpSinkConfiguration> http;

  // Of files, wherever they are written.
  [[nodiscard]] Roll roll() const { return sftp ? sftp->roll : files ? files->roll : Roll{}; }
  friend bool operator==(const ToConfiguration&, const ToConfiguration&) = default;
};

struct SubscribeConfiguration {
  std::vector<std::string> topics;      // as configurations write them: "services"
  std::vector<TextPosition> topics_at;  // where each is written

  // Where they are written is no part of what is said.
  friend bool operator==(const SubscribeConfiguration& a, const SubscribeConfiguration& b) {
    return a.topics == b.topics;
  }
};

struct LimitsConfiguration {
  Duration start = std::chrono::seconds(10);
  Duration record = std::chrono::seconds(5);
  std::uint64_t memory = 512ull << 20;
  std::uint64_t output = 16ull << 20;
  std::uint64_t record_size = 1ull << 20;     // bytes of one record as it stands in its file
  std::uint64_t document_size = 16ull << 20;  // of a file that is one record
  friend bool operator==(const LimitsConfiguration&, const LimitsConfiguration&) = default;
};

// A connector is a source (`from`) or a sink (`subscribe` and `to`), never both.
struct ConnectorConfiguration {
  std::string id;
  std::string plugin;
  std::string was;      // its id before it was renamed, or empty
  std::string partner;  // the connector with which it shares the partner's cases, or empty: only its own
  Isolation isolation = Isolation::kWorker;
  std::vector<RawOption> options;
  std::optional<FromConfiguration> from;
  std::optional<SubscribeConfiguration> subscribe;
  std::optional<ToConfiguration> to;
  LimitsConfiguration limits;
  TextPosition at;  // where its id is written
  TextPosition plugin_at;
  std::string folder;  // of the file that declares it: paths in its options start there

  [[nodiscard]] bool is_source() const { return from.has_value(); }
  [[nodiscard]] bool is_called() const { return from && from->webhook; }
  [[nodiscard]] bool is_sink() const { return subscribe.has_value(); }
  // Only web partners are spoken to through the hub's proxy.
  [[nodiscard]] bool by_proxy() const { return (from && from->http) || (to && to->http); }

  // Where it is written is no part of what it says.
  friend bool operator==(const ConnectorConfiguration& a, const ConnectorConfiguration& b) {
    return a.id == b.id && a.plugin == b.plugin && a.was == b.was && a.partner == b.partner &&
           a.isolation == b.isolation && a.options == b.options && a.from == b.from &&
           a.subscribe == b.subscribe && a.to == b.to && a.limits == b.limits && a.folder == b.folder;
  }
};

// Files that hold more of the configuration.
struct IncludePattern {
  std::string pattern;
  TextPosition at;
};

struct IncludedConfiguration {
  std::int64_t config = 1;
  std::vector<IncludePattern> include;
  std::vector<ConnectorConfiguration> connectors;
};

struct Configuration {
  std::int64_t config = 1;  // the version of this format
  HubConfiguration hub;
  BackboneConfiguration backbone;
  StoreConfiguration store;
  SecretsConfiguration secrets;
  PeopleConfiguration people;
  WalletsConfiguration wallets;
  PluginsConfiguration plugins;
  HttpConfiguration http;
  std::vector<IncludePattern> include;
  std::vector<ConnectorConfiguration> connectors;

  [[nodiscard]] const ConnectorConfiguration* find(std::string_view id) const {
    for (const auto& connector : connectors)
      if (connector.id == id) return &connector;
    return nullptr;
  }
};

}  // namespace raccordo
