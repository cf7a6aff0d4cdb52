// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <optional>

#include "core/framing/json_value.hpp"
#include "core/framing/text_framer.hpp"

namespace raccordo {

// The items of the array that stands at a dotted path, one at a time whatever the file's size; an object
// there is one record. An item with a fault is left where its brackets close; where they do not, the
// structure is lost and reading ends with a malformed one that says so.
class JsonFramer final : public TextFramer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Framer>> open(const Framing& framing, const ByteFile& file,
                                                            const FramingLimits& limits);

 protected:
  Result<bool> next(InputBatch& batch, std::vector<Malformed>& malformed) override;
  bool ended() const override { return at_ == At::kEnd; }

 private:
  enum class At : std::uint8_t { kStart, kFirstItem, kItem, kBehindItem, kTail, kEnd };

  JsonFramer(const Framing& framing, const ByteFile& file, const FoundEncoding& encoding,
             const FramingLimits& limits);

  // Each goes on by one step; a malformed one where that cannot be.
  using Step = Result<std::optional<Malformed>>;
  Step go_to_path();
  Step enter_member(const std::string& name);
  Step begin_at_value();
  Step to_next_item();
  Step finish();
  Result<std::optional<std::string>> key();  // with its colon; none: there is no key here
  Step item(InputBatch& batch);

  // Leaves a value, or the objects around it, by brackets and quotes alone, in any size. False: the file ends
  // inside.
  Result<bool> leave_value();
  Result<bool> leave_objects();
  [[nodiscard]] std::optional<Fault> check(std::string_view item) const;
  Malformed lost(std::string_view code, Text why);
  Step unexpected_here();

  JsonValue json_;
  std::string path_;
  std::vector<std::string> parts_;
  std::size_t inside_ = 0;  // objects that are open around the array
  At at_ = At::kStart;
  bool single_ = false;  // the value at the path is one record
};

}  // namespace raccordo
