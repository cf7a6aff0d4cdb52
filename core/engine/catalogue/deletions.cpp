// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/catalogue/deletions.hpp"

#include <cmath>

namespace raccordo {
namespace {

Remark held(std::string code, std::size_t deletions, const Text& why) {
  return {std::move(code),
          "",
          {fmt::format("{} {}: {}", deletions,
                       deletions == 1 ? "cancellazione sospesa" : "cancellazioni sospese", why.it),
           fmt::format("{} {} held: {}", deletions, deletions == 1 ? "deletion" : "deletions", why.en)}};
}

Text parked_in_it(std::int64_t parked, std::string_view connector) {
  return {fmt::format("{} di questa lettura {} (raccordo parked list {})",
                      parked == 1 ? "1 record" : fmt::format("{} record", parked),
                      parked == 1 ? "è accantonato" : "sono accantonati", connector),
          fmt::format("{} of this snapshot {} parked (raccordo parked list {})",
                      parked == 1 ? "1 record" : fmt::format("{} records", parked),
                      parked == 1 ? "is" : "are", connector)};
}

}  // namespace

std::vector<Gone> missing_from(Statements& statements) {
  std::vector<Gone> gone;
  for (auto& [kind, index] : statements.indexes()) {
    const Schema* schema = find_kind(kind);
    index.each([&](Said& said) {
      if (!said.deleted() && said.generation != statements.scan()) gone.push_back({schema, said.key});
    });
  }
  return gone;
}

std::optional<Remark> held_because(const SnapshotEnd& end, std::size_t deletions, std::size_t live,
                                   std::string_view connector) {
  if (deletions == 0) return std::nullopt;
  if (end.file_changed)
    return held("file_changed", deletions,
                say("un file è cambiato durante la lettura; si riprova alla prossima",
                    "a file changed while it was read; the next reading tries again"));
  if (end.arrived == 0)
    return held("snapshot_empty", deletions,
                say("non è arrivato nessun record; se è voluto, svuotare la fonte con max_deletions: 100% e "
                    "un record",
                    "no record arrived; if that is meant, leave one record and set max_deletions: 100%"));
  if (end.parked > 0) return held("snapshot_parked", deletions, parked_in_it(end.parked, connector));
  if (end.undone > 0)
    return held("snapshot_undone", deletions,
                say("la lettura è stata interrotta, e dei record letti prima {} non si traducono più; si "
                    "riprova alla prossima",
                    "the reading was interrupted, and of the records that it had read before {} could not be "
                    "translated again; the next reading tries again",
                    end.undone));
  const auto allowed = static_cast<std::size_t>(std::floor(end.max_deletions * static_cast<double>(live)));
  if (deletions > allowed)
    return held(
        "too_many_deletions", deletions,
        say("più di {} su {} (max_deletions); se è voluto, alzare max_deletions per una lettura",
            "more than {} of {} (max_deletions); if that is meant, raise max_deletions for one reading",
            allowed, live));
  return std::nullopt;
}

}  // namespace raccordo
