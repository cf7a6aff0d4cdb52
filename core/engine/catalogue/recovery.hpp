// SPDX-License-Identifier: EUPL-1.2
// Bringing back what a source last said: from the store's deltas, and from the backbone for what came after
// them.
#pragma once

#include <map>
#include <stop_token>
#include <string>

#include "core/engine/catalogue/statements.hpp"
#include "core/ports/backbone.hpp"
#include "core/ports/store.hpp"

namespace raccordo {

struct Recovered {
  std::map<std::string, std::string> backbone_at;  // topic -> how far it has been read
  std::uint32_t latest_revision = 0;               // the highest that was met
  bool other_log =
      false;  // it was made anew or an older copy put back: what this source said may be missing in it
  std::size_t entries = 0;  // of all deltas, overwritten ones included
  // What only the log knew: to be kept together with `backbone_at`, or the next recovery misses it.
  std::vector<IndexDelta> caught_up;
  bool rebuilt =
      false;  // the deltas were damaged, are of another log, or `distrusted`: all was read from the backbone
};

// Whether the log still holds what this source remembers of it: not when it was made anew or an older copy
// put back. Errors: those of the port.
[[nodiscard]] Result<bool> still_there(const SourceState& state, Backbone& backbone);

// Fills the indexes of `statements` (empty before). `state` is what the store has of this source;
// `distrusted`: its deltas do not count, for they are of an older store. [flow] Errors: those of the ports.
[[nodiscard]] Result<Recovered> recover(Statements& statements, const std::string& identity,
                                        const SourceState& state, bool distrusted, Store& store,
                                        Backbone& backbone, const std::stop_token& stop);

// kUnavailable: what a long reading of a topic answers once we are asked to stop.
[[nodiscard]] Error stopped_while_reading(std::string_view topic);

// Whether most of the entries that are kept of an index were overtaken by later ones.
[[nodiscard]] bool worth_joining(std::size_t kept, std::size_t said);

// All of an index, in as few deltas as it takes.
[[nodiscard]] std::vector<std::string> deltas_of(SaidIndex& index);

// One delta for each kind in the place of the many; worth it when most of what they say was overwritten
// later.
[[nodiscard]] Status compact_deltas(Statements& statements, const std::string& identity, Store& store);

}  // namespace raccordo
