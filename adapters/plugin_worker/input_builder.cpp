// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/input_builder.hpp"

#include <charconv>

#include "adapters/plugin_worker/abi_text.hpp"

namespace raccordo {
namespace {

template <typename T>
T number(raccordo_bytes text) {
  T value{};
  std::from_chars(text.data, text.data + text.size, value);
  return value;
}

bool is_one(raccordo_bytes text) { return view(text) == "1"; }

}  // namespace

raccordo_bytes InputBuilder::field(std::size_t index) const {
  return index < fields_.size() ? fields_[index] : raccordo_bytes{"", 0};
}

std::span<const raccordo_header> InputBuilder::headers_from(std::size_t first) {
  headers_.clear();
  for (auto i = first; i + 1 < fields_.size(); i += 2) headers_.push_back({fields_[i], fields_[i + 1]});
  return headers_;
}

const raccordo_input& InputBuilder::build(const SharedByBatch& shared, const InputFields& input) {
  fields_.clear();
  const char* at = input.bytes;
  for (const auto size : input.sizes) {
    fields_.push_back({at, size});
    at += size;
  }
  input_ = {.struct_size = sizeof input_, .kind = static_cast<std::uint32_t>(input.kind)};
  switch (input.kind) {
    case InputKind::kRecord:
      build_record(shared, input.line);
      break;
    case InputKind::kEvent:
      build_event();
      break;
    case InputKind::kRequest:
      build_request();
      break;
    case InputKind::kResponse:
      build_response();
      break;
    case InputKind::kOutcome:
      build_outcome();
      break;
    case InputKind::kTick:
      build_tick();
      break;
  }
  return input_;
}

void InputBuilder::build_record(const SharedByBatch& shared, std::uint64_t line) {
  record_ = {.struct_size = sizeof record_, .format = static_cast<std::uint32_t>(shared.format)};
  record_.file = borrow(shared.file);
  record_.line = line;
  if (is_rows(shared.format)) {
    if (fields_.size() < shared.columns.size()) fields_.resize(shared.columns.size(), raccordo_bytes{"", 0});
    record_.columns = {shared.columns.data(), shared.columns.size()};
    record_.cells = {fields_.data(), fields_.size()};
  } else {
    record_.body = field(0);
  }
  input_.record = &record_;
}

void InputBuilder::build_event() {
  event_ = {.struct_size = sizeof event_,
            .topic = field(0),
            .type = field(1),
            .kind = field(2),
            .id = field(3),
            .source_id = field(4),
            .partner_id = field(5),
            .data = field(6),
            .deleted = static_cast<std::uint8_t>(is_one(field(7)) ? 1 : 0)};
  input_.event = &event_;
}

void InputBuilder::build_request() {
  const auto headers = headers_from(4);
  request_ = {.struct_size = sizeof request_,
              .method = field(0),
              .path = field(1),
              .query = field(2),
              .headers = headers.data(),
              .header_count = headers.size(),
              .body = field(3)};
  input_.request = &request_;
}

void InputBuilder::build_response() {
  const auto headers = headers_from(3);
  response_ = {.struct_size = sizeof response_,
               .status = number<std::uint32_t>(field(0)),
               .headers = headers.data(),
               .header_count = headers.size(),
               .body = field(1),
               .context = field(2)};
  input_.response = &response_;
}

void InputBuilder::build_outcome() {
  constexpr std::size_t kFirstLegal = 5;
  outcome_ = {.struct_size = sizeof outcome_,
              .accepted = static_cast<std::uint8_t>(is_one(field(0)) ? 1 : 0),
              .revision = number<std::uint64_t>(field(1)),
              .reason = field(2),
              .data = field(3),
              .context = field(4)};
  if (fields_.size() > kFirstLegal)
    outcome_.legal_now = {fields_.data() + kFirstLegal, fields_.size() - kFirstLegal};
  input_.outcome = &outcome_;
}

void InputBuilder::build_tick() {
  tick_ = {.struct_size = sizeof tick_, .now_ms = number<std::int64_t>(field(0)), .cursor = field(1)};
  input_.tick = &tick_;
}

}  // namespace raccordo
