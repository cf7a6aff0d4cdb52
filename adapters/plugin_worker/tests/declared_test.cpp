// SPDX-License-Identifier: EUPL-1.2
// What a plugin says of itself: what is refused, bounded, cut.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/plugin_worker/description.hpp"
#include "adapters/plugin_worker/option_checks.hpp"
#include "adapters/plugin_worker/readable.hpp"

namespace raccordo {
namespace {

TEST(Readable, turns_control_characters_and_broken_utf8_into_plain_text) {
  EXPECT_EQ(readable("a\nb\tc"), "a b c");
  EXPECT_EQ(readable("caff\xe8"), "caff?");
  EXPECT_EQ(readable("caffè"), "caffè");
}

TEST(Readable, words_that_are_too_long_are_cut_between_characters_and_keep_both_languages) {
  EXPECT_EQ(beginning("caffè", 5), "caff");
  EXPECT_EQ(beginning("caffè", 6), "caffè");
  EXPECT_EQ(beginning_of_words("perché no \u2044 why not", 100), "perché no \u2044 why not");
  EXPECT_EQ(beginning_of_words("perché no \u2044 why not", 12), "perch \u2044 why no");
  EXPECT_EQ(beginning_of_words("in one language", 6), "in one");
}

TEST(PluginNames, are_lower_case_and_begin_with_a_letter) {
  EXPECT_TRUE(is_name("mapping_2"));
  EXPECT_TRUE(is_name("booking.request.v1", "."));
  for (const auto* wrong : {"", "2x", "Mapping", "a b", "a.b", "è"}) EXPECT_FALSE(is_name(wrong)) << wrong;
  EXPECT_FALSE(is_name(std::string(65, 'a')));
}

TEST(PluginVersions, are_semantic) {
  for (const auto* right : {"1.2.3", "0.1.0-rc.1", "1.0.0+build"}) EXPECT_TRUE(is_version(right)) << right;
  for (const auto* wrong : {"", "1", "1.2", "v1.2.3", "1.2.3 beta"}) EXPECT_FALSE(is_version(wrong)) << wrong;
}

TEST(PluginOptions, are_refused_for_what_is_wrong_with_them) {
  PluginOption option;
  option.type = OptionType::kInteger;
  option.default_value = "many";
  EXPECT_EQ(what_is_wrong_with(option).it, "il valore predefinito «many» non è del suo tipo");
  option.default_value = "5";
  EXPECT_TRUE(what_is_wrong_with(option).empty());
  option.min = 6;
  EXPECT_EQ(what_is_wrong_with(option).en, "its default 5 is outside its bounds");
  option.max = 3;
  EXPECT_EQ(what_is_wrong_with(option).en, "its minimum 6 is above its maximum 3");
  option = {};
  option.type = OptionType::kChoice;
  EXPECT_EQ(what_is_wrong_with(option).en, "a choice without choices");
  option.choices = {"a", "b"};
  option.default_value = "c";
  EXPECT_EQ(what_is_wrong_with(option).en, "its default \"c\" is not of its type");
  option.type = static_cast<OptionType>(99);
  EXPECT_EQ(what_is_wrong_with(option).en, "unknown type: 99");
  option = {.type = OptionType::kSize, .default_value = "64MiB"};
  EXPECT_TRUE(what_is_wrong_with(option).empty());
}

// Declares no more than it must.
raccordo_plugin smallest_plugin() {
  const auto text = [](std::string_view words) { return raccordo_bytes{words.data(), words.size()}; };
  raccordo_plugin plugin{};
  plugin.struct_size = sizeof plugin;
  plugin.abi_major = RACCORDO_ABI_MAJOR;
  plugin.name = text("smallest");
  plugin.version = text("1.0.0");
  plugin.licence = text("EUPL-1.2");
  plugin.inputs = 1u << RACCORDO_INPUT_RECORD;
  plugin.create = [](const raccordo_host*, const raccordo_options*) -> void* { return nullptr; };
  plugin.handle = [](void*, const raccordo_input*) { return RACCORDO_DONE; };
  plugin.destroy = [](void*) {};
  return plugin;
}

TEST(PluginFraming, that_is_not_declared_means_no_records) {
  const auto plugin = smallest_plugin();
  const auto description = read_description("/p.so", &plugin);
  ASSERT_TRUE(description.ok());
  EXPECT_EQ(description->framing.format, Format::kNone);
}

TEST(PluginFraming, of_a_later_contract_is_read_as_far_as_it_is_known) {
  struct {
    raccordo_framing known{sizeof known + 16, RACCORDO_FORMAT_CSV, {}, {}, {}, {}, 4, 2};
    raccordo_bytes appended{"later", 5};
  } later;
  auto plugin = smallest_plugin();
  plugin.framing = &later.known;
  const auto description = read_description("/p.so", &plugin);
  ASSERT_TRUE(description.ok());
  EXPECT_EQ(description->framing.format, Format::kCsv);
  EXPECT_EQ(description->framing.header_row, 4u);
  EXPECT_EQ(description->framing.header_rows, 2u);
}

TEST(PluginFraming, in_a_short_struct_is_refused_with_both_sizes) {
  const raccordo_framing framing{8, RACCORDO_FORMAT_CSV, {}, {}, {}, {}, 1, 1};
  auto plugin = smallest_plugin();
  plugin.framing = &framing;
  const auto description = read_description("/p.so", &plugin);
  ASSERT_FALSE(description.ok());
  EXPECT_EQ(description.error().message.en,
            "plugin /p.so refused: framing: struct_size is 8, at least 80 is needed");
  EXPECT_EQ(description.error().message.it,
            "plugin /p.so rifiutato: framing: struct_size è 8, deve essere almeno 80");
}

}  // namespace
}  // namespace raccordo
