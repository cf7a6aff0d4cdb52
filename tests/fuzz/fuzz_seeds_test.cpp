// SPDX-License-Identifier: EUPL-1.2
// The bodies of the fuzz targets over their seeds, so that neither goes stale where no fuzzer is built.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(FuzzSeeds, hold_what_must_hold_for_any_input) {
  for (const auto& target : targets()) {
    std::size_t seeds = 0;
    for (const auto& seed : fs::directory_iterator(fs::path(RACCORDO_SEEDS) / target.name)) {
      ++seeds;
      EXPECT_NO_THROW(target.feed(content_of(seed.path()))) << seed.path();
    }
    EXPECT_GT(seeds, 0u) << target.name;
  }
}

// scripts/fuzz.sh takes its targets from the folders.
TEST(FuzzSeeds, have_a_folder_for_each_target_and_no_other) {
  std::set<std::string> names, folders;
  for (const auto& target : targets()) names.emplace(target.name);
  for (const auto& folder : fs::directory_iterator(RACCORDO_SEEDS)) folders.insert(folder.path().filename());
  EXPECT_EQ(folders, names);
}

TEST(FuzzTargets, take_nothing_and_one_byte) {
  for (const auto& target : targets())
    for (const auto* bytes : {"", "x", "\n", "<", "{"}) EXPECT_NO_THROW(target.feed(bytes)) << target.name;
}

}  // namespace
}  // namespace raccordo::fuzz
