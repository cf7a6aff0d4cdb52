// SPDX-License-Identifier: EUPL-1.2
// Each name has a file of bytes, and a file that says which bytes they must be: where the two disagree, as
// after a power loss, there is nothing.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <memory>
#include <set>

#include "adapters/files/failure.hpp"
#include "adapters/files/files.hpp"
#include "adapters/files/opened_file.hpp"

namespace raccordo::files {
namespace {

constexpr mode_t kOursAlone = 0700;
constexpr mode_t kOurFile = 0600;
constexpr std::size_t kReadAtOnce = 1u << 18;
constexpr std::size_t kMaxNote = 64u << 10;
constexpr std::string_view kUnfinished = ".part";

std::string stem_of(const std::string& name) {
  return fmt::format("{:016x}", XXH3_64bits(name.data(), name.size()));
}

struct EndState {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};
using Hash = std::unique_ptr<XXH3_state_t, EndState>;

Hash new_hash() {
  Hash hash(XXH3_createState());
  XXH3_64bits_reset(hash.get());
  return hash;
}

Status write_all(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const auto n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return file_failure(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return done();
}

Result<Descriptor> create(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kOurFile));
  if (!file.open()) return file_failure(path, errno);
  return file;
}

// Written aside, so that a half one is never read.
Status write_note(const std::string& stem, const Spooled& spooled) {
  const auto aside = stem + ".note.part";
  RACCORDO_TRY(const auto file, create(aside));
  RACCORDO_CHECK(write_all(file.number(),
                           fmt::format("{:016x} {}\n{}", spooled.hash, spooled.size, spooled.note), aside));
  if (::rename(aside.c_str(), (stem + ".note").c_str()) != 0) return file_failure(stem, errno);
  return done();
}

std::optional<Spooled> parse_note(std::string_view text) {
  Spooled spooled;
  const auto space = text.find(' ');
  const auto line = text.find('\n');
  if (space == std::string_view::npos || line == std::string_view::npos || line < space) return std::nullopt;
  const auto hash = std::from_chars(text.data(), text.data() + space, spooled.hash, 16);
  const auto size = std::from_chars(text.data() + space + 1, text.data() + line, spooled.size);
  if (hash.ec != std::errc{} || size.ec != std::errc{} || size.ptr != text.data() + line) return std::nullopt;
  spooled.note = text.substr(line + 1);
  return spooled;
}

class Writer final : public SpoolWriter {
 public:
  Writer(Descriptor file, std::string aside, std::string stem)
      : file_(std::move(file)), aside_(std::move(aside)), stem_(std::move(stem)), hash_(new_hash()) {}
  ~Writer() override {
    if (!kept_) ::unlink(aside_.c_str());
  }

  Status append(std::string_view bytes) override {
    XXH3_64bits_update(hash_.get(), bytes.data(), bytes.size());
    size_ += bytes.size();
    return write_all(file_.number(), bytes, aside_);
  }

  Result<Spooled> keep(std::string note) override {
    Spooled spooled{size_, XXH3_64bits_digest(hash_.get()), std::move(note)};
    if (::rename(aside_.c_str(), (stem_ + ".body").c_str()) != 0) return file_failure(stem_, errno);
    kept_ = true;
    RACCORDO_CHECK(write_note(stem_, spooled));
    return spooled;
  }

 private:
  Descriptor file_;
  std::string aside_;
  std::string stem_;
  Hash hash_;
  std::uint64_t size_ = 0;
  bool kept_ = false;
};

// `shown` is what the file is called in messages.
Result<std::unique_ptr<ByteFile>> open_file(const std::string& path, std::string shown) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat found {};
  if (!file.open() || ::fstat(file.number(), &found) != 0) return file_failure(shown, errno);
  const auto size = static_cast<std::uint64_t>(found.st_size);
  return std::unique_ptr<ByteFile>(std::make_unique<OpenedFile>(std::move(file), size, std::move(shown)));
}

template <typename Unwanted>
Status remove_where(const std::string& path, const Unwanted& unwanted) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
  if (folder == nullptr) return folder_failure(path, errno);
  while (const auto* const entry = ::readdir(folder.get())) {
    const std::string_view file = entry->d_name;
    if (file != "." && file != ".." && unwanted(file)) ::unlink((path + "/" + std::string(file)).c_str());
  }
  return done();
}

