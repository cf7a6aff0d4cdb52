// SPDX-License-Identifier: EUPL-1.2
#include "tests/allocation/counted_heap.hpp"

#include <cerrno>
#include <cstddef>

// The C library's own, under the names that stay reachable.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace raccordo::test {
namespace {

constinit HeapCount own{0};
constinit std::atomic<HeapCount*> count{&own};

void add_one() { count.load(std::memory_order_relaxed)->fetch_add(1, std::memory_order_relaxed); }

}  // namespace

std::uint64_t allocations() { return count.load()->load(); }

void count_allocations_in(HeapCount& place) {
  place = 0;
  count = &place;
}

}  // namespace raccordo::test

// Not among them: free, which is not counted.
extern "C" {

void* malloc(std::size_t size) noexcept {
  raccordo::test::add_one();
  return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
  raccordo::test::add_one();
  return __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size) noexcept {
  raccordo::test::add_one();
  return __libc_realloc(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  raccordo::test::add_one();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  raccordo::test::add_one();
  *memory = __libc_memalign(alignment, size);
  return *memory == nullptr ? ENOMEM : 0;
}
}
