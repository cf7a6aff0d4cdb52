// SPDX-License-Identifier: EUPL-1.2
// A partner's SFTP server: OpenSSH's own, with keys and a folder of its own, for one user: the one who runs
// the tests, or nobody where that is root. A connection passes through us, so that it can be cut or held up.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace raccordo::testing {

class SftpPartner {
 public:
  static constexpr const char* kPassword = "segreta";

  struct Settings {
    std::vector<std::string> host_keys = {"ed25519"};  // kinds, as ssh-keygen -t takes them
    std::string more = {};                             // lines of sshd_config
    std::filesystem::path folder = {};                 // empty: one of its own
  };

  // On 127.0.0.1 and a free port.
  SftpPartner() : SftpPartner(Settings{}) {}
  explicit SftpPartner(const Settings& settings);
  ~SftpPartner();
  SftpPartner(const SftpPartner&) = delete;
  SftpPartner& operator=(const SftpPartner&) = delete;

  [[nodiscard]] int port() const;
  // Where the user is put.
  [[nodiscard]] const std::filesystem::path& folder() const;
  [[nodiscard]] std::string user() const;
  // Of private keys: one that is let in, one that is not, one that is let in with the password.
  [[nodiscard]] std::string key() const;
  [[nodiscard]] std::string strange_key() const;
  [[nodiscard]] std::string sealed_key() const;
  // SHA256:... as ssh-keygen -l prints it.
  [[nodiscard]] std::string fingerprint(const std::string& kind = "ed25519") const;
  // A line of known_hosts.
  [[nodiscard]] std::string known_host(const std::string& kind = "ed25519") const;
  // What sshd wrote.
  [[nodiscard]] std::string log() const;

  // Makes a folder that the user may write.
  void make_folder(const std::string& name) const;

  // Once so many more bytes have passed, either way: every connection ends, and so does each new one.
  void cut_after(long bytes);
  // The same, but nothing comes any more and nothing ends.
  void hang_after(long bytes);
  void heal();
  // So far.
  [[nodiscard]] int connections() const;

 private:
  struct Server;
  std::unique_ptr<Server> server_;
};

}  // namespace raccordo::testing
