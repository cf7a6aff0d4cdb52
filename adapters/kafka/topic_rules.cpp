// SPDX-License-Identifier: EUPL-1.2
#include "adapters/kafka/topic_rules.hpp"

#include <charconv>
#include <optional>

#include "adapters/kafka/topic_mark.hpp"

namespace raccordo::kafka {
namespace {

using namespace std::chrono;

std::string value_of(const TopicConfiguration& is, const std::string& name) {
  const auto found = is.find(name);
  return found == is.end() ? std::string() : found->second;
}

std::optional<std::int64_t> number_of(const TopicConfiguration& is, const std::string& name) {
  const auto text = value_of(is, name);
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{}) return std::nullopt;
  return number;
}

Text how_to_set(const std::string& topic, const std::string& name, const std::string& should) {
  return say(
      "correggere con: kafka-configs.sh --alter --entity-type topics --entity-name {0} --add-config {1}={2}",
      "correct it: kafka-configs.sh --alter --entity-type topics --entity-name {0} --add-config {1}={2}",
      topic, name, should);
}

class Examining {
 public:
  Examining(const TopicSettings& topic, const TopicConfiguration& is) : topic_(topic), is_(is) {}

  void must_be(const std::string& name, const std::string& should) {
    const auto value = value_of(is_, name);
    if (value == should) return;
    found_.push_back({Health::kBad,
                      say("l'argomento «{}» ha {}={}: serve {}", "topic \"{}\" has {}={}: it needs {}",
                          topic_.name, name, value, should),
                      how_to_set(topic_.name, name, should)});
  }

  void should_reach(const std::string& name, std::int64_t least, const Text& why) {
    const auto value = number_of(is_, name);
    if (!value || *value >= least) return;
    found_.push_back({Health::kDoubtful,
                      say("l'argomento «{0}» ha {1}={2}, meno di {3}: {4}",
                          "topic \"{0}\" has {1}={2}, less than {3}: {5}", topic_.name, name, *value, least,
                          why.it, why.en),
                      how_to_set(topic_.name, name, std::to_string(least))});
  }

  void should_have_mark() {
    if (!mark_in(is_).empty()) return;
    found_.push_back(
        {Health::kDoubtful,
         say("l'argomento «{}» non ha un segno suo: se viene cancellato e rifatto, l'hub se ne "
             "accorge soltanto finché è più corto di prima",
             "topic \"{}\" has no mark of its own: if it is deleted and made anew, the hub notices "
             "only while it is shorter than it was",
             topic_.name),
         how_to_set(topic_.name, kMarkSetting, new_mark())});
  }

  std::vector<Diagnosis> found() && { return std::move(found_); }

 private:
  const TopicSettings& topic_;
  const TopicConfiguration& is_;
  std::vector<Diagnosis> found_;
};

}  // namespace

std::vector<Diagnosis> examine_topic(const TopicSettings& topic, const TopicConfiguration& is,
                                     const BackboneOptions& options) {
  Examining examining(topic, is);
  examining.must_be("cleanup.policy", topic.compacted ? "compact" : "delete");
  if (!topic.compacted) examining.must_be("retention.ms", "-1");
  if (topic.compacted)
    examining.should_reach("delete.retention.ms", duration_cast<milliseconds>(options.keep_deleted).count(),
                           say("chi riceve e resta assente più a lungo rilegge tutto",
                               "whoever receives and is away for longer reads everything again"));
  examining.should_reach("max.message.bytes", static_cast<std::int64_t>(options.max_message_bytes),
                         say("ciò che è più grande resta accantonato", "what is larger is parked"));
  examining.should_have_mark();
  return std::move(examining).found();
}

std::optional<Diagnosis> examine_partitions(const TopicSettings& topic, std::size_t partitions,
                                            const BackboneOptions& options) {
  if (partitions == static_cast<std::size_t>(options.partitions)) return std::nullopt;
  return Diagnosis{
      Health::kDoubtful,
      say("l'argomento «{0}» è diviso in {1}, l'hub lo dividerebbe in {2}: chi aggiunge partizioni sposta le "
          "chiavi",
          "topic \"{0}\" is split into {1}, the hub would split it into {2}: whoever adds partitions moves "
          "the "
          "keys",
          topic.name, partitions, options.partitions),
      say("se è nato così: backbone.kafka.partitions: {1}; altrimenti, a hub fermi, kafka-topics.sh --delete "
          "--topic {0}: l'hub lo rifà e ridice ciò che le fonti contengono",
          "if it was made like this: backbone.kafka.partitions: {1}; else, with all hubs stopped, "
          "kafka-topics.sh --delete --topic {0}: the hub makes it anew and says again what its sources hold",
          topic.name, partitions)};
}

}  // namespace raccordo::kafka
