// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/client_certificate.hpp"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace raccordo {
namespace {

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* owned) const {
    Free(owned);
  }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Chain = std::unique_ptr<STACK_OF(X509),
                              decltype([](STACK_OF(X509) * chain) { sk_X509_pop_free(chain, X509_free); })>;
using Check = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

Certificate from_der(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

std::string subject_of(const X509* certificate) {
  const Memory out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0,
                     XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char* text = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::vector<std::string> names_of(const X509* certificate) {
  const Names names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> out;
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const auto* const name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS && name->type != GEN_EMAIL && name->type != GEN_URI) continue;
    const auto* const text = name->d.ia5;
    out.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                     static_cast<std::size_t>(ASN1_STRING_length(text)));
  }
  return out;
}

bool is_valid_at(const X509* certificate, std::time_t now) {
  return X509_cmp_time(X509_get0_notBefore(certificate), &now) < 0 &&
         X509_cmp_time(X509_get0_notAfter(certificate), &now) > 0;
}

// Against the signers, for clients, at that time. Empty: it holds.
std::string broken_chain(X509* own, const std::vector<std::string>& shown, X509_STORE* signers,
                         std::time_t now) {
  const Chain between(sk_X509_new_null());
  for (std::size_t i = 1; i < shown.size(); ++i)
    if (auto certificate = from_der(shown[i])) sk_X509_push(between.get(), certificate.release());
  const Check check(X509_STORE_CTX_new());
  X509_STORE_CTX_init(check.get(), signers, own, between.get());
  X509_STORE_CTX_set_default(check.get(), "ssl_client");
  X509_STORE_CTX_set_time(check.get(), 0, now);
  const bool holds = X509_verify_cert(check.get()) == 1;
  ERR_clear_error();
  return holds ? std::string() : X509_verify_cert_error_string(X509_STORE_CTX_get_error(check.get()));
}

Error no_fingerprint(const std::string& text) {
  return error(
      ErrorCode::kInvalid,
      say("«{}» non è l'impronta di un certificato", "\"{}\" is no fingerprint of a certificate", text),
      say("scriverla come openssl x509 -noout -fingerprint -sha256: 64 cifre esadecimali",
          "write it as openssl x509 -noout -fingerprint -sha256 prints it: 64 hex digits"));
}

Error no_signers(const std::string& file) {
  return error(ErrorCode::kInvalid,
               say("{}: non vi si leggono certificati", "{}: no certificates can be read from it", file),
               say("serve un file PEM con i certificati di chi firma quelli del partner",
                   "a PEM file is needed with the certificates of those who sign the partner's"));
}

}  // namespace

Result<PinnedCertificate> PinnedCertificate::of(CertificateRule rule) {
  PinnedCertificate out;
  for (const auto& text : rule.fingerprints) {
    auto digits = text.substr(text.starts_with("SHA256:") ? 7 : 0);
    std::erase(digits, ':');
    const auto digest = digest_from_hex(digits);
    if (!digest) return no_fingerprint(text);
    out.digests_.push_back(*digest);
  }
  if (!rule.ca.empty()) {
    out.signers_ = {X509_STORE_new(), X509_STORE_free};
    const bool read = X509_STORE_load_file(out.signers_.get(), rule.ca.c_str()) == 1;
    ERR_clear_error();
    if (!read) return no_signers(rule.ca);
  }
  out.rule_ = std::move(rule);
  return out;
}

std::optional<Text> PinnedCertificate::against(const HttpRequest& request, WallTime now) const {
  if (!request.certificates) return say("non mostra un certificato", "shows no certificate");
  const auto& shown = *request.certificates;
  const auto own = from_der(shown.front());
  const std::time_t time = std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::system_clock::duration>(now));
  if (!own || !is_valid_at(own.get(), time))
    return say("il suo certificato è scaduto o non vale ancora",
               "its certificate has ended, or does not hold yet");
  const auto digest = sha256(shown.front());
  if (!digests_.empty() && std::ranges::find(digests_, digest) == digests_.end())
    return say("il suo certificato ha l'impronta {}", "its certificate has the fingerprint {}", hex(digest));
  if (!signers_) return std::nullopt;
  if (const auto why = broken_chain(own.get(), shown, signers_.get(), time); !why.empty())
    return say("il suo certificato non vale: {}", "its certificate does not hold: {}", why);
  const auto subject = subject_of(own.get());
  if (!rule_.subject.empty() && subject != rule_.subject)
    return say("il suo certificato è di {}", "its certificate is of {}", subject);
  const auto names = names_of(own.get());
  const auto wanted = [&](const std::string& name) { return std::ranges::find(names, name) != names.end(); };
  if (!rule_.names.empty() && std::ranges::none_of(rule_.names, wanted))
    return say("il suo certificato ha altri nomi", "its certificate has other names");
  return std::nullopt;
}

}  // namespace raccordo
