// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/row.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "raccordo/sdk.hpp"
#include "raccordo/sdk/testing/lent.hpp"

namespace {

std::atomic<std::size_t> g_allocations = 0;

}  // namespace

// Counts what a row costs. Sanitizers bring an operator new of their own.
#ifndef RACCORDO_SANITIZED
// Not inlined: g++ 12 would take the pair for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++g_allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace raccordo {
namespace {

using ::testing::ElementsAre;

class Rows : public ::testing::Test {
 protected:
  Row row(Pairs cells) {
    lent_.push_back(std::make_unique<Lent>(Sample::row(std::move(cells))));
    return Row(*lent_.back()->input().record, guesses_);
  }

  ColumnGuesses guesses_;
  std::vector<std::unique_ptr<Lent>> lent_;
};

TEST_F(Rows, give_cells_by_the_names_of_their_columns) {
  const auto r = row({{"NOME", "Airone"}, {"POSTI", "4"}});
  EXPECT_EQ(r["POSTI"], "4");
  EXPECT_EQ(r["NOME"], "Airone");
  EXPECT_EQ(r.at(1), "4");
  EXPECT_THAT(r.columns(), ElementsAre("NOME", "POSTI"));
}

TEST_F(Rows, tell_an_empty_cell_from_a_column_that_is_not_there) {
  const auto r = row({{"NOME", ""}});
  EXPECT_EQ(r["NOME"], "");
  EXPECT_TRUE(r.has("NOME"));
  EXPECT_EQ(r["CAP"], "");
  EXPECT_FALSE(r.has("CAP"));
}

TEST_F(Rows, find_columns_again_when_another_file_has_another_order) {
  EXPECT_EQ(row({{"A", "1"}, {"B", "2"}})["B"], "2");
  EXPECT_EQ(row({{"B", "3"}, {"A", "4"}})["B"], "3");
  EXPECT_EQ(row({{"A", "5"}})["B"], "");
}

TEST_F(Rows, tell_columns_apart_whose_names_begin_and_end_alike) {
  const auto r = row({{"DATA INIZIO VALIDITA", "1"}, {"DATA AFINE  VALIDITA", "2"}});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(r["DATA INIZIO VALIDITA"], "1");
    EXPECT_EQ(r["DATA AFINE  VALIDITA"], "2");
  }
}

TEST_F(Rows, name_the_missing_column_and_the_nearest_one) {
  const auto missing = row({{"POSTI LIBERI", "4"}}).text("POSTI LIBRI");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().in(Language::kItalian),
            "manca la colonna «POSTI LIBRI»: la più simile è «POSTI LIBERI»");
}

TEST_F(Rows, read_whole_numbers_within_their_type) {
  const auto r =
      row({{"A", " +7 "}, {"B", "-1"}, {"C", "4,5"}, {"D", "300"}, {"E", ""}, {"F", "\u00a012\u00a0"}});
  EXPECT_EQ(*r.number<int>("A"), 7);
  EXPECT_EQ(*r.number<std::int64_t>("B"), -1);
  EXPECT_EQ(*r.number<int>("F"), 12);
  EXPECT_EQ(r.number<int>("C").error().message.en, "“C”: “4,5” is not a whole number");
  EXPECT_EQ(r.number<std::uint8_t>("D").error().message.en, "“D”: 300 is outside 0..255");
  EXPECT_EQ(r.number<int>("E").error().message.en, "column “E” is empty");
  EXPECT_EQ(r.number<unsigned>("B").error().message.en, "“B”: -1 is outside 0..4294967295");
}

TEST_F(Rows, read_decimals_with_a_comma_or_a_point) {
  const auto r = row({{"A", "18,50"}, {"B", "18.5"}, {"C", "1.234,5"}, {"D", "inf"}, {"E", "1e3"}});
  EXPECT_EQ(*r.number<double>("A"), 18.5);
  EXPECT_EQ(*r.number<double>("B"), 18.5);
  EXPECT_FALSE(r.number<double>("C").ok());
  EXPECT_FALSE(r.number<double>("D").ok());
  EXPECT_FALSE(r.number<double>("E").ok());
}

TEST_F(Rows, show_only_the_beginning_of_a_long_value_and_whole_characters) {
  std::string value(63, 'x');
  value += "àààààà";
  const auto failed = row({{"A", value}}).number<int>("A");
  EXPECT_EQ(failed.error().message.en, "“A”: “" + std::string(63, 'x') + "” is not a whole number");
}

raccordo_status counted(void*, raccordo_bytes, raccordo_bytes) { return RACCORDO_OK; }

TEST_F(Rows, cost_no_allocation) {
#ifdef RACCORDO_SANITIZED
  GTEST_SKIP() << "counted in builds without sanitizers";
#endif
  const auto plugin = raccordo_plugin_entry();
  raccordo_host host{};
  host.struct_size = sizeof host;
  host.publish = counted;
  LentOptions options(Pairs{{"centre", "c1"}});
  void* instance = plugin->create(&host, &options.options());
  ASSERT_NE(instance, nullptr);
  const Lent lent(Sample::row({{"SERVIZIO", "12"}, {"POSTI LIBERI", "4"}}));
  ASSERT_EQ(plugin->handle(instance, &lent.input()), RACCORDO_DONE);

  const auto before = g_allocations.load();
  for (int i = 0; i < 100; ++i) (void)plugin->handle(instance, &lent.input());
  const auto after = g_allocations.load();
  plugin->destroy(instance);

  ASSERT_GT(before, 0u);
  // Ids of up to 15 bytes need no memory of their own.
  EXPECT_EQ(after - before, 0u);
}

}  // namespace
}  // namespace raccordo
