// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/descriptors.hpp"

#include <sys/resource.h>

namespace raccordo {

void take_all_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace raccordo
