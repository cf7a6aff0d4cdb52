// SPDX-License-Identifier: EUPL-1.2
// A small territory for tests: files, plugins and partners in memory, time that is only told. A test says
// what sources yield and looks at what was published, parked and found.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/flow/sink_flow.hpp"
#include "core/engine/flow/source_flow.hpp"
#include "core/engine/flow/testing/recording_commands.hpp"
#include "core/ports/testing/faulty_backbone.hpp"
#include "core/ports/testing/faulty_store.hpp"
#include "core/ports/testing/memory_backbone.hpp"
#include "core/ports/testing/memory_byte_file.hpp"
#include "core/ports/testing/memory_store.hpp"
#include "core/ports/testing/recording_log.hpp"
#include "core/ports/testing/simulated_clock.hpp"

namespace raccordo::testing {

// Metrics that nobody looks at.
class NoMetrics final : public Metrics {
 public:
  void took(std::string_view, std::string_view, Duration) override {}
  void held(std::string_view, std::string_view, std::int64_t) override {}
  void asked(std::string_view, std::string_view, Duration) override {}
  void called(std::string_view, std::string_view, Duration) override {}
  void restarted(std::string_view) override {}
};

// A folder in memory. Files settle at the second look.
class MemoryFolder final : public SourceFiles {
 public:
  void put(const std::string& name, std::string content);
  void remove(const std::string& name) { removed_.insert(files_.extract(name)); }
  // The very file that was removed.
  void bring_back(const std::string& name) { files_.insert(removed_.extract(name)); }
  // Of those that a look lists; files make their own.
  void make_folder(const std::string& name) { folders_.insert(name); }
  void remove_folder(const std::string& name) { folders_.erase(name); }
  // The file changes while it is being read.
  void touch_while_read(const std::string& name) { touched_ = name; }
  // The file is there, and nobody may read it.
  void refuse(const std::string& name) { refused_.insert(name); }
  void allow(const std::string& name) { refused_.erase(name); }
  void fail_looks(std::optional<Error> error) { failure_ = std::move(error); }

  [[nodiscard]] Result<Look> look(const std::stop_token& stop = {}) override;
  [[nodiscard]] Result<std::unique_ptr<ByteFile>> open(const SeenFile& file) override;
  [[nodiscard]] Result<bool> unchanged(const SeenFile& file) override;

 private:
  struct Kept {
    std::string content;
    std::int64_t version;
  };
  std::map<std::string, Kept> files_;
  std::map<std::string, Kept> removed_;
  std::set<std::string> folders_;
  std::vector<SeenFile> seen_;
  std::int64_t versions_ = 0;
  std::string touched_;
  std::optional<Error> failure_;
  std::set<std::string> refused_;
};

// Partners' files out, in memory.
class MemoryDrop final : public OutputFiles {
 public:
  [[nodiscard]] Result<std::unique_ptr<OutputFile>> create() override;
  [[nodiscard]] Result<std::string> name(std::string_view file, std::int64_t sequence) override;
  [[nodiscard]] Status publish(const std::string& temporary, const std::string& final_name) override;
  [[nodiscard]] Status clean(std::span<const std::string> keep) override;

  std::map<std::string, std::string> aside;
  std::map<std::string, std::string> finished;

 private:
  int created_ = 0;
};

// Rows `id,name[,more]` become services; the cell "garbage" is rejected, "crash" crashes, "hang" takes too
// long, "skip" is filtered, "mail" publishes a broken e-mail, "talk" asks for a line in the log. "confirm"
// and "refuse" ask the case for that step, "confirmed" states the service besides. Events become a line "kind
// id" in the file "out"; of "lossy" the plugin finds that its name was lost.
class PlainTranslator final : public PluginRunner {
 public:
  [[nodiscard]] const Framing& framing() const override { return framing_; }
  [[nodiscard]] Status submit(const InputBatch& batch) override;
  [[nodiscard]] Result<OutputBatch> collect(const std::stop_token& stop = {}) override;
  [[nodiscard]] bool answers_within(Duration patience, const std::stop_token& stop) override;
  [[nodiscard]] std::size_t window() const override { return 2; }
  [[nodiscard]] std::uint64_t restarts() const override { return 0; }

