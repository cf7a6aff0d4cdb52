// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/validate.hpp"

#include <xxhash.h>

#include "entity_walk.hpp"
#include "raccordo/model/json.hpp"
#include "rules.hpp"

namespace raccordo {

struct Validator::State {
  RuleBook rules;
  WalkBuffers buffers;
  std::string canonical;
  Refusal refusal;

  std::optional<ValidEntity> refuse(Problem problem, std::string path = {}) {
    refusal = {problem.code, std::move(path), std::move(problem.text)};
    return std::nullopt;
  }
};

namespace {

// Puts `out` and `dropped` back to where they were, unless the entity was accepted.
struct Rollback {
  std::string& out;
  std::vector<DroppedField>& dropped;
  std::size_t out_size = out.size();
  std::size_t dropped_size = dropped.size();

  void operator()() {
    out.resize(out_size);
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(dropped_size), dropped.end());
  }
};

}  // namespace

Validator::Validator(PublishedIds ids) : state_(std::make_unique<State>()) { state_->buffers.ids = ids; }
Validator::~Validator() = default;

const Refusal& Validator::refusal() const { return state_->refusal; }

std::optional<ValidEntity> Validator::validate(std::string_view kind, std::string_view json,
                                               StatementKeys& keys, std::string& out,
                                               std::vector<DroppedField>& dropped) {
  auto& state = *state_;
  const Rules* const rules = state.rules.find(kind);
  if (rules == nullptr) return state.refuse(unknown_kind(kind));
  if (json.size() > kMaxEntityBytes) return state.refuse(entity_too_large());
  Rollback rollback{out, dropped};

  auto step = Step::kStop;
  if (json::is_utf8(json)) {
    step = EntityWalk(json, Spelling::kUnknown, keys, state.buffers, out, dropped).run(*rules);
  }
  if (step == Step::kStop) {
    rollback();
    auto canonical = json::canonical(json);
    if (!canonical.ok()) return state.refuse({"invalid_json", std::move(canonical.error().message)});
    state.canonical = std::move(canonical).value();
    step = EntityWalk(state.canonical, Spelling::kCanonical, keys, state.buffers, out, dropped).run(*rules);
  }
  if (step != Step::kTaken) {
    rollback();
    return state.refuse(std::move(state.buffers.wrong), std::move(state.buffers.wrong_path));
  }
  const auto data = std::string_view(out).substr(rollback.out_size);
  if (data.size() > kMaxEntityBytes) {
    rollback();
    return state.refuse(entity_too_large());
  }
  return ValidEntity{rules->schema, state.buffers.key, state.buffers.source_id, data,
                     XXH3_64bits(data.data(), data.size())};
}

}  // namespace raccordo
