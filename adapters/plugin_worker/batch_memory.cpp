// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/batch_memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include "adapters/plugin_worker/unique_fd.hpp"

namespace raccordo {
namespace {

void* view(int memory, std::size_t size, int rights) {
  void* const at = ::mmap(nullptr, size, rights, MAP_SHARED, memory, 0);
  return at == MAP_FAILED ? nullptr : at;
}

}  // namespace

BatchMemory::BatchMemory() {
  const UniqueFd memory(::memfd_create("raccordo-batch", MFD_CLOEXEC));
  if (!memory || ::ftruncate(memory.get(), kRoom) != 0) return;
  filled_ = view(memory.get(), kRoom, PROT_READ | PROT_WRITE);
  read_only_ = view(memory.get(), kRoom, PROT_READ);
}

BatchMemory::~BatchMemory() {
  if (filled_ != nullptr) ::munmap(filled_, kRoom);
  if (read_only_ != nullptr) ::munmap(read_only_, kRoom);
}

void* BatchMemory::make_room(std::size_t bytes) {
  if (filled_ != nullptr && read_only_ != nullptr && bytes <= kRoom) {
    lent_ = static_cast<const std::uint64_t*>(read_only_);
    return filled_;
  }
  if (ordinary_.size() * sizeof(std::uint64_t) < bytes) ordinary_.resize((bytes + 7) / 8);
  lent_ = ordinary_.data();
  return ordinary_.data();
}

}  // namespace raccordo
