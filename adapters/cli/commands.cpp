// SPDX-License-Identifier: EUPL-1.2
// Every command, once.
#include "adapters/cli/command.hpp"

namespace raccordo {
namespace {

constexpr CommandOption kJson{
    "--json", "", {"Una riga JSON per ogni risultato.", "One JSON line for each result."}};
constexpr CommandOption kForConfig{
    "--config", "CONFIG", {"La configurazione dell'hub.", "The hub's configuration."}, true};
constexpr CommandOption kConnector{
    "--connector", "ID", {"Solo quelli di questo connettore.", "Only those of this connector."}};
constexpr CommandOption kAll{"--all", "", {"Tutti quelli accantonati.", "All that are parked."}};
constexpr CommandArgument kConfig{"CONFIG", {"La configurazione dell'hub.", "The hub's configuration."}};

Command run() {
  return {
      "run",
      {"Avvia l'hub in primo piano; SIGTERM lo ferma, SIGHUP rilegge la configurazione.",
       "Runs the hub in the foreground; SIGTERM stops it, SIGHUP reads the configuration again."},
      {kConfig},
      {{"--once",
        "",
        {"Legge ciò che le fonti hanno ora, lo consegna, mostra i conti e termina.",
         "Reads what the sources hold now, delivers it, prints the ledger, stops."}},
       kJson,
       {"--for", "5m", {"Con --once: al massimo per questo tempo.", "With --once: for this long at most."}},
       {"--fail-on",
        "new|parked>N|none",
        {"Con --once: quando terminare con 3 (predefinito: new, qualcosa è stato accantonato per la prima "
         "volta).",
         "With --once: when to end with 3 (default: new, something was newly parked)."}},
       {"--log-level",
        "debug|info|warning|error",
        {"Che cosa si scrive nel diario (predefinito: quanto dice hub.log.level).",
         "What the log holds (default: as hub.log.level says)."}}},
      run_command,
      false,
      true};
}

Command check() {
  return {"check",
          {"Dice tutto ciò che non va in una configurazione.",
           "Says everything that is wrong with a configuration."},
          {kConfig},
          {kJson},
          check_command};
}

Command doctor() {
  return {"doctor",
          {"Guarda tutto ciò che serve all'hub: partner, certificati, broker, cartelle, spazio, ora.",
           "Looks at all that the hub needs: partners, certificates, brokers, folders, space, time."},
          {kConfig},
          {kJson},
          doctor_command};
}

Command plugins() {
  return {"plugins",
          {"Mostra i plugin installati, o uno con le sue opzioni.",
           "Shows the installed plugins, or one with its options."},
          {{"NAME", {"Il nome di un plugin.", "The name of a plugin."}, false}},
          {{"--config",
            "CONFIG",
            {"Guarda anche nelle cartelle di questa configurazione.",
             "Looks in this configuration's folders, too."}},
           {"--folder",
            "FOLDER",
            {"Guarda anche in questa cartella.", "Looks in this folder, too."},
            false,
            true},
           kJson},
          plugins_command};
}

Command ledger() {
  return {"ledger",
          {"I conti di ogni connettore dal suo primo avvio.",
           "What became of every input, for each connector since its first start."},
          {kConfig},
          {kJson},
          ledger_command};
}

Command status() {
  return {"status",
          {"Che cosa fa ogni connettore e, se gli hub sono più d'uno, quale se ne occupa.",
           "What each connector does and, of several daemons, which one works at it."},
          {kConfig},
          {kJson},
          status_command};
}

Command findings() {
  return {"findings",
          {"Mostra ciò che è stato notato senza accantonare nulla: campi non validi, cancellazioni sospese.",
           "Shows what was noticed without parking anything: invalid fields, deletions held."},
          {kConfig},
          {kConnector,
           {"--limit", "N", {"Al massimo tante (predefinito: 100).", "At most that many (default: 100)."}},
           kJson},
          findings_command};
}

Command events() {
  return {
      "events",
      {"Mostra gli eventi di un argomento della dorsale.", "Shows the events of a topic of the backbone."},
      {{"TOPIC", {"organizations, services o offers.", "organizations, services or offers."}}},
      {kForConfig,
       {"--follow", "", {"Attende quelli nuovi.", "Waits for new ones."}},
       {"--key", "K", {"Solo quelli di questo identificativo.", "Only those of this id."}},
       {"--from",
        "begin|end|POSITION",
        {"Da dove (predefinito: begin).", "Where to start (default: begin)."}},
       {"--limit", "N", {"Al massimo tanti.", "At most that many."}},
       kJson},
      events_command};
}

std::vector<Command> parked() {
  const std::vector<CommandOption> which{kForConfig, kConnector, kAll, kJson};
  auto replayed = which;
  replayed.insert(replayed.begin() + 3, {"--force",
                                         "",
                                         {"Di fonti: anche se nel frattempo hanno detto altro.",
                                          "Of sources: even if they have said something else since."}});
  const CommandArgument ids{"ID", {"Numeri dell'elenco.", "Numbers of the list."}, false, true};
  return {{"parked list",
           {"Elenca ciò che non è stato possibile elaborare.", "Lists what could not be processed."},
           {{"CONNECTOR", {"Solo quelli di questo connettore.", "Only those of this connector."}, false}},
           {kForConfig,
            kConnector,
            {"--state",
             "STATE",
             {"parked, replayed, discarded, superseded o all.",
              "parked, replayed, discarded, superseded or all."}},
            {"--case", "ID", {"Solo le consegne di questa pratica.", "Only deliveries of this case."}},
            kJson},
           parked_list_command},
          {"parked show",
           {"Mostra record accantonati: motivo, campo, contenuto originale.",
            "Shows parked records: reason, field, original content."},
           {{"ID", {"Numeri dell'elenco.", "Numbers of the list."}, true, true}},
           {kForConfig, kJson},
           parked_show_command},
          {"parked replay",
           {"Elabora di nuovo record accantonati.", "Processes parked records again."},
           {ids},
           replayed,
           parked_replay_command},
          {"parked discard",
           {"Scarta record accantonati.", "Gives parked records up."},
           {ids},
           which,
           parked_discard_command}};
}

std::vector<Command> about_cases() {
  const CommandArgument which{
      "CASE",
      {"L'identificativo della pratica, o CONNETTORE/ID come la chiama chi l'ha chiesta.",
       "The case's id, or CONNECTOR/ID as whoever asked for it calls it."}};
  const CommandOption csv{"--csv", "", {"Un file CSV per gli uffici.", "A CSV file for offices."}};
  return {{"cases list",
           {"Elenca le pratiche nell'ordine in cui sono cominciate; niente che dica di persone.",
            "Lists cases in the order in which they began; nothing about people."},
           {},
           {kForConfig,
            {"--state", "STATE", {"Solo quelle in questo stato.", "Only those in this state."}},
            {"--machine",
             "NAME",
             {"Solo quelle di questa procedura: booking, enquiry.",
              "Only those of this procedure: booking, enquiry."}},
            {"--connector",
             "ID",
             {"Solo quelle che questo connettore ha chiesto o a cui risponde.",
              "Only those that this connector asked for or answers."}},
            {"--since",
             "DATE",
             {"Solo quelle cambiate da questo giorno in poi, AAAA-MM-GG.",
              "Only those changed from this day on, YYYY-MM-DD."}},
            {"--awaiting",
             "customer|provider|payer|hub",
             {"Solo quelle che attendono questa parte.", "Only those that await this party."}},
            {"--limit", "N", {"Al massimo tante.", "At most that many."}},
            csv,
            kJson},
           cases_list_command},
          {"cases show",
           {"Mostra una pratica; quel che dice di persone resta sigillato.",
            "Shows a case; what it says about people stays sealed."},
           {which},
           {kForConfig, kJson},
           cases_show_command},
          {"cases timeline",
           {"I passi di una pratica: quando, quale, da chi.", "A case's steps: when, which, by whom."},
           {which},
           {kForConfig, csv, kJson},
           cases_timeline_command},
          {"cases explain",
           {"Dice che cosa attende una pratica, da chi, fino a quando, e perché.",
            "Says what a case awaits, from whom, until when, and why."},
           {which},
           {kForConfig, kJson},
           cases_explain_command}};
}

std::vector<Command> about_wallets() {
  const CommandArgument which{"WALLET", {"L'identificativo del borsellino.", "The wallet's id."}, false};
  return {
      {"wallet show",
       {"Mostra un borsellino e le soglie del TUIR; senza nome, tutti.",
        "Shows a wallet and the TUIR's ceilings; without a name, all."},
       {which},
       {kForConfig, {"--plan", "PLAN", {"Solo quelli di questo piano.", "Only those of this plan."}}, kJson},
       wallet_show_command},
      {"wallet statement",
       {"L'estratto di un borsellino, o le somme di un piano per lettera del TUIR: CSV per gli uffici.",
        "A wallet's statement, or a plan's sums by TUIR letter: CSV for offices."},
       {which},
       {kForConfig,
        {"--plan",
         "PLAN",
         {"Le somme del piano, come le vede il datore di lavoro.",
          "The plan's sums, as the employer sees them."}},
        {"--from", "DATE", {"Da questo giorno, AAAA-MM-GG.", "From this day on, YYYY-MM-DD."}},
        {"--to", "DATE", {"Fino a questo giorno compreso, AAAA-MM-GG.", "Up to this day, YYYY-MM-DD."}},
        {"--unit",
         "UNIT",
         {"Con --plan: EUR (predefinita), minutes o points:SCHEMA.",
          "With --plan: EUR (default), minutes or points:SCHEME."}}},
       wallet_statement_command},
      {"wallet payrolls",
       {"I file di accrediti: quali attendono un'approvazione, quali sono accreditati o rifiutati, e perché.",
        "Payroll files: which wait for an approval, which were credited or refused, and why."},
       {},
       {kForConfig, kJson},
       wallet_payrolls_command}};
}

std::vector<Command> mapping() {
  const CommandArgument file{"FILE", {"Il file di mappatura.", "The mapping file."}};
  return {{"mapping run",
           {"Mostra che cosa una mappatura fa di un file.", "Shows what a mapping makes of a file."},
           {file, {"INPUT", {"Il file del partner.", "The partner's file."}}},
           {kJson,
            {"--reverse",
             "",
             {"Dal modello al formato del partner: non in questa versione.",
              "From the model to the partner's format: not in this version."}}},
           mapping_run_command},
          {"mapping test",
           {"Prova una mappatura sugli esempi accanto a essa.", "Tries a mapping on the examples beside it."},
           {{"FILE", {"File di mappatura.", "Mapping files."}, true, true}},
           {kJson},
           mapping_test_command}};
}

std::vector<Command> keys() {
  const CommandArgument file{"FILE", {"Il file di chiavi.", "The key file."}};
  const CommandOption expires{"--expires",
                              "DATE",
                              {"L'ultimo giorno in cui sigilla, AAAA-MM-GG; senza, nessuno.",
                               "The last day on which it seals, YYYY-MM-DD; without it, none."}};
  return {{"keys new",
           {"Fa un file di chiavi per i dati delle persone (people.keys), leggibile solo da chi lo fa.",
            "Makes a key file for people's data (people.keys), readable by its maker alone."},
           {file},
           {expires, kJson},
           keys_new_command},
          {"keys add",
           {"Aggiunge una chiave: sigilla dal prossimo avvio dell'hub; le altre continuano ad aprire.",
            "Adds a key: it seals from the hub's next start; the others go on opening."},
           {file},
           {expires, kJson},
           keys_add_command},
          {"keys show",
           {"Mostra la parte pubblica delle chiavi, quella che si dà agli altri hub.",
            "Shows the public part of the keys, which other hubs are given."},
           {file},
           {kJson},
           keys_show_command}};
}

std::vector<Command> all() {
  std::vector<Command> out{run(), check(), doctor(), plugins(), ledger(), status(), findings(), events()};
  for (auto& command : parked()) out.push_back(std::move(command));
  for (auto& command : about_cases()) out.push_back(std::move(command));
  for (auto& command : about_wallets()) out.push_back(std::move(command));
  for (auto& command : mapping()) out.push_back(std::move(command));
  for (auto& command : keys()) out.push_back(std::move(command));
  out.push_back({"version",
                 {"Le versioni dell'hub, del contratto con i plugin e delle librerie.",
                  "Versions of the hub, the plugin contract and the libraries."},
                 {},
                 {kJson},
                 version_command});
  out.push_back(
      {"docs",
       {"Scrive la documentazione delle dichiarazioni.", "Writes the reference from the declarations."},
       {},
       {{"--write", "FOLDER", {"Dove.", "Where."}, true}},
       docs_command,
       true});
  return out;
}

constexpr CommandOption kCommon[] = {
    {"--lang",
     "it|en",
     {"La lingua (predefinita: quella del sistema).", "The language (default: the system's)."}},
    {"--help", "", {"Questo aiuto.", "This help."}}};

}  // namespace

std::span<const CommandOption> common_options() { return kCommon; }

std::span<const Command> commands() {
  static const auto table = all();
  return table;
}

const std::vector<std::string>& Invocation::all(std::string_view name) const {
  static const std::vector<std::string> kNone;
  const auto found = values.find(name);
  return found == values.end() ? kNone : found->second;
}

std::string Invocation::one(std::string_view name, std::string fallback) const {
  const auto& found = all(name);
  return found.empty() ? std::move(fallback) : found.front();
}

}  // namespace raccordo
