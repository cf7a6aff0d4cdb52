// SPDX-License-Identifier: EUPL-1.2
// How tests reach their server.
#pragma once

#include <fstream>
#include <sstream>

#include "adapters/sftp/sftp.hpp"
#include "core/ports/testing/memory_spool.hpp"
#include "core/ports/testing/simulated_clock.hpp"
#include "tests/partner/sftp_partner.hpp"

namespace raccordo::sftp {

[[nodiscard]] inline Server reaching(const testing::SftpPartner& partner) {
  Server server;
  server.host = "127.0.0.1";
  server.port = partner.port();
  server.user = partner.user();
  server.key = partner.key();
  server.host_keys = {partner.fingerprint()};
  server.networks = {*Network::parse("127.0.0.1")};
  return server;
}

inline void write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

[[nodiscard]] inline std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

[[nodiscard]] inline std::string content(const ByteFile& file) {
  std::string bytes(file.size() + 1, '\0');
  const auto read = file.read_at(0, bytes);
  bytes.resize(read.ok() ? *read : 0);
  return bytes;
}

}  // namespace raccordo::sftp
