// SPDX-License-Identifier: EUPL-1.2
#include "core/engine/flow/known_files.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

namespace raccordo {
namespace {

using Json = nlohmann::json;

// Up to the last slash; nothing above the first.
std::string_view folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

// Calls `each` with the folder of a path, then with those above, until it answers true.
template <typename Each>
bool climb(std::string_view path, Each each) {
  do {
    path = folder_of(path);
    if (each(path)) return true;
  } while (!path.empty());
  return false;
}

bool among(const std::vector<SeenFile>& files, const std::string& path) {
  return std::ranges::binary_search(files, path, {}, &SeenFile::path);
}

// The folders of a look that have files in them or below.
std::set<std::string_view> inhabited(const Look& look) {
  std::set<std::string_view> folders;
  for (const auto* files : {&look.settled, &look.unsettled})
    for (const auto& file : *files)
      climb(file.path, [&](std::string_view folder) { return !folders.insert(folder).second; });
  return folders;
}

}  // namespace

KnownFiles KnownFiles::from(const std::map<std::string, std::string>& notes) {
  KnownFiles known;
  for (const auto& [path, note] : notes) {
    const Json json = Json::parse(note, nullptr, false);
    if (!json.is_object()) continue;
    try {
      Known file;
      if (json.contains("read")) {
        const auto& read = json.at("read");
        file.read = SeenFile{path, read.at(0), read.at(1), read.at(2)};
      }
      file.parked = {json.value("scans", std::vector<std::int64_t>{}),
                     json.value("records", std::int64_t{0})};
      known.files_.emplace(path, std::move(file));
    } catch (const Json::exception&) {
      continue;
    }
  }
  return known;
}

KnownFiles::Entry KnownFiles::changed(Entry entry) {
  changed_.insert(entry->first);
  return entry->second.read || !entry->second.parked.scans.empty() ? std::next(entry) : files_.erase(entry);
}

bool KnownFiles::has_read(const SeenFile& file) const {
  const auto known = files_.find(file.path);
  return known != files_.end() && known->second.read == file;
}

void KnownFiles::note_read(const SeenFile& file) {
  const auto entry = files_.try_emplace(file.path).first;
  entry->second.read = file;
  changed(entry);
}

void KnownFiles::note_parked(const std::string& path, std::int64_t scan, std::int64_t records) {
  const auto entry = files_.try_emplace(path).first;
  auto& parked = entry->second.parked;
  if (parked.scans.empty() || parked.scans.back() != scan) parked.scans.push_back(scan);
  parked.records = std::max(parked.records, records);
  changed(entry);
}

std::optional<KnownFiles::ParkedOf> KnownFiles::take_parked(const std::string& path) {
  const auto entry = files_.find(path);
  if (entry == files_.end() || entry->second.parked.scans.empty()) return std::nullopt;
  auto parked = std::exchange(entry->second.parked, {});
  changed(entry);
  return parked;
}

void KnownFiles::forget_gone(const Look& look) {
  std::optional<std::set<std::string_view>> with_files;  // costs as much as the look: only where it is needed
  const std::set<std::string_view> listed(look.folders.begin(), look.folders.end());
  for (auto entry = files_.begin(); entry != files_.end();) {
    const auto& path = entry->first;
    const bool gone = entry->second.read && !among(look.settled, path) && !among(look.unsettled, path);
    if (gone && !with_files) with_files = inhabited(look);
    std::string_view nearest;
    if (!gone || !climb(path, [&](std::string_view folder) { return listed.contains(nearest = folder); }) ||
        !with_files->contains(nearest)) {
      ++entry;
      continue;
    }
    entry->second.read.reset();
    entry = changed(entry);
  }
}

void KnownFiles::keep_parked_by(const std::set<std::int64_t>& scans) {
  for (auto entry = files_.begin(); entry != files_.end();) {
    const auto removed =
        std::erase_if(entry->second.parked.scans, [&](std::int64_t scan) { return !scans.contains(scan); });
    entry = removed > 0 ? changed(entry) : std::next(entry);
  }
}

void KnownFiles::forget_all() {
  for (const auto& [path, known] : files_) changed_.insert(path);
  files_.clear();
}

std::size_t KnownFiles::gone_with_parked() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(files_, [](const auto& entry) { return !entry.second.read; }));
}

std::vector<FileNote> KnownFiles::take_changes() {
  std::vector<FileNote> notes;
  for (const auto& path : std::exchange(changed_, {})) {
    FileNote note{path, std::nullopt};
    if (const auto entry = files_.find(path); entry != files_.end()) {
      Json json = Json::object();
      const auto& [read, parked] = entry->second;
      if (read) json["read"] = {read->size, read->modified_ns, read->inode};
      if (!parked.scans.empty()) {
        json["scans"] = parked.scans;
        json["records"] = parked.records;
      }
      note.note = json.dump();
    }
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace raccordo
