// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/validate.hpp"

#include <xxhash.h>

#include "entity_walk.hpp"
#include "raccordo/model/json.hpp"
#include "rules.hpp"

namespace raccordo {

struct Validator::State {
  WalkBuffers buffers;
  std::string canonical;
  Refusal refusal;

  bool refuse(Problem problem, std::string path = {}) {  // false
    refusal = {problem.code, std::move(path), std::move(problem.text)};
    return false;
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

// Appends the published form, or says in `refusal` why there is none.
bool Validator::walk(const Rules& rules, std::string_view json, StatementKeys* keys, std::string& out,
                     std::vector<DroppedField>& dropped) {
  auto& state = *state_;
  if (json.size() > kMaxEntityBytes) return state.refuse(entity_too_large());
  Rollback rollback{out, dropped};

  auto step = Step::kStop;
  if (json::is_utf8(json)) {
    step = EntityWalk(json, Spelling::kUnknown, keys, state.buffers, out, dropped).run(rules);
  }
  if (step == Step::kStop) {
    rollback();
    auto canonical = json::canonical(json);
    if (!canonical.ok()) return state.refuse({"invalid_json", std::move(canonical.error().message)});
    state.canonical = std::move(canonical).value();
    step = EntityWalk(state.canonical, Spelling::kCanonical, keys, state.buffers, out, dropped).run(rules);
  }
  if (step != Step::kTaken) {
    rollback();
    return state.refuse(std::move(state.buffers.wrong), std::move(state.buffers.wrong_path));
  }
  if (out.size() - rollback.out_size <= kMaxEntityBytes) return true;
  rollback();
  return state.refuse(entity_too_large());
}

std::optional<ValidEntity> Validator::validate(std::string_view kind, std::string_view json,
                                               StatementKeys& keys, std::string& out,
                                               std::vector<DroppedField>& dropped) {
  auto& state = *state_;
  const auto begin = out.size();
  const Rules* const rules = rule_book().find(kind);
  if (rules == nullptr) {
    state.refuse(unknown_kind(kind, catalogue_kinds()));
    return std::nullopt;
  }
  if (!walk(*rules, json, &keys, out, dropped)) return std::nullopt;
  const auto data = std::string_view(out).substr(begin);
  return ValidEntity{rules->schema, state.buffers.key, state.buffers.source_id, data,
                     XXH3_64bits(data.data(), data.size())};
}

std::optional<ValidCase> Validator::validate_case(std::string_view kind, std::string_view json,
                                                  std::string& out, std::vector<DroppedField>& dropped) {
  const auto begin = out.size();
  const Rules* const rules = rule_book().find_case(kind);
  if (rules == nullptr) {
    state_->refuse(unknown_kind(kind, case_kinds()));
    return std::nullopt;
  }
  if (!walk(*rules, json, nullptr, out, dropped)) return std::nullopt;
  return ValidCase{rules->schema, std::string_view(out).substr(begin)};
}

}  // namespace raccordo
