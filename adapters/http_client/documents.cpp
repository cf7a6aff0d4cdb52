// SPDX-License-Identifier: EUPL-1.2
#include "adapters/http_client/documents.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "adapters/http_client/answers.hpp"
#include "adapters/http_client/fingerprint.hpp"

namespace raccordo::http_client {
namespace {

constexpr int kOk = 200;
constexpr int kNotModified = 304;
constexpr int kUnauthorized = 401;
constexpr std::size_t kMaxValidator = 1'024;  // bytes of an ETag or a date that are worth keeping

// What the partner said of the bytes that lie in the spool, and to which request.
struct Validators {
  std::string etag;
  std::string modified;
  std::string charset;
  std::string asked_as;  // another tenant's key, or another language, asks for another document

  [[nodiscard]] std::string text() const {
    return nlohmann::json{
        {"etag", etag}, {"modified", modified}, {"charset", charset}, {"asked_as", asked_as}}
        .dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  }
  static Validators parse(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) return {};
    const auto of = [&](const char* name) {
      const auto found = json.find(name);
      return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    return {of("etag"), of("modified"), of("charset"), of("asked_as")};
  }
};

// What cannot be sent back in a header is as good as nothing.
std::string worth_keeping(std::string_view value) {
  const bool printable =
      std::all_of(value.begin(), value.end(), [](unsigned char c) { return c >= 0x20 && c != 0x7f; });
  return printable && value.size() <= kMaxValidator ? std::string(value) : "";
}

// text/csv; charset="windows-1252" (RFC 9110, section 8.3)
std::string charset_of(std::string_view type) {
  constexpr std::string_view kName = "charset=";
  const auto at = std::search(type.begin(), type.end(), kName.begin(), kName.end(),
                              [](unsigned char a, unsigned char b) { return std::tolower(a) == b; });
  if (at == type.end()) return {};
  std::string_view value(at + kName.size(), type.end());
  value = value.substr(0, value.find(';'));
  while (!value.empty() && (value.front() == ' ' || value.front() == '"')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '"')) value.remove_suffix(1);
  return worth_keeping(value);
}

// Where the connection's end was the body's, it may have been cut: it is asked for again whole, and compared.
Validators validators_of(const Answer& answer, const std::string& asked_as) {
  if (!answer.has_end) return {"", "", charset_of(answer.header("content-type")), asked_as};
  return {worth_keeping(answer.header("etag")), worth_keeping(answer.header("last-modified")),
          charset_of(answer.header("content-type")), asked_as};
}

std::string asked_as(const Documents& documents) {
  const auto& [kind, name, secret, token_url, scope] = documents.credentials;
  std::string all =
      fmt::format("{}\n{}\n{}\n{}\n{}\n", static_cast<int>(kind), name, secret, token_url, scope);
  for (const auto& header : documents.headers) all += header.name + ":" + header.value + "\n";
  return fingerprint(all);
}

// What people see of an address: a query may hold a key, so two that differ in it are told apart by a number.
// A document that ends in a slash has no name of its own.
std::string path_of(const std::string& url) {
  auto path = shown(url);
  if (path.ends_with('/')) path += "index";
  if (path.size() < url.size() && url.find('?') != std::string::npos)
    path += "#" + fingerprint(url).substr(0, 8);
  return path;
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

// A spooled body that knows what its server said of it.
class Document final : public ByteFile {
 public:
  Document(std::unique_ptr<ByteFile> body, std::string charset)
      : body_(std::move(body)), charset_(std::move(charset)) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override {
    return body_->read_at(offset, buffer);
  }
  [[nodiscard]] std::uint64_t size() const override { return body_->size(); }
  [[nodiscard]] const std::string& name() const override { return body_->name(); }
  [[nodiscard]] std::string_view declared_encoding() const override { return charset_; }

 private:
  std::unique_ptr<ByteFile> body_;
  std::string charset_;
};

class WatchedDocuments final : public SourceFiles {
 public:
  WatchedDocuments(Documents documents, std::unique_ptr<Spool> spool, const Clock& clock)
      : documents_(std::move(documents)),
        asked_as_(asked_as(documents_)),
        spool_(std::move(spool)),
        clock_(clock),
        partner_(documents_.guards),
        authorizer_(documents_.credentials, documents_.guards, clock) {}

  Result<Look> look(const std::stop_token& stop) override;
  Result<std::unique_ptr<ByteFile>> open(const SeenFile& file) override;
  Result<bool> unchanged(const SeenFile& file) override;

 private:
  struct Refreshed {
    SeenFile file;
    bool stood_still = false;  // it is what it was at the look before
  };
  [[nodiscard]] Result<Refreshed> refreshed(const std::string& url, const std::stop_token& stop);
  [[nodiscard]] Result<Answer> fetched(const std::string& url, const Validators& known,
                                       std::unique_ptr<SpoolWriter>& came, const std::stop_token& stop);
  [[nodiscard]] Request request_for(const std::string& url, const Validators& known) const;
  [[nodiscard]] Result<std::optional<Spooled>> held(const std::string& url);
  [[nodiscard]] static SeenFile seen(const std::string& url, const Spooled& spooled) {
    return {path_of(url), spooled.size, 0, spooled.hash};
  }

  Documents documents_;
  std::string asked_as_;
  std::unique_ptr<Spool> spool_;
  const Clock& clock_;
  Partner partner_;
  Authorizer authorizer_;
  std::map<std::string, Spooled> held_;  // what the spool holds, once it was looked at
  std::optional<Look> last_;
  Duration looked_at_{};
  std::optional<Error> asked_to_wait_;  // until then
  Duration not_before_{};
};

Result<Look> WatchedDocuments::look(const std::stop_token& stop) {
  const auto now = clock_.monotonic();
  if (last_ && last_->unsettled.empty() && now - looked_at_ < documents_.fresh) return *last_;
  if (asked_to_wait_ && now < not_before_) return *asked_to_wait_;
  asked_to_wait_.reset();
  Look look;
  for (const auto& url : documents_.urls) {
    RACCORDO_TRY(auto document, refreshed(url, stop));
    look.folders.push_back(folder_of(document.file.path));
    (document.stood_still ? look.settled : look.unsettled).push_back(std::move(document.file));
  }
  std::ranges::sort(look.settled);
  std::ranges::sort(look.unsettled);
  RACCORDO_CHECK(spool_->keep_only(documents_.urls));
  last_ = look;
  looked_at_ = clock_.monotonic();
  return look;
}

Result<std::optional<Spooled>> WatchedDocuments::held(const std::string& url) {
  if (const auto known = held_.find(url); known != held_.end()) return std::optional(known->second);
  RACCORDO_TRY(auto found, spool_->find(url));
  if (found) held_[url] = *found;
  return found;
}

Request WatchedDocuments::request_for(const std::string& url, const Validators& known) const {
  Request request{"GET", url, documents_.headers, {}};
  if (!known.etag.empty()) request.headers.push_back({"If-None-Match", known.etag});
  if (!known.modified.empty()) request.headers.push_back({"If-Modified-Since", known.modified});
  return request;
}

Result<Answer> WatchedDocuments::fetched(const std::string& url, const Validators& known,
                                         std::unique_ptr<SpoolWriter>& came, const std::stop_token& stop) {
  const auto take = [&](std::string_view piece) { return came->append(piece); };
  for (bool again = true;; again = false) {
    came.reset();
    RACCORDO_TRY(came, spool_->write(url));
    auto request = request_for(url, known);
    RACCORDO_CHECK(authorizer_.sign(request, stop));
    RACCORDO_TRY(auto answer, partner_.ask(request, take, stop));
    if (answer.status != kUnauthorized || !again || !authorizer_.refused()) return answer;
  }
}

Result<WatchedDocuments::Refreshed> WatchedDocuments::refreshed(const std::string& url,
                                                                const std::stop_token& stop) {
  RACCORDO_TRY(const auto before, held(url));
  auto known = before ? Validators::parse(before->note) : Validators{};
  if (known.asked_as != asked_as_) known = {};
  std::unique_ptr<SpoolWriter> came;
  RACCORDO_TRY(const auto answer, fetched(url, known, came, stop));
  if (answer.status == kNotModified && before) return Refreshed{seen(url, *before), true};
  if (answer.status != kOk) {
    auto refused = refusal(answer, url, clock_);
    if (const auto wait = retry_after(answer, clock_); wait && refused.retryable()) {
      asked_to_wait_ = refused;
      not_before_ = clock_.monotonic() + *wait;
    }
    return refused;
  }
  RACCORDO_TRY(const auto spooled, came->keep(validators_of(answer, asked_as_).text()));
  held_[url] = spooled;
  return Refreshed{seen(url, spooled),
                   before && before->hash == spooled.hash && before->size == spooled.size};
}

Result<std::unique_ptr<ByteFile>> WatchedDocuments::open(const SeenFile& file) {
  RACCORDO_TRY(const bool same, unchanged(file));
  if (!same)
    return error(ErrorCode::kConflict,
                 say("{}: il documento è cambiato da quando è stato visto",
                     "{}: the document changed since it was seen", file.path),
                 say("si rilegge al prossimo giro", "it is read again at the next look"));
  const auto url = std::ranges::find(documents_.urls, file.path, path_of);
  RACCORDO_TRY(auto body, spool_->open(*url, file.path));
  auto charset = Validators::parse(held_.at(*url).note).charset;
  return std::unique_ptr<ByteFile>(std::make_unique<Document>(std::move(body), std::move(charset)));
}

Result<bool> WatchedDocuments::unchanged(const SeenFile& file) {
  const auto url = std::ranges::find(documents_.urls, file.path, path_of);
  if (url == documents_.urls.end()) return false;
  RACCORDO_TRY(const auto now, held(*url));
  return now && seen(*url, *now) == file;
}

}  // namespace

std::unique_ptr<SourceFiles> watch(Documents documents, std::unique_ptr<Spool> spool, const Clock& clock) {
  return std::make_unique<WatchedDocuments>(std::move(documents), std::move(spool), clock);
}

}  // namespace raccordo::http_client
