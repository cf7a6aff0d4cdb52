// SPDX-License-Identifier: Apache-2.0
// A host for unit tests: holds one instance of a plugin that is linked into the test, feeds it inputs and
// keeps what it answers. What it lends is overwritten after every call, as a real host's buffers are.
#pragma once

#include <raccordo/abi.h>

#include <memory>
#include <string>
#include <vector>

#include "raccordo/sdk/testing/answer.hpp"
#include "raccordo/sdk/testing/lent.hpp"
#include "raccordo/sdk/testing/sample.hpp"

namespace raccordo {
inline namespace sdk {

// How an instance asked for its source to be cut.
struct Framed {
  raccordo_format format = RACCORDO_FORMAT_NONE;
  std::string separator, encoding, sheet, path;
  std::uint32_t header_row = 0, header_rows = 0;
  friend bool operator==(const Framed&, const Framed&) = default;
};

// For tests of how a plugin, or the SDK, meets a host that is not like this one.
struct HostHabits {
  bool spoils = true;                        // overwrites what it lent
  raccordo_status takes_with = RACCORDO_OK;  // what every effect answers
  std::size_t max_effect_bytes = 16u << 20;  // of one effect
};

// `options` as in a configuration ("30s", "64MiB"); of a file its content. Options with a default are added.
// Not copied, not moved: the plugin knows its address. One thread.
class FakeHost {
 public:
  explicit FakeHost(const raccordo_plugin* plugin, const Pairs& options = {}, HostHabits habits = {});
  ~FakeHost();
  FakeHost(const FakeHost&) = delete;
  FakeHost& operator=(const FakeHost&) = delete;

  // False when `create` refused: `words` says why.
  [[nodiscard]] bool created() const { return instance_ != nullptr; }
  [[nodiscard]] const std::string& words() const { return created_with_.words; }
  // How it wants its source cut: as `create` asked, else as the descriptor says.
  [[nodiscard]] const Framed& framed() const { return framed_; }

  // One input, answered. Without an instance the answer is FATAL with the words of `create`.
  Answer handle(const Sample& sample);
  Answer row(Pairs cells) { return handle(Sample::row(std::move(cells))); }
  Answer document(std::string body) { return handle(document_sample(std::move(body))); }
  Answer event(std::string kind, std::string id, std::string data) {
    return handle(Sample::event(std::move(kind), std::move(id), std::move(data)));
  }
  Answer deletion(std::string kind, std::string id) {
    return handle(Sample::deletion(std::move(kind), std::move(id)));
  }
  Answer tick(std::int64_t now_ms, std::string cursor = {}) {
    return handle(Sample::tick(now_ms, std::move(cursor)));
  }
  Answer response(std::uint32_t status, std::string body, std::string context = {}) {
    return handle(Sample::response(status, std::move(body), std::move(context)));
  }
  // Something that no sample can say.
  Answer raw(const raccordo_input& input);

 private:
  friend struct HostFunctions;

  [[nodiscard]] Sample document_sample(std::string body) const;
  raccordo_status take(std::string line, std::size_t bytes);
  [[nodiscard]] bool declared(raccordo_bytes kind) const;

  enum class Moment { kBetween, kCreating, kHandling };

  const raccordo_plugin* plugin_;
  HostHabits habits_;
  raccordo_host table_{};
  Moment moment_ = Moment::kBetween;
  Answer answer_;
  Answer created_with_;
  Framed framed_;
  void* instance_ = nullptr;
  std::vector<std::unique_ptr<Lent>>
      lent_;  // kept, so that a view into it reads rubbish and not freed memory
  std::unique_ptr<LentOptions> options_;
};

}  // namespace sdk
}  // namespace raccordo
