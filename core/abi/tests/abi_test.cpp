// SPDX-License-Identifier: Apache-2.0
// The contract from C: the same layout in both languages, and a plugin in C11 that keeps every rule.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/sdk/testing.hpp"

extern "C" std::size_t abi_plugin_size_c();
std::size_t abi_plugin_size_cpp();

namespace raccordo {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(Contract, has_one_layout_in_c_and_in_cpp) { EXPECT_EQ(abi_plugin_size_c(), abi_plugin_size_cpp()); }

TEST(PluginInC, states_a_service_for_a_row) {
  FakeHost host(raccordo_plugin_entry());
  EXPECT_THAT(host.row({{"NOME", "Airone"}}).published,
              ElementsAre(Published{"service", R"({"id":"Airone","name":"Airone"})"}));
}

TEST(PluginInC, rejects_a_name_beyond_its_option) {
  FakeHost host(raccordo_plugin_entry(), {{"most", "3"}});
  EXPECT_THAT(host.row({{"NOME", "Airone"}}).rejected, SizeIs(1));
}

}  // namespace
}  // namespace raccordo

RACCORDO_CONFORMANCE({raccordo_plugin_entry(),
                      {{"most", "40"}},
                      {raccordo::Sample::row({{"NOME", "Airone"}, {"POSTI", "4"}}),
                       raccordo::Sample::row({{"NOME", ""}, {"POSTI", "4"}})}});