class SpoolFolder final : public Spool {
 public:
  explicit SpoolFolder(std::string folder) : folder_(std::move(folder)) {}

  Result<std::unique_ptr<SpoolWriter>> write(const std::string& name) override {
    // A name of its own: two may write what has one name.
    auto aside = fmt::format("{}.{}{}", path(name), ++writers_, kUnfinished);
    RACCORDO_TRY(auto file, create(aside));
    return std::unique_ptr<SpoolWriter>(
        std::make_unique<Writer>(std::move(file), std::move(aside), path(name)));
  }
  Result<std::optional<Spooled>> find(const std::string& name) override;
  Result<std::unique_ptr<ByteFile>> open(const std::string& name, std::string shown) override;
  Status keep_only(const std::vector<std::string>& names) override;

 private:
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + stem_of(name); }
  [[nodiscard]] Result<std::uint64_t> hash_of(const ByteFile& file) const;

  std::string folder_;
  std::uint64_t writers_ = 0;
};

Result<std::uint64_t> SpoolFolder::hash_of(const ByteFile& file) const {
  const auto hash = new_hash();
  std::string buffer(kReadAtOnce, '\0');
  for (std::uint64_t at = 0; at < file.size();) {
    RACCORDO_TRY(const auto n, file.read_at(at, buffer));
    if (n == 0) break;
    XXH3_64bits_update(hash.get(), buffer.data(), n);
    at += n;
  }
  return XXH3_64bits_digest(hash.get());
}

Result<std::optional<Spooled>> SpoolFolder::find(const std::string& name) {
  auto file = open_file(path(name) + ".note", name);
  if (!file.ok()) return std::optional<Spooled>{};
  std::string text(std::min<std::size_t>(kMaxNote, (*file)->size()), '\0');
  RACCORDO_TRY(const auto n, (*file)->read_at(0, text));
  text.resize(n);
  auto spooled = parse_note(text);
  const auto body = open_file(path(name) + ".body", name);
  if (!spooled || !body.ok() || (*body)->size() != spooled->size) return std::optional<Spooled>{};
  RACCORDO_TRY(const auto hash, hash_of(**body));
  if (hash != spooled->hash) return std::optional<Spooled>{};
  return spooled;
}

Result<std::unique_ptr<ByteFile>> SpoolFolder::open(const std::string& name, std::string shown) {
  return open_file(path(name) + ".body", std::move(shown));
}

Status SpoolFolder::keep_only(const std::vector<std::string>& names) {
  std::set<std::string, std::less<>> stems;
  for (const auto& name : names) stems.insert(stem_of(name));
  return remove_where(folder_,
                      [&](std::string_view file) { return !stems.contains(file.substr(0, file.find('.'))); });
}

}  // namespace

Status keep_spools(const std::string& folder, const std::set<std::string>& named) {
  std::error_code failed;
  std::vector<std::filesystem::path> others;
  for (const auto& spool : std::filesystem::directory_iterator(folder, failed))
    if (!named.contains(spool.path().filename().string())) others.push_back(spool.path());
  if (failed == std::errc::no_such_file_or_directory) return done();
  for (const auto& spool : others)
    if (!failed) std::filesystem::remove_all(spool, failed);
  return failed ? folder_failure(folder, failed.value()) : done();
}

Result<std::unique_ptr<Spool>> spool_in(std::string folder) {
  for (auto slash = folder.find('/', 1); true; slash = folder.find('/', slash + 1)) {
    const auto part = folder.substr(0, slash);
    if (::mkdir(part.c_str(), kOursAlone) != 0 && errno != EEXIST) return folder_failure(part, errno);
    if (slash == std::string::npos) break;
  }
  // Left by a run that did not end well.
  RACCORDO_CHECK(remove_where(folder, [](std::string_view file) { return file.ends_with(kUnfinished); }));
  return std::unique_ptr<Spool>(std::make_unique<SpoolFolder>(std::move(folder)));
}

}  // namespace raccordo::files
