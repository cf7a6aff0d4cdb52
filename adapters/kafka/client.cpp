// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/client.hpp"

#include <fmt/ranges.h>

#include <unistd.h>

#include <array>
#include <cerrno>
#include <tuple>

#include "adapters/kafka/failure.hpp"
#include "core/ports/system_words.hpp"

namespace raccordo::kafka {
namespace {

LogLevel level_of(int syslog) {
  if (syslog <= 3)
    return LogLevel::kWarning;  // brokers come and go: what fails for good is an error of the call
  if (syslog <= 5) return LogLevel::kInfo;
  return LogLevel::kDebug;
}

void write_log(const rd_kafka_t* client, int level, const char* facility, const char* words) {
  auto* const context = static_cast<ClientContext*>(rd_kafka_opaque(client));
  if (context != nullptr)
    context->log.write(level_of(level), {}, fmt::format("Kafka: {}: {}", facility, words));
}

// A broker that is away comes back; one that refuses us does not change its mind.
void note_trouble(rd_kafka_t*, int code, const char* words, void* opaque) {
  const auto which = static_cast<rd_kafka_resp_err_t>(code);
  if (which == RD_KAFKA_RESP_ERR__AUTHENTICATION || which == RD_KAFKA_RESP_ERR__SSL ||
      which == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED)
    static_cast<ClientContext*>(opaque)->trouble.note(which, words);
}

Status set(rd_kafka_conf_t* settings, const char* name, const std::string& value) {
  std::array<char, 512> why{};
  if (rd_kafka_conf_set(settings, name, value.c_str(), why.data(), why.size()) == RD_KAFKA_CONF_OK)
    return done();
  return error(ErrorCode::kInvalid, say("Kafka: l'impostazione {} non va: {}",
                                        "Kafka: the setting {} is wrong: {}", name, why.data()));
}

const char* name_of(Mechanism mechanism) {
  switch (mechanism) {
    case Mechanism::kScramSha512:
      return "SCRAM-SHA-512";
    case Mechanism::kScramSha256:
      return "SCRAM-SHA-256";
    case Mechanism::kPlain:
      break;
  }
  return "PLAIN";
}

// librdkafka asks again when four fifths of a token's life are over, or soon after a failure. It goes by the
// machine's own clock.
void refresh_token(rd_kafka_t* client, const char*, void* opaque) {
  auto& context = *static_cast<ClientContext*>(opaque);
  const auto token = context.options.security.token();
  std::array<char, 512> why{};
  auto refused = RD_KAFKA_RESP_ERR_NO_ERROR;
  if (token.ok()) {
    const auto end = std::chrono::system_clock::now().time_since_epoch() + token->life;
    refused = rd_kafka_oauthbearer_set_token(
        client, token->value.c_str(), std::chrono::duration_cast<std::chrono::milliseconds>(end).count(),
        "raccordo", nullptr, 0, why.data(), why.size());
  }
  if (token.ok() && refused == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  const auto words = token.ok() ? std::string(why.data()) : token.error().in(Language::kEnglish);
  rd_kafka_oauthbearer_set_token_failure(client, words.c_str());
}

// Tokens are fetched while nobody polls the client.
Status serve_tokens(rd_kafka_t* client) {
  auto* const failed = rd_kafka_sasl_background_callbacks_enable(client);
  if (failed == nullptr) return done();
  const std::string words = rd_kafka_error_string(failed);
  rd_kafka_error_destroy(failed);
  return error(ErrorCode::kInvalid, say("Kafka: {}", "Kafka: {}", words));
}

Status set_unless_empty(rd_kafka_conf_t* settings, const char* name, const std::string& value) {
  return value.empty() ? done() : set(settings, name, value);
}

// librdkafka names the setting, not the file.
Status set_file(rd_kafka_conf_t* settings, const char* name, const std::string& path) {
  if (path.empty()) return done();
  if (::access(path.c_str(), R_OK) != 0) {
    const int number = errno;
    const Text why = system_words(number);
    return error(number == ENOENT ? ErrorCode::kNotFound : ErrorCode::kDenied,
                 {fmt::format("Kafka: {} non si legge ({})", path, why.it),
                  fmt::format("Kafka: {} cannot be read ({})", path, why.en)},
                 say("controllare backbone.kafka.security.tls", "check backbone.kafka.security.tls"));
  }
  return set(settings, name, path);
}

Status set_security(rd_kafka_conf_t* settings, const Security& security) {
  const std::string wire = security.tls ? "ssl" : "plaintext";
  RACCORDO_CHECK(set(settings, "security.protocol", security.sasl || security.token ? "sasl_" + wire : wire));
  if (security.tls) {
    RACCORDO_CHECK(set(settings, "ssl.endpoint.identification.algorithm", "https"));
    RACCORDO_CHECK(set_file(settings, "ssl.ca.location", security.tls->ca));
    RACCORDO_CHECK(set_file(settings, "ssl.certificate.location", security.tls->certificate));
    RACCORDO_CHECK(set_file(settings, "ssl.key.location", security.tls->key));
    RACCORDO_CHECK(set_unless_empty(settings, "ssl.key.password", security.tls->key_password));
  }
  if (security.token) return set(settings, "sasl.mechanisms", "OAUTHBEARER");
  if (!security.sasl) return done();
  RACCORDO_CHECK(set(settings, "sasl.mechanisms", name_of(security.sasl->mechanism)));
  RACCORDO_CHECK(set(settings, "sasl.username", security.sasl->user));
  return set(settings, "sasl.password", security.sasl->password);
}

// Reconnecting quickly at first, and never holding much in memory.
Status set_shared(rd_kafka_conf_t* settings, const ClientContext& context) {
  const auto bytes = std::to_string(context.options.max_message_bytes + 4'096);
  for (const auto& [name, value] :
       std::initializer_list<Setting>{{"client.id", "raccordo"},
                                      {"bootstrap.servers", context.brokers()},
                                      {"socket.nagle.disable", "true"},
                                      {"socket.keepalive.enable", "true"},
                                      {"reconnect.backoff.ms", "50"},
                                      {"reconnect.backoff.max.ms", "5000"},
                                      {"topic.metadata.refresh.interval.ms", "60000"},
                                      {"allow.auto.create.topics", "false"},
                                      {"log.connection.close", "false"},
                                      {"message.max.bytes", bytes}})
    RACCORDO_CHECK(set(settings, name, value));
  RACCORDO_CHECK(set_security(settings, context.options.security));
  return done();
}

}  // namespace

Error Trouble::behind(Error error, std::string_view where) const {
  const std::scoped_lock lock(mutex_);
  return code_ == RD_KAFKA_RESP_ERR_NO_ERROR || !error.retryable() ? error : failure(code_, where, words_);
}

std::string ClientContext::brokers() const { return fmt::format("{}", fmt::join(options.brokers, ",")); }

int ClientContext::answer_ms() const {
  return static_cast<int>(
      std::chrono::duration_cast<std::chrono::milliseconds>(options.answer_timeout).count());
}

Result<Client> make_client(ClientContext& context, rd_kafka_type_t type,
                           std::initializer_list<Setting> special, DeliveryCallback delivered) {
  ClientSettings settings(rd_kafka_conf_new());
  RACCORDO_CHECK(set_shared(settings.get(), context));
  for (const auto& [name, value] : special) RACCORDO_CHECK(set(settings.get(), name, value));
  rd_kafka_conf_set_opaque(settings.get(), &context);
  rd_kafka_conf_set_log_cb(settings.get(), write_log);
  rd_kafka_conf_set_error_cb(settings.get(), note_trouble);
  const bool with_token = static_cast<bool>(context.options.security.token);
  if (with_token) {
    rd_kafka_conf_set_oauthbearer_token_refresh_cb(settings.get(), refresh_token);
    rd_kafka_conf_enable_sasl_queue(settings.get(), 1);
  }
  if (delivered != nullptr) rd_kafka_conf_set_dr_msg_cb(settings.get(), delivered);
  std::array<char, 512> why{};
  Client client(rd_kafka_new(type, settings.get(), why.data(), why.size()));
  if (!client)
    return error(ErrorCode::kInvalid, say("Kafka: {}", "Kafka: {}", why.data()),
                 say("controllare backbone.kafka", "check backbone.kafka"));
  std::ignore = settings.release();  // the client's now
  if (with_token) RACCORDO_CHECK(serve_tokens(client.get()));
  return client;
}

}  // namespace raccordo::kafka
