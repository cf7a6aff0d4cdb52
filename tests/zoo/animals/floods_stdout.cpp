// SPDX-License-Identifier: EUPL-1.2
// Prints without end, for a record that says so; in a thread of its own, for one that says "start".
#include <pthread.h>
#include <unistd.h>

#include <atomic>

#include "zoo.hpp"

namespace {

std::atomic<bool> go_on = true;

void* flood(void*) {
  constexpr std::string_view kWords = "still here\n";
  while (go_on) (void)!::write(STDOUT_FILENO, kWords.data(), kWords.size());
  return nullptr;
}

raccordo_verdict handle(void*, const raccordo_input* input) {
  pthread_t thread{};
  if (zoo::content(input) == "start") pthread_create(&thread, nullptr, flood, nullptr);
  if (zoo::is_bad(input)) flood(nullptr);
  return zoo::publish(input);
}
}  // namespace

ZOO_PLUGIN("floods_stdout", handle)
