// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <optional>

#include "core/framing/text_framer.hpp"
#include "core/framing/xml_element.hpp"

namespace raccordo {

// The elements that stand at a path ("/register/service"; "*" is any name; empty: the root), one at a time
// whatever the file's size. A name without prefix matches by local name. An element with a fault is left at
// its end tag; a fault around the elements ends reading.
class XmlFramer final : public TextFramer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Framer>> open(const Framing& framing, const ByteFile& file,
                                                            const FramingLimits& limits);

 protected:
  Result<bool> next(InputBatch& batch, std::vector<Malformed>& malformed) override;
  bool ended() const override { return ended_; }

 private:
  using Step = Result<std::optional<Malformed>>;

  XmlFramer(std::vector<std::string> parts, const ByteFile& file, const FoundEncoding& encoding,
            const FramingLimits& limits);

  // One token outside the elements of the path, or one such element.
  Step step(InputBatch& batch);
  Result<XmlToken> token_at_hand();
  Step between(const XmlToken& token, InputBatch& batch);
  Step start(const XmlToken& token, InputBatch& batch);
  Step end(std::string_view name);
  Step element(InputBatch& batch, const std::string& name);
  Step finish();
  [[nodiscard]] bool is_record(std::string_view name) const;
  [[nodiscard]] bool matches(std::string_view name) const;

  Malformed lost(const Fault& fault);

  XmlElement element_;
  std::vector<std::string_view> attributes_;
  std::vector<std::string> parts_;
  std::vector<std::string> around_;  // names of the elements that are open
  std::size_t matched_ = 0;          // of them, those that follow the path
  std::size_t deepest_ = 0;          // that was ever matched
  bool root_seen_ = false;
  bool ended_ = false;
};

}  // namespace raccordo
