// SPDX-License-Identifier: EUPL-1.2
// A partner that is told to come again, and does.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <thread>

namespace raccordo::testing {

// The first answer that is not "later": a hub that has just begun has not read its catalogue, or has no
// worker yet (503), and knows who asks too often (429). Bounded by the test's own time.
inline std::string patient_call(const std::function<std::string()>& call) {
  for (;;) {
    auto answer = call();
    if (answer.find(" 503 ") == std::string::npos && answer.find(" 429 ") == std::string::npos) return answer;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // asks again, awaits nothing
  }
}

}  // namespace raccordo::testing
