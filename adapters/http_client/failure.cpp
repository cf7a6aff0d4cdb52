// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/failure.hpp"

#include "adapters/http_client/url.hpp"

namespace raccordo::http_client {
namespace {

struct Known {
  CURLcode curl;
  ErrorCode code;
  Label what;
  Label hint;
};

constexpr Label kTryAgain = {"si riprova più tardi", "it is tried again later"};
constexpr Label kCertificate = {
    "controllare il certificato del partner; se lo firma un'autorità propria, indicarla in tls.ca",
    "check the partner's certificate; if an authority of its own signs it, name that in tls.ca"};

constexpr Known kKnown[] = {
    {CURLE_COULDNT_RESOLVE_HOST,
     ErrorCode::kUnavailable,
     {"il nome non si trova", "the name is not found"},
     {"controllare il nome e il DNS", "check the name and the DNS"}},
    {CURLE_COULDNT_RESOLVE_PROXY,
     ErrorCode::kUnavailable,
     {"il nome del proxy non si trova", "the proxy's name is not found"},
     {"controllare http.proxy", "check http.proxy"}},
    {CURLE_COULDNT_CONNECT, ErrorCode::kUnavailable, {"non risponde", "does not answer"}, kTryAgain},
    {CURLE_OPERATION_TIMEDOUT, ErrorCode::kTimeout, {"il tempo è passato", "the time has passed"}, kTryAgain},
    {CURLE_PARTIAL_FILE,
     ErrorCode::kUnavailable,
     {"la risposta è finita prima della sua fine", "the answer ended before its end"},
     kTryAgain},
    {CURLE_GOT_NOTHING, ErrorCode::kUnavailable, {"nessuna risposta", "no answer"}, kTryAgain},
    {CURLE_RECV_ERROR,
     ErrorCode::kUnavailable,
     {"il collegamento è caduto", "the connection was lost"},
     kTryAgain},
    {CURLE_SEND_ERROR,
     ErrorCode::kUnavailable,
     {"il collegamento è caduto", "the connection was lost"},
     kTryAgain},
    {CURLE_PEER_FAILED_VERIFICATION,
     ErrorCode::kDenied,
     {"il suo certificato non vale", "its certificate does not hold"},
     kCertificate},
    {CURLE_SSL_CONNECT_ERROR,
     ErrorCode::kUnavailable,
     {"la cifratura non si accorda", "encryption is not agreed upon"},
     kCertificate},
    {CURLE_SSL_CERTPROBLEM,
     ErrorCode::kInvalid,
     {"il nostro certificato non si può usare", "our own certificate cannot be used"},
     {"controllare tls.certificate, tls.key e key_password",
      "check tls.certificate, tls.key and key_password"}},
    {CURLE_SSL_CACERT_BADFILE,
     ErrorCode::kInvalid,
     {"il file di tls.ca non si può leggere", "the file of tls.ca cannot be read"},
     {"controllare tls.ca", "check tls.ca"}},
    {CURLE_BAD_CONTENT_ENCODING,
     ErrorCode::kUnavailable,
     {"la risposta compressa è guasta", "the packed answer is broken"},
     kTryAgain},
    {CURLE_WEIRD_SERVER_REPLY,
     ErrorCode::kUnavailable,
     {"non è la risposta di un server web", "it is not the answer of a web server"},
     {"controllare l'indirizzo e la porta", "check the address and the port"}},
};

Text both(const Label& label) { return {std::string(label.it), std::string(label.en)}; }

Error about(ErrorCode code, const std::string& url, const Text& what, Text hint) {
  return error(code, {shown(url) + ": " + what.it, shown(url) + ": " + what.en}, std::move(hint));
}

}  // namespace

Error failure(CURLcode code, const std::string& url, std::string_view words) {
  const std::string added = words.empty() ? "" : fmt::format(" ({})", words);
  for (const auto& known : kKnown) {
    if (known.curl != code) continue;
    auto what = both(known.what);
    return about(known.code, url, {what.it + added, what.en + added}, both(known.hint));
  }
  return about(ErrorCode::kUnavailable, url, as_is(curl_easy_strerror(code) + added), both(kTryAgain));
}

Error not_a_url(const std::string& url) {
  return error(ErrorCode::kInvalid,
               say("«{}» non è un indirizzo http o https", "\"{}\" is no http or https address", shown(url)),
               say("scriverlo come https://partner.example/catalogo.csv, senza utente e password",
                   "write it as https://partner.example/catalogue.csv, without user and password"));
}

Error stopped(const std::string& url) {
  return about(ErrorCode::kUnavailable, url, say("interrotto", "stopped"), {});
}

Error shut_out_by_proxy(const std::string& url, long status) {
  return about(ErrorCode::kDenied, url,
               say("il proxy non lascia passare: risponde {}",
                   "the proxy does not let us through: it answers {}", status),
               say("controllare http.proxy, il suo utente e la sua password",
                   "check http.proxy, its user and its password"));
}

Error host_not_allowed(const std::string& url, const std::string& host) {
  return about(ErrorCode::kDenied, url,
               say("rimanda a {}, che non è permesso", "it leads to {}, which is not allowed", host),
               say("se è giusto, aggiungere {} a hosts", "if that is right, add {} to hosts", host));
}

Error address_not_allowed(const std::string& url, const std::string& address) {
  return about(ErrorCode::kDenied, url,
               say("il nome porta a {}, che non è un indirizzo pubblico",
                   "the name leads to {}, which is not a public address", address),
               say("se è giusto, aggiungere {} a networks", "if that is right, add {} to networks", address));
}

Error body_too_large(const std::string& url, std::uint64_t limit, std::string_view option) {
  return about(ErrorCode::kTooLarge, url,
               say("la risposta supera {} byte", "the answer is larger than {} bytes", limit),
               say("alzare {}, se è giusto", "raise {}, if that is right", option));
}

Error unpacks_too_much(const std::string& url, double ratio) {
  return about(ErrorCode::kTooLarge, url,
               say("la risposta si espande più di {:.0f} volte",
                   "the answer unpacks to more than {:.0f} times its size", ratio),
               say("non è un documento: avvisare il partner", "that is no document: tell the partner"));
}

Error too_many_redirects(const std::string& url, int limit) {
  return about(ErrorCode::kUnavailable, url,
               say("rimanda altrove più di {} volte", "it leads elsewhere more than {} times", limit),
               say("indicare l'indirizzo finale", "name the final address"));
}

Error bad_header(const std::string& url, const std::string& name) {
  return about(ErrorCode::kInvalid, url,
               say("l'intestazione {} contiene un carattere di controllo",
                   "header {} holds a control character", name),
               {});
}

}  // namespace raccordo::http_client
