// SPDX-License-Identifier: EUPL-1.2
#include "adapters/files/examine.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "adapters/files/failure.hpp"

namespace raccordo::files {
namespace {

namespace fs = std::filesystem;

constexpr double kGiB = 1u << 30;
constexpr double kLittle = kGiB;  // bytes: a day of a busy hub, or one large export

}  // namespace

Diagnosis examine_folder(const std::string& folder) {
  std::error_code failed;
  const bool there = fs::exists(folder, failed);
  const auto parent = fs::absolute(folder, failed).lexically_normal().parent_path().string();
  const auto& written = there ? folder : parent;
  if (::access(written.c_str(), W_OK | X_OK) != 0) return bad(folder_failure(written, errno));
  const auto space = fs::space(written, failed);
  if (failed) return bad(folder_failure(written, failed.value()));
  const auto free = static_cast<double>(space.available);
  const auto shown = fmt::format("{:.1f} GiB", free / kGiB);
  if (free < kLittle)
    return {Health::kDoubtful,
            say("{}: lo spazio sta per finire: {} liberi", "{}: space runs out: {} free", folder, shown),
            say("liberare spazio, o spostare la cartella", "make space, or move the folder")};
  if (!there)
    return {
        Health::kGood, say("{}: sarà creata; {} liberi", "{}: it will be made; {} free", folder, shown), {}};
  return {Health::kGood,
          say("{}: si può scrivere; {} liberi", "{}: it can be written to; {} free", folder, shown),
          {}};
}

}  // namespace raccordo::files
