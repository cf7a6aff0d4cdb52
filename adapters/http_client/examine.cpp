// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/examine.hpp"

#include <curl/curl.h>
#include <fmt/chrono.h>

#include "adapters/http_client/answers.hpp"

namespace raccordo::http_client {
namespace {

constexpr Duration kLongest = std::chrono::seconds(30);  // a person waits
constexpr std::int64_t kSoon = 30 * 86'400;  // seconds: partners take weeks to renew a certificate
constexpr std::int64_t kMostSkew = 60;       // seconds: tokens and signatures forgive no more
constexpr int kErrors = 400;
constexpr int kNotFound = 404;
constexpr int kNotAllowed = 405;

std::int64_t seconds_now(const Clock& clock) {
  return std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count();
}

std::string day(std::int64_t seconds) {
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

Diagnosis certificate_of(const std::string& url, std::int64_t end, std::int64_t now) {
  if (end - now > kSoon)
    return {Health::kGood,
            say("{}: il certificato vale fino al {}", "{}: its certificate holds until {}", url, day(end)),
            {}};
  return {Health::kDoubtful,
          say("{}: il certificato scade il {}", "{}: its certificate ends on {}", url, day(end)),
          say("chiedere al partner di rinnovarlo", "ask the partner to renew it")};
}

// Nothing where the partner tells no time.
std::optional<Diagnosis> clock_of(const std::string& url, const Answer& answer, std::int64_t now) {
  const std::int64_t told = curl_getdate(std::string(answer.header("date")).c_str(), nullptr);
  if (told < 0 || std::abs(told - now) <= kMostSkew) return std::nullopt;
  return Diagnosis{Health::kDoubtful,
                   say("{}: il suo orologio e il nostro differiscono di {} secondi",
                       "{}: its clock and ours differ by {} seconds", url, std::abs(told - now)),
                   say("controllare l'ora di questa macchina: timedatectl",
                       "check the time of this machine: timedatectl")};
}

class Examining {
 public:
  // `whole`: what stands at the addresses is all that is asked for.
  Examining(Documents documents, bool whole, const Clock& clock)
      : documents_(std::move(documents)),
        whole_(whole),
        clock_(clock),
        authorizer_(documents_.credentials, documents_.guards, clock),
        partner_(documents_.guards) {}

  std::vector<Diagnosis> all(const std::stop_token& stop) {
    std::vector<Diagnosis> found;
    for (const auto& url : documents_.urls) {
      if (auto seen = glance(url, stop); seen.ok())
        tell(url, *seen, found);
      else
        found.push_back(bad(std::move(seen).error()));
    }
    return found;
  }

 private:
  Result<Glance> glance(const std::string& url, const std::stop_token& stop) {
    Request request{"GET", url, documents_.headers, {}};
    RACCORDO_CHECK(authorizer_.sign(request, stop));
    return partner_.glance(request, stop);
  }

  void tell(const std::string& url, const Glance& seen, std::vector<Diagnosis>& found) const {
    const auto about = shown(url);
    const auto now = seconds_now(clock_);
    const int status = seen.answer.status;
    if (!whole_ && (status == kNotFound || status == kNotAllowed))
      found.push_back(
          {Health::kGood,
           say("{}: risponde {}: va bene se soltanto le pagine dietro hanno un contenuto",
               "{}: it answers {}: fine if only the pages behind it hold something", about, status),
           {}});
    else if (status >= kErrors)
      found.push_back(bad(refusal(seen.answer, url, clock_)));
    else
      found.push_back({Health::kGood, say("{}: risponde {}", "{}: it answers {}", about, status), {}});
    if (seen.certificate_ends) found.push_back(certificate_of(about, *seen.certificate_ends, now));
    if (auto clock = clock_of(about, seen.answer, now)) found.push_back(std::move(*clock));
  }

  Documents documents_;
  bool whole_;
  const Clock& clock_;
  Authorizer authorizer_;
  Partner partner_;
};

}  // namespace

std::vector<Diagnosis> examine(Documents documents, const Clock& clock, const std::stop_token& stop) {
  documents.guards.whole = std::min(documents.guards.whole, kLongest);
  return Examining(std::move(documents), true, clock).all(stop);
}

std::vector<Diagnosis> examine(Site site, const Clock& clock, const std::stop_token& stop) {
  Documents start{static_cast<Access&>(site), {std::move(site.base_url)}, {}};
  start.guards.whole = std::min(start.guards.whole, kLongest);
  return Examining(std::move(start), false, clock).all(stop);
}

}  // namespace raccordo::http_client
