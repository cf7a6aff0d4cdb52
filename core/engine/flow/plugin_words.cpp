// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/plugin_words.hpp"

#include <algorithm>

namespace raccordo {

bool has_words(std::span<const Effect> effects) {
  return std::ranges::any_of(effects, [](const Effect& effect) {
    return effect.kind == EffectKind::kLog || effect.kind == EffectKind::kFilter ||
           effect.kind == EffectKind::kFinding;
  });
}

void log_words(std::span<const Effect> effects, const LogSubject& subject, Language language, Log& log) {
  for (const auto& effect : effects) {
    if (effect.kind == EffectKind::kLog)
      log.write(static_cast<LogLevel>(std::min(effect.number, 3u)), subject,
                from_plugin(effect.fields[0]).in(language));
    if (effect.kind == EffectKind::kFilter) {
      const auto why = from_plugin(effect.fields[0]);
      log.write(LogLevel::kDebug, subject, say("escluso: {0}", "filtered: {1}", why.it, why.en).in(language));
    }
  }
}

}  // namespace raccordo
