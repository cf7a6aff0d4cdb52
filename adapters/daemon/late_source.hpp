// SPDX-License-Identifier: EUPL-1.2
// A source at a partner's server, opened at its first look.
#pragma once

#include <functional>
#include <memory>

#include "core/ports/source_files.hpp"

namespace raccordo {

// Whoever only looks at a hub needs neither a source's secrets nor its spool. Opened anew once the partner no
// longer lets us in, for the secret may have been changed since.
class LateSource final : public SourceFiles {
 public:
  using Opening = std::function<Result<std::unique_ptr<SourceFiles>>()>;
  explicit LateSource(Opening open) : open_(std::move(open)) {}

  Result<Look> look(const std::stop_token& stop) override {
    RACCORDO_CHECK(ready());
    auto look = files_->look(stop);
    if (!look.ok() && look.error().code == ErrorCode::kDenied) files_.reset();
    return look;
  }
  Result<std::unique_ptr<ByteFile>> open(const SeenFile& file) override {
    RACCORDO_CHECK(ready());
    return files_->open(file);
  }
  Result<bool> unchanged(const SeenFile& file) override {
    RACCORDO_CHECK(ready());
    return files_->unchanged(file);
  }

 private:
  Status ready() {
    if (files_ != nullptr) return done();
    RACCORDO_TRY(files_, open_());
    return done();
  }

  Opening open_;
  std::unique_ptr<SourceFiles> files_;
};

}  // namespace raccordo
