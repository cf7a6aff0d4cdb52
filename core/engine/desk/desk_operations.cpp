// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/desk/desk_operations.hpp"

#include "core/engine/desk/case_operations.hpp"
#include "core/engine/desk/times.hpp"
#include "core/engine/desk/wallet_operations.hpp"

namespace raccordo::cases {
namespace {

using Json = nlohmann::ordered_json;

Error no_cases() {
  return error(ErrorCode::kUsage,
               say("questo hub non tiene pratiche né borsellini", "this hub keeps neither cases nor wallets"),
               say("servono http.ingress o wallets nella configurazione",
                   "the configuration needs http.ingress or wallets"));
}

// {"do":"wallet_payrolls"} -> payrolls: the files that are there, and what became of each
Result<Json> list_payrolls(const std::function<std::vector<PayrollSeen>()>& payrolls) {
  if (!payrolls)
    return error(
        ErrorCode::kUnavailable,
        say("nessun hub in funzione guarda i file di accrediti", "no running hub looks for payroll files"),
        say("serve raccordo run, e wallets.payrolls nella configurazione",
            "raccordo run is needed, and wallets.payrolls in the configuration"));
  Json list = Json::array();
  for (const auto& each : payrolls())
    list.push_back({{"payroll", each.folder},
                    {"file", each.file},
                    {"state", name_of(each.state)},
                    {"cents", each.cents},
                    {"it", each.text.it},
                    {"en", each.text.en},
                    {"time_ms", each.time_ms}});
  return Json{{"ok", true}, {"payrolls", std::move(list)}};
}

}  // namespace

std::string DeskOperations::perform(std::string_view request_json) try {
  const auto request = Json::parse(request_json);
  const std::string what = request.at("do");
  if (store_ == nullptr) return failed_answer(no_cases());
  const auto answer = [&]() -> Result<Json> {
    if (what == "cases_list") return list_cases(request, *store_);
    if (what == "cases_show") return show_case(request, *store_);
    if (what == "cases_timeline") return case_timeline(request, *store_);
    if (what == "cases_explain") return explain_case(request, *store_);
    if (what == "wallet_list") return list_wallets(request, *store_);
    if (what == "wallet_statement") return wallet_statement(request, *store_);
    if (what == "wallet_payrolls") return list_payrolls(payrolls_);
    if (what == "wallet_totals") return wallet_totals(request, *store_);
    if (what == "wallet_show") {
      const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now().time_since_epoch());
      return show_wallet(request, *store_, tuir_, date_in_rome(now.count()));
    }
    return error(ErrorCode::kUsage, say("richiesta sconosciuta: {}", "unknown request: {}", what));
  }();
  return answer.ok() ? answer->dump(-1, ' ', false, Json::error_handler_t::replace)
                     : failed_answer(answer.error());
} catch (const Json::exception& malformed) {
  return failed_answer(
      error(ErrorCode::kUsage, say("richiesta non valida: {}", "invalid request: {}", malformed.what())));
} catch (const std::exception& bug) {
  return failed_answer(error(ErrorCode::kBug, as_is(bug.what())));
}

}  // namespace raccordo::cases
