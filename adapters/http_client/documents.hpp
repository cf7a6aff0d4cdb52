// SPDX-License-Identifier: EUPL-1.2
// Documents at addresses, as a source's files: a look asks for what changed, and what came lies in a folder
// of ours until it is read.
#pragma once

#include "adapters/http_client/credentials.hpp"
#include "core/ports/source_files.hpp"
#include "core/ports/spool.hpp"

namespace raccordo::http_client {

struct Documents : Access {
  std::vector<std::string> urls;
  Duration fresh{};  // a look within this time of the last asks nobody
};

// A document is settled when two looks in a row find the same bytes: one that is fetched while the partner
// writes it is not, and several are settled together only if none changed while the others came. It is
// another one when its bytes are: partners that tell neither ETag nor Last-Modified are asked for all of it,
// and nothing more happens when it is the same. A look that gets no answer fails and forgets nothing. While a
// partner asks to be left alone (Retry-After) it is. `clock` is borrowed.
[[nodiscard]] std::unique_ptr<SourceFiles> watch(Documents documents, std::unique_ptr<Spool> spool,
                                                 const Clock& clock);

}  // namespace raccordo::http_client
