// SPDX-License-Identifier: Apache-2.0
// The path of every published entity allocates nothing once its buffers have grown. Counted in a program of
// its own.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "raccordo/model/envelope.hpp"
#include "raccordo/model/validate.hpp"

namespace {
std::size_t allocations = 0;
}

// Not inlined: g++ 12 would take the pair for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace raccordo {
namespace {

TEST(PublishingAnEntity, allocates_nothing_once_its_buffers_have_grown) {
  StatementKeys keys(statement_space("valle-demo", "albo"));
  Validator validator;
  EventWriter writer("valle-demo", "albo");
  std::string data, events, unescaped;
  std::vector<DroppedField> dropped;
  const std::string_view offer =
      R"({"channel":"pay","description":"un'ora, \"mattina\"","id":"OFF-00000001-0000000000","price":{"cents":1500,"currency":"EUR","unit":"hour"},"service":"SRV-00000001-0000000000","valid_from":"2026-01-01"})";
  const auto publish = [&] {
    data.clear(), events.clear();
    const auto entity = validator.validate("offer", offer, keys, data, dropped);
    writer.changed(*entity, 1, "", events);
    return read_event(events, unescaped).ok();
  };
  ASSERT_TRUE(publish());
  const auto before = allocations;
  ASSERT_GT(before, 0u);
  bool read = true;
  for (int i = 0; i < 100; ++i) read = publish() && read;
  EXPECT_EQ(allocations, before);
  EXPECT_TRUE(read);
}

}  // namespace
}  // namespace raccordo
