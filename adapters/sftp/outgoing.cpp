// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <set>

#include "adapters/sftp/remote.hpp"
#include "core/ports/file_name.hpp"
#include "raccordo/model/uuid.hpp"

namespace raccordo::sftp {
namespace {

constexpr std::string_view kAsideStart = ".raccordo-";
constexpr std::string_view kAsideEnd = ".part";
constexpr std::size_t kAsideNumber = 8;  // hexadecimal digits between owner and end
constexpr int kMostNames = 1'000;        // each is a question to the server

class DeliveryFolder final : public OutputFiles {
 public:
  DeliveryFolder(Outgoing settings, std::unique_ptr<Spool> spool, const Clock& clock)
      : settings_(std::move(settings)),
        aside_(std::string(kAsideStart) + settings_.owner + (settings_.owner.empty() ? "" : "-")),
        spool_(std::move(spool)),
        clock_(clock),
        remote_(settings_.server) {}

  Result<std::unique_ptr<OutputFile>> create() override;
  Result<std::string> name(std::string_view file, std::int64_t sequence) override;
  Status publish(const std::string& temporary, const std::string& final_name) override;
  Status clean(std::span<const std::string> keep) override;

 private:
  class Collected;
  [[nodiscard]] std::string path(const std::string& name) const {
    return settings_.folder + (settings_.folder.ends_with('/') ? "" : "/") + name;
  }
  [[nodiscard]] bool is_aside(std::string_view name) const {
    return name.size() == aside_.size() + kAsideNumber + kAsideEnd.size() && name.starts_with(aside_) &&
           name.ends_with(kAsideEnd) && name.find('/') == std::string_view::npos;
  }
  [[nodiscard]] Status carry_over(const std::string& name);
  [[nodiscard]] Status tidy_spool();

  Outgoing settings_;
  std::string aside_;  // how our names aside begin
  std::unique_ptr<Spool> spool_;
  const Clock& clock_;
  Remote remote_;
  std::set<std::string> ours_;  // names of what is being collected or waits to be carried over
};

// Written here, and to the server when it is finished.
class DeliveryFolder::Collected final : public OutputFile {
 public:
  Collected(DeliveryFolder& folder, std::string name, std::unique_ptr<SpoolWriter> writer)
      : folder_(folder), name_(std::move(name)), writer_(std::move(writer)) {}
  Collected(const Collected&) = delete;
  Collected& operator=(const Collected&) = delete;
  ~Collected() override {
    writer_.reset();
    if (folder_.ours_.erase(name_) > 0) (void)folder_.tidy_spool();
  }

  Status append(std::string_view bytes) override {
    if (!writer_)
      return error(ErrorCode::kBug, say("{}: il file è finito", "{}: the file is finished", name_));
    if (spoilt_)
      return error(ErrorCode::kUnavailable, say("{}: scrittura fallita", "{}: writing failed", name_),
                   say("si ricomincia con un file nuovo", "it is started again with a new file"));
    auto written = writer_->append(bytes);
    spoilt_ = !written.ok();  // some of it may have been
    return written;
  }

  Status finish() override {
    if (finished_) return done();
    if (writer_) {
      RACCORDO_CHECK(append({}));
      RACCORDO_TRY([[maybe_unused]] const auto kept, writer_->keep({}));
      writer_.reset();
    }
    RACCORDO_CHECK(folder_.carry_over(name_));
    finished_ = true;
    folder_.ours_.erase(name_);
    return folder_.tidy_spool();
  }

  [[nodiscard]] const std::string& temporary() const override { return name_; }

 private:
  DeliveryFolder& folder_;
  std::string name_;
  std::unique_ptr<SpoolWriter> writer_;
  bool spoilt_ = false;
  bool finished_ = false;
};

Result<std::unique_ptr<OutputFile>> DeliveryFolder::create() {
  auto name = fmt::format("{}{:.{}}{}", aside_, Uuid::random().text(), kAsideNumber, kAsideEnd);
  RACCORDO_TRY(auto writer, spool_->write(name));
  ours_.insert(name);
  return std::unique_ptr<OutputFile>(std::make_unique<Collected>(*this, std::move(name), std::move(writer)));
}

Status DeliveryFolder::carry_over(const std::string& name) {
  RACCORDO_TRY(const auto bytes, spool_->open(name, path(name)));
  RACCORDO_CHECK(remote_.remove(path(name)));  // half of it may be there since the connection was lost
  return remote_.store(path(name), *bytes);
}

Status DeliveryFolder::tidy_spool() { return spool_->keep_only({ours_.begin(), ours_.end()}); }

Result<std::string> DeliveryFolder::name(std::string_view file, std::int64_t sequence) {
  const bool has_sequence = settings_.name.find("{seq}") != std::string::npos;
  const auto now = clock_.now();
  const auto plain = expand(settings_.name, {file, sequence, now, settings_.utc});
  RACCORDO_TRY(const bool is_taken, remote_.is_there(path(plain)));
  if (!is_taken) return plain;
  for (std::int64_t next = sequence; next < sequence + kMostNames; ++next) {
    auto other =
        has_sequence ? expand(settings_.name, {file, next, now, settings_.utc}) : numbered(plain, next);
    RACCORDO_TRY(const bool is_taken_too, remote_.is_there(path(other)));
    if (!is_taken_too) return other;
  }
  return taken(remote_.server(), path(plain));
}

Status DeliveryFolder::publish(const std::string& temporary, const std::string& final_name) {
  for (const auto* name : {&temporary, &final_name})
    if (name->empty() || name->find('/') != std::string::npos)
      return error(ErrorCode::kInvalid, say("\"{}\" non è un nome di file", "\"{}\" is no file name", *name));
  RACCORDO_TRY(const bool waits, remote_.is_there(path(temporary)));
  if (waits) return remote_.rename(path(temporary), path(final_name));
  RACCORDO_TRY(const bool is_done, remote_.is_there(path(final_name)));
  return is_done ? done() : Status(neither(remote_.server(), path(temporary), path(final_name)));
}

Status DeliveryFolder::clean(std::span<const std::string> keep) {
  RACCORDO_CHECK(tidy_spool());
  RACCORDO_TRY(const auto entries, remote_.list(settings_.folder, {}));
  for (const auto& entry : entries)
    if (is_aside(entry.name) && std::find(keep.begin(), keep.end(), entry.name) == keep.end())
      RACCORDO_CHECK(remote_.remove(path(entry.name)));
  return done();
}

}  // namespace

Result<std::unique_ptr<OutputFiles>> write_to(Outgoing outgoing, std::unique_ptr<Spool> spool,
                                              const Clock& clock) {
  RACCORDO_CHECK(check_template(outgoing.name));
  return std::unique_ptr<OutputFiles>(
      std::make_unique<DeliveryFolder>(std::move(outgoing), std::move(spool), clock));
}

}  // namespace raccordo::sftp
