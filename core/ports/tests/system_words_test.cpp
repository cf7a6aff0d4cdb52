// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/system_words.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace raccordo {
namespace {

TEST(SystemWords, say_in_both_languages_what_the_system_refuses_most) {
  EXPECT_EQ(system_words(EACCES), (Text{"permesso negato", "Permission denied"}));
  EXPECT_EQ(system_words(ENOENT), (Text{"file o cartella inesistente", "No such file or directory"}));
  EXPECT_EQ(system_words(ENOSPC), (Text{"spazio esaurito sul disco", "No space left on device"}));
}

TEST(SystemWords, are_the_systems_own_where_there_are_no_italian_ones) {
  EXPECT_EQ(system_words(ENOTTY), as_is("Inappropriate ioctl for device"));
  EXPECT_FALSE(system_words(99'999).empty());
}

}  // namespace
}  // namespace raccordo
