// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/text_framer.hpp"

#include "core/framing/context.hpp"

namespace raccordo {

std::string TextFramer::context() const { return write_context({format(), reader_.encoding().encoding}); }

std::vector<FramingFinding> TextFramer::findings() const {
  if (!ended() || records() > 0) return {};
  return {no_records()};
}

}  // namespace raccordo
