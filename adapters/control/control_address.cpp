// SPDX-License-Identifier: EUPL-1.2
#include "adapters/control/control_address.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

#include "core/ports/system_words.hpp"

namespace raccordo {

Result<ControlAddress> ControlAddress::of(const std::filesystem::path& socket_file) {
  ControlAddress address;
  address.address_.sun_family = AF_UNIX;
  std::string text = socket_file.string();
  if (text.size() >= sizeof address.address_.sun_path) {
    const auto folder = socket_file.parent_path();
    address.folder_ = Descriptor(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!address.folder_.open()) {
      const auto code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kDenied;
      const auto why = system_words(errno);
      return error(code, say("{0}: {1}", "{0}: {2}", folder.string(), why.it, why.en));
    }
    text = fmt::format("/proc/self/fd/{}/{}", address.folder_.number(), socket_file.filename().string());
  }
  if (text.size() >= sizeof address.address_.sun_path)
    return error(ErrorCode::kTooLarge, say("{}: nome troppo lungo per un socket",
                                           "{}: too long a name for a socket", socket_file.string()));
  std::memcpy(address.address_.sun_path, text.c_str(), text.size() + 1);
  return address;
}

}  // namespace raccordo
