// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/handshake.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "adapters/plugin_worker/refusal.hpp"

namespace raccordo {
namespace {

constexpr int kLook = 50;  // milliseconds between looks at the clock

Text doing(WorkerStep step) {
  if (step == WorkerStep::kCreating) return say("si avvia", "it starts");
  return say("viene caricato", "it is loaded");
}

Text look_into_the_plugin() {
  return say("rivolgersi a chi l'ha scritto: il guasto è nel plugin",
             "ask its author: the fault is in the plugin");
}

// A plugin that breaks off while it is looked at is no plugin; one that breaks off at a start may pass.
Error died(const Load& load, const ProcessEnd& how) {
  const auto during = doing(how.step), words = how.words();
  return refused(load.path,
                 {fmt::format("si interrompe mentre {} ({})", during.it, words.it),
                  fmt::format("it breaks off while {} ({})", during.en, words.en)},
                 look_into_the_plugin(), load.describe_only ? ErrorCode::kInvalid : ErrorCode::kUnavailable);
}

Error late(const Load& load, Duration deadline, WorkerStep step) {
  const auto during = doing(step);
  const auto seconds = std::chrono::duration<double>(deadline).count();
  return refused(load.path,
                 {fmt::format("non finisce in {} s mentre {}", seconds, during.it),
                  fmt::format("it does not finish within {} s while {}", seconds, during.en)},
                 load.describe_only ? look_into_the_plugin()
                                    : say("se gli serve più tempo alzare `limits.start` del suo connettore",
                                          "if it needs longer raise `limits.start` of its connector"),
                 ErrorCode::kTimeout);
}

Error nonsense(const std::string& path) {
  return refused(path,
                 say("il suo processo risponde in modo incomprensibile", "its process answers nonsense"),
                 look_into_the_plugin());
}

class Handshake {
 public:
  Handshake(WorkerProcess& worker, const Load& load, Duration deadline, Clock& clock, OutputLines& lines)
      : worker_(worker),
        load_(load),
        deadline_(deadline),
        clock_(clock),
        lines_(lines),
        began_(clock.monotonic()) {}

  Result<std::string> run() {
    auto result = talk();
    while (!result.ok() && lines_.read_from(worker_.output()) && worker_.has_output()) {
    }
    return result;
  }

 private:
  Result<std::string> talk() {
    const auto payload = pack(load_);
    FrameHead head{static_cast<std::uint32_t>(FrameKind::kLoad), 0, payload.size()};
    RACCORDO_CHECK(send({reinterpret_cast<const char*>(&head), sizeof head}));
    RACCORDO_CHECK(send(payload));
    RACCORDO_CHECK(receive(reinterpret_cast<char*>(&head), sizeof head));
    const bool loaded = head.kind == static_cast<std::uint32_t>(FrameKind::kLoaded);
    if ((!loaded && head.kind != static_cast<std::uint32_t>(FrameKind::kRefused)) || head.size > kMaxLoaded)
      return end_with(nonsense(load_.path));
    std::string answer(head.size, '\0');
    RACCORDO_CHECK(receive(answer.data(), answer.size()));
    if (loaded) return answer;
    Error refusal;
    return end_with(unpack(answer, refusal) ? refusal : nonsense(load_.path));
  }

  Status send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(worker_.socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent >= 0)
        bytes.remove_prefix(static_cast<std::size_t>(sent));
      else if (errno != EAGAIN && errno != EINTR)
        return died(load_, worker_.wait());
      else
        RACCORDO_CHECK(wait_for(POLLOUT));
    }
    return done();
  }

  Status receive(char* to, std::size_t size) {
    while (size > 0) {
      const auto got = ::read(worker_.socket(), to, size);
      if (got > 0) {
        to += got;
        size -= static_cast<std::size_t>(got);
      } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        return died(load_, worker_.wait());
      } else {
        RACCORDO_CHECK(wait_for(POLLIN));
      }
    }
    return done();
  }

  Status wait_for(short events) {
    pollfd ends[] = {{worker_.socket(), events, 0}, {output_ended_ ? -1 : worker_.output(), POLLIN, 0}};
    ::poll(ends, 2, kLook);
    if (ends[1].revents != 0) output_ended_ = !lines_.read_from(worker_.output());
    if (ends[0].revents == 0 && clock_.monotonic() - began_ > deadline_)
      return late(load_, deadline_, worker_.kill().step);
    return done();
  }

  Error end_with(Error error) {
    static_cast<void>(worker_.kill());
    return error;
  }

  WorkerProcess& worker_;
  const Load& load_;
  Duration deadline_;
  Clock& clock_;
  OutputLines& lines_;
  Duration began_;
  bool output_ended_ = false;
};

}  // namespace

Result<std::string> load_plugin(WorkerProcess& worker, const Load& load, Duration deadline, Clock& clock,
                                OutputLines& lines) {
  auto result = Handshake(worker, load, deadline, clock, lines).run();
  if (!result.ok()) lines.finish();
  return result;
}

}  // namespace raccordo
