// SPDX-License-Identifier: EUPL-1.2
// Parsed once where RACCORDO_PRECOMPILE is on: what most files include anyway. Files still include what they use;
// the everyday build, which has it off, says when one does not.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>
