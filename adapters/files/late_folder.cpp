// SPDX-License-Identifier: EUPL-1.2
#include "core/ports/file_name.hpp"
#include "adapters/files/files.hpp"

namespace raccordo::files {
namespace {

class LateFolder final : public OutputFiles {
 public:
  LateFolder(OutputFolder settings, const Clock& clock) : settings_(std::move(settings)), clock_(clock) {}

  Result<std::unique_ptr<OutputFile>> create() override {
    RACCORDO_CHECK(open());
    return opened_->create();
  }
  Result<std::string> name(std::string_view file, std::int64_t sequence) override {
    RACCORDO_CHECK(open());
    return opened_->name(file, sequence);
  }
  Status publish(const std::string& temporary, const std::string& final_name) override {
    RACCORDO_CHECK(open());
    return opened_->publish(temporary, final_name);
  }
  Status clean(std::span<const std::string> keep) override {
    RACCORDO_CHECK(open());
    return opened_->clean(keep);
  }

 private:
  Status open() {
    if (opened_) return done();
    RACCORDO_TRY(opened_, write_to(settings_, clock_));
    return done();
  }

  OutputFolder settings_;
  const Clock& clock_;
  std::unique_ptr<OutputFiles> opened_;
};

}  // namespace

Result<std::unique_ptr<OutputFiles>> write_when_there(OutputFolder folder, const Clock& clock) {
  RACCORDO_CHECK(check_template(folder.name));
  return std::unique_ptr<OutputFiles>(std::make_unique<LateFolder>(std::move(folder), clock));
}

}  // namespace raccordo::files
