// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/serving.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "adapters/plugin_worker/readable.hpp"
#include "adapters/plugin_worker/sandbox.hpp"

namespace raccordo {
namespace {

SharedPage* page_of_new_handler = nullptr;  // a new_handler takes no argument

// Set before the plugin comes: what it cannot allocate ends the worker, and the page says why.
[[noreturn]] void out_of_memory() {
  page_of_new_handler->out_of_memory.store(1);
  std::abort();
}

[[noreturn]] void daemon_is_gone() { ::_exit(0); }

// Ends the process when the daemon's end of the socket is closed, whatever the plugin is doing.
extern "C" void* watch_daemon(void* socket) {
  pollfd hang_up{static_cast<int>(reinterpret_cast<std::intptr_t>(socket)), 0, 0};
  while (::poll(&hang_up, 1, -1) < 0 && errno == EINTR) {
  }
  daemon_is_gone();
}

void start_watching(int socket) {
  constexpr std::size_t kStack = 256u << 10;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStack);
  pthread_t thread{};
  const int failed = pthread_create(&thread, &attributes, watch_daemon,
                                    reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
  pthread_attr_destroy(&attributes);
  if (failed != 0) daemon_is_gone();
}

void send_all(int socket, std::span<iovec> parts) {
  while (!parts.empty()) {
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    auto sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) daemon_is_gone();
    for (auto left = static_cast<std::size_t>(sent); !parts.empty();) {
      auto& part = parts.front();
      const auto here = std::min(left, part.iov_len);
      part.iov_base = static_cast<char*>(part.iov_base) + here;
      part.iov_len -= here;
      left -= here;
      if (part.iov_len > 0) break;
      parts = parts.subspan(1);
    }
  }
}

iovec part(const void* data, std::size_t size) { return {const_cast<void*>(data), size}; }

template <typename T>
iovec part(const std::vector<T>& items) {
  return part(items.data(), items.size() * sizeof(T));
}

}  // namespace

bool Serving::receive(void* to, std::size_t size) {
  auto* at = static_cast<char*>(to);
  while (size > 0) {
    const auto got = ::read(socket_, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

void Serving::send(FrameKind kind, const std::string& payload) {
  const FrameHead head{static_cast<std::uint32_t>(kind), 0, payload.size()};
  iovec parts[] = {part(&head, sizeof head), part(payload.data(), payload.size())};
  send_all(socket_, parts);
}

std::optional<Load> Serving::receive_load() {
  FrameHead head;
  if (!receive(&head, sizeof head) || head.kind != static_cast<std::uint32_t>(FrameKind::kLoad) ||
      head.size > kMaxLoad)
    return std::nullopt;
  std::string payload(head.size, '\0');
  Load load;
  if (!receive(payload.data(), payload.size()) || !unpack(payload, load)) return std::nullopt;
  return load;
}

void Serving::run() {
  auto load = receive_load();
  if (!load) return;
  if (auto status = start(std::move(*load)); !status.ok())
    return send(FrameKind::kRefused, pack(status.error()));
  while (instance_ && receive_batch() && handle_batch()) {
  }
}

Status Serving::start(Load load) {
  RACCORDO_CHECK(enter_sandbox({load.path, load.memory_bytes, load.allow_without_sandbox, false}));
  start_watching(socket_);
  if (auto alone = forbid_threads(); !alone.ok() && !load.allow_without_sandbox) return alone.error();
  page_of_new_handler = &page_;
  std::set_new_handler(out_of_memory);
  RACCORDO_TRY(library_, open_plugin(load.path));
  if (load.describe_only) {
    send(FrameKind::kLoaded, pack(library_.description));
    return done();
  }
  page_.step.store(static_cast<std::uint32_t>(WorkerStep::kCreating));
  const auto log = [](std::uint32_t, std::string_view text) {
    std::fprintf(stderr, "%s\n", readable(text).c_str());
  };
  RACCORDO_TRY(instance_, Instance::create(library_, std::move(load.options), load.max_output_bytes, log));
  if (auto sealed = seal_sandbox(); !sealed.ok() && !load.allow_without_sandbox) return sealed.error();
  page_.step.store(static_cast<std::uint32_t>(WorkerStep::kServing));
  send(FrameKind::kLoaded, pack(instance_->framing()));
  return done();
}

bool Serving::receive_batch() {
  FrameHead frame;
  if (!receive(&frame, sizeof frame) || frame.kind != static_cast<std::uint32_t>(FrameKind::kBatch) ||
      frame.size < sizeof head_ || !receive(&head_, sizeof head_))
    return false;
  const auto rest = frame.size - sizeof head_;
  return receive(frame_.make_room(rest), rest) && lay_out(head_, {frame_.lent(), rest}, batch_);
}

bool Serving::handle_batch() {
  const char* bytes = batch_.fields;
  std::size_t size = 0;
  const SharedByBatch shared{batch_.format, batch_.file, batch_.columns};
  first_ = 0;
  for (std::uint32_t i = 0; i < head_.item_count; ++i) {
    const auto& item = batch_.items[i];
    const auto sizes = batch_.sizes.subspan(size, item.field_count);
    page_.current.store(mark_of(head_.slice, i), std::memory_order_relaxed);
    const auto ending =
        instance_->handle(shared, {static_cast<InputKind>(item.kind), item.line, sizes, bytes}, effects_);
    size += item.field_count;
    for (const auto length : sizes) bytes += length;
    if (ending == Ending::kFatal) return flush(i + 1), false;
    if (effects_.cost() >= kFlushAt) flush(i + 1);
  }
  flush(head_.item_count);
  return true;
}

void Serving::flush(std::uint32_t next) {
  page_.current.store(0, std::memory_order_relaxed);
  if (next == first_) return;
  const AnswersHead answers{head_.slice,
                            first_,
                            static_cast<std::uint32_t>(effects_.outputs.size()),
                            static_cast<std::uint32_t>(effects_.effects.size()),
                            effects_.sizes.size(),
                            effects_.bytes.size()};
  iovec parts[] = {{},
                   part(&answers, sizeof answers),
                   part(effects_.outputs),
                   part(effects_.effects),
                   part(effects_.sizes),
                   part(effects_.bytes.data(), effects_.bytes.size())};
  FrameHead head{static_cast<std::uint32_t>(FrameKind::kAnswers), 0, 0};
  for (const auto& piece : parts) head.size += piece.iov_len;
  parts[0] = part(&head, sizeof head);
  send_all(socket_, parts);
  effects_.clear();
  first_ = next;
}

}  // namespace raccordo