  // Other files than CSV are asked for.
  void read_as(Framing framing) { framing_ = std::move(framing); }
  // What is rejected from now on is translated instead: the mapping was corrected.
  void accept_garbage(bool fine = true) { garbage_is_fine_ = fine; }
  // A broken e-mail is rejected, too, until then.
  void reject_mail() { mail_is_garbage_ = true; }
  // Likewise of events that a delivery's plugin refuses.
  void accept_unwanted() { unwanted_is_fine_ = true; }
  // Deletions are refused, too.
  void refuse_deletions() { deletions_unwanted_ = true; }
  // The topics of the events that were handed over, a blank behind each.
  mutable std::string topics_told;
  // "1  A" of the outcomes that it heard: accepted, why not, the context.
  mutable std::vector<std::string> outcomes;
  void fail_next_collect() { fails_ = 1; }
  // It answers no more, whatever is asked, until it is told to stop.
  void hang() { hangs_ = true; }
  [[nodiscard]] bool is_waited_for() const { return waited_for_; }
  // From now on nobody who waits for less than this has an answer; the clock tells who waited.
  void answer_after(Duration time, SimulatedClock& clock) {
    answers_after_ = time;
    clock_ = &clock;
  }
  // The cell "later" asks to be tried again so often less one.
  void ask_again(int times) { patience_ = times; }
  // Called each time it does.
  std::function<void()> when_it_asks_again;

 private:
  void translate(const InputBatch& batch, const InputItem& item, OutputBatch& out) const;

  Framing framing_{.format = Format::kCsv, .separator = ","};
  std::vector<const InputBatch*> under_way_;
  bool garbage_is_fine_ = false;
  bool mail_is_garbage_ = false;
  bool unwanted_is_fine_ = false;
  bool deletions_unwanted_ = false;
  int fails_ = 0;
  Duration answers_after_{};
  SimulatedClock* clock_ = nullptr;
  std::atomic<bool> hangs_ = false;
  std::atomic<bool> waited_for_ = false;
  int patience_ = 2;
  mutable int asked_again_ = 0;
};

// One hub in memory. Flows are made anew by `restart`, as after a crash: what is not in store and backbone is
// lost.
class Territory {
 public:
  Territory();

  // The source "albo": one CSV file of rows with a header.
  void yields(const std::vector<std::string>& rows, const std::string& file = "albo.csv");
  Result<Pass> pass(bool again = true);
  void restart();
  void set_source(SourceSettings settings) {
    settings_ = std::move(settings);
    restart();
  }

  // "service ANNA changed 1": kind, partner's id, what, revision; in the order of the topic.
  [[nodiscard]] std::vector<std::string> published(const std::string& topic = "welfare.services");
  [[nodiscard]] std::vector<std::string> findings();
  [[nodiscard]] std::vector<ParkedRecord> parked();
  [[nodiscard]] Counts ledger(const std::string& connector = "albo");

  [[nodiscard]] Result<Decision> replay(std::int64_t id, bool force = false);

  [[nodiscard]] SourceFlow& source() { return *source_; }
  [[nodiscard]] SinkFlow& sink() { return *sink_; }
  Result<Pass> deliver();
  // All lines of all finished files, in the order of their names.
  [[nodiscard]] std::vector<std::string> delivered();

  MemoryFolder folder;
  MemoryDrop drop;
  PlainTranslator translator;
  PlainTranslator exporter;
  SimulatedClock clock;
  RecordingLog log;
  NoMetrics metrics;
  RecordingCommands cases;
  OutputFiles* receipts = nullptr;  // from the next restart on
  bool keeps_cases = true;          // from the next restart on
  MemoryBackbone backbone_in_memory{clock};
  MemoryStore store_in_memory;
  FaultyBackbone backbone{backbone_in_memory};
  FaultyStore store{store_in_memory};
  SinkSettings sink_settings{.topics = {"welfare.services"}, .subscribes = {}};

 private:
  SourceSettings settings_;
  std::unique_ptr<SourceFlow> source_;
  std::unique_ptr<SinkFlow> sink_;
};

}  // namespace raccordo::testing
