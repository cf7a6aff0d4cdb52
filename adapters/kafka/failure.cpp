// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/failure.hpp"

namespace raccordo::kafka {
namespace {

Error denied(std::string_view where, std::string_view words) {
  return error(ErrorCode::kDenied,
               say("Kafka, {}: permesso negato ({})", "Kafka, {}: no permission ({})", where, words),
               say("dare all'utente dell'hub i permessi di lettura, scrittura, descrizione e creazione sui "
                   "suoi argomenti",
                   "let the hub's user read, write, describe and create its topics"));
}

// Brokers of version 4 refuse the SCRAM of librdkafka before 2.6.1 (github.com/edenhill/kcat, issue 462).
constexpr int kScramForVersion4 = 0x02060100;

Text what_to_check(std::string_view words) {
  if (words.find("SCRAM") == std::string_view::npos || rd_kafka_version() >= kScramForVersion4)
    return say("controllare backbone.kafka.security: utente, segreto, meccanismo, certificati",
               "check backbone.kafka.security: user, secret, mechanism, certificates");
  return say(
      "controllare utente e segreto; i broker della versione 4 non accettano scram con librdkafka {}: usare "
      "oauth2, o plain con tls",
      "check user and secret; brokers of version 4 do not take scram with librdkafka {}: use oauth2, or "
      "plain "
      "with tls",
      rd_kafka_version_str());
}

Error refused(std::string_view where, std::string_view words) {
  return error(ErrorCode::kDenied,
               say("Kafka, {}: accesso rifiutato ({})", "Kafka, {}: access refused ({})", where, words),
               what_to_check(words));
}

// What librdkafka says in English only, where it happens every day.
Text reason(rd_kafka_resp_err_t code, std::string_view words) {
  switch (code) {
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
      return say("nessuna connessione", "no connection");
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
      return say("tempo scaduto", "the time ran out");
    default:
      return as_is(std::string(words));
  }
}

Error away(std::string_view where, const Text& why) {
  return error(ErrorCode::kUnavailable,
               {fmt::format("Kafka, {}: non risponde ({})", where, why.it),
                fmt::format("Kafka, {}: does not answer ({})", where, why.en)},
               say("guardare se i broker sono accesi e raggiungibili; si riprova da soli",
                   "see whether the brokers are up and reachable; it is tried again by itself"));
}

Error too_large(std::string_view where, std::string_view words) {
  return error(ErrorCode::kTooLarge,
               say("Kafka, {}: il messaggio è troppo grande ({})", "Kafka, {}: the message is too large ({})",
                   where, words),
               say("alzare max.message.bytes dell'argomento, o fare più piccola l'entità",
                   "raise the topic's max.message.bytes, or make the entity smaller"));
}

Error invalid(std::string_view where, std::string_view words) {
  return error(ErrorCode::kInvalid,
               say("Kafka, {}: rifiutato ({})", "Kafka, {}: refused ({})", where, words));
}

}  // namespace

Error no_such_topic(std::string_view topic) {
  return error(ErrorCode::kNotFound, say("l'argomento «{}» non esiste", "there is no topic \"{}\"", topic));
}

Error failure(rd_kafka_resp_err_t code, std::string_view where, std::string_view words) {
  if (words.empty()) words = rd_kafka_err2str(code);
  switch (code) {
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return no_such_topic(where);
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
      return denied(where, words);
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__SSL:
      return refused(where, words);
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
      return too_large(where, words);
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
    case RD_KAFKA_RESP_ERR_INVALID_RECORD:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
      return invalid(where, words);
    default:
      return away(where, reason(code, words));
  }
}

}  // namespace raccordo::kafka
