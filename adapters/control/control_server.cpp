// SPDX-License-Identifier: EUPL-1.2
#include "adapters/control/control_server.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <thread>
#include <vector>

#include "adapters/control/control_address.hpp"
#include "adapters/control/peer.hpp"
#include "core/engine/operations.hpp"
#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFarewell{1'000};  // for answers under way when the server ends

struct Client {
  Descriptor socket;
  SteadyClock::time_point deadline;
  std::string request;
  std::string answer;  // empty: still listening to the request
  std::size_t sent = 0;

  [[nodiscard]] bool answering() const { return !answer.empty(); }
};

Error failed(const std::filesystem::path& path, int number) {
  const auto why = system_words(number);
  return error(number == ENOSPC ? ErrorCode::kFull : ErrorCode::kDenied,
               say("{0}: {1}", "{0}: {2}", path.string(), why.it, why.en));
}

// The umask may take bits away from a socket file but never add any, and connecting needs write permission:
// whoever is let in later is let in by the chmod behind the bind.
Result<Descriptor> listen_at(const std::filesystem::path& path) {
  struct stat there {};
  if (::lstat(path.c_str(), &there) == 0) {
    if (!S_ISSOCK(there.st_mode))
      return error(ErrorCode::kInvalid, say("{} non è un socket", "{} is not a socket", path.string()),
                   say("spostare quel file: l'hub ha bisogno del nome",
                       "move that file away: the hub needs its name"));
    ::unlink(path.c_str());
  }
  RACCORDO_TRY(const auto address, ControlAddress::of(path));
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.open() || ::fchmod(socket.number(), 0600) != 0) return failed(path, errno);
  if (::bind(socket.number(), address.get(), address.size()) != 0) return failed(path, errno);
  if (::chmod(path.c_str(), 0660) != 0) return failed(path, errno);
  if (::listen(socket.number(), 64) != 0) return failed(path, errno);
  return socket;
}

std::string refused() {
  return failed_answer(error(
      ErrorCode::kDenied,
      say("questo hub risponde al suo utente, al suo gruppo e a root",
          "this hub answers its own user, its group and root"),
      say("usare sudo, o farsi aggiungere al gruppo dell'hub", "use sudo, or be added to the hub's group")));
}

std::string too_long(std::size_t limit) {
  return failed_answer(
      error(ErrorCode::kTooLarge, say("richiesta oltre {} byte", "request beyond {} bytes", limit)));
}

std::string one_line(std::string answer) {
  std::ranges::replace(answer, '\n', ' ');  // in JSON a line break is white space
  answer += '\n';
  return answer;
}

}  // namespace

class ControlServer::Service {
 public:
  Service(std::filesystem::path path, Descriptor listener, Descriptor waker, ControlHandler handler,
          ControlLimits limits)
      : path_(std::move(path)),
        listener_(std::move(listener)),
        waker_(std::move(waker)),
        handler_(std::move(handler)),
        limits_(limits),
        thread_([this](const std::stop_token& stop) { serve(stop); }) {}

  ~Service() {
    thread_.request_stop();
    const std::uint64_t one = 1;
    (void)!::write(waker_.number(), &one, sizeof one);
    thread_.join();
    ::unlink(path_.c_str());
  }

 private:
  void serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) turn(waker_.number(), clients_.size() < limits_.clients);
    std::erase_if(clients_, [](const Client& client) { return !client.answering(); });
    const auto farewell = SteadyClock::now() + kFarewell;
    for (auto& client : clients_) client.deadline = std::min(client.deadline, farewell);
    while (!clients_.empty()) turn(-1, false);
  }

  // Waits for something to do, does it.
  void turn(int waker, bool accepting) {
    wanted_.clear();
    wanted_.push_back({waker, POLLIN, 0});
    wanted_.push_back({accepting ? listener_.number() : -1, POLLIN, 0});
    for (const auto& client : clients_)
      wanted_.push_back(
          {client.socket.number(), static_cast<short>(client.answering() ? POLLOUT : POLLIN), 0});
    if (::poll(wanted_.data(), wanted_.size(), patience()) < 0) return;
    const auto now = SteadyClock::now();
    for (std::size_t at = 0; at < clients_.size(); ++at) {
      auto& client = clients_[at];
      const bool alive = wanted_[at + 2].revents == 0 || (client.answering() ? write(client) : read(client));
      if (!alive || client.deadline <= now) client.socket = Descriptor();
    }
    std::erase_if(clients_, [](const Client& client) { return !client.socket.open(); });
    if (wanted_[1].revents != 0) accept();
  }

  [[nodiscard]] int patience() const {
    if (clients_.empty()) return -1;
    const auto first = std::ranges::min_element(clients_, {}, &Client::deadline)->deadline;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - SteadyClock::now()).count();
    return static_cast<int>(std::clamp<long>(left, 0, 3'600'000));
  }

  void accept() {
    Descriptor socket(::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket.open()) return;
    const auto peer = peer_of(socket.number());
    if (!peer) return;
    auto& client =
        clients_.emplace_back(Client{std::move(socket), SteadyClock::now() + limits_.request, {}, {}, 0});
    if (!admits(::geteuid(), ::getegid(), *peer)) answer(client, refused());
  }

  // False when the connection has ended.
  bool read(Client& client) {
    char buffer[16 << 10];
    const auto size = ::recv(client.socket.number(), buffer, sizeof buffer, 0);
    if (size < 0) return errno == EAGAIN || errno == EINTR;
    if (size == 0) return false;
    client.request.append(buffer, static_cast<std::size_t>(size));
    if (client.request.size() > limits_.request_bytes) {
      answer(client, too_long(limits_.request_bytes));
    } else if (const auto end = client.request.find('\n'); end != std::string::npos) {
      answer(client, perform(std::string_view(client.request).substr(0, end)));
    }
    return true;
  }

  [[nodiscard]] std::string perform(std::string_view request) {
    try {
      return handler_(request);
    } catch (const std::exception& exception) {
      return failed_answer(error(ErrorCode::kBug, as_is(exception.what())));
    }
  }

  void answer(Client& client, std::string words) {
    client.answer = one_line(std::move(words));
    client.deadline = SteadyClock::now() + limits_.answer;
  }

  // False when all was written, or nobody takes it.
  static bool write(Client& client) {
    const auto rest = std::string_view(client.answer).substr(client.sent);
    const auto size = ::send(client.socket.number(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (size < 0) return errno == EAGAIN || errno == EINTR;
    client.sent += static_cast<std::size_t>(size);
    return client.sent < client.answer.size();
  }

  std::filesystem::path path_;
  Descriptor listener_;
  Descriptor waker_;
  ControlHandler handler_;
  ControlLimits limits_;
  std::vector<Client> clients_;
  std::vector<pollfd> wanted_;
  std::jthread thread_;  // last: it uses all of the others
};

Result<std::unique_ptr<ControlServer>> ControlServer::open(const DataFolder& folder, ControlHandler handler,
                                                           ControlLimits limits) {
  auto path = folder.control_socket();
  RACCORDO_TRY(auto listener, listen_at(path));
  Descriptor waker(::eventfd(0, EFD_CLOEXEC));
  if (!waker.open()) return failed(path, errno);
  auto service = std::make_unique<Service>(std::move(path), std::move(listener), std::move(waker),
                                           std::move(handler), limits);
  return std::unique_ptr<ControlServer>(new ControlServer(std::move(service)));
}

ControlServer::ControlServer(std::unique_ptr<Service> service) : service_(std::move(service)) {}
ControlServer::~ControlServer() = default;

}  // namespace raccordo
