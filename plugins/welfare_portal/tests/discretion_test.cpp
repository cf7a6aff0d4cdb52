// SPDX-License-Identifier: EUPL-1.2
// What is said about people goes into commands and nowhere else, whatever a portal or a hub sends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "plugins/welfare_portal/tests/portal_host.hpp"

namespace welfare_portal {
namespace {

using namespace raccordo;
using Json = nlohmann::json;

constexpr const char* kPlanted[] = {"RSSMRA85T10A562S", "rssmra85t10a562s", "Giuseppina", "Melograni"};

// A request as a portal may write it, right in most places and wrong in some, with people where they belong
// and where they do not.
class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}

  std::string path() {
    static const std::vector<std::string> paths{"/quotes",
                                                "/enquiries",
                                                "/bookings/P-1/cancel",
                                                "/bookings/P-1/reschedule",
                                                "/enquiries/D-7/convert",
                                                "/elsewhere",
                                                "/enquiries/D-7/close",
                                                "/bookings/P-1/accept-place",
                                                "/bookings/P-1/confirm"};
    if (one_in(12)) return "/bookings/" + tax_code() + "/cancel";
    return one_in(2) ? "/bookings" : paths[below(paths.size())];
  }

  std::string body(const std::string& path) {
    Json body = Json::object();
    if (path == "/bookings")
      body = {{"id", "P-1"},
              {"offer", kOffer},
              {"kind", "enrolment"},
              {"from", "2027-01-07"},
              {"people", people()}};
    if (path == "/enquiries")
      body = {{"id", "D-7"}, {"service", kOffer}, {"people", {{"applicant", person()}, {"text", planted()}}}};
    if (path.ends_with("/convert"))
      body["request"] = {{"from", "2027-01-07"}, {"kind", "enrolment"}, {"people", people()}};
    if (path.ends_with("/cancel")) body["reason"] = {{"code", "x"}, {"text", planted()}};
    if (one_in(2)) return body.dump();
    for (const auto* name :
         {"offer", "kind", "from", "people", "reason", "start", "sessions", "service", "wallet"})
      if (one_in(4)) body[name] = anything();
    if (one_in(4)) body["id"] = tax_code();  // a name can be an id: the portal must not make it one
    if (one_in(4)) body[planted()] = anything();
    auto text = body.dump();
    if (one_in(10)) text.resize(below(text.size() + 1));
    return text;
  }

  Json people() {
    return {{"applicant", person()}, {"beneficiary", one_in(8) ? anything() : person()}, {"note", planted()}};
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::size_t below(std::size_t n) { return random_() % n; }

 private:
  std::string tax_code() { return kPlanted[below(2)]; }
  std::string planted() { return kPlanted[below(std::size(kPlanted))]; }
  Json person() {
    Json person{{"fiscal_code", kPlanted[0]}, {"name", kPlanted[2]}, {"surname", kPlanted[3]}};
    if (one_in(10)) person["birth_date"] = planted();
    if (one_in(10)) person["email"] = planted();
    if (one_in(10)) person[planted()] = planted();
    return person;
  }
  Json anything() {
    switch (below(4)) {
      case 0:
        return planted();
      case 1:
        return Json::array({planted(), 7});
      case 2:
        return {{planted(), planted()}};
      default:
        return 7;
    }
  }

  std::mt19937_64 random_;
};

void expect_nobody_in(const std::vector<std::string>& lines, std::uint64_t seed) {
  for (const auto& line : lines)
    for (const auto* planted : kPlanted)
      EXPECT_EQ(line.find(planted), std::string::npos) << "seed " << seed << ": " << line;
}

TEST(Discretion, of_requests_only_commands_name_people) {
  PortalHost host;
  int commands = 0, refusals = 0, named = 0;
  for (std::uint64_t seed = 1; seed <= 3'000; ++seed) {
    Writer writer(seed);
    const auto path = writer.path();
    auto answer = host.post(path, writer.body(path), {{"X-Person", kPlanted[2]}});
    std::vector<std::string> lines{answer.words};
    for (const auto& line : answer.story) {
      if (!line.starts_with("command ")) lines.push_back(line);
      named += line.starts_with("command ") && line.find(kPlanted[0]) != std::string::npos;
    }
    for (const auto& command : answer.commanded) lines.push_back(command.context);
    commands += !answer.commanded.empty();
    refusals += !answer.responded.empty();
    expect_nobody_in(lines, seed);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(commands, 100);
  EXPECT_GT(refusals, 100);
  EXPECT_GT(named, 100) << "or nothing is shown";
}

TEST(Discretion, of_outcomes_and_facts_nothing_names_people) {
  PortalHost host;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Writer writer(seed);
    Json data{{"id", kCase},
              {"kind", "slot"},
              {"offer", kOffer},
              {"requested_id", "P-1"},
              {"revision", 2},
              {"state", writer.one_in(2) ? "confirmed" : "refused"},
              {"people", writer.people()},
              {"holder", kPlanted[0]},
              {"hub", {{"holder", kPlanted[2]}}}};
    if (writer.one_in(5)) data.erase("revision");
    std::vector<std::string> lines;
    for (const auto& answer :
         {host.handle(accepted(data.dump(), 2, "booking.cancel.v1", "P-1")),
          host.handle(accepted(data.dump(), 2, "enquiry.close.v1", "P-1")),
          host.event("booking", kCase, data.dump()), host.event("enquiry", kCase, data.dump()),
          host.event("wallet", kCase, data.dump())})
      lines.insert(lines.end(), answer.story.begin(), answer.story.end());
    EXPECT_EQ(lines.size(), 5u);
    expect_nobody_in(lines, seed);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace welfare_portal
