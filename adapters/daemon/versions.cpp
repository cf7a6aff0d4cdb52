// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/versions.hpp"

#include <Poco/Environment.h>
#include <fmt/core.h>
#include <librdkafka/rdkafka.h>
#include <sqlite3.h>
#include <boost/version.hpp>
#include <pugixml.hpp>

namespace raccordo {
namespace {

std::string poco_version() {
  const auto version = Poco::Environment::libraryVersion();
  return fmt::format("{}.{}.{}", version >> 24, version >> 16 & 0xff, version >> 8 & 0xff);
}

}  // namespace

std::string hub_version() { return RACCORDO_VERSION; }

std::vector<std::pair<std::string, std::string>> library_versions() {
  return {
      {"SQLite", sqlite3_libversion()},
      {"librdkafka", rd_kafka_version_str()},
      {"POCO", poco_version()},
      {"Boost",
       fmt::format("{}.{}.{}", BOOST_VERSION / 100'000, BOOST_VERSION / 100 % 1'000, BOOST_VERSION % 100)},
      {"pugixml", fmt::format("{}.{}", PUGIXML_VERSION / 1'000, PUGIXML_VERSION % 1'000 / 10)},
  };
}

}  // namespace raccordo
