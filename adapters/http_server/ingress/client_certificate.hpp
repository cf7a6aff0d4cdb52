// SPDX-License-Identifier: EUPL-1.2
// Partners that are known by their certificate.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/http_server/http_message.hpp"
#include "adapters/http_server/ingress/digest.hpp"
#include "core/ports/clock.hpp"
#include "raccordo/model/result.hpp"

struct x509_store_st;

namespace raccordo {

// Which certificate it must be: one of those with these fingerprints, whoever signed it; or one that `ca`
// signed for clients, with this subject or one of these names, or both.
struct CertificateRule {
  std::vector<std::string> fingerprints;  // SHA-256 of the certificate, 64 hex digits, with colons or without
  std::string ca;                         // PEM file
  std::string subject;                    // as RFC 2253 writes it: CN=portale,O=Comune di Esempio,C=IT
  std::vector<std::string> names;         // subjectAltName: a DNS name, an e-mail address or a URI
};

// A rule that is ready to be asked. Copies share what they hold. [any]
class PinnedCertificate {
 public:
  // Errors: kInvalid: a fingerprint that is none, a file that cannot be read.
  [[nodiscard]] static Result<PinnedCertificate> of(CertificateRule rule);

  // Why the certificates that a client showed are not the partner's, for the operator; none: they are.
  [[nodiscard]] std::optional<Text> against(const HttpRequest& request, WallTime now) const;

 private:
  CertificateRule rule_;
  std::vector<Digest> digests_;
  std::shared_ptr<x509_store_st> signers_;
};

}  // namespace raccordo
