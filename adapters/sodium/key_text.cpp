// SPDX-License-Identifier: EUPL-1.2
// The text of a key ring. A secret stands there with a check of its own, that its name takes part in: what
// was mistyped or cut is told when it is read, and not when something does not open.
#include <algorithm>
#include <array>

#include "adapters/sodium/key_ring.hpp"
#include "raccordo/model/field_checks.hpp"

namespace raccordo::sodium {
namespace {

constexpr std::string_view kHead =
    "# Le chiavi di questo hub per i dati delle persone: chi le ha li legge, e senza nessuno li legge più.\n"
    "# Permessi 0600, e una copia al sicuro. L'ultima sigilla, tutte aprono.\n"
    "# This hub's keys for people's data: whoever has them reads it, and without them nobody does.\n"
    "# Mode 0600, and a copy in a safe place. The last one seals, all of them open.\n"
    "people_keys: 1\n";
constexpr std::string_view kPseudonyms = "pseudonyms";
constexpr std::size_t kCheckBytes = 4;
constexpr std::size_t kWrittenBytes = kKeyBytes + kCheckBytes;
constexpr auto kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t kWrittenText = sodium_base64_ENCODED_LEN(kWrittenBytes, kBase64) - 1;

void write_check(std::string_view name, const unsigned char* secret, unsigned char* out) {
  crypto_generichash_state state;
  unsigned char hash[crypto_generichash_BYTES_MIN];
  crypto_generichash_init(&state, nullptr, 0, sizeof hash);
  crypto_generichash_update(&state, bytes_of(name), name.size());
  crypto_generichash_update(&state, secret, kKeyBytes);
  crypto_generichash_final(&state, hash, sizeof hash);
  std::copy_n(hash, kCheckBytes, out);
  sodium_memzero(&state, sizeof state);
}

// False: it is no secret of this name.
bool read_secret(std::string_view text, std::string_view name, unsigned char* out) {
  Wiped<kWrittenBytes> written;
  std::size_t size = 0;
  if (text.size() != kWrittenText ||
      sodium_base642bin(written.data(), kWrittenBytes, text.data(), text.size(), nullptr, &size, nullptr,
                        kBase64) != 0 ||
      size != kWrittenBytes)
    return false;
  unsigned char check[kCheckBytes];
  write_check(name, written.data(), check);
  if (sodium_memcmp(check, written.data() + kKeyBytes, kCheckBytes) != 0) return false;
  std::copy_n(written.data(), kKeyBytes, out);
  return true;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

bool is_kid(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

struct Entry {
  bool begins = false;  // "- kid: ..."
  bool inner = false;   // of a key
  std::string_view name;
  std::string_view value;
};

// A key as it is written. The secret is read at its end: its check needs the name.
struct WrittenKey {
  int line = 0;
  std::string_view kid, created, expires, secret;
};

class RingReader {
 public:
  RingReader(std::string_view text, const std::string& path) : text_(text), path_(path) {}

  Result<KeyRing> read() {
    while (!text_.empty()) {
      const auto end = std::min(text_.find('\n'), text_.size());
      const auto line = text_.substr(0, end);
      text_.remove_prefix(std::min(end + 1, text_.size()));
      ++line_;
      RACCORDO_CHECK(read_line(line));
    }
    return ring();
  }

 private:
  Error refuse(int line, const Text& what) const {
    return error(
        ErrorCode::kInvalid, say("{0}:{1}: {2}", "{0}:{1}: {3}", path_, line, what.it, what.en),
        say("correggerla, o rimettere la copia del file", "correct it, or put the copy of the file back"));
  }

  Status read_line(std::string_view line) {
    const auto words = without_blanks(line);
    if (words.empty() || words.front() == '#') return done();
    Entry entry;
    entry.inner = line.front() == ' ';
    entry.begins = words.starts_with("- ");
    const auto rest = without_blanks(entry.begins ? words.substr(2) : words);
    const auto colon = rest.find(':');
    if (colon == rest.npos || (colon + 1 < rest.size() && rest[colon + 1] != ' '))
      return refuse(line_, say("la riga non si legge", "the line cannot be read"));
    entry.name = rest.substr(0, colon);
    entry.value = without_blanks(rest.substr(colon + 1));
    return entry.inner || entry.begins ? take_of_key(entry) : take(entry);
  }

  Status take(const Entry& entry) {
    if (entry.name == "people_keys" && !versioned_ && entry.value == "1") {
      versioned_ = true;
    } else if (entry.name == kPseudonyms && pseudonyms_.size() == 0) {
      pseudonyms_ = SecretBytes(kKeyBytes);
      if (!read_secret(entry.value, kPseudonyms, pseudonyms_.data()))
        return refuse(line_, say("la chiave è alterata", "the key was altered"));
    } else if (entry.name == "keys" && !listing_ && entry.value.empty()) {
      listing_ = true;
    } else {
      return refuse(line_, say("questa riga non è attesa", "this line is not expected"));
    }
    return done();
  }

  Status take_of_key(const Entry& entry) {
    if (entry.begins) {
      if (!listing_ || keys_.size() == kMostKeys)
        return refuse(line_, say("questa chiave non è attesa", "this key is not expected"));
      keys_.push_back({line_, {}, {}, {}, {}});
    }
    auto* const value = keys_.empty() ? nullptr : member(keys_.back(), entry.name);
    if (value == nullptr || !value->empty() || entry.value.empty())
      return refuse(line_, say("questa riga non è attesa", "this line is not expected"));
    *value = entry.value;
    return done();
  }

  static std::string_view* member(WrittenKey& key, std::string_view name) {
    if (name == "kid") return &key.kid;
    if (name == "created") return &key.created;
    if (name == "expires") return &key.expires;
    return name == "secret" ? &key.secret : nullptr;
  }

  Result<KeyRing> ring() {
    if (!versioned_ || pseudonyms_.size() == 0 || keys_.empty())
      return refuse(line_, say("non è un file di chiavi intero: mancano people_keys, pseudonyms o keys",
                               "is no whole key file: people_keys, pseudonyms or keys are missing"));
    KeyRing ring{{}, std::move(pseudonyms_)};
    for (const auto& written : keys_) RACCORDO_CHECK(append(written, ring));
    return ring;
  }

  Status append(const WrittenKey& written, KeyRing& ring) const {
    if (!is_kid(written.kid) || ring.find(written.kid) != nullptr)
      return refuse(written.line,
                    say("kid manca, è doppio o non è un nome", "kid is missing, repeated or no name"));
    if (!is_date(written.created) || (!written.expires.empty() && !is_date(written.expires)))
      return refuse(written.line, say("created o expires non è una data", "created or expires is no date"));
    RingKey key;
    if (!read_secret(written.secret, written.kid, key.secret()))
      return refuse(written.line, say("la chiave {} è alterata", "the key {} was altered", written.kid));
    key.derive();
    key.kid = written.kid;
    key.created = written.created;
    key.expires = written.expires;
    ring.keys.push_back(std::move(key));
    return done();
  }

  std::string_view text_;
  const std::string& path_;
  int line_ = 0;
  bool versioned_ = false;
  bool listing_ = false;
  SecretBytes pseudonyms_;
  std::vector<WrittenKey> keys_;
};

// Text with secrets in it, grown where it stays.
class RingWriter {
 public:
  explicit RingWriter(std::size_t room) : out_(room) {}

  void append(std::string_view text) {
    std::ranges::copy(text, out_.data() + size_);
    size_ += text.size();
  }
  void append_secret(std::string_view name, const unsigned char* secret) {
    Wiped<kWrittenBytes> written;
    std::copy_n(secret, kKeyBytes, written.data());
    write_check(name, secret, written.data() + kKeyBytes);
    Wiped<kWrittenText + 1> text;
    sodium_bin2base64(reinterpret_cast<char*>(text.data()), kWrittenText + 1, written.data(), kWrittenBytes,
                      kBase64);
    append({reinterpret_cast<const char*>(text.data()), kWrittenText});
    append("\n");
  }
  SecretBytes end() && {
    out_.shorten(size_);
    return std::move(out_);
  }

 private:
  SecretBytes out_;
  std::size_t size_ = 0;
};

constexpr std::size_t kRoomForKey = 256;

}  // namespace

Result<KeyRing> read_ring(std::string_view text, const std::string& path) {
  return RingReader(text, path).read();
}

SecretBytes text_of(const KeyRing& ring) {
  RingWriter out(kHead.size() + kRoomForKey * (ring.keys.size() + 1));
  out.append(kHead);
  out.append(kPseudonyms);
  out.append(": ");
  out.append_secret(kPseudonyms, ring.pseudonyms.data());
  out.append("keys:\n");
  for (const auto& key : ring.keys) {
    out.append(fmt::format("  - kid: {}\n    created: {}\n", key.kid, key.created));
    if (!key.expires.empty()) out.append(fmt::format("    expires: {}\n", key.expires));
    out.append("    secret: ");
    out.append_secret(key.kid, key.secret());
  }
  return std::move(out).end();
}

}  // namespace raccordo::sodium
