// SPDX-License-Identifier: EUPL-1.2
// Certificates that somebody signed, made with openssl as a person would make them.
#pragma once

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "tests/partner/own_certificate.hpp"

namespace raccordo::testing {

inline void run_command(const std::string& command) {
  EXPECT_EQ(std::system((command + " 2>/dev/null").c_str()), 0) << command;
}

struct Issue {
  std::string subject = "/C=IT/O=Comune di Esempio/CN=portale";
  std::string extensions = "extendedKeyUsage=clientAuth\nsubjectAltName=DNS:portale.example,URI:urn:portale";
  int days = 2;
};

// Signed by `signer`, of files in `folder` named after `name`.
inline OwnCertificate issued_certificate(const std::string& folder, const std::string& name,
                                         const OwnCertificate& signer, const Issue& issue = {}) {
  OwnCertificate made{folder + "/" + name + ".certificate.pem", folder + "/" + name + ".key.pem"};
  std::ofstream(folder + "/" + name + ".ext") << issue.extensions << "\n";
  run_command("openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '" + issue.subject +
              "' -keyout " + made.key + " -out " + made.key + ".csr");
  run_command("openssl x509 -req -in " + made.key + ".csr -CA " + signer.certificate + " -CAkey " +
              signer.key + " -CAcreateserial -days " + std::to_string(issue.days) + " -extfile " + folder +
              "/" + name + ".ext -out " + made.certificate);
  return made;
}

// The certificates of these PEM files, in DER.
inline std::shared_ptr<const std::vector<std::string>> der_of(const std::vector<std::string>& files) {
  auto out = std::make_shared<std::vector<std::string>>();
  for (const auto& file : files) {
    std::FILE* const opened = std::fopen(file.c_str(), "re");
    X509* const certificate = PEM_read_X509(opened, nullptr, nullptr, nullptr);
    std::fclose(opened);
    std::string der(static_cast<std::size_t>(i2d_X509(certificate, nullptr)), '\0');
    auto* at = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509(certificate, &at);
    X509_free(certificate);
    out->push_back(std::move(der));
  }
  return out;
}

}  // namespace raccordo::testing
