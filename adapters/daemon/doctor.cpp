// SPDX-License-Identifier: EUPL-1.2
#include "adapters/daemon/doctor.hpp"

#include "adapters/clock/synchronised.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/control/control_client.hpp"
#include "adapters/daemon/backbone_of.hpp"
#include "adapters/daemon/requests_of.hpp"
#include "adapters/daemon/seals_of.hpp"
#include "adapters/daemon/sftp_server_of.hpp"
#include "adapters/daemon/store_of.hpp"
#include "adapters/daemon/web_documents_of.hpp"
#include "adapters/files/examine.hpp"
#include "adapters/files/files.hpp"
#include "adapters/http_client/examine.hpp"
#include "adapters/http_server/http_server.hpp"
#include "adapters/kafka/examine.hpp"
#include "adapters/logging/open_log.hpp"
#include "adapters/postgresql/examine.hpp"
#include "core/engine/catalogue/topics.hpp"
#include "raccordo/model/counted.hpp"

namespace raccordo {
namespace {

using Diagnoses = std::vector<Diagnosis>;

std::string joined(const std::vector<std::string>& patterns) {
  std::string out;
  for (const auto& pattern : patterns) out += (out.empty() ? "" : ", ") + pattern;
  return out;
}

Diagnosis of_files(const FilesSourceConfiguration& from) {
  auto files = files::watch(from.path);
  if (!files.ok()) return bad(std::move(files).error());
  auto look = (*files)->look({});
  if (!look.ok()) return bad(std::move(look).error());
  const auto count = look->settled.size() + look->unsettled.size();
  if (count == 0)
    return {Health::kDoubtful, say("{}: nessun file corrisponde", "{}: no file matches", joined(from.path)),
            say("va bene se il partner non ne ha ancora mandati", "fine if the partner has sent none yet")};
  const auto matching =
      counted(count, {"file corrisponde", "file matches"}, {"file corrispondono", "files match"});
  return {Health::kGood, say("{0}: {1}", "{0}: {2}", joined(from.path), matching.it, matching.en), {}};
}

Diagnoses of_web(const HttpSourceConfiguration& from, const Configuration& configuration) {
  const SystemClock clock;
  if (from.is_asked()) {
    auto site = web_site_of(from, from.max_size, configuration);
    if (!site.ok()) return {bad(std::move(site).error())};
    return http_client::examine(std::move(site).value(), clock, {});
  }
  auto documents = web_documents_of(from, configuration);
  if (!documents.ok()) return {bad(std::move(documents).error())};
  return http_client::examine(std::move(documents).value(), clock, {});
}

Diagnoses of_api(const HttpSinkConfiguration& to, const Configuration& configuration) {
  auto api = web_api_of(to, configuration);
  if (!api.ok()) return {bad(std::move(api).error())};
  const SystemClock clock;
  return http_client::examine(std::move(api->site), clock, {});
}

Diagnoses of_server(const SftpServerConfiguration& from, const std::vector<std::string>& folders,
                    const Configuration& configuration) {
  auto server = sftp_server_of(from, configuration);
  if (!server.ok()) return {bad(std::move(server).error())};
  return sftp::examine(*server, folders, {});
}

Diagnoses of_connector(const ConnectorConfiguration& connector, const Configuration& configuration) {
  if (connector.is_source()) {
    const auto& from = *connector.from;
    if (from.webhook) return {};  // it waits to be called
    if (from.http) return of_web(*from.http, configuration);
    if (from.sftp) return of_server(*from.sftp, sftp::folders_of(from.sftp->path), configuration);
    return {of_files(*from.files)};
  }
  const auto& to = *connector.to;
  if (to.http) return of_api(*to.http, configuration);
  if (to.sftp) return of_server(*to.sftp, {to.sftp->folder}, configuration);
  return {files::examine_folder(to.files->folder)};
}

Diagnoses of_store(const Configuration& configuration) {
  const auto& from = configuration.store.postgresql;
  if (!from) return {};
  auto database = database_of(*from, configuration);
  if (!database.ok()) return {bad(std::move(database).error())};
  const SystemClock clock;
  return postgresql::examine(std::move(database).value(), clock);
}

// Somebody else at the hub's own address would keep it from starting; the hub itself would not.
Diagnosis of_own(const std::string& address, const std::string& option, bool hub_runs, Log& log) {
  if (hub_runs) return {Health::kGood, say("{}: l'hub è al lavoro", "{}: the hub is at work", address), {}};
  auto opened = HttpServer::open({address, option, {}}, {}, log);
  if (!opened.ok()) return bad(std::move(opened).error());
  return {Health::kGood, say("{}: libero", "{}: free", address), {}};
}

constexpr auto kSoon = std::chrono::hours(14 * 24);

// Partners are turned away by their own programs once it has ended.
Diagnosis of_certificate(const ServerTlsConfiguration& tls) {
  const auto identity = TlsIdentity::open({tls.certificate, tls.key}, false);
  if (!identity.ok()) return bad(identity.error());
  const auto left = (*identity)->expires() - SystemClock().now();
  const auto days = std::chrono::duration_cast<std::chrono::hours>(left).count() / 24;
  const auto renew = say("rinnovare il certificato: il nuovo è preso da sé",
                         "renew the certificate: the new one is taken up by itself");
  if (left <= Duration{})
    return {Health::kBad, say("{}: scaduto", "{}: it has ended", tls.certificate), renew};
  auto text = say("{0}: vale ancora {1} giorni", "{0}: it holds for {1} more days", tls.certificate, days);
  if (left < kSoon) return {Health::kDoubtful, std::move(text), renew};
  return {Health::kGood, std::move(text), {}};
}

}  // namespace

std::vector<Diagnosis> examine_backbone(const Configuration& configuration) {
  const auto& kafka = configuration.backbone.kafka;
  if (!kafka) return {};
  const SystemClock clock;
  auto options = broker_options_of(*kafka, configuration, clock);
  if (!options.ok()) return {bad(std::move(options).error())};
  const auto log = open_log({.level = LogLevel::kError});
  return kafka::examine(*options, all_topics(kafka->topic_prefix), clock, *log);
}

void examine(const ReadyConfiguration& ready, const TellDiagnosis& tell) {
  const auto& configuration = ready.configuration;
  const auto log = open_log({.level = LogLevel::kError});
  const bool hub_runs = ControlClient::open(configuration.hub.data).ok();
  tell("hub.data", files::examine_folder(configuration.hub.data));
  tell("hub", examine_clock());
  if (const auto found = examine_keys(configuration)) tell("people.keys", *found);
  const auto& http = configuration.http;
  if (!http.admin.empty()) tell("http.admin", of_own(http.admin, "http.admin", hub_runs, *log));
  if (!http.ingress.empty()) tell("http.ingress", of_own(http.ingress, "http.ingress", hub_runs, *log));
  if (http.tls) tell("http.tls", of_certificate(*http.tls));
  for (const auto& found : examine_backbone(configuration)) tell("backbone", found);
  for (const auto& found : of_store(configuration)) tell("store", found);
  for (const auto& connector : ready.connectors) {
    if (connector.refused) tell(connector.configuration.id, bad(*connector.refused));
    for (const auto& found : of_connector(connector.configuration, configuration))
      tell(connector.configuration.id, found);
  }
}

}  // namespace raccordo
