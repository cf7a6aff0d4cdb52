// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/versions.hpp"

#include <Poco/Environment.h>
#include <curl/curl.h>
#include <fmt/core.h>
#include <libpq-fe.h>
#include <librdkafka/rdkafka.h>
#include <libssh2.h>
#include <openssl/crypto.h>
#include <seccomp.h>
#include <simdjson.h>
#include <sodium/version.h>
#include <spdlog/version.h>
#include <sqlite3.h>
#include <xxhash.h>
#include <zip.h>
#include <boost/version.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace raccordo {
namespace {

std::string dotted(std::uint64_t major, std::uint64_t minor, std::uint64_t patch) {
  return fmt::format("{}.{}.{}", major, minor, patch);
}

// Digits in groups of two: 10903 is 1.9.3.
std::string of_pairs(std::uint64_t version) {
  return dotted(version / 10'000, version / 100 % 100, version % 100);
}

std::string poco_version() {
  const auto version = Poco::Environment::libraryVersion();
  return dotted(version >> 24, version >> 16 & 0xff, version >> 8 & 0xff);
}

std::string seccomp_version_text() {
  const auto* const version = seccomp_version();
  return version == nullptr ? "?" : dotted(version->major, version->minor, version->micro);
}

}  // namespace

std::string hub_version() { return RACCORDO_VERSION; }

// Of shared libraries the version that runs, of headers the one that was compiled. yaml-cpp, prometheus-cpp
// and CLI11 are missing: they do not tell theirs, or only where they are used.
std::vector<std::pair<std::string, std::string>> library_versions() {
  return {
      {"SQLite", sqlite3_libversion()},
      {"libpq", fmt::format("{}.{}", PQlibVersion() / 10'000, PQlibVersion() % 10'000)},
      {"librdkafka", rd_kafka_version_str()},
      {"libcurl", curl_version_info(CURLVERSION_NOW)->version},
      {"libssh2", libssh2_version(0)},
      {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
      {"libsodium", sodium_version_string()},
      {"libzip", zip_libzip_version()},
      {"libseccomp", seccomp_version_text()},
      {"xxHash", of_pairs(XXH_versionNumber())},
      {"POCO", poco_version()},
      {"Boost", dotted(BOOST_VERSION / 100'000, BOOST_VERSION / 100 % 1'000, BOOST_VERSION % 100)},
      {"pugixml", fmt::format("{}.{}", PUGIXML_VERSION / 1'000, PUGIXML_VERSION % 1'000 / 10)},
      {"nlohmann-json",
       dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)},
      {"simdjson", dotted(simdjson::SIMDJSON_VERSION_MAJOR, simdjson::SIMDJSON_VERSION_MINOR,
                          simdjson::SIMDJSON_VERSION_REVISION)},
      {"spdlog", dotted(SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH)},
      {"fmt", of_pairs(FMT_VERSION)},
  };
}

}  // namespace raccordo
