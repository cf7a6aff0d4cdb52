// SPDX-License-Identifier: EUPL-1.2
// A worker that counts in a file which the test shares. Its name comes in LC_COUNT: the language is all that
// a worker gets of its environment.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "adapters/plugin_worker/plugin_worker.hpp"
#include "tests/allocation/counted_heap.hpp"

int main(int argc, char** argv) {
  using raccordo::test::HeapCount;
  const char* const name = std::getenv("LC_COUNT");
  const int file = name == nullptr ? -1 : ::open(name, O_RDWR | O_CLOEXEC);
  void* const shared = ::mmap(nullptr, sizeof(HeapCount), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (shared == MAP_FAILED) return 1;
  raccordo::test::count_allocations_in(*static_cast<HeapCount*>(shared));
  return raccordo::worker_main(argc, argv);
}
