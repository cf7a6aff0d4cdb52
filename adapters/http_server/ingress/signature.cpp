// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_server/ingress/signature.hpp"

#include <charconv>

#include "adapters/http_server/letters.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kMostTimeDigits = 11;  // until the year 5138

bool read_time(std::string_view text, StatedSignature& out) {
  if (text.empty() || text.size() > kMostTimeDigits || !std::ranges::all_of(text, http::is_digit))
    return false;
  out.time = text;
  std::from_chars(text.data(), text.data() + text.size(), out.seconds);
  return true;
}

bool read_digest(std::string_view text, StatedSignature& out) {
  const auto digest = digest_from_hex(text);
  if (!digest || out.digests.size() == kMostDigests) return false;
  out.digests.push_back(*digest);
  return true;
}

// "t=1492774577,v1=5257a8...": names that we do not know are passed over.
bool read_parts(std::string_view text, StatedSignature& out) {
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto part = http::trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (part.starts_with("t=") && (!out.time.empty() || !read_time(part.substr(2), out))) return false;
    if (part.starts_with("v1=") && !read_digest(part.substr(3), out)) return false;
  }
  return !out.time.empty() && !out.digests.empty();
}

std::string_view without_name(std::string_view text) {
  for (const std::string_view name : {"sha256=", "v1="})
    if (text.starts_with(name)) return text.substr(name.size());
  return text;
}

Text off_by(std::int64_t seconds) {
  return say("l'ora della firma è lontana {} secondi dalla nostra",
             "the signature's time is {} seconds from ours", seconds);
}

}  // namespace

std::optional<StatedSignature> stated_signature(const HttpRequest& request, const SignatureRule& rule) {
  StatedSignature out;
  const auto text = request.header(rule.header);
  const bool read = rule.time_header.empty() ? read_parts(text, out)
                                             : read_time(request.header(rule.time_header), out) &&
                                                   read_digest(without_name(text), out);
  if (!read) return std::nullopt;
  return out;
}

std::variant<Digest, Text> check_signature(const HttpRequest& request, const SignatureRule& rule,
                                           WallTime now) {
  const auto stated = stated_signature(request, rule);
  if (!stated)
    return say("manca la firma, o {} non è scritta come si deve",
               "no signature, or {} is not written as it should be", rule.header);
  const auto off =
      stated->seconds - std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  // in seconds: a stated time may be thousands of years away, which finer units do not hold
  if (std::abs(off) > std::chrono::duration_cast<std::chrono::seconds>(rule.window).count()) return off_by(off);
  for (const auto& key : rule.keys) {
    const auto ours = hmac_sha256(key, stated->time + '.', request.body);
    for (const auto& digest : stated->digests)
      if (same_digest(ours, digest)) return ours;
  }
  return say("la firma non corrisponde", "the signature does not fit");
}

}  // namespace raccordo
