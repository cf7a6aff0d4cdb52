// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/config/rules.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace raccordo {
namespace {

void check_ids(const Configuration& configuration, ConfigurationFindings& findings) {
  std::map<std::string_view, const ConnectorConfiguration*> known;
  for (const auto& connector : configuration.connectors) {
    if (connector.id.empty()) continue;  // a finding of its own
    const auto [first, is_new] = known.emplace(connector.id, &connector);
    if (!is_new)
      findings.push_back({connector.at,
                          say("due connettori si chiamano {}", "two connectors are called {}", connector.id),
                          say("l'altro è in {}", "the other is in {}", first->second->at.text())});
  }
}

// A name of before can have been one connector's only, and nobody's now.
void check_former_ids(const Configuration& configuration, ConfigurationFindings& findings) {
  std::map<std::string_view, const ConnectorConfiguration*> former;
  for (const auto& connector : configuration.connectors) {
    if (connector.was.empty()) continue;
    if (configuration.find(connector.was) != nullptr)
      findings.push_back({connector.at,
                          say("was: {} si chiama ancora così un connettore",
                              "was: a connector is still called {}", connector.was),
                          say("togliere was o l'altro connettore", "remove was, or the other connector")});
    const auto [first, is_new] = former.emplace(connector.was, &connector);
    if (!is_new)
      findings.push_back({connector.at,
                          say("was: {} è già detto da {}", "was: {} is already said by {}", connector.was,
                              first->second->id),
                          {}});
  }
}

// Where a connector writes: two that say the same would wait for each other's names.
std::string output_of(const ToConfiguration& to) {
  if (to.files && !to.files->folder.empty()) return to.files->folder + '\n' + to.files->name;
  if (!to.sftp || to.sftp->folder.empty()) return {};
  const auto& sftp = *to.sftp;
  return fmt::format("{}:{}\n{}\n{}\n{}", sftp.host, sftp.port, sftp.user, sftp.folder, sftp.name);
}

void check_output(const Configuration& configuration, ConfigurationFindings& findings) {
  std::map<std::string, const ConnectorConfiguration*> written;
  for (const auto& connector : configuration.connectors) {
    const auto output = connector.to ? output_of(*connector.to) : std::string();
    if (output.empty()) continue;
    const auto [first, is_new] = written.emplace(output, &connector);
    const std::string_view place = connector.to->sftp ? "to.sftp" : "to.files";
    if (!is_new)
      findings.push_back({connector.at,
                          say("{} scrive gli stessi file di {}", "{} writes the same files as {}",
                              connector.id, first->second->id),
                          say("cambiare {0}.folder o {0}.name", "change {0}.folder or {0}.name", place)});
  }
}

void check_called(const Configuration& configuration, ConfigurationFindings& findings) {
  if (!configuration.http.ingress.empty()) return;
  for (const auto& connector : configuration.connectors)
    if (connector.is_called())
      findings.push_back({connector.at,
                          say("{} è chiamato dal suo partner, e non c'è http.ingress",
                              "{} is called by its partner, and there is no http.ingress", connector.id),
                          say("aggiungere http: {{ingress: \"127.0.0.1:8443\"}}",
                              "add http: {{ingress: \"127.0.0.1:8443\"}}")});
}

// Whoever is told of wallets is a partner of this hub; whoever is credited is known by a pseudonym.
void check_wallets(const Configuration& configuration, ConfigurationFindings& findings) {
  const auto& wallets = configuration.wallets;
  const auto is_partner = [&](const std::string& name) {
    return name.empty() || std::ranges::any_of(configuration.connectors, [&](const auto& connector) {
             return connector.id == name || connector.partner == name;
           });
  };
  for (const auto& plan : wallets.plans)
    for (const auto& partner : {plan.provider, plan.employer})
      if (!is_partner(partner))
        findings.push_back({plan.at,
                            say("wallets.plans: {} di {}: nessun connettore si chiama così",
                                "wallets.plans: {} of {}: no connector has that name", partner, plan.id),
                            {}});
  if (!wallets.payrolls.empty() && configuration.people.keys.empty())
    findings.push_back(
        {wallets.at,
         say("wallets.payrolls senza people.keys: di chi è un borsellino si sa da uno pseudonimo",
             "wallets.payrolls without people.keys: whose a wallet is, is known by a pseudonym"),
         say("aggiungere people: {{keys: ...}}", "add people: {{keys: ...}}")});
}

}  // namespace

void check_rules(const Configuration& configuration, ConfigurationFindings& findings) {
  check_ids(configuration, findings);
  check_former_ids(configuration, findings);
  check_output(configuration, findings);
  check_called(configuration, findings);
  check_wallets(configuration, findings);
}

}  // namespace raccordo
