// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <sys/mount.h>

#include <string>

#include "core/ports/testing/temp_folder.hpp"

namespace raccordo::testing {

// A disk that is soon full: a tmpfs of its own where the process may mount one (as root), else `mounted` is
// false and the test skips by name.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size) {
    mounted_ = ::mount("raccordo-test", folder_.path().c_str(), "tmpfs", MS_NOSUID | MS_NODEV,
                       ("size=" + size).c_str()) == 0;
  }
  SmallDisk(SmallDisk&&) = delete;
  SmallDisk& operator=(SmallDisk&&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }

  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }
  [[nodiscard]] std::string folder() const { return folder_.path().string(); }

 private:
  TempFolder folder_;
  bool mounted_ = false;
};

}  // namespace raccordo::testing
