// SPDX-License-Identifier: Apache-2.0
// Hostile inputs, made from a good one: emptied, cut, blown up, filled with what partners' systems really
// send and with what nobody should.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "raccordo/sdk/testing/sample.hpp"

namespace raccordo {
inline namespace sdk {

struct Mutation {
  std::string what;  // "cell POSTI: 1 MiB of one letter"
  Sample sample;
};

// The same for the same sample and seed.
[[nodiscard]] std::vector<Mutation> mutations_of(const Sample& sample, std::uint64_t seed);

}  // namespace sdk
}  // namespace raccordo
