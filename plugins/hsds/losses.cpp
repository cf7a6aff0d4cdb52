// SPDX-License-Identifier: EUPL-1.2
#include "plugins/hsds/losses.hpp"

#include "raccordo/model/counted.hpp"

namespace hsds {
namespace {

constexpr std::size_t kMostListed = 200;  // of one input
constexpr std::size_t kLongestPath = 400;

}  // namespace

void Losses::add(std::string_view name, raccordo::Label why) {
  if (losses_.size() == kMostListed) {
    ++not_listed_;
    return;
  }
  auto path = path_;
  if (!path.empty() && !name.empty()) path += '.';
  path += name;
  if (path.size() > kLongestPath) {
    auto size = kLongestPath;
    while (size > 0 && (static_cast<unsigned char>(path[size]) & 0xc0) == 0x80) --size;
    path.resize(size);
  }
  losses_.push_back({std::move(path), why});
}

void Losses::report(raccordo::Effects& effects) const {
  for (const auto& loss : losses_)
    effects.finding("field_lost", loss.path,
                    raccordo::Text{std::string(loss.why.it), std::string(loss.why.en)});
  if (not_listed_ != 0)
    effects.finding("field_lost", "",
                    raccordo::counted(not_listed_, {"altro campo perso", "more field lost"},
                                      {"altri campi persi", "more fields lost"}));
}

Losses::Level::Level(Losses& losses, std::string_view name) : losses_(losses), size_(losses.path_.size()) {
  if (size_ != 0) losses_.path_ += '.';
  losses_.path_ += name;
}

Losses::Level::Level(Losses& losses, std::size_t item) : losses_(losses), size_(losses.path_.size()) {
  losses_.path_ += fmt::format("[{}]", item);
}

}  // namespace hsds
