// SPDX-License-Identifier: EUPL-1.2
// A partner whose register stands on a web server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/ports/testing/temp_folder.hpp"
#include "tests/integration/hub_folder.hpp"
#include "tests/partner/own_certificate.hpp"
#include "tests/partner/web_partner.hpp"

namespace raccordo::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class WebSource : public ::testing::Test {
 protected:
  WebSource() {
    hub.write("albo.yaml",
              "mapping: 1\ninput: {format: csv, separator: \";\"}\nentities:\n  - organization:\n"
              "      id: {column: id}\n      name: {column: nome}\n      kind: social_cooperative_a\n");
    hub.write("secrets/albo", "chiave-segreta");
    std::filesystem::permissions(hub.path("secrets/albo"),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }

  // A connector `albo` that reads `url`; `more` are further lines of `http`.
  void configure(const std::string& url, const std::string& more = "") {
    hub.configure(
        "  - id: albo\n    plugin: mapping\n    options: {mapping: albo.yaml}\n    from:\n      http:\n      "
        "  url: " +
            url + "\n        snapshot: complete\n        networks: [127.0.0.1]\n" + more,
        "secrets: {folder: secrets}\n");
  }

  HubFolder hub;
  std::string rows_ =
      "id;nome\n1;Airone\n2;Cooperativa "
      "Perch\xE9\n3;Brezza\n4;Faro\n5;Onda\n6;Riva\n7;Sole\n8;Luna\n9;Mare\n10;Valle\n11;Prato\n";
  int status_ = 200;
  std::string etag_ = "\"1\"";
};

TEST_F(WebSource, is_read_once_and_then_only_when_it_changes) {
  WebPartner web([this](const Asked& asked) {
    if (status_ != 200) return Reply{status_, {}, ""};
    const auto known = asked.headers.find("if-none-match");
    if (known != asked.headers.end() && known->second == etag_) return Reply{304, {}, ""};
    return Reply{200, {{"ETag", etag_}, {"Content-Type", "text/csv; charset=windows-1252"}}, rows_};
  });
  configure(web.url("/albo.csv"));
  EXPECT_EQ(told(hub.once(), "albo"), "received 11 delivered 11 entities 11");
  EXPECT_THAT(hub.raccordo({"events", "organizations", "--config", "hub.yaml", "--json"}).out,
              HasSubstr("Perché"));
  EXPECT_EQ(told(hub.once(), "albo"), "received 11 unchanged 11");
  EXPECT_EQ(web.asked().back().headers.at("if-none-match"), "\"1\"");

  rows_.erase(rows_.find("11;Prato"));
  etag_ = "\"2\"";
  EXPECT_EQ(told(hub.once(), "albo"), "received 10 unchanged 10 deleted 1");

  status_ = 404;
  const auto gone = hub.raccordo({"run", "hub.yaml", "--once", "--json"});
  EXPECT_EQ(gone.exit, 74) << gone.err;
  EXPECT_THAT(gone.err, HasSubstr("404"));
  status_ = 503;
  EXPECT_EQ(hub.raccordo({"run", "hub.yaml", "--once", "--json"}).exit, 75);
  status_ = 200;
  EXPECT_EQ(told(hub.once(), "albo"), "received 10 unchanged 10") << "nothing was deleted meanwhile";
}

TEST_F(WebSource, is_let_in_with_its_secret_which_appears_nowhere) {
  const TempFolder folder;
  const auto own = own_certificate(folder.path().string());
  WebPartner web(
      [this](const Asked& asked) {
        const auto key = asked.headers.find("x-api-key");
        return key != asked.headers.end() && key->second == "chiave-segreta"
                   ? Reply{200, {}, "id;nome\n1;Airone\n"}
                   : Reply{401, {}, ""};
      },
      {own.certificate, own.key});
  configure(web.url("/albo.csv"),
            "        tls: {ca: " + own.certificate +
                "}\n        auth: {header: {name: X-Api-Key, value: {secret: albo}}}\n");
  EXPECT_EQ(told(hub.once(), "albo"), "received 1 delivered 1 entities 1");
  hub.write("secrets/albo", "altra-chiave");
  const auto refused = hub.raccordo({"run", "hub.yaml", "--once"});
  EXPECT_THAT(refused.err, HasSubstr("401"));
  EXPECT_THAT(refused.err, Not(HasSubstr("altra-chiave")));
  EXPECT_EQ(refused.exit, 74);
}

TEST_F(WebSource, inside_our_own_network_is_reached_only_if_that_was_said) {
  WebPartner web([](const Asked&) { return Reply{200, {}, "id;nome\n1;Airone\n"}; });
  configure(web.url("/albo.csv"));
  auto text = hub.read("hub.yaml");
  text.erase(text.find("        networks: [127.0.0.1]\n"),
             std::string("        networks: [127.0.0.1]\n").size());
  hub.write("hub.yaml", text);
  const auto refused = hub.raccordo({"run", "hub.yaml", "--once"});
  EXPECT_NE(refused.exit, 0);
  EXPECT_THAT(refused.err, HasSubstr("127.0.0.1"));
  EXPECT_THAT(refused.err, HasSubstr("networks"));
}

TEST_F(WebSource, misses_its_secret_before_anything_is_asked) {
  configure("https://partner.example/albo.csv", "        auth: {bearer: {secret: manca}}\n");
  const auto checked = hub.raccordo({"check", "hub.yaml"});
  EXPECT_EQ(checked.exit, 78);
  EXPECT_THAT(checked.out + checked.err, HasSubstr("manca"));
}

TEST_F(WebSource, is_checked_before_anything_is_asked) {
  configure("http://partner.example/albo.csv",
            "        hosts: [a.example]\n        auth: {bearer: {secret: albo}, basic: {user: a, password: "
            "{secret: albo}}}\n");
  const auto checked = hub.raccordo({"check", "hub.yaml"});
  EXPECT_EQ(checked.exit, 78);
  EXPECT_THAT(checked.out + checked.err, HasSubstr("several ways together"));
  EXPECT_THAT(checked.out + checked.err, HasSubstr("in the clear"));
}

TEST_F(WebSource, that_never_stands_still_is_asked_for_three_times_and_said) {
  int moment = 0;
  WebPartner web([&](const Asked&) { return Reply{200, {}, rows_ + std::to_string(++moment) + ";Ora\n"}; });
  configure(web.url("/albo.csv"));
  EXPECT_EQ(told(hub.once(), "albo"), "nothing");
  EXPECT_EQ(web.asked().size(), 3u);
  EXPECT_THAT(hub.raccordo({"findings", "hub.yaml"}).out, HasSubstr("it will be read next time"));
}

TEST_F(WebSource, leaves_nothing_of_a_connector_that_was_taken_away) {
  WebPartner web([this](const Asked&) { return Reply{200, {{"ETag", etag_}}, rows_}; });
  configure(web.url("/albo.csv"));
  (void)hub.once();
  ASSERT_TRUE(std::filesystem::exists(hub.path("var/spool/albo")));
  hub.configure("  []\n");
  (void)hub.once();
  EXPECT_FALSE(std::filesystem::exists(hub.path("var/spool/albo")));
}

}  // namespace
}  // namespace raccordo::testing
