// SPDX-License-Identifier: Apache-2.0
// The table of functions through which a plugin reaches a FakeHost.
#pragma once

#include "raccordo/sdk/testing/fake_host.hpp"

namespace raccordo {
inline namespace sdk {

[[nodiscard]] raccordo_host host_functions(FakeHost& host);
[[nodiscard]] Framed framed_as(const raccordo_framing* framing);

}  // namespace sdk
}  // namespace raccordo
