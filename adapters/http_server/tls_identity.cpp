// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/tls_identity.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <boost/asio/ssl/context.hpp>

#include <ctime>

namespace raccordo {
namespace {

using Context = boost::asio::ssl::context;

// Of TLS 1.2; those of 1.3 are all good.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

// Whose certificate it must be is known once it is known whom the request is for.
int accept_for_now(int /*fits*/, X509_STORE_CTX* /*chain*/) { return 1; }

// Nobody sits there to type it.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*user*/) { return 0; }

Error unusable(const std::string& file, const Text& why) {
  return error(
      ErrorCode::kInvalid, say("http.tls: {0}: {1}", "http.tls: {0}: {2}", file, why.it, why.en),
      say("serve un certificato PEM con quelli intermedi in certificate, e la sua chiave senza password in "
          "key",
          "a PEM certificate with its intermediate ones is needed in certificate, and its key without a "
          "password in key"));
}

// What OpenSSL said last, in its own words.
Text openssl_words() {
  const auto code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  return as_is(reason == nullptr ? "?" : reason);
}

void set_rules(Context& context, bool asks_clients) {
  SSL_CTX* const ssl = context.native_handle();
  SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(ssl, kCiphers);
  SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_default_passwd_cb(ssl, no_password);
  SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
  if (!asks_clients) return;
  SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER, accept_for_now);
  // A session that is resumed no longer has the certificates between the client's and its signer's.
  SSL_CTX_set_options(ssl, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(ssl, 0);
}

WallTime end_of(const X509* certificate) {
  std::tm parts{};
  if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) != 1) return {};
  return WallTime(std::chrono::seconds(::timegm(&parts)));
}

Result<std::shared_ptr<Context>> make_context(const TlsIdentity::Files& files, bool asks_clients) {
  auto context = std::make_shared<Context>(Context::tls_server);
  set_rules(*context, asks_clients);
  SSL_CTX* const ssl = context->native_handle();
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(ssl, files.certificate.c_str()) != 1)
    return unusable(files.certificate, openssl_words());
  if (SSL_CTX_use_PrivateKey_file(ssl, files.key.c_str(), SSL_FILETYPE_PEM) != 1)
    return unusable(files.key, openssl_words());
  if (SSL_CTX_check_private_key(ssl) != 1) return unusable(files.key, openssl_words());
  return context;
}

}  // namespace

Result<std::shared_ptr<TlsIdentity>> TlsIdentity::open(Files files, bool asks_clients) {
  std::shared_ptr<TlsIdentity> identity(new TlsIdentity(std::move(files), asks_clients));
  identity->used_ = identity->seen_ = identity->stamp();
  RACCORDO_CHECK(identity->load());
  return identity;
}

Status TlsIdentity::load() {
  const std::scoped_lock lock(mutex_);
  RACCORDO_TRY(context_, make_context(files_, asks_clients_));
  expires_ = end_of(SSL_CTX_get0_certificate(context_->native_handle()));
  return done();
}

// Certificate and key are replaced one after the other: what is seen between them does not fit.
Result<bool> TlsIdentity::look() {
  const auto now = stamp();
  const bool still = now == std::exchange(seen_, now);
  if (now == used_ || !still) return false;
  used_ = now;
  RACCORDO_CHECK(load());
  return true;
}

void TlsIdentity::ask_clients(bool ask) {
  const std::scoped_lock lock(mutex_);
  if (ask == asks_clients_) return;
  // The files may be broken by now; look() says so, and asks when they are not.
  asks_clients_ = ask;
  if (auto context = make_context(files_, ask); context.ok()) context_ = std::move(context).value();
}

TlsIdentity::Stamp TlsIdentity::stamp() const {
  Stamp stamp{};
  auto at = stamp.begin();
  for (const auto* file : {&files_.certificate, &files_.key}) {
    struct stat found {};
    if (::stat(file->c_str(), &found) != 0) found = {};
    for (const std::int64_t part :
         {static_cast<std::int64_t>(found.st_ino), static_cast<std::int64_t>(found.st_size),
          static_cast<std::int64_t>(found.st_mtim.tv_sec), static_cast<std::int64_t>(found.st_mtim.tv_nsec)})
      *at++ = part;
  }
  return stamp;
}

WallTime TlsIdentity::expires() const {
  const std::scoped_lock lock(mutex_);
  return expires_;
}

std::shared_ptr<Context> TlsIdentity::context() const {
  const std::scoped_lock lock(mutex_);
  return context_;
}

}  // namespace raccordo
