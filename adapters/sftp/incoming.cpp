// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>
#include <set>

#include "adapters/sftp/remote.hpp"
#include "adapters/sftp/remote_pattern.hpp"
#include "core/ports/glob.hpp"
#include "raccordo/model/json.hpp"

namespace raccordo::sftp {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;  // ns

// No slash, nothing that plays tricks: what the hub remembers and shows as a file's name.
bool is_usable_name(std::string_view name) {
  const auto harms = [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '/'; };
  return !name.empty() && std::none_of(name.begin(), name.end(), harms) && json::is_utf8(name);
}

SeenFile seen_file(std::string path, const Attributes& attributes) {
  return {std::move(path), attributes.size, attributes.modified_s * kSecond, 0};
}

std::string note_of(const SeenFile& file) { return fmt::format("{} {}", file.size, file.modified_ns); }

class WatchedServer final : public SourceFiles {
 public:
  WatchedServer(Incoming incoming, std::vector<RemotePattern> patterns, std::unique_ptr<Spool> spool)
      : incoming_(std::move(incoming)),
        patterns_(std::move(patterns)),
        spool_(std::move(spool)),
        remote_(incoming_.server) {}

  Result<Look> look(const std::stop_token& stop) override;
  Result<std::unique_ptr<ByteFile>> open(const SeenFile& file) override;
  Result<bool> unchanged(const SeenFile& file) override;

 private:
  using Content = std::pair<std::uint64_t, std::int64_t>;
  static Content content_of(const SeenFile& file) { return {file.size, file.modified_ns}; }
  struct Met {
    SeenFile file;
    bool matches = false;
    bool away = false;  // a link that leads to nothing now
  };

  [[nodiscard]] Status meet(const std::string& folder, std::vector<Met>& met, const std::stop_token& stop);
  [[nodiscard]] Status meet(const std::string& folder, Entry entry, std::vector<Met>& met,
                            const std::stop_token& stop);
  [[nodiscard]] bool has_settled(const SeenFile& file, const std::set<Content>& renamed) const;
  [[nodiscard]] Status tidy_spool(const Look& look);
  [[nodiscard]] bool is_watched(const std::string& path) const;
  [[nodiscard]] Status fetch(const SeenFile& file, const Attributes& attributes);

