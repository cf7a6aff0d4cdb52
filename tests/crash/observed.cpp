// SPDX-License-Identifier: EUPL-1.2
#include "tests/crash/observed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace raccordo::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMessagesAtOnce = 50'000;

// services-12.ndjson: 12.
int sequence_of(const fs::path& file) {
  const auto stem = file.stem().string();
  return std::atoi(stem.c_str() + stem.rfind('-') + 1);
}

// 0:17,1:4
std::string position_of(const std::vector<std::int64_t>& next) {
  std::string text;
  for (std::size_t i = 0; i < next.size(); ++i)
    text += (i == 0 ? "" : ",") + std::to_string(i) + ':' + std::to_string(next[i]);
  return text.empty() ? "begin" : text;
}

}  // namespace

void ObservedTopic::look(const HubFolder& hub, const std::string& topic) {
  for (std::size_t came = kMessagesAtOnce; came == kMessagesAtOnce;) {
    auto messages = hub.messages(topic, position_of(next_), kMessagesAtOnce);
    came = messages.size();
    // As they stand: what came late stands behind what it should have come before.
    std::ranges::stable_sort(messages, {}, [](const auto& m) { return m.at("offset").template get<long>(); });
    for (const auto& message : messages) {
      take(message);
      const std::size_t partition = message.at("partition");
      if (next_.size() <= partition) next_.resize(partition + 1);
      next_[partition] = message.at("offset").get<std::int64_t>() + 1;
    }
  }
}

void ObservedTopic::take(const nlohmann::json& message) {
  const auto& event = message.at("event");
  const std::string key = message.at("key");
  if (event.is_null()) {
    live_.erase(said_by_[key]);
    return;
  }
  const bool is_new = events_.insert(event.at("id")).second;
  EXPECT_TRUE(is_new || repeats_ == Repeats::kRecognised) << "published twice: " << event;
  const auto& data = event.at("data");
  said_by_[key] = data.at("source_id");
  live_[said_by_[key]] = data.value("name", "deleted");
}

void ObservedFiles::look(const fs::path& folder) {
  std::vector<fs::path> fresh;
  std::size_t known = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    EXPECT_TRUE(name.starts_with("services-")) << "left behind: " << entry.path();
    const Stamp stamp{entry.file_size(), entry.last_write_time()};
    const auto [found, is_fresh] = files_.try_emplace(name, stamp);
    if (is_fresh) fresh.push_back(entry.path());
    known += !is_fresh;
    EXPECT_EQ(found->second == stamp, true) << "changed behind its delivery: " << entry.path();
  }
  EXPECT_EQ(known + fresh.size(), files_.size()) << "a delivered file is gone";
  std::ranges::sort(fresh, {}, sequence_of);
  for (const auto& file : fresh) take(file);
}

void ObservedFiles::take(const fs::path& file) {
  std::ifstream content(file);
  for (std::string line; std::getline(content, line);) {
    EXPECT_TRUE(lines_.insert(line).second) << "delivered twice: " << file << ": " << line;
    const auto service = nlohmann::json::parse(line);
    call(service.at("id"), service.at("status") == "defunct" ? "" : service.at("name"));
  }
}

void ObservedFiles::call(const std::string& service, const std::string& name) {
  auto& last = last_[service];
  if (const auto before = services_.find(last); before != services_.end() && --before->second == 0)
    services_.erase(before);
  last = name;
  if (!name.empty()) ++services_[name];
}

}  // namespace raccordo::testing
