// SPDX-License-Identifier: EUPL-1.2
// What partners sent and could not be processed does not lie in the data folder as it came, once there are
// keys.
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "tests/integration/hub_folder.hpp"

namespace raccordo::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Invented, and planted in a record that cannot be processed.
constexpr auto kPlanted = "RSSMRA80A41H501W";

class SealedParked : public ::testing::Test {
 protected:
  SealedParked() {
    hub.write("in/albo.csv", std::string("id,nome,note\n1,,") + kPlanted + "\n");
    translate_name_from("nome");
  }

  void translate_name_from(const std::string& column) {
    hub.write("albo.yaml",
              "mapping: 1\ninput: {format: csv}\nentities:\n  - service:\n      id: {column: id}\n"
              "      name: {column: " +
                  column + "}\n");
  }
  void configure(const std::string& more) {
    hub.configure(
        "  - id: albo\n    plugin: mapping\n    options: {mapping: albo.yaml}\n"
        "    from: {files: {path: in/*.csv}}\n",
        more);
  }

  // All bytes of the store, with what SQLite keeps beside it.
  std::string stored() const {
    std::string bytes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(hub.path("var"))) {
      std::ifstream file(entry.path(), std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(file), {});
    }
    return bytes;
  }

  HubFolder hub;
};

TEST_F(SealedParked, lies_in_the_clear_without_keys) {
  configure("");
  (void)hub.once(3);
  EXPECT_THAT(stored(), HasSubstr(kPlanted));
}

TEST_F(SealedParked, is_shown_and_put_through_again_and_lies_nowhere_in_the_clear) {
  ASSERT_EQ(hub.raccordo({"keys", "new", "people.key"}).exit, 0);
  configure("people: {keys: people.key}\n");
  (void)hub.once(3);
  EXPECT_THAT(stored(), Not(HasSubstr(kPlanted)));
  EXPECT_THAT(hub.raccordo({"parked", "show", "1", "--config", "hub.yaml"}).out, HasSubstr(kPlanted));

  translate_name_from("id");
  const auto replayed = hub.raccordo({"parked", "replay", "1", "--config", "hub.yaml"});
  EXPECT_EQ(replayed.exit, 0) << replayed.err;
  EXPECT_EQ(hub.parked().size(), 0u);
  EXPECT_THAT(stored(), Not(HasSubstr(kPlanted)));
}

TEST_F(SealedParked, is_kept_for_the_day_when_the_key_is_back) {
  ASSERT_EQ(hub.raccordo({"keys", "new", "people.key"}).exit, 0);
  configure("people: {keys: people.key}\n");
  (void)hub.once(3);
  configure("");
  const auto shown = hub.raccordo({"parked", "show", "1", "--config", "hub.yaml"});
  EXPECT_THAT(shown.out, AllOf(HasSubstr("sealed (xchacha20poly1305)"), HasSubstr("people.keys"),
                               Not(HasSubstr(kPlanted))));
  translate_name_from("id");
  EXPECT_THAT(hub.raccordo({"parked", "replay", "1", "--config", "hub.yaml"}).err, HasSubstr("people.keys"));
  configure("people: {keys: people.key}\n");
  EXPECT_EQ(hub.raccordo({"parked", "replay", "1", "--config", "hub.yaml"}).exit, 0);
}

}  // namespace
}  // namespace raccordo::testing
