// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/library_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LibraryWatching : public ::testing::Test {
 protected:
  std::vector<std::string> look(const std::string& stamp) {
    return watch_.replaced({{"a.so", "1"}}, {{"a.so", stamp}});
  }
  LibraryWatch watch_;
};

TEST_F(LibraryWatching, tells_another_file_once_it_stood_still) {
  EXPECT_THAT(look("1"), IsEmpty());
  EXPECT_THAT(look("2"), IsEmpty()) << "it may still be written";
  EXPECT_THAT(look("3"), IsEmpty());
  EXPECT_THAT(look("3"), ElementsAre("a.so"));
  EXPECT_THAT(look("3"), IsEmpty()) << "it was told";
}

TEST_F(LibraryWatching, tells_each_further_one) {
  look("2"), look("2"), look("3");
  EXPECT_THAT(look("3"), ElementsAre("a.so"));
  look("2");
  EXPECT_THAT(look("2"), ElementsAre("a.so")) << "put back, it may be good again";
}

TEST_F(LibraryWatching, tells_the_same_one_again_when_the_described_one_was_back_in_between) {
  look("2"), look("2"), look("1"), look("2");
  EXPECT_THAT(look("2"), ElementsAre("a.so"));
}

TEST_F(LibraryWatching, tells_that_one_is_gone) {
  look("1"), look("");
  EXPECT_THAT(look(""), ElementsAre("a.so"));
  EXPECT_THAT(look(""), IsEmpty());
}

TEST_F(LibraryWatching, says_nothing_of_what_was_described_as_it_is) {
  look("2");
  EXPECT_THAT(watch_.replaced({{"a.so", "2"}}, {{"a.so", "2"}}), IsEmpty());
}

}  // namespace
}  // namespace raccordo
