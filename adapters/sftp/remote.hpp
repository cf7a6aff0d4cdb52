// SPDX-License-Identifier: EUPL-1.2
// A server's files: listed, fetched, carried over, renamed. Its session is made when it is needed, and made
// anew after it was lost.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "adapters/sftp/session.hpp"
#include "core/ports/byte_file.hpp"

namespace raccordo::sftp {

struct Attributes {
  enum class Kind { kFile, kLink, kOther };
  Kind kind = Kind::kOther;
  std::uint64_t size = 0;
  std::int64_t modified_s = 0;
  bool complete = false;  // the server told all of it
  friend bool operator==(const Attributes&, const Attributes&) = default;
};

struct Entry {
  std::string name;  // as the server gave it: anything
  Attributes attributes;
};

using Taker = std::function<Status(std::string_view piece)>;

// Paths are the server's. One thread at a time. [flow]
// Errors of all: those of Session::open and run, kNotFound, kDenied, kFull (with the path).
class Remote {
 public:
  explicit Remote(Server server) : server_(std::move(server)) {}

  [[nodiscard]] const Server& server() const { return server_; }

  // Without "." and "..". Errors besides: kTooLarge.
  [[nodiscard]] Result<std::vector<Entry>> list(const std::string& folder, const std::stop_token& stop);
  // Nothing when it is not there. A link is followed.
  [[nodiscard]] Result<std::optional<Attributes>> find(const std::string& path, const std::stop_token& stop);
  // Whether something has that name, be it a link that leads nowhere.
  [[nodiscard]] Result<bool> is_there(const std::string& path);
  // All of a file that is what was `seen`, from its first byte to its last. Errors besides: kConflict (it is
  // another one, or became one meanwhile), those of `take`.
  [[nodiscard]] Status fetch(const std::string& path, const Attributes& seen, const Taker& take,
                             const std::stop_token& stop);
  // A new file that holds `bytes`, on the server's disk. Errors besides: kConflict (there is one).
  [[nodiscard]] Status store(const std::string& path, const ByteFile& bytes);
  // Errors besides: kConflict (`to` is there).
  [[nodiscard]] Status rename(const std::string& from, const std::string& to);
  // It may be gone already.
  [[nodiscard]] Status remove(const std::string& path);

 private:
  class Open;
  [[nodiscard]] Status reach(const std::stop_token& stop);
  [[nodiscard]] Patience answering(const std::stop_token& stop = {}) const;
  [[nodiscard]] Patience carrying(const std::stop_token& stop = {}) const;
  // Nothing when it is not there; `how` is LIBSSH2_SFTP_STAT or LIBSSH2_SFTP_LSTAT.
  [[nodiscard]] Result<std::optional<Attributes>> stat(const std::string& path, int how,
                                                       const std::stop_token& stop);
  [[nodiscard]] Result<Attributes> stat(const Open& file, const std::string& path, const Patience& patience);
  [[nodiscard]] Status open(Open& file, const std::string& path, unsigned long flags, long mode, int type,
                            const Patience& patience);
  [[nodiscard]] Status read_all(const Open& file, const std::string& path, std::uint64_t size,
                                const Taker& take, const Patience& patience);
  [[nodiscard]] Status write_all(const Open& file, const std::string& path, const ByteFile& bytes,
                                 const Patience& patience);
  [[nodiscard]] Status write(const Open& file, const std::string& path, std::string_view bytes,
                             std::uint64_t left, const Patience& patience);
  [[nodiscard]] Status synchronise(const Open& file, const std::string& path, std::uint64_t size,
                                   const Patience& patience);
  [[nodiscard]] Error refused_writing(const Open& file, const std::string& path, std::uint64_t left,
                                      unsigned long status);

  Server server_;
  const char* key_kind_ = nullptr;  // that the server was recognised by
  std::unique_ptr<Session> session_;
};

}  // namespace raccordo::sftp
