// SPDX-License-Identifier: EUPL-1.2
// The same for tests.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cmake/precompiled/common.hpp"
