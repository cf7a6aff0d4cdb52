// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/testing/poll.hpp"

#include <algorithm>
#include <deque>

namespace raccordo {
inline namespace sdk {

std::vector<std::string> Polled::story() const {
  std::vector<std::string> all;
  for (const auto& answer : answers) all.insert(all.end(), answer.story.begin(), answer.story.end());
  return all;
}

Polled poll(FakeHost& host, const Partner& partner, const PollOf& of) {
  Polled polled;
  polled.cursor = of.cursor;
  std::deque<Sent> waiting;
  const auto take = [&](Answer answer) {
    for (auto& sent : answer.sent) {
      const bool before = std::ranges::find(polled.asked, sent) != polled.asked.end() ||
                          std::ranges::find(waiting, sent) != waiting.end();
      if (before && polled.cut.empty()) polled.cut = "the same request with the same context: " + sent.path;
      waiting.push_back(sent);
    }
    if (answer.accepted() && !answer.cursors.empty()) polled.cursor = answer.cursors.back();
    polled.answers.push_back(std::move(answer));
  };
  take(host.tick(of.now_ms, of.cursor));
  while (polled.cut.empty() && !waiting.empty()) {
    if (polled.asked.size() == of.most_requests) {
      polled.cut = "too many requests";
      break;
    }
    polled.asked.push_back(std::move(waiting.front()));
    waiting.pop_front();
    auto response = partner(polled.asked.back());
    response.kind = RACCORDO_INPUT_RESPONSE;
    response.context = polled.asked.back().context;
    take(host.handle(response));
  }
  return polled;
}

}  // namespace sdk
}  // namespace raccordo
