// SPDX-License-Identifier: EUPL-1.2
// A partner over HTTP: one request, its answer, and every guard between. A partner keeps its connections.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http_client/url.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/network.hpp"
#include "raccordo/model/result.hpp"

namespace raccordo::http_client {

struct Header {
  std::string name;
  std::string value;
  friend bool operator==(const Header&, const Header&) = default;
};

struct Request {
  std::string method = "GET";
  std::string url;
  std::vector<Header> headers;
  std::string body;
};

struct Answer {
  int status = 0;
  std::string url;              // that answered, behind redirects
  std::vector<Header> headers;  // names in lower case
  bool has_end =
      false;  // a body that was cut would have been told: it has a length, or is in chunks or frames

  // Of the first header of that name, written in lower case; empty when there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct Tls {
  std::string ca;           // PEM file of those who sign; empty: the system's
  std::string certificate;  // our own, PEM, where the partner asks for it
  std::string key;
  std::string key_password;
};

struct Proxy {
  std::string url;  // empty: none. The environment's is never used
  std::string user;
  std::string password;
  std::vector<std::string> except;  // hosts
};

// What no answer may pass. Durations are deadlines of the whole step, however a partner trickles.
struct Guards {
  std::vector<std::string> hosts;  // that redirects may lead to, besides the request's own
  std::vector<Network> networks;   // addresses that are not public and may be spoken to
  Tls tls;
  Proxy proxy;
  Duration connect = std::chrono::seconds(10);
  Duration whole = std::chrono::minutes(10);
  Duration silence = std::chrono::seconds(60);
  std::uint64_t max_body = 1ull << 30;            // bytes, unpacked
  std::string_view max_body_option = "max_size";  // that raises it: static text
  double max_ratio = 200;                         // of unpacked to packed bytes, behind the first MiB
  int redirects = 5;
};

// What a first look at a partner tells.
struct Glance {
  Answer answer;
  std::optional<std::int64_t>
      certificate_ends;  // Unix time: the first of its chain to end; nothing in the clear
};

// Takes the body of an answer with status 2xx, unpacked, in pieces. What it fails with ends the exchange.
using BodyTaker = std::function<Status(std::string_view piece)>;

class Partner {
 public:
  explicit Partner(Guards guards);
  ~Partner();
  Partner(const Partner&) = delete;
  Partner& operator=(const Partner&) = delete;

  // Any status is an answer, redirects of a GET apart: these are followed. One thread at a time.
  // Errors: kUnavailable (no connection, cut, stopped), kTimeout, kTooLarge, kDenied (a certificate that does
  // not hold, an address or a host that is not allowed), kInvalid (no URL, a header that breaks the line).
  [[nodiscard]] Result<Answer> ask(const Request& request, const BodyTaker& body,
                                   const std::stop_token& stop);

  // As far as the head of the answer: its body is not waited for. Errors: those of ask.
  [[nodiscard]] Result<Glance> glance(const Request& request, const std::stop_token& stop);

 private:
  struct Connections;
  struct Ended {
    Glance seen;
    std::string leads_to;  // a redirect's target, or empty
  };
  // Without `body` it ends behind the head.
  [[nodiscard]] Result<Ended> ask_once(const Request& request, const BodyTaker& body,
                                       const std::stop_token& stop);
  [[nodiscard]] Result<Glance> ask_all(const Request& request, const BodyTaker& body,
                                       const std::stop_token& stop);
  [[nodiscard]] Status follow(const std::string& leads_to, const UrlParts& first, Request& request) const;

  Guards guards_;
  std::unique_ptr<Connections> connections_;
};

}  // namespace raccordo::http_client
