// SPDX-License-Identifier: EUPL-1.2
#include "adapters/sodium/key_ring.hpp"
#include "core/ports/sealed.hpp"
#include "raccordo/model/json.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {

// As they come in events: a sealed value, or a case's wrapped keys.
void sealed(std::string_view bytes) {
  if (const auto value = from_sealed_text(bytes)) {
    const auto text = sealed_text(*value);
    must(from_sealed_text(text) == value, "a sealed value is another one when it is written again");
    must(json::canonical(text).ok() && *json::canonical(text) == text, "a sealed value is not canonical");
  }
  if (const auto wraps = from_wraps_text(bytes)) {
    must(wraps->size() <= kMostWraps, "too many keys");
    const auto text = wraps_text(*wraps);
    must(from_wraps_text(text) == wraps, "wrapped keys are others when they are written again");
    must(json::canonical(text).ok() && *json::canonical(text) == text, "wrapped keys are not canonical");
  }
}

void key_file(std::string_view bytes) {
  const auto ring = sodium::read_ring(bytes, "people.key");
  if (!ring.ok()) return must(!ring.error().message.it.empty(), "refused without words");
  must(!ring->keys.empty() && ring->keys.size() <= sodium::kMostKeys, "a ring without keys");
  const auto text = sodium::text_of(*ring);
  const auto again = sodium::read_ring(text.text(), "people.key");
  must(again.ok() && sodium::text_of(*again).text() == text.text(),
       "a key file is another one when it is written again");
}

}  // namespace raccordo::fuzz
