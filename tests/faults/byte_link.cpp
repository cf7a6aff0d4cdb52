// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "tests/faults/link.hpp"

namespace raccordo::testing {
namespace {

constexpr std::size_t kAtOnce = 64u << 10;

bool trickle(const Fault& fault, std::string_view bytes, const Socket& to, Course& course) {
  const auto slow = fault.bytes == 0 ? bytes.size() : std::min<std::size_t>(fault.bytes, bytes.size());
  for (std::size_t i = 0; i < slow; ++i)
    if (!to.send(bytes.substr(i, 1)) || !course.pause(fault.pause)) return false;
  return to.send(bytes.substr(slow));
}

class ByteLink final : public Link {
 public:
  ByteLink(Socket client, Course& course)
      : course_(course), ends_(std::move(client)), work_([this] { work(); }) {}

  void cut() override { ends_.cut(); }
  [[nodiscard]] bool ended() const override { return ended_; }

 private:
  void work() {
    if (const Socket* const server = ends_.server(course_.port())) {
      const std::jthread answers([&] { pump(*server, ends_.client(), Direction::kAnswers); });
      pump(ends_.client(), *server, Direction::kRequests);
    }
    cut();
    ended_ = true;
  }

  void pump(const Socket& from, const Socket& to, Direction direction) {
    std::string buffer(kAtOnce, '\0');
    Fault fault = course_.next(direction);
    for (std::size_t came; (came = from.receive(buffer)) > 0;)
      if (!pass({buffer.data(), came}, to, fault)) return cut();
    to.end_sending();
  }

  // `fault` counts down what still passes before it, and is another one once it has struck.
  bool pass(std::string_view bytes, const Socket& to, Fault& fault) {
    if (fault.kind == FaultKind::kNone || bytes.size() <= fault.after) {
      fault.after -= std::min<std::uint64_t>(fault.after, bytes.size());
      return to.send(bytes) && (course_.passed(passed_), true);
    }
    const auto direction = fault.direction;
    if (fault.kind == FaultKind::kHoldBack && course_.hold(passed_, fault.pause)) course_.struck(fault.kind);
    const bool goes_on = send_under(fault, bytes, to, course_);
    if (goes_on) course_.passed(passed_);
    fault = course_.next(direction);
    return goes_on;
  }

  Course& course_;
  Ends ends_;
  Course::Passed passed_;
  std::atomic<bool> ended_ = false;
  std::jthread work_;
};

}  // namespace

const Socket* Ends::server(int port) {
  auto connected = Socket::connected(port);
  const std::scoped_lock lock(mutex_);
  if (!connected || cut_) return nullptr;
  return &server_.emplace(*std::move(connected));
}

void Ends::cut() {
  const std::scoped_lock lock(mutex_);
  cut_ = true;
  client_.shut();
  if (server_) server_->shut();
}

bool send_under(const Fault& fault, std::string_view bytes, const Socket& to, Course& course) {
  const auto before = std::min<std::size_t>(fault.after, bytes.empty() ? 0 : bytes.size() - 1);
  switch (fault.kind) {
    case FaultKind::kCut:
      to.send(bytes.substr(0, before));
      course.struck(fault.kind);
      return false;
    case FaultKind::kDelay:
      course.struck(fault.kind);
      return to.send(bytes.substr(0, before)) && course.pause(fault.pause) && to.send(bytes.substr(before));
    case FaultKind::kTrickle:
      course.struck(fault.kind);
      return to.send(bytes.substr(0, before)) && trickle(fault, bytes.substr(before), to, course);
    default:
      return to.send(bytes);
  }
}

std::unique_ptr<Link> link_bytes(Socket client, Course& course) {
  return std::make_unique<ByteLink>(std::move(client), course);
}

}  // namespace raccordo::testing
