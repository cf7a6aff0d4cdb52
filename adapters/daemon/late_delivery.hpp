// SPDX-License-Identifier: EUPL-1.2
// Where a delivery's files go, opened when they are first needed.
#pragma once

#include <functional>
#include <memory>

#include "core/ports/output_files.hpp"

namespace raccordo {

// Whoever only looks at a hub, or refuses a new configuration, leaves alone what a running delivery uses.
// Opened anew once we are no longer let in, for the secret may have been changed since; what was made before
// must be gone when it is used again. [flow]
class LateDelivery final : public OutputFiles {
 public:
  using Opening = std::function<Result<std::unique_ptr<OutputFiles>>()>;
  explicit LateDelivery(Opening open) : open_(std::move(open)) {}

  Result<std::unique_ptr<OutputFile>> create() override {
    return use([](OutputFiles& files) { return files.create(); });
  }
  Result<std::string> name(std::string_view file, std::int64_t sequence) override {
    return use([&](OutputFiles& files) { return files.name(file, sequence); });
  }
  Status publish(const std::string& temporary, const std::string& final_name) override {
    return use([&](OutputFiles& files) { return files.publish(temporary, final_name); });
  }
  Status clean(std::span<const std::string> keep) override {
    return use([&](OutputFiles& files) { return files.clean(keep); });
  }

 private:
  template <typename Work>
  auto use(Work work) -> decltype(work(std::declval<OutputFiles&>())) {
    if (denied_) files_.reset();
    if (files_ == nullptr) {
      RACCORDO_TRY(files_, open_());
    }
    auto result = work(*files_);
    denied_ = !result.ok() && result.error().code == ErrorCode::kDenied;
    return result;
  }

  Opening open_;
  std::unique_ptr<OutputFiles> files_;
  bool denied_ = false;  // files that are being written may need what is open until they are given up
};

}  // namespace raccordo
