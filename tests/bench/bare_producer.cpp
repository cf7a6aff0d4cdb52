// SPDX-License-Identifier: EUPL-1.2
// bare_producer BROKER TOPIC [FILE]: makes a topic of as many parts as the hub does; with a file ("key TAB
// value" lines), pushes it as fast as librdkafka goes with the hub's settings. What no hub over this library
// can beat.
#include <librdkafka/rdkafka.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace {

constexpr int kPartitions = 12;
constexpr int kAnswerMs = 10'000;
constexpr std::array<std::pair<const char*, const char*>, 9> kSettings{{
    {"enable.idempotence", "true"},
    {"acks", "all"},
    {"compression.codec", "lz4"},
    {"partitioner", "murmur2_random"},
    {"linger.ms", "2"},
    {"batch.size", "1000000"},
    {"batch.num.messages", "10000"},
    {"queue.buffering.max.messages", "200000"},
    {"socket.nagle.disable", "true"},
}};

using Client = std::unique_ptr<rd_kafka_t, decltype(&rd_kafka_destroy)>;

std::size_t failed = 0;

void delivered(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
  failed += message->err != RD_KAFKA_RESP_ERR_NO_ERROR ? 1 : 0;
}

Client producer(const char* broker) {
  rd_kafka_conf_t* settings = rd_kafka_conf_new();
  std::array<char, 512> why{};
  const auto set = [&](const char* name, const char* value) {
    if (rd_kafka_conf_set(settings, name, value, why.data(), why.size()) != RD_KAFKA_CONF_OK)
      throw std::runtime_error(why.data());
  };
  set("bootstrap.servers", broker);
  for (const auto& [name, value] : kSettings) set(name, value);
  rd_kafka_conf_set_dr_msg_cb(settings, delivered);
  Client client(rd_kafka_new(RD_KAFKA_PRODUCER, settings, why.data(), why.size()), rd_kafka_destroy);
  if (!client) throw std::runtime_error(why.data());
  return client;
}

void make_topic(rd_kafka_t* client, const char* name) {
  std::array<char, 512> why{};
  rd_kafka_NewTopic_t* topic = rd_kafka_NewTopic_new(name, kPartitions, 1, why.data(), why.size());
  rd_kafka_queue_t* answers = rd_kafka_queue_new(client);
  rd_kafka_CreateTopics(client, &topic, 1, nullptr, answers);
  rd_kafka_event_t* answer = rd_kafka_queue_poll(answers, kAnswerMs);
  std::size_t count = 0;
  const auto* results = answer != nullptr ? rd_kafka_CreateTopics_result_topics(
                                                rd_kafka_event_CreateTopics_result(answer), &count)
                                          : nullptr;
  const auto code = count == 1 ? rd_kafka_topic_result_error(results[0]) : RD_KAFKA_RESP_ERR__TIMED_OUT;
  if (answer != nullptr) rd_kafka_event_destroy(answer);
  rd_kafka_queue_destroy(answers);
  rd_kafka_NewTopic_destroy(topic);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR && code != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
    throw std::runtime_error(std::string(name) + ": " + rd_kafka_err2str(code));
}

void push(rd_kafka_t* client, const char* topic, const char* file) {
  rd_kafka_topic_t* const to = rd_kafka_topic_new(client, topic, nullptr);
  std::ifstream lines(file);
  if (!lines) throw std::runtime_error(std::string(file) + " cannot be read");
  for (std::string line; std::getline(lines, line);) {
    const auto tab = line.find('\t');
    if (tab == std::string::npos) throw std::runtime_error("a line without TAB");
    const auto value = std::string_view(line).substr(tab + 1);
    while (rd_kafka_produce(to, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, const_cast<char*>(value.data()),
                            value.size(), line.data(), tab, nullptr) != 0) {
      if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
        throw std::runtime_error(rd_kafka_err2str(rd_kafka_last_error()));
      rd_kafka_poll(client, kAnswerMs);
    }
    rd_kafka_poll(client, 0);
  }
  const auto unfinished = rd_kafka_flush(client, 6 * kAnswerMs);
  rd_kafka_topic_destroy(to);
  if (unfinished != RD_KAFKA_RESP_ERR_NO_ERROR || failed != 0)
    throw std::runtime_error(std::to_string(failed) + " messages failed");
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 3) return std::fputs("usage: bare_producer BROKER TOPIC [FILE]\n", stderr), 64;
  const auto client = producer(argv[1]);
  make_topic(client.get(), argv[2]);
  if (argc > 3) push(client.get(), argv[2], argv[3]);
  return 0;
} catch (const std::exception& failure) {
  return std::fprintf(stderr, "bare_producer: %s\n", failure.what()), 1;
}
