// SPDX-License-Identifier: EUPL-1.2
// The embedded backbone: one SQLite file, a table for each topic, one partition. For a hub on one machine.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/ports/backbone.hpp"

namespace raccordo::sqlite {

struct BackboneOptions {
  std::size_t max_message_bytes = 4u << 20;  // a larger value is kTooLarge
  std::size_t max_group_bytes = 32u << 20;   // of appends of several flows that share one commit
  std::size_t max_batch_bytes = 16u << 20;   // of one read; at least one message
  std::size_t checkpoint_bytes = 64u << 20;  // what the WAL may hold before it is copied into the file
  std::size_t max_readers = 8;               // connections kept open between reads
};

// Opens or makes the file; its folder exists. This process is the file's only user: whoever holds the data
// folder's lock. The clock must outlive the backbone. Errors: kNotFound (no folder), kDenied, kFull,
// kCorrupt, kInvalid (another program's file, or a newer Raccordo's): each names the file.
[[nodiscard]] Result<std::unique_ptr<Backbone>> open_backbone(const std::string& path, const Clock& clock,
                                                              BackboneOptions options = {});

}  // namespace raccordo::sqlite
