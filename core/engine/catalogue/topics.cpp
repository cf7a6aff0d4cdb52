// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/catalogue/topics.hpp"

#include <array>

namespace raccordo {
namespace {

struct Known {
  std::string_view name;
  bool compacted;
};

constexpr std::array kKnown{
    Known{"organizations", true},  Known{"services", true},   Known{"offers", true},
    Known{"accreditations", true}, Known{"catalogue", true},  Known{"commands", false},
    Known{"bookings", false},      Known{"enquiries", false}, Known{"referrals", false},
    Known{"applications", false},  Known{"wallets", false}};

}  // namespace

std::vector<TopicSettings> all_topics(std::string_view prefix) {
  std::vector<TopicSettings> topics;
  for (const auto& known : kKnown) topics.push_back({full_topic(prefix, known.name), known.compacted});
  return topics;
}

std::string full_topic(std::string_view prefix, std::string_view name) {
  return std::string(prefix) + "welfare." + std::string(name);
}

}  // namespace raccordo
