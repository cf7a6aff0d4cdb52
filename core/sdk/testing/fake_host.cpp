// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/testing/fake_host.hpp"

#include "host_functions.hpp"
#include "raccordo/sdk/borrowed.hpp"
#include "raccordo/sdk/testing/configured.hpp"

namespace raccordo {
inline namespace sdk {

Framed framed_as(const raccordo_framing* framing) {
  const auto known = known_members(framing);
  const auto text = [](raccordo_bytes bytes) { return std::string(view(bytes)); };
  return {static_cast<raccordo_format>(known.format),
          text(known.separator),
          text(known.encoding),
          text(known.sheet),
          text(known.path),
          known.header_row,
          known.header_rows};
}

FakeHost::FakeHost(const raccordo_plugin* plugin, const Pairs& options, HostHabits habits)
    : plugin_(plugin), habits_(habits), table_(host_functions(*this)) {
  if (plugin == nullptr || plugin->create == nullptr) {
    created_with_.words = "no plugin";
    return;
  }
  framed_ = framed_as(plugin->framing);
  options_ = std::make_unique<LentOptions>(configured(*plugin, options));
  moment_ = Moment::kCreating;
  instance_ = plugin->create(&table_, &options_->options());
  moment_ = Moment::kBetween;
  created_with_ = std::exchange(answer_, {});
  if (habits_.spoils) options_->spoil();
}

FakeHost::~FakeHost() {
  if (instance_ != nullptr) plugin_->destroy(instance_);
}

Sample FakeHost::document_sample(std::string body) const {
  const bool rows = framed_.format == RACCORDO_FORMAT_CSV || framed_.format == RACCORDO_FORMAT_XLSX;
  const bool none = framed_.format == RACCORDO_FORMAT_NONE;
  return Sample::document(std::move(body), rows || none ? RACCORDO_FORMAT_DOCUMENT : framed_.format);
}

Answer FakeHost::handle(const Sample& sample) {
  auto& lent = *lent_.emplace_back(std::make_unique<Lent>(sample));
  auto answer = raw(lent.input());
  if (habits_.spoils) lent.spoil();
  return answer;
}

Answer FakeHost::raw(const raccordo_input& input) {
  if (!created()) return {.verdict = RACCORDO_FATAL, .words = created_with_.words};
  answer_ = {};
  moment_ = Moment::kHandling;
  const auto verdict = plugin_->handle(instance_, &input);
  moment_ = Moment::kBetween;
  answer_.verdict = verdict;
  return std::exchange(answer_, {});
}

raccordo_status FakeHost::take(std::string line, std::size_t bytes) {
  auto status = habits_.takes_with;
  if (moment_ != Moment::kHandling)
    status = RACCORDO_NOT_NOW;
  else if (bytes > habits_.max_effect_bytes)
    status = RACCORDO_TOO_LARGE;
  (status == RACCORDO_OK ? answer_.story : answer_.not_taken).push_back(std::move(line));
  return status;
}

bool FakeHost::declared(raccordo_bytes kind) const {
  for (std::size_t i = 0; i < plugin_->publishes.size; ++i)
    if (view(plugin_->publishes.items[i]) == view(kind)) return true;
  return false;
}

}  // namespace sdk
}  // namespace raccordo
