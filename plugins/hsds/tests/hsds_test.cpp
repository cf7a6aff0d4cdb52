// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/sdk/plugin.hpp"
#include "raccordo/sdk/testing.hpp"

extern "C" const raccordo_plugin* raccordo_plugin_entry(void);

namespace hsds {
namespace {

using namespace raccordo;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kId = "5f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b11";

std::vector<std::string> lost(const Answer& answer) {
  std::vector<std::string> paths;
  for (const auto& finding : answer.findings)
    if (finding.code == "field_lost") paths.push_back(finding.field);
  return paths;
}

TEST(Hsds, counts_the_lost_fields_that_it_does_not_list) {
  const auto last_of = [](int fields) {
    FakeHost host(raccordo_plugin_entry(), {{"layout", "lines"}});
    std::string service = R"({"id":"1","name":"Casa","status":"active")";
    for (int i = 0; i < fields; ++i) service += fmt::format(R"(,"unknown_{}":"x")", i);
    const auto answer = host.document(service + "}");
    return answer.findings.empty() ? std::string() : answer.findings.back().text;
  };
  EXPECT_EQ(last_of(201), "1 altro campo perso ⁄ 1 more field lost");
  EXPECT_EQ(last_of(202), "2 altri campi persi ⁄ 2 more fields lost");
}

TEST(Hsds, states_a_service_with_its_provider_and_an_offer_for_each_cost) {
  FakeHost host(raccordo_plugin_entry(), {{"layout", "lines"}});
  const auto answer = host.document(
      R"({"id":"s1","name":"Nido Girasole","status":"temporarily closed","url":"https://example.it",)"
      R"("organization":{"id":"o1","name":"Coop Girasole"},)"
      R"("cost_options":[{"id":"c1","amount":12.5,"currency":"eur","option":"residenti"}]})");
  EXPECT_THAT(
      answer.published,
      ElementsAre(
          Published{"organization", R"({"id":"o1","name":"Coop Girasole"})"},
          Published{"service",
                    R"({"cost_options":[{"amount":12.5,"currency":"EUR","id":"c1","option":"residenti"}],)"
                    R"("id":"s1","name":"Nido Girasole","organization":"o1",)"
                    R"("status":"temporarily_closed","website":"https://example.it"})"},
          Published{"offer", R"({"channel":"pay","description":"residenti","id":"c1",)"
                             R"("price":{"cents":1250,"currency":"EUR"},"service":"s1"})"}));
  EXPECT_THAT(lost(answer), IsEmpty());
  EXPECT_TRUE(answer.accepted()) << answer;
}

TEST(Hsds, states_an_organization_with_its_services) {
  FakeHost host(raccordo_plugin_entry(), {{"layout", "object"}});
  const auto answer = host.document(
      R"({"id":"o1","name":"O","description":"d","services":[{"id":"s1","name":"S","status":"active"}],)"
      R"("organization_identifiers":[{"id":"i1","identifier_scheme":"IT-PIVA","identifier_type":"Partita IVA","identifier":"00743110157"}]})");
  ASSERT_EQ(answer.published.size(), 2u);
  EXPECT_THAT(answer.published[0].json, HasSubstr(R"("vat_number":"00743110157")"));
  EXPECT_THAT(answer.published[1].json, HasSubstr(R"("organization":"o1")"));
}

TEST(Hsds, leaves_the_provider_unstated_when_organizations_come_by_themselves) {
  FakeHost host(raccordo_plugin_entry(), {{"layout", "lines"}, {"embedded", "false"}});
  const auto answer =
      host.document(R"({"id":"s1","name":"S","status":"active","organization":{"id":"o1","name":"O"}})");
  ASSERT_EQ(answer.published.size(), 1u);
  EXPECT_THAT(answer.published[0].json, HasSubstr(R"("organization":"o1")"));
}

TEST(Hsds, lists_every_field_that_it_loses_with_its_path_and_never_its_value) {
  FakeHost host(raccordo_plugin_entry(), {{"layout", "lines"}});
  const auto answer = host.document(
      R"({"id":"s1","name":"S","status":"active","x_colour":"geheim","phones":[{"id":"p","number":"1","x":2,"service_id":"s1"},)"
      R"({"id":"q","number":"2","service_id":"s9"}],"minimum_age":"geheim","schedules":"geheim","languages":[3]})");
  EXPECT_THAT(lost(answer), testing::UnorderedElementsAre("x_colour", "phones[0].x", "phones[1].service_id",
                                                          "minimum_age", "schedules", "languages[0]"));
  for (const auto& finding : answer.findings) EXPECT_THAT(finding.text, testing::Not(HasSubstr("geheim")));
}

TEST(Hsds, takes_pages_arrays_lines_and_objects) {
  const auto framed = [](const char* layout) {
    return FakeHost(raccordo_plugin_entry(), {{"layout", layout}}).framed();
  };
  EXPECT_EQ(framed("page").format, RACCORDO_FORMAT_JSON);
  EXPECT_EQ(framed("page").path, "contents");
  EXPECT_EQ(framed("array").path, "");
  EXPECT_EQ(framed("lines").format, RACCORDO_FORMAT_LINES);
  EXPECT_EQ(framed("object").format, RACCORDO_FORMAT_DOCUMENT);
}

TEST(Hsds, finds_the_objects_of_a_whole_file_by_itself) {
  FakeHost host(raccordo_plugin_entry(), {{"layout", "object"}});
  const std::string service = R"({"id":"s1","name":"S","status":"active"})";
  EXPECT_EQ(host.document(service).published.size(), 1u);
  EXPECT_EQ(host.document("[" + service + "," + service + "]").published.size(), 2u);
  EXPECT_EQ(host.document("{\"total_items\":1,\"contents\":[" + service + "]}").published.size(), 1u);
}

TEST(Hsds, rejects_what_is_no_organization_or_service) {
  FakeHost host(raccordo_plugin_entry(), {{"layout", "lines"}});
  const auto code = [&](const char* body) {
    const auto answer = host.document(body);
    return answer.rejected.empty() ? std::string("accepted") : answer.rejected[0].code;
  };
  EXPECT_EQ(code("{"), "invalid_json");
  EXPECT_EQ(code(R"({"id":"1","id":"2","name":"x","status":"active"})"), "invalid_json");
  EXPECT_EQ(code("3"), "wrong_type");
  EXPECT_EQ(code(R"({"name":"x","status":"active"})"), "missing");
  EXPECT_EQ(code(R"({"id":"1","location_type":"physical","name":"x"})"), "unknown_entity");
}

TEST(Hsds, makes_ids_for_parts_that_have_none_and_fills_what_hsds_requires) {
  FakeHost host(raccordo_plugin_entry());
  const std::string data = fmt::format(
      R"({{"address":{{"city":"Lecco","street":"Via Roma 1"}},"id":"{}","name":"S","phone":"0341 1"}})", kId);
  const auto once = host.event("service", kId, data), again = host.event("service", kId, data);
  ASSERT_EQ(once.written.size(), 1u);
  EXPECT_EQ(once.written, again.written);
  EXPECT_EQ(once.written[0].file, "services");
  for (const auto* part : {R"("status":"active")", R"("number":"0341 1")", R"("address_1":"Via Roma 1")",
                           R"("country":"IT")", R"("location_type":"physical")"})
    EXPECT_THAT(once.written[0].bytes, HasSubstr(part));
}

TEST(Hsds, writes_deleted_services_as_defunct_and_cannot_say_it_of_organizations) {
  FakeHost host(raccordo_plugin_entry());
  const auto service = host.deletion("service", kId);
  ASSERT_EQ(service.written.size(), 1u);
  EXPECT_THAT(service.written[0].bytes, HasSubstr(R"("status":"defunct")"));
  EXPECT_THAT(service.written[0].bytes, HasSubstr(kId));
  const auto organization = host.deletion("organization", kId);
  EXPECT_THAT(organization.written, IsEmpty());
  EXPECT_EQ(organization.filtered.size(), 1u);
}

TEST(Hsds, writes_an_offer_as_a_cost_option_that_names_its_service) {
  FakeHost host(raccordo_plugin_entry());
  const std::string offer = fmt::format(
      R"({{"channel":"pay","description":"residenti","id":"{0}","price":{{"cents":1250,"currency":"EUR","unit":"hour"}},)"
      R"("service":"{0}","service_source_id":"7f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b11","tuir_letter":"f",)"
      R"("valid_to":"2026-12-31","x_colour":"blu"}})",
      kId);
  const auto answer = host.event("offer", kId, offer);
  ASSERT_EQ(answer.written.size(), 1u) << answer;
  EXPECT_EQ(answer.written[0].file, "cost_options");
  for (const auto* part :
       {R"("amount":12.5)", R"("currency":"EUR")", R"("option":"residenti")", R"("valid_to":"2026-12-31")",
        R"("service_id":"7f0a5f34-7f3b-4d9c-9c3e-0d0a3f9d2b11")", R"("taxonomy":"raccordo:channel")",
        R"("taxonomy":"raccordo:price_unit")", R"("taxonomy":"raccordo:tuir_letter")"})
    EXPECT_THAT(answer.written[0].bytes, HasSubstr(part));
  EXPECT_THAT(lost(answer), ElementsAre("x_colour"));
}

TEST(Hsds, says_of_what_hsds_has_no_place_for_that_it_is_not_written) {
  FakeHost host(raccordo_plugin_entry());
  const auto capacity =
      host.event("capacity", kId, fmt::format(R"({{"id":"{0}","service":"{0}","total":3}})", kId));
  EXPECT_THAT(capacity.written, IsEmpty());
  ASSERT_EQ(capacity.filtered.size(), 1u);
  EXPECT_THAT(host.deletion("offer", kId).written, IsEmpty());
  EXPECT_EQ(host.deletion("offer", kId).filtered.size(), 1u);
}

TEST(Hsds, wraps_each_object_in_a_page_when_asked) {
  FakeHost host(raccordo_plugin_entry(), {{"out_layout", "page"}});
  const auto answer = host.event("organization", kId, fmt::format(R"({{"id":"{}","name":"O"}})", kId));
  ASSERT_EQ(answer.written.size(), 1u);
  EXPECT_EQ(answer.written[0].file, "organizations");
  EXPECT_THAT(answer.written[0].bytes, HasSubstr(R"("contents":[{"description":"O")"));
}

TEST(Hsds, sends_each_object_to_the_partners_system_when_asked) {
  FakeHost host(raccordo_plugin_entry(), {{"out_layout", "requests"}});
  const auto answer = host.event("service", kId, fmt::format(R"({{"id":"{}","name":"S"}})", kId));
  EXPECT_THAT(answer.written, IsEmpty());
  ASSERT_EQ(answer.sent.size(), 1u);
  EXPECT_EQ(answer.sent[0].method, "PUT");
  EXPECT_EQ(answer.sent[0].path, fmt::format("/services/{}", kId));
  EXPECT_THAT(answer.sent[0].body, HasSubstr(R"("name":"S")"));
}

TEST(Hsds, knows_an_object_in_the_partners_system_by_the_id_that_its_deletion_will_be_told_by) {
  constexpr const char* kSourceId = "aaaaaaaa-1111-4222-8333-444444444444";
  FakeHost host(raccordo_plugin_entry(), {{"out_layout", "requests"}});
  const auto answer = host.event(
      "service", kId,
      fmt::format(R"({{"id":"{0}","name":"S","organization":"{0}","organization_source_id":"{1}","source_id":"{1}"}})",
                  kId, kSourceId));
  ASSERT_EQ(answer.sent.size(), 1u);
  EXPECT_EQ(answer.sent[0].path, fmt::format("/services/{}", kId)) << "of what vanished unseen only this id is left";
  EXPECT_THAT(answer.sent[0].body, HasSubstr(fmt::format(R"("organization_id":"{}")", kId)));
  EXPECT_THAT(answer.sent[0].body, Not(HasSubstr(kSourceId)));
}

TEST(Hsds, deletes_in_the_partners_system_what_files_of_hsds_cannot_say_is_gone) {
  FakeHost host(raccordo_plugin_entry(), {{"out_layout", "requests"}});
  for (const auto& [kind, folder] : {std::pair{"organization", "organizations"}, {"service", "services"}, {"offer", "cost_options"}}) {
    const auto answer = host.deletion(kind, kId);
    ASSERT_EQ(answer.sent.size(), 1u) << kind;
    EXPECT_EQ(answer.sent[0].method, "DELETE");
    EXPECT_EQ(answer.sent[0].path, fmt::format("/{}/{}", folder, kId));
    EXPECT_EQ(answer.sent[0].body, "");
  }
}

}  // namespace
}  // namespace hsds
