// SPDX-License-Identifier: EUPL-1.2
// A cooperative's CalDAV server: Radicale, Debian's package, with one user and one agenda. What the hub asks
// passes through us, so that an answer can be lost.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/partner/own_certificate.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {

class CalDavPartner {
 public:
  static constexpr const char* kUser = "airone";
  static constexpr const char* kPassword = "segreta";

  // False: there is no such server on this machine.
  [[nodiscard]] static bool installed();

  // On 127.0.0.1 and free ports; its files lie in `folder`.
  explicit CalDavPartner(const std::filesystem::path& folder);
  ~CalDavPartner();
  CalDavPartner(const CalDavPartner&) = delete;
  CalDavPartner& operator=(const CalDavPartner&) = delete;

  // The agenda's address, behind TLS.
  [[nodiscard]] std::string url() const;
  // What it shows: PEM, signed by itself.
  [[nodiscard]] const std::string& certificate() const { return own_.certificate; }
  // Called once the server has done what was asked, before the answer goes out. [any]
  void once_done(std::function<void(const Asked&)> heard);

  // As a calendar program does it. `name`: "ora.ics".
  void put(const std::string& name, const std::string& calendar) const;
  void take_out(const std::string& name) const;
  // Whole; empty: it is not there.
  [[nodiscard]] std::string get(const std::string& name) const;
  // What stands in the agenda.
  [[nodiscard]] std::vector<std::string> names() const;
  // Waits until an appointment of the hub's holds these words; its name. Empty: not within a minute.
  [[nodiscard]] std::string await(const std::string& words) const;
  [[nodiscard]] std::string log() const;

 private:
  [[nodiscard]] Reply ask(const std::string& method, const std::string& target, const std::string& body = "",
                          const std::map<std::string, std::string>& headers = {}) const;

  std::filesystem::path folder_;
  OwnCertificate own_;
  pid_t pid_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::function<void(const Asked&)> heard_;
  std::unique_ptr<WebPartner> door_;
};

}  // namespace raccordo::testing