  Incoming incoming_;
  std::vector<RemotePattern> patterns_;
  std::unique_ptr<Spool> spool_;
  Remote remote_;
  std::map<std::string, Content> before_;  // all files at the look before
  bool looked_ = false;
  std::set<std::string> opened_;  // since the look before
  std::stop_token stop_;          // of the last look: opening may take as long
};

Result<Look> WatchedServer::look(const std::stop_token& stop) {
  stop_ = stop;
  std::set<std::string> folders;
  for (const auto& pattern : patterns_) folders.insert(pattern.folder);
  std::vector<Met> met;
  for (const auto& folder : folders) RACCORDO_CHECK(meet(folder, met, stop));
  std::ranges::sort(met, {}, &Met::file);

  std::map<std::string, Content> now;
  for (const auto& one : met) now[one.file.path] = content_of(one.file);
  std::set<Content> renamed;  // what lay under a name that nothing has any more
  for (const auto& [path, content] : before_)
    if (!now.contains(path)) renamed.insert(content);
  Look look;
  // What a link led to may be on a share that the server does not reach now: it is not gone.
  if (std::ranges::none_of(met, &Met::away)) look.folders.assign(folders.begin(), folders.end());
  for (auto& one : met)
    if (one.matches)
      (!one.away && has_settled(one.file, renamed) ? look.settled : look.unsettled)
          .push_back(std::move(one.file));
  before_ = std::move(now);
  RACCORDO_CHECK(tidy_spool(look));
  return look;
}

bool WatchedServer::has_settled(const SeenFile& file, const std::set<Content>& renamed) const {
  const auto known = before_.find(file.path);
  return known != before_.end() ? known->second == content_of(file) : renamed.contains(content_of(file));
}

Status WatchedServer::meet(const std::string& folder, std::vector<Met>& met, const std::stop_token& stop) {
  RACCORDO_TRY(auto entries, remote_.list(folder.empty() ? "/" : folder, stop));
  for (auto& entry : entries) RACCORDO_CHECK(meet(folder, std::move(entry), met, stop));
  return done();
}

Status WatchedServer::meet(const std::string& folder, Entry entry, std::vector<Met>& met,
                           const std::stop_token& stop) {
  const bool wanted =
      !is_unfinished_name(entry.name) && std::ranges::any_of(patterns_, [&](const RemotePattern& pattern) {
        return pattern.folder == folder && matches(pattern.name, entry.name);
      });
  if (!is_usable_name(entry.name))
    return wanted ? Status(unusable_name(remote_.server(), folder, entry.name)) : done();
  auto path = folder + "/" + entry.name;
  const bool asked = entry.attributes.kind == Attributes::Kind::kLink || !entry.attributes.complete;
  if (wanted && asked) {
    RACCORDO_TRY(const auto found, remote_.find(path, stop));
    if (!found && entry.attributes.kind == Attributes::Kind::kLink)
      met.push_back({{std::move(path), 0, 0, 0}, true, true});
    if (!found) return done();
    entry.attributes = *found;
  }
  if (entry.attributes.kind == Attributes::Kind::kFile)
    met.push_back({seen_file(std::move(path), entry.attributes), wanted});
  return done();
}

// What lies there of files that are gone; and of those that were read, unless they are read again.
Status WatchedServer::tidy_spool(const Look& look) {
  std::vector<std::string> keep;
  for (const auto* list : {&look.settled, &look.unsettled})
    for (const auto& file : *list)
      if (incoming_.keeps || !looked_ || opened_.contains(file.path)) keep.push_back(file.path);
  looked_ = true;
  opened_.clear();
  return spool_->keep_only(keep);
}

bool WatchedServer::is_watched(const std::string& path) const {
  const auto slash = path.rfind('/');
  return slash != std::string::npos && std::ranges::any_of(patterns_, [&](const RemotePattern& pattern) {
           return path.substr(0, slash) == pattern.folder && matches(pattern.name, path.substr(slash + 1));
         });
}

Result<std::unique_ptr<ByteFile>> WatchedServer::open(const SeenFile& file) {
  if (!is_watched(file.path)) return gone(remote_.server(), file.path);
  RACCORDO_TRY(const auto found, remote_.find(file.path, stop_));
  if (!found) return gone(remote_.server(), file.path);
  if (found->kind != Attributes::Kind::kFile || seen_file(file.path, *found) != file)
    return changed(remote_.server(), file.path);
  RACCORDO_TRY(const auto spooled, spool_->find(file.path));
  if (!spooled || spooled->note != note_of(file)) RACCORDO_CHECK(fetch(file, *found));
  opened_.insert(file.path);
  return spool_->open(file.path, file.path);
}

Status WatchedServer::fetch(const SeenFile& file, const Attributes& attributes) {
  if (file.size > incoming_.max_size) return too_large(remote_.server(), file.path, incoming_.max_size);
  RACCORDO_TRY(const auto writer, spool_->write(file.path));
  RACCORDO_CHECK(remote_.fetch(
      file.path, attributes, [&](std::string_view piece) { return writer->append(piece); }, stop_));
  RACCORDO_TRY([[maybe_unused]] const auto kept, writer->keep(note_of(file)));
  return done();
}

Result<bool> WatchedServer::unchanged(const SeenFile& file) {
  if (!is_watched(file.path)) return false;
  RACCORDO_TRY(const auto found, remote_.find(file.path, stop_));
  return found && found->kind == Attributes::Kind::kFile && seen_file(file.path, *found) == file;
}

}  // namespace

Result<std::unique_ptr<SourceFiles>> watch(Incoming incoming, std::unique_ptr<Spool> spool) {
  std::vector<RemotePattern> patterns;
  for (const auto& pattern : incoming.patterns) {
    RACCORDO_TRY(auto parsed, RemotePattern::parse(pattern));
    patterns.push_back(std::move(parsed));
  }
  return std::unique_ptr<SourceFiles>(
      std::make_unique<WatchedServer>(std::move(incoming), std::move(patterns), std::move(spool)));
}

}  // namespace raccordo::sftp
