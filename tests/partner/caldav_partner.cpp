// SPDX-License-Identifier: EUPL-1.2
#include "tests/partner/caldav_partner.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "adapters/http_server/tests/visitor.hpp"
#include "core/ports/base64.hpp"
#include "tests/partner/listens_at.hpp"

namespace raccordo::testing {
namespace {

constexpr const char* kServer = "/usr/bin/radicale";
constexpr const char* kAgenda = "/airone/agenda/";

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// What the proxy hands on: not what is of one connection only.
bool travels(const std::string& name) {
  return name != "connection" && name != "content-length" && name != "host" && name != "transfer-encoding" &&
         name != "server" && name != "date";
}

Reply reply_in(const std::string& answer) {
  Reply reply;
  const auto end = answer.find("\r\n\r\n");
  if (end == std::string::npos) return {502, {}, "no answer"};
  std::istringstream head(answer.substr(0, end));
  std::string line;
  std::getline(head, line);
  reply.status = std::stoi(line.substr(line.find(' ') + 1));
  while (std::getline(head, line)) {
    const auto colon = line.find(':');
    std::string name = line.substr(0, colon), value = line.substr(colon + 2);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (value.ends_with('\r')) value.pop_back();
    if (travels(name)) reply.headers.emplace_back(name, value);
  }
  reply.body = answer.substr(end + 4);
  return reply;
}

}  // namespace

bool CalDavPartner::installed() { return ::access(kServer, X_OK) == 0; }

CalDavPartner::CalDavPartner(const std::filesystem::path& folder) : folder_(folder) {
  std::filesystem::create_directories(folder_);
  own_ = own_certificate(folder_);
  std::ofstream(folder_ / "users") << kUser << ':' << kPassword << '\n';
  std::ofstream(folder_ / "radicale.conf")
      << "[server]\nhosts = 127.0.0.1:0\n[auth]\ntype = htpasswd\nhtpasswd_encryption = "
         "plain\nhtpasswd_filename = "
      << (folder_ / "users").string() << "\n[storage]\nfilesystem_folder = " << (folder_ / "data").string()
      << "\n[web]\ntype = none\n";
  const auto settings = (folder_ / "radicale.conf").string(), output = (folder_ / "radicale.log").string();
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int out = ::open(output.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_APPEND, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    ::execl(kServer, kServer, "-C", settings.c_str(), nullptr);
    ::_exit(127);
  }
  while (port_ == 0) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) throw std::runtime_error("Radicale ended: " + log());
    port_ = listens_at(pid_).value_or(0);
    std::this_thread::yield();
  }
  if (const auto made = ask("MKCALENDAR", kAgenda); made.status != 201)
    throw std::runtime_error("no agenda: " + made.body + log());
  door_ = std::make_unique<WebPartner>(
      [this](const Asked& asked) {
        auto reply = ask(asked.method, asked.target, asked.body, asked.headers);
        const std::lock_guard lock(mutex_);
        if (heard_) heard_(asked);
        return reply;
      },
      WebCertificate{own_.certificate, own_.key});
}

CalDavPartner::~CalDavPartner() {
  door_.reset();
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

std::string CalDavPartner::url() const { return door_->url(kAgenda); }

void CalDavPartner::once_done(std::function<void(const Asked&)> heard) {
  const std::lock_guard lock(mutex_);
  heard_ = std::move(heard);
}

Reply CalDavPartner::ask(const std::string& method, const std::string& target, const std::string& body,
                         const std::map<std::string, std::string>& headers) const {
  std::string head = method + " " + target + " HTTP/1.0\r\nHost: 127.0.0.1\r\n";
  bool authorized = false;
  for (const auto& [name, value] : headers) {
    authorized |= name == "authorization";
    if (travels(name)) head += name + ": " + value + "\r\n";
  }
  if (!authorized && headers.empty())
    head += "Authorization: Basic " + base64(std::string(kUser) + ":" + kPassword) + "\r\n";
  Visitor visitor(static_cast<std::uint16_t>(port_));
  visitor.send(head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  return reply_in(visitor.all());
}

void CalDavPartner::put(const std::string& name, const std::string& calendar) const {
  const auto reply = ask("PUT", kAgenda + name, calendar);
  if (reply.status / 100 != 2) throw std::runtime_error("PUT " + name + ": " + reply.body + log());
}

void CalDavPartner::take_out(const std::string& name) const {
  const auto reply = ask("DELETE", kAgenda + name);
  if (reply.status / 100 != 2) throw std::runtime_error("DELETE " + name + ": " + reply.body + log());
}

std::string CalDavPartner::get(const std::string& name) const {
  auto reply = ask("GET", kAgenda + name);
  return reply.status == 200 ? reply.body : std::string();
}

std::vector<std::string> CalDavPartner::names() const {
  std::vector<std::string> names;
  for (const auto& each : std::filesystem::directory_iterator(folder_ / "data/collection-root/airone/agenda"))
    if (each.path().extension() == ".ics") names.push_back(each.path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::string CalDavPartner::await(const std::string& words) const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (std::chrono::steady_clock::now() < until) {
    for (const auto& name : names())
      if (name.starts_with("raccordo-") && get(name).find(words) != std::string::npos) return name;
    std::this_thread::yield();
  }
  return {};
}

std::string CalDavPartner::log() const { return content_of(folder_ / "radicale.log"); }

}  // namespace raccordo::testing
