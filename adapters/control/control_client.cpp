// SPDX-License-Identifier: EUPL-1.2
#include "adapters/control/control_client.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "adapters/control/control_address.hpp"
#include "adapters/control/data_folder.hpp"
#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMostBytes = 256u << 20;
constexpr timeval kConnecting{10, 0};  // in the queue of a hub that serves others

Error unreachable(const std::filesystem::path& socket_file, int number) {
  const auto why = system_words(number);
  auto text =
      say("nessuna risposta da {0}: {1}", "no answer from {0}: {2}", socket_file.string(), why.it, why.en);
  switch (number) {
    case ENOENT:
      return error(ErrorCode::kNotFound, std::move(text),
                   say("l'hub si sta avviando, o un altro comando usa la cartella: riprovare tra poco",
                       "the hub is starting, or another command uses the folder: try again shortly"));
    case EACCES:
    case EPERM:
      return error(ErrorCode::kDenied, std::move(text),
                   say("usare lo stesso utente dell'hub, o uno del suo gruppo",
                       "use the hub's user, or one of its group"));
    default:
      return error(ErrorCode::kUnavailable, std::move(text), say("riprovare tra poco", "try again shortly"));
  }
}

Result<Descriptor> connect_to(const std::filesystem::path& socket_file) {
  RACCORDO_TRY(const auto address, ControlAddress::of(socket_file));
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket.open()) return unreachable(socket_file, errno);
  (void)::setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &kConnecting, sizeof kConnecting);
  while (::connect(socket.number(), address.get(), address.size()) != 0)
    if (errno != EINTR) return unreachable(socket_file, errno);
  return socket;
}

// A refusal may come, with its words, before the request was taken whole: what was sent is then of no
// interest.
void send_line(int socket, std::string_view request) {
  std::string line(request);
  std::ranges::replace(line, '\n', ' ');  // in JSON a line break is white space
  line += '\n';
  for (std::string_view rest = line; !rest.empty();) {
    const auto sent = ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EINTR) return;
    if (sent > 0) rest.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool readable_before(int socket, SteadyClock::time_point deadline) {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now()).count();
    pollfd wanted{socket, POLLIN, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::clamp<long>(left, 0, 3'600'000)));
    if (ready > 0) return true;
    if (ready == 0 && left <= 0) return false;
    if (ready < 0 && errno != EINTR) return false;
  }
}

Result<std::string> read_line(int socket, const std::filesystem::path& from,
                              SteadyClock::time_point deadline) {
  std::string line;
  std::string buffer(64u << 10, '\0');
  while (line.size() < kMostBytes) {
    if (!readable_before(socket, deadline)) return unreachable(from, ETIMEDOUT);
    const auto size = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return unreachable(from, errno);
    if (size == 0) return unreachable(from, ECONNRESET);
    line.append(buffer, 0, static_cast<std::size_t>(size));
    if (line.back() == '\n') {
      line.pop_back();
      return line;
    }
  }
  return unreachable(from, EMSGSIZE);
}

}  // namespace

Result<std::unique_ptr<ControlClient>> ControlClient::open(const std::filesystem::path& folder,
                                                           std::chrono::milliseconds patience) {
  auto socket_file = control_socket_of(folder);
  RACCORDO_CHECK(connect_to(socket_file));
  return std::unique_ptr<ControlClient>(new ControlClient(std::move(socket_file), patience));
}

std::string ControlClient::perform(std::string_view request_json) {
  const auto deadline = SteadyClock::now() + patience_;
  auto socket = connect_to(socket_file_);
  if (!socket) return failed_answer(socket.error());
  send_line(socket->number(), request_json);
  auto answer = read_line(socket->number(), socket_file_, deadline);
  return answer ? std::move(answer).value() : failed_answer(answer.error());
}

}  // namespace raccordo
