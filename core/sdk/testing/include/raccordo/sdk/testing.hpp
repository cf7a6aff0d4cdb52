// SPDX-License-Identifier: Apache-2.0
// All that a plugin's unit test needs besides GoogleTest: a fake host, and the conformance suite.
#pragma once

#include "raccordo/sdk/testing/answer.hpp"
#include "raccordo/sdk/testing/conformance.hpp"
#include "raccordo/sdk/testing/fake_host.hpp"
#include "raccordo/sdk/testing/poll.hpp"
#include "raccordo/sdk/testing/sample.hpp"
