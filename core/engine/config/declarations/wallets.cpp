// SPDX-License-Identifier: EUPL-1.2
// Wallets: whose they are, and how money comes into them.
#include <algorithm>
#include <set>

#include "core/engine/config/declared.hpp"

namespace raccordo {
namespace {

constexpr std::size_t kNeeded = 2;

template <typename T>
void check_once(const std::vector<T>& items, std::string T::*name, const char* what, const YamlNode& node,
                Reading& reading) {
  std::set<std::string> known;
  for (const auto& item : items)
    if (!known.insert(item.*name).second)
      reading.find(node, say("{0}.{1}: «{2}» sta due volte", "{0}.{1}: \"{2}\" stands twice", reading.path(),
                             what, item.*name));
}

void check_wallets(void* owner, const YamlNode& node, Reading& reading) {
  auto& wallets = *static_cast<WalletsConfiguration*>(owner);
  wallets.at = reading.at(node);
  wallets.wanted = true;
  check_once(wallets.approvers, &ApproverConfiguration::name, "approvers", node, reading);
  check_once(wallets.approvers, &ApproverConfiguration::key, "approvers", node, reading);
  check_once(wallets.plans, &WalletPlanConfiguration::id, "plans", node, reading);
  check_once(wallets.payrolls, &PayrollConfiguration::id, "payrolls", node, reading);
  if (!wallets.payrolls.empty() && wallets.approvers.size() < kNeeded)
    reading.find(node,
                 say("{}.approvers: {}, e un file di accrediti vuole due persone",
                     "{}.approvers: {}, and a payroll file wants two people", reading.path(),
                     wallets.approvers.size()),
                 say("aggiungere chi approva, ciascuno con la propria chiave (docs/wallets.md)",
                     "add who approves, each with a key of their own (docs/wallets.md)"));
}

}  // namespace

template <>
const Section& section_of<ApproverConfiguration>() {
  using C = ApproverConfiguration;
  static const Section section{
      {"Una persona che può approvare file di accrediti.", "A person who may approve payroll files."},
      {option(&C::name, {.name = "name",
                         .required = true,
                         .max = 64,
                         .help = {"Il nome con cui approva: a-z, 0-9, punto, trattini.",
                                  "The name under which they approve: a-z, 0-9, dot, hyphens."},
                         .example = "rossi"}),
       option(&C::key, {.name = "key",
                        .type = ValueType::kPath,
                        .required = true,
                        .help = {"La parte pubblica della sua chiave Ed25519 (PEM).",
                                 "The public half of their Ed25519 key (PEM)."},
                        .example = "keys/rossi.pub"})}};
  return section;
}

template <>
const Section& section_of<WalletPlanConfiguration>() {
  using C = WalletPlanConfiguration;
  static const Section section{
      {"Un piano e di chi sono i suoi borsellini.", "A plan, and whose its wallets are."},
      {option(&C::id, {.name = "id",
                       .required = true,
                       .max = 200,
                       .help = {"Il piano, come lo chiamano i file di accrediti.",
                                "The plan, as payroll files call it."},
                       .example = "meccanica-po"}),
       option(&C::provider, {.name = "provider",
                             .type = ValueType::kName,
                             .max = 63,
                             .help = {"Il partner a cui si dice ogni movimento: il connettore con cui lo si "
                                      "conosce. Senza, la fonte "
                                      "che dichiara il piano.",
                                      "The partner that is told of each movement: the connector by which it "
                                      "is known. Without it, the "
                                      "source that states the plan."},
                             .example = "portale"}),
       option(
           &C::employer,
           {.name = "employer",
            .type = ValueType::kName,
            .max = 63,
            .help = {"Il partner a cui si dicono ogni giorno le somme per lettera del TUIR, e nient'altro.",
                     "The partner that is told sums by TUIR letter each day, and nothing else."},
            .example = "meccanica"})},
      [](void* owner, const YamlNode& node, Reading& reading) {
        static_cast<C*>(owner)->at = reading.at(node);
      }};
  return section;
}

template <>
const Section& section_of<PayrollConfiguration>() {
  using C = PayrollConfiguration;
  static const Section section{
      {"I file di accrediti di un datore di lavoro, ciascuno con due approvazioni accanto.",
       "An employer's payroll files, each with two approvals beside it."},
      {option(&C::id,
              {.name = "id",
               .type = ValueType::kName,
               .required = true,
               .max = 63,
               .help = {"Come lo si chiama nel diario e nei comandi.", "What the log and commands call it."},
               .example = "paghe-meccanica"}),
       option(&C::path, {.name = "path",
                         .type = ValueType::kPattern,
                         .required = true,
                         .help = {"Dove arrivano; le approvazioni accanto, FILE.NOME.approval.",
                                  "Where they come; approvals beside them, FILE.NAME.approval."},
                         .example = "in/paghe/*.csv"}),
       option(&C::plans, {.name = "plans",
                          .required = true,
                          .max = 200,
                          .help = {"I piani che può accreditare.", "The plans that it may credit."},
                          .example = "[meccanica-po]"}),
       option(&C::receipts, {.name = "receipts",
                             .type = ValueType::kPath,
                             .required = true,
                             .help = {"La cartella delle ricevute.", "The folder of receipts."},
                             .example = "out/paghe"}),
       option(&C::poll, {.name = "poll",
                         .type = ValueType::kDuration,
                         .min = 0.01,
                         .max = 86'400,
                         .help = {"Ogni quanto guardare; un file conta se è rimasto fermo per due sguardi.",
                                  "How often to look; a file counts once it stood still over two looks."},
                         .example = "30s"})}};
  return section;
}

template <>
const Section& section_of<WalletsConfiguration>() {
  using C = WalletsConfiguration;
  static const Section section{
      {"I borsellini del welfare aziendale. Cambia solo con un riavvio.",
       "Wallets of company welfare. Changes only with a restart."},
      {option(&C::tuir, {.name = "tuir",
                         .type = ValueType::kPath,
                         .help = {"L'art. 51 del TUIR per data; senza, quello di questa versione "
                                  "(config/tuir/article-51.yaml).",
                                  "TUIR art. 51 by date; without it, that of this version "
                                  "(config/tuir/article-51.yaml)."},
                         .example = "tuir/article-51.yaml"}),
       option(&C::approvers, {.name = "approvers",
                              .help = {"Chi approva i file di accrediti.", "Who approves payroll files."}}),
       option(&C::plans, {.name = "plans", .help = {"Di chi sono i borsellini.", "Whose wallets are."}}),
       option(&C::payrolls,
              {.name = "payrolls", .help = {"Da dove vengono gli accrediti.", "Where credit comes from."}})},
      check_wallets};
  return section;
}

}  // namespace raccordo
