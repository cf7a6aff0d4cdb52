// SPDX-License-Identifier: EUPL-1.2
// Counts what a program takes from the heap, its libraries and plugins included: a program that links this
// has malloc and its like from here, and operator new calls them.
#pragma once

#include <atomic>
#include <cstdint>

namespace raccordo::test {

using HeapCount = std::atomic<std::uint64_t>;

// So far, by all threads.
[[nodiscard]] std::uint64_t allocations();

// From now on in memory of the caller's, from zero: a process that shares it can look.
void count_allocations_in(HeapCount& place);

}  // namespace raccordo::test
