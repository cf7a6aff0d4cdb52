// SPDX-License-Identifier: EUPL-1.2
// Files on a partner's SFTP server: theirs coming in, ours going out.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/diagnosis.hpp"
#include "core/ports/network.hpp"
#include "core/ports/output_files.hpp"
#include "core/ports/source_files.hpp"
#include "core/ports/spool.hpp"

namespace raccordo::sftp {

struct Server {
  std::string host;
  int port = 22;
  std::string user;
  std::string password;
  std::string key;  // file of a private key, instead of the password
  std::string key_password;
  // Only a server that shows one of these keys is spoken to. Neither: none is.
  std::vector<std::string> host_keys;  // SHA256:..., as ssh-keygen -l prints it
  std::string known_hosts;             // file, as OpenSSH's
  std::vector<Network> networks;       // addresses that are not public and may be spoken to
  Duration connect = std::chrono::seconds(10);
  Duration silence = std::chrono::seconds(30);  // until an answer, or the next bytes
  Duration whole = std::chrono::minutes(10);    // for one file, however it trickles
};

struct Incoming {
  Server server;
  std::vector<std::string> patterns;    // in/rsa-*.csv: `*`, `?` and `[a-z]` in the last part only
  std::uint64_t max_size = 1ull << 30;  // bytes of one file
  bool keeps = false;  // what was read stays in the spool while it is on the server: it is read again
};

// A look lists folders; a file is fetched into the spool when it is opened, and again only when its size or
// time are others. Errors: kInvalid (a pattern). [control]
[[nodiscard]] Result<std::unique_ptr<SourceFiles>> watch(Incoming incoming, std::unique_ptr<Spool> spool);

// Reaches the server, compares its key, is let in and lists the folders: nothing there is changed. [control]
[[nodiscard]] std::vector<Diagnosis> examine(const Server& server, const std::vector<std::string>& folders,
                                             const std::stop_token& stop);

// The folders that these patterns name; those that cannot match have none.
[[nodiscard]] std::vector<std::string> folders_of(const std::vector<std::string>& patterns);

struct Outgoing {
  Server server;
  std::string folder;
  std::string name = "{file}";  // {date} {time} {file} {seq}, as in a folder of our own
  bool utc = false;
  std::string owner = {};  // who writes: part of the names aside
};

// A file is collected in the spool and carried over whole when it is finished: a connection that drops in
// the hour between costs nothing. `clock` is borrowed. Errors: kInvalid (the template). [control]
[[nodiscard]] Result<std::unique_ptr<OutputFiles>> write_to(Outgoing outgoing, std::unique_ptr<Spool> spool,
                                                            const Clock& clock);

}  // namespace raccordo::sftp
