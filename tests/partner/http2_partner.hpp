// SPDX-License-Identifier: EUPL-1.2
// A partner's web server that speaks HTTP/2 over TLS and nothing else: nghttpd of Debian's nghttp2-server. It
// gives back what it was sent.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "tests/partner/own_certificate.hpp"

namespace raccordo::testing {

class Http2Partner {
 public:
  // False: there is no such server on this machine.
  [[nodiscard]] static bool installed();

  // On 127.0.0.1 and a free port; its account goes to a file in `folder`.
  Http2Partner(const OwnCertificate& own, const std::filesystem::path& folder);
  ~Http2Partner();
  Http2Partner(const Http2Partner&) = delete;
  Http2Partner& operator=(const Http2Partner&) = delete;

  // https://localhost:PORT/PATH
  [[nodiscard]] std::string url(const std::string& path) const;
  // What it did, line by line.
  [[nodiscard]] std::string account() const;

 private:
  std::filesystem::path account_;
  pid_t pid_ = -1;
  int port_ = 0;
};

}  // namespace raccordo::testing
