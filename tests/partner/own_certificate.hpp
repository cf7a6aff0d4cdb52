// SPDX-License-Identifier: EUPL-1.2
// A certificate that signs itself, for 127.0.0.1 and localhost.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace raccordo::testing {

struct OwnCertificate {
  std::string certificate;  // PEM files
  std::string key;
};

// Two days from now on. `folder` gets its files, named after `name`.
inline OwnCertificate own_certificate(const std::string& folder, const std::string& name = "own") {
  OwnCertificate made{folder + "/" + name + ".certificate.pem", folder + "/" + name + ".key.pem"};
  const std::string command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + name +
                              " -addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout " + made.key +
                              " -out " + made.certificate + " 2>/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  return made;
}

}  // namespace raccordo::testing
