// SPDX-License-Identifier: EUPL-1.2
#include "adapters/environment/system_environment.hpp"

#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "core/ports/system_words.hpp"

namespace raccordo {
namespace {

// One owner for a descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

Error failure(const std::string& path, int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return error(ErrorCode::kNotFound, say("il file {} non c'è", "there is no file {}", path));
    case EACCES:
    case EPERM:
      return error(ErrorCode::kDenied, say("non è permesso leggere {}", "not allowed to read {}", path),
                   say("controllarne il proprietario e i permessi", "check its owner and permissions"));
    default: {
      const auto why = system_words(number);
      return error(ErrorCode::kUnavailable,
                   say("{0} non si legge: {1}", "{0} cannot be read: {2}", path, why.it, why.en));
    }
  }
}

Error not_a_file(const std::string& path) {
  return error(ErrorCode::kInvalid, say("{} non è un file", "{} is not a file", path));
}

Error too_large(const std::string& path, std::size_t limit) {
  return error(ErrorCode::kTooLarge,
               say("{} supera il limite di {} byte", "{} is over the limit of {} bytes", path, limit));
}

// Reads up to `limit` bytes and notices when there are more, whatever the size was said to be.
Result<std::string> read_all(int descriptor, const std::string& path, std::size_t limit) {
  std::string out;
  char buffer[65'536];
  while (true) {
    const auto size = ::read(descriptor, buffer, sizeof buffer);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return failure(path, errno);
    if (size == 0) return out;
    out.append(buffer, static_cast<std::size_t>(size));
    if (out.size() > limit) return too_large(path, limit);
  }
}

// Only `*` and `?` mean something in our patterns.
std::string for_glob(const std::string& pattern) {
  std::string out;
  for (const char c : pattern) {
    if (c == '[' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::optional<std::string> SystemEnvironment::variable(const std::string& name) const {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

Result<std::string> SystemEnvironment::read(const std::string& path, std::size_t limit) const {
  // Without waiting for a writer, should it be a pipe.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) return failure(path, errno);
  struct stat about {};
  if (::fstat(file.number(), &about) != 0) return failure(path, errno);
  if (!S_ISREG(about.st_mode)) return not_a_file(path);
  if (static_cast<std::uint64_t>(about.st_size) > limit) return too_large(path, limit);
  return read_all(file.number(), path, limit);
}

Result<std::vector<std::string>> SystemEnvironment::matching(const std::string& pattern) const {
  glob_t found{};
  int denied = 0;
  const int status = ::glob(for_glob(pattern).c_str(), 0, nullptr, &found);
  std::vector<std::string> paths;
  if (status == 0)
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  else if (status != GLOB_NOMATCH)
    denied = errno;
  ::globfree(&found);
  if (denied != 0) return failure(pattern, denied);
  const auto folder = [](const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored);
  };
  paths.erase(std::remove_if(paths.begin(), paths.end(), folder), paths.end());
  std::sort(paths.begin(), paths.end());
  return paths;
}

Result<bool> SystemEnvironment::readable_by_others(const std::string& path) const {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return failure(path, errno);
  if (!S_ISREG(about.st_mode)) return not_a_file(path);
  return (about.st_mode & S_IROTH) != 0;
}

std::string SystemEnvironment::absolute(const std::string& path) const {
  std::error_code failed;
  const auto whole = std::filesystem::absolute(path, failed);
  return failed ? path : whole.lexically_normal().string();
}

}  // namespace raccordo
