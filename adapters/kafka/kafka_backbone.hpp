// SPDX-License-Identifier: EUPL-1.2
// The backbone that several hubs share: a Kafka cluster of version 2.3 or later, through librdkafka.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/backbone.hpp"
#include "core/ports/log.hpp"

namespace raccordo::kafka {

struct Tls {
  std::string ca;           // PEM file; empty: the system's
  std::string certificate;  // PEM files of our own; empty: none
  std::string key;
  std::string key_password;
};

enum class Mechanism { kScramSha512, kScramSha256, kPlain };

struct Sasl {
  Mechanism mechanism = Mechanism::kScramSha512;
  std::string user;
  std::string password;
};

struct BearerToken {
  std::string value;
  Duration life{};  // from now on
};

struct Security {
  std::optional<Tls> tls;
  std::optional<Sasl> sasl;
  // Logs in with tokens instead (SASL OAUTHBEARER, RFC 7628): asked for one whenever the last is about to
  // end. Called on threads of librdkafka, for each connection of its own.
  std::function<Result<BearerToken>()> token = {};
};

struct BackboneOptions {
  std::vector<std::string> brokers;  // host:port, at least one
  std::string topic_prefix;  // whose topics `topics()` lists; names given to the port carry it already
  int partitions = 12;       // of topics made here; of those that exist, what they have
  int replication = -1;      // of topics made here; -1: what the brokers say
  std::size_t max_message_bytes = 4u << 20;              // a larger value is kTooLarge
  std::size_t max_batch_bytes = 16u << 20;               // of one read; at least one message
  std::size_t max_readers = 8;                           // connections kept open between reads
  Duration keep_deleted = std::chrono::hours(24 * 7);    // delete.retention.ms of topics made here
  Duration delivery_timeout = std::chrono::seconds(30);  // then an append is kUnavailable
  Duration answer_timeout = std::chrono::seconds(10);    // of everything else
  Security security;
};

// Connects in the background: nothing is asked of the brokers before the first call. Clock and log outlive
// it. Errors: kInvalid (a setting that
// librdkafka refuses), kNotFound, kDenied (a file that cannot be read): each names it.
[[nodiscard]] Result<std::unique_ptr<Backbone>> open_backbone(BackboneOptions options, const Clock& clock,
                                                              Log& log);

}  // namespace raccordo::kafka
