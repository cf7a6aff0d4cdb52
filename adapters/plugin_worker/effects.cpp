// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/effects.hpp"

#include <algorithm>

#include "adapters/plugin_worker/readable.hpp"

namespace raccordo {
namespace {

constexpr auto kLog = static_cast<std::uint32_t>(EffectKind::kLog);

bool has_right_fields(const WireEffect& effect) {
  const auto n = effect.field_count;
  switch (static_cast<EffectKind>(effect.kind)) {
    case EffectKind::kPublish:
    case EffectKind::kErase:
    case EffectKind::kWrite:
      return n == 2;
    case EffectKind::kCommand:
    case EffectKind::kReject:
    case EffectKind::kFinding:
      return n == 3;
    case EffectKind::kSend:
      return n >= 5 && n % 2 == 1;
    case EffectKind::kRespond:
      return n % 2 == 1;
    case EffectKind::kSaveCursor:
    case EffectKind::kSnapshotBegin:
    case EffectKind::kSnapshotEnd:
    case EffectKind::kFilter:
    case EffectKind::kLog:
      return n == 1;
  }
  return false;
}

bool is_read_by_people(EffectKind kind) {
  return kind == EffectKind::kFilter || kind == EffectKind::kReject || kind == EffectKind::kFinding ||
         kind == EffectKind::kLog;
}

// Growing `fields` may move them: the effects that are already there follow.
void grow_fields(OutputBatch& batch, std::size_t more) {
  const auto* const before = batch.fields.data();
  if (batch.fields.capacity() - batch.fields.size() >= more) return;
  std::vector<std::size_t> starts(batch.effects.size());
  std::transform(batch.effects.begin(), batch.effects.end(), starts.begin(), [before](const Effect& effect) {
    return static_cast<std::size_t>(effect.fields.data() - before);
  });
  batch.fields.reserve(std::max(batch.fields.capacity() * 2, batch.fields.size() + more));
  for (std::size_t i = 0; i < starts.size(); ++i)
    batch.effects[i].fields = {batch.fields.data() + starts[i], batch.effects[i].fields.size()};
}

class Decoder {
 public:
  Decoder(const Answers& answers, OutputBatch& batch) : answers_(answers), batch_(batch) {}

  void run(std::string bytes) {
    grow_fields(batch_, answers_.sizes.size());
    batch_.effects.reserve(batch_.effects.size() + answers_.effects.size());
    batch_.bytes.push_back(std::make_unique<std::string>(std::move(bytes)));
    at_ = batch_.bytes.back()->data();
    for (const auto& output : answers_.outputs) take(output);
  }

 private:
  void take(const WireOutput& from) {
    const auto first = static_cast<std::uint32_t>(batch_.effects.size());
    for (std::uint32_t i = 0; i < from.effect_count; ++i) take(answers_.effects[effect_++]);
    batch_.outputs.push_back({static_cast<Ending>(from.ending), words(from), first, from.effect_count});
  }

  void take(const WireEffect& from) {
    const auto kind = static_cast<EffectKind>(from.kind);
    const auto first = batch_.fields.size();
    for (std::uint32_t i = 0; i < from.field_count; ++i) {
      const auto value = next(answers_.sizes[size_++]);
      batch_.fields.push_back(is_read_by_people(kind) ? made_readable(value) : value);
    }
    batch_.effects.push_back({kind, from.number, {batch_.fields.data() + first, from.field_count}});
  }

  Text words(const WireOutput& from) {
    if (from.words_it + std::uint64_t{from.words_en} == 0) return {};
    auto it = readable(next(from.words_it));
    auto en = readable(next(from.words_en));
    if (en.empty()) return as_is(std::move(it));
    return {std::move(it), std::move(en)};
  }

  std::string_view made_readable(std::string_view text) {
    if (is_readable(text)) return text;
    batch_.bytes.push_back(std::make_unique<std::string>(readable(text)));
    return *batch_.bytes.back();
  }

  std::string_view next(std::uint32_t size) {
    const std::string_view value(at_, size);
    at_ += size;
    return value;
  }

  const Answers& answers_;
  OutputBatch& batch_;
  const char* at_ = nullptr;
  std::size_t effect_ = 0;
  std::size_t size_ = 0;
};

}  // namespace

// Sums are of 32-bit numbers in 64 bits, and there are fewer than 2^32 of them: they cannot overflow.
bool agree(const Answers& answers, std::size_t byte_count) {
  std::uint64_t effects = 0, fields = 0, bytes = 0;
  for (const auto& output : answers.outputs) {
    if (output.ending > static_cast<std::uint32_t>(Ending::kFailed)) return false;
    effects += output.effect_count;
    bytes += std::uint64_t{output.words_it} + output.words_en;
  }
  for (const auto& effect : answers.effects) {
    if (!has_right_fields(effect)) return false;
    fields += effect.field_count;
  }
  for (const auto size : answers.sizes) bytes += size;
  return effects == answers.effects.size() && fields == answers.sizes.size() && bytes == byte_count;
}

void EffectBuffer::clear() {
  outputs.clear();
  effects.clear();
  sizes.clear();
  bytes.clear();
}

void EffectBuffer::keep_only_logs(const Mark& mark) {
  auto kept = mark;
  auto size = mark.sizes, byte = mark.bytes;
  for (auto i = mark.effects; i < effects.size(); ++i) {
    std::size_t length = 0;
    for (std::uint32_t field = 0; field < effects[i].field_count; ++field) length += sizes[size + field];
    const auto count = effects[i].field_count;
    if (effects[i].kind == kLog) {  // one field
      std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(byte), length,
                  bytes.begin() + static_cast<std::ptrdiff_t>(kept.bytes));
      sizes[kept.sizes++] = static_cast<std::uint32_t>(length);
      effects[kept.effects++] = effects[i];
      kept.bytes += length;
    }
    size += count;
    byte += length;
  }
  cut(kept);
}

void EffectBuffer::end_output(Ending ending, const Mark& mark, const Text& words) {
  const bool one_language = words.it == words.en;
  bytes += words.it;
  if (!one_language) bytes += words.en;
  outputs.push_back({static_cast<std::uint32_t>(ending),
                     static_cast<std::uint32_t>(effects.size() - mark.effects),
                     static_cast<std::uint32_t>(words.it.size()),
                     one_language ? 0 : static_cast<std::uint32_t>(words.en.size())});
}

void decode(const Answers& answers, std::string bytes, OutputBatch& batch) {
  Decoder(answers, batch).run(std::move(bytes));
}

}  // namespace raccordo
