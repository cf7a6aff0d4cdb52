// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/field_checks.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/model/tests/vectors.hpp"

namespace raccordo {
namespace {

using Check = bool (*)(std::string_view);

void accepts(Check check, std::initializer_list<std::string_view> texts) {
  for (const auto text : texts) EXPECT_TRUE(check(text)) << text;
}
void refuses(Check check, std::initializer_list<std::string_view> texts) {
  for (const auto text : texts) EXPECT_FALSE(check(text)) << text;
}

TEST(Dates, must_exist) {
  accepts(is_date, {"2026-01-31", "2024-02-29", "2000-02-29", "0001-01-01"});
  refuses(is_date, {"2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-01-00",
                    "2026-1-1", "31-01-2026", "2026/01/31", "2026-01-31T", "", "2026-01-3 "});
}

TEST(Times, are_rfc_3339) {
  accepts(is_time, {"00:00:00", "23:59:60", "10:00:00Z", "10:00:00.123+01:00"});
  refuses(is_time, {"24:00:00", "10:00", "10:60:00", "10:00:00+1:00", "10:00:00.", "1:00:00", ""});
  accepts(is_date_time, {"2023-03-15T10:30:45.123Z", "2023-03-15T10:30:45+01:00"});
  refuses(is_date_time, {"2023-03-15", "2023-03-15T10:30:45", "2023-02-30T10:30:45Z", "2023-03-15 10:30:45Z",
                         "2023-03-15T10:30:45Zx", "2023-03-15T10:30:45z"});
}

TEST(EmailAddresses, are_a_dot_atom_and_a_domain_with_a_dot) {
  accepts(is_email, {"info@rsamartinozanchi.it", "a.b+c@x-y.example.org", "o'neil@example.it", "a@1.it"});
  refuses(is_email, {"",
                     "@",
                     "a@",
                     "@b.it",
                     "a@b",
                     "a b@c.it",
                     "a@b..it",
                     ".a@b.it",
                     "a.@b.it",
                     "a..b@c.it",
                     "a@-b.it",
                     "a@b-.it",
                     "a@b.1",
                     "a@b.it ",
                     "a@b@c.it",
                     "\"a b\"@c.it",
                     "a@[127.0.0.1]",
                     "a@b_c.it",
                     "a@b.it;c@d.it",
                     "è@b.it"});
  EXPECT_TRUE(is_email(std::string(64, 'a') + "@b.it"));
  EXPECT_FALSE(is_email(std::string(65, 'a') + "@b.it"));
  EXPECT_FALSE(is_email("a@" + std::string(64, 'b') + ".it"));
}

TEST(WebAddresses, are_absolute) {
  accepts(is_url, {"http://example.com", "https://www.comune.lecco.it/servizi?id=1&x=%20#a",
                   "http://localhost:8080/", "http://[2001:db8::1]/x"});
  refuses(is_url, {"", "www.example.com", "http://", "http:///x", "ftp://example.com", "javascript:alert(1)",
                   "http://a b.it", "http://user:pass@example.com", "http://example.com/%zz",
                   "http://example.com:123456", "http://ex\"ample.com", "https://città.it",
                   "HTTP://example.com\n", "http://[::1", "http://example.com:8o"});
}

TEST(Languages, have_the_shape_of_bcp_47) {
  accepts(is_language, {"it", "en-GB", "eng", "zh-Hant-TW", "de-1996"});
  refuses(is_language, {"", "i", "italiano-", "it_IT", "123", "it--IT", "inglesissimo", "it IT"});
}

// The cells of one column of an RFC 4180 file, header left out.
std::vector<std::string> column(std::string_view csv, std::size_t wanted) {
  std::vector<std::string> cells;
  std::string cell;
  std::size_t at_column = 0, row = 0;
  bool quoted = false;
  const auto end_cell = [&] {
    if (row > 0 && at_column == wanted) cells.push_back(cell);
    cell.clear();
    ++at_column;
  };
  for (const char c : csv) {
    if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      end_cell();
    } else if (!quoted && c == '\n') {
      end_cell(), at_column = 0, ++row;
    } else if (quoted || c != '\r') {
      cell += c;
    }
  }
  return cells;
}

TEST(EmailAddresses, of_a_real_register_are_valid_as_they_stand_in_19_of_606_cells) {
  std::ifstream file(vectors() / "lombardia-rsa" / "rsa-accreditate.csv", std::ios::binary);
  if (!file) GTEST_SKIP() << "lombardia-rsa/rsa-accreditate.csv is not in " << vectors();
  const std::string csv{std::istreambuf_iterator<char>(file), {}};
  std::size_t filled = 0, valid = 0;
  for (const auto& cell : column(csv, 8)) filled += !cell.empty(), valid += is_email(cell);
  EXPECT_EQ(filled, 606u);
  EXPECT_EQ(valid, 19u);
}

TEST(Municipalities, have_six_digits) {
  EXPECT_TRUE(is_municipality("019036"));
  for (const auto* wrong : {"", "19036", "0190360", "01903a", "000000", " 19036"})
    EXPECT_FALSE(is_municipality(wrong));
}

TEST(Pseudonyms, hold_no_tax_code_and_are_no_address) {
  for (const auto* good : {"P-0001", "c2f1e9", "titolare 7", "RSSMRA85T10A562X"})
    EXPECT_TRUE(is_pseudonym(good)) << good;
  for (const auto* bad : {"RSSMRA85T10A562S", "rssmra85t10a562s", "TIT:RSSMRA85T10A562S/1",
                          "RSSMRA85T10A56NH", "maria@example.it"})
    EXPECT_FALSE(is_pseudonym(bad)) << bad;
}

TEST(CanonicalIds, are_written_in_small_letters) {
  EXPECT_TRUE(has_form_of(FieldType::kUuid, "621c2df6-a9c6-53d9-8ed4-994213e93f71"));
  EXPECT_FALSE(has_form_of(FieldType::kUuid, "621C2DF6-A9C6-53D9-8ED4-994213E93F71"));
  EXPECT_FALSE(has_form_of(FieldType::kUuid, "621c2df6"));
}

TEST(Form, of_a_text_follows_from_the_type_of_its_field) {
  EXPECT_TRUE(has_form_of(FieldType::kDate, "2026-03-31"));
  EXPECT_FALSE(has_form_of(FieldType::kDate, "31/03/2026"));
  EXPECT_FALSE(has_form_of(FieldType::kTime, "9.30"));
  EXPECT_FALSE(has_form_of(FieldType::kVatNumber, "12345678901"));
  EXPECT_TRUE(has_form_of(FieldType::kText, "31/03/2026")) << "a text has no form of its own";
  EXPECT_TRUE(has_form_of(FieldType::kCountry, "zz")) << "a code is looked up elsewhere";
}

}  // namespace
}  // namespace raccordo
