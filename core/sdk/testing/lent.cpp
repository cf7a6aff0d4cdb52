// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/testing/lent.hpp"

#include <algorithm>

#include "raccordo/sdk/borrowed.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

constexpr char kRubbish = '#';

void spoil_text(std::string& text) { std::fill(text.begin(), text.end(), kRubbish); }

}  // namespace

Lent::Lent(const Sample& sample) {
  input_.struct_size = sizeof input_;
  input_.kind = sample.kind;
  switch (sample.kind) {
    case RACCORDO_INPUT_RECORD:
      lend_record(sample);
      break;
    case RACCORDO_INPUT_EVENT:
      lend_event(sample);
      break;
    case RACCORDO_INPUT_REQUEST:
      lend_request(sample);
      break;
    case RACCORDO_INPUT_RESPONSE:
      lend_response(sample);
      break;
    case RACCORDO_INPUT_OUTCOME:
      lend_outcome(sample);
      break;
    case RACCORDO_INPUT_TICK:
      lend_tick(sample);
      break;
  }
}

raccordo_bytes Lent::lend(const std::string& text) {
  if (text.empty()) return {nullptr, 0};
  return bytes(texts_.emplace_back(text));
}

raccordo_list Lent::lend(const std::vector<std::string>& texts) {
  auto& list = lists_.emplace_back();
  for (const auto& text : texts) list.push_back(lend(text));
  return {list.data(), list.size()};
}

void Lent::lend_headers(const Pairs& headers) {
  for (const auto& [name, value] : headers) headers_.push_back({lend(name), lend(value)});
}

void Lent::lend_record(const Sample& sample) {
  std::vector<std::string> columns;
  std::vector<std::string> cells;
  for (const auto& [column, cell] : sample.cells) {
    columns.push_back(column);
    cells.push_back(cell);
  }
  record_ = {sizeof record_,    static_cast<std::uint32_t>(sample.format),
             lend(columns),     lend(cells),
             lend(sample.body), lend(sample.file),
             sample.line};
  input_.record = &record_;
}

void Lent::lend_event(const Sample& sample) {
  event_ = {sizeof event_,
            lend(sample.topic),
            lend(sample.type),
            lend(sample.entity_kind),
            lend(sample.id),
            lend(sample.source_id),
            lend(sample.partner_id),
            lend(sample.body),
            static_cast<std::uint8_t>(sample.deleted ? 1 : 0)};
  input_.event = &event_;
}

void Lent::lend_request(const Sample& sample) {
  lend_headers(sample.headers);
  request_ = {sizeof request_, lend(sample.method), lend(sample.path), lend(sample.query),
              headers_.data(), headers_.size(),     lend(sample.body)};
  input_.request = &request_;
}

void Lent::lend_response(const Sample& sample) {
  lend_headers(sample.headers);
  response_ = {sizeof response_, sample.status,     headers_.data(),
               headers_.size(),  lend(sample.body), lend(sample.context)};
  input_.response = &response_;
}

void Lent::lend_outcome(const Sample& sample) {
  outcome_ = {sizeof outcome_,        static_cast<std::uint8_t>(sample.accepted ? 1 : 0),
              sample.revision,        lend(sample.reason),
              lend(sample.legal_now), lend(sample.body),
              lend(sample.context)};
  input_.outcome = &outcome_;
}

void Lent::lend_tick(const Sample& sample) {
  tick_ = {sizeof tick_, sample.now_ms, lend(sample.cursor)};
  input_.tick = &tick_;
}

void Lent::spoil() {
  for (auto& text : texts_) spoil_text(text);
  for (auto& list : lists_) std::fill(list.begin(), list.end(), raccordo_bytes{});
  std::fill(headers_.begin(), headers_.end(), raccordo_header{});
  record_ = {};
  event_ = {};
  request_ = {};
  response_ = {};
  outcome_ = {};
  tick_ = {};
  input_ = {};
}

LentOptions::LentOptions(const Pairs& options) {
  for (const auto& [name, value] : options) {
    const auto& lent_name = texts_.emplace_back(name);
    const auto& lent_value = texts_.emplace_back(value);
    values_.push_back({bytes(lent_name), bytes(lent_value)});
  }
  options_ = {sizeof options_, values_.data(), values_.size()};
}

void LentOptions::spoil() {
  for (auto& text : texts_) spoil_text(text);
  std::fill(values_.begin(), values_.end(), raccordo_option_value{});
  options_ = {};
}

}  // namespace sdk
}  // namespace raccordo
