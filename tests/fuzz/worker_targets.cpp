// SPDX-License-Identifier: EUPL-1.2
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "adapters/plugin_worker/backlog.hpp"
#include "adapters/plugin_worker/batch_layout.hpp"
#include "adapters/plugin_worker/channel.hpp"
#include "adapters/plugin_worker/unique_fd.hpp"
#include "tests/fuzz/targets.hpp"

namespace raccordo::fuzz {
namespace {

constexpr std::size_t kInputs = 4;
constexpr std::uint64_t kMaxOutput = 64u << 10;

template <typename Message>
void check_message(std::string_view bytes) {
  Message message;
  if (!unpack(bytes, message)) return;
  Message again;
  must(unpack(pack(message), again) && pack(again) == pack(message),
       "a message that is another one when sent on");
}

InputBatch some_inputs() {
  InputBatch batch;
  batch.format = Format::kLines;
  batch.file = "file.test";
  for (std::size_t i = 0; i < kInputs; ++i) {
    batch.begin(InputKind::kRecord, {i, i + 1});
    batch.field("{}");
    batch.end("{}");
  }
  return batch;
}

// Every byte of what is handed on is looked at.
std::size_t touched(const OutputBatch& out) {
  std::size_t sum = 0;
  for (const auto& output : out.outputs)
    for (const auto& effect : out.effects_of(output))
      for (const auto field : effect.fields)
        for (const char c : field) sum += static_cast<unsigned char>(c);
  return sum;
}

}  // namespace

void worker_messages(std::string_view bytes) {
  check_message<Load>(bytes);
  check_message<PluginDescription>(bytes);
  check_message<Framing>(bytes);
  check_message<Error>(bytes);
}

// A worker's whole side of the socket, as the daemon reads it.
void worker_answers(std::string_view bytes) {
  int ends[2];
  must(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0, "no sockets");
  const UniqueFd daemon(ends[0]);
  {
    const UniqueFd worker(ends[1]);
    static_cast<void>(!::write(ends[1], bytes.data(), bytes.size()));
  }
  const auto batch = some_inputs();
  Backlog backlog(kMaxOutput);
  backlog.add(batch);
  must(backlog.to_send() != nullptr, "nothing to send");
  backlog.sent();
  AnswerReader reader(kMaxOutput);
  while (reader.read(ends[0]) == AnswerReader::Got::kFrame)
    if (!backlog.answered(reader.head(), reader.answers(), reader.take_bytes())) break;
  if (!backlog.front_is_complete()) return;
  const auto out = backlog.take_front();
  must(out.outputs.size() == kInputs, "not an answer for each input");
  must(touched(out) < SIZE_MAX, "unreadable");
}

// The daemon's batches, as the worker reads them.
void worker_batch(std::string_view bytes) {
  BatchHead head;
  if (bytes.size() < sizeof head) return;
  std::memcpy(&head, bytes.data(), sizeof head);
  bytes.remove_prefix(sizeof head);
  std::vector<std::uint64_t> frame((bytes.size() + 7) / 8);
  if (!bytes.empty()) std::memcpy(frame.data(), bytes.data(), bytes.size());
  ReceivedBatch batch;
  if (!lay_out(head, {frame.data(), bytes.size()}, batch)) return;
  const SharedByBatch shared{batch.format, batch.file, batch.columns};
  InputBuilder builder;
  std::size_t size = 0;
  const char* at = batch.fields;
  for (const auto& item : batch.items) {
    const auto sizes = batch.sizes.subspan(size, item.field_count);
    const auto& input = builder.build(shared, {static_cast<InputKind>(item.kind), item.line, sizes, at});
    must(input.kind == item.kind, "another kind of input");
    size += item.field_count;
    for (const auto length : sizes) at += length;
  }
  const auto* const end = reinterpret_cast<const char*>(frame.data()) + bytes.size();
  must(at == end, "fields outside of the frame");
}

}  // namespace raccordo::fuzz
