// SPDX-License-Identifier: EUPL-1.2
#include "adapters/plugin_worker/instance.hpp"

#include <cxxabi.h>

#include <exception>

#include "adapters/plugin_worker/abi_text.hpp"
#include "adapters/plugin_worker/readable.hpp"
#include "adapters/plugin_worker/refusal.hpp"

namespace raccordo {
namespace {

constexpr std::uint32_t kThrew = 0xffff;

// From within a catch: what a plugin let escape. A thread being cancelled must go on unwinding.
std::string words_of_current() {
  try {
    throw;
  } catch (const std::exception& failure) {
    return readable(std::string_view(failure.what()).substr(0, 1'024));
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    return "?";
  }
}

// Apart before they are made readable: a byte that is no UTF-8 spoils neither the other language nor what
// parts them.
Text readable_words(std::string_view words) {
  const auto text = from_plugin(words);
  return {readable(text.it), readable(text.en)};
}

Text unfenced(const std::string& words) {
  return say("ha lanciato un'eccezione: {}", "it threw an exception: {}", words);
}

}  // namespace

Instance::Instance(const PluginLibrary& library, OptionValues options, std::uint64_t max_output_bytes,
                   LogLine log)
    : library_(library),
      options_(std::move(options)),
      host_(library.description, max_output_bytes, std::move(log)) {}

Instance::~Instance() { destroy(); }

Result<std::unique_ptr<Instance>> Instance::create(const PluginLibrary& library, OptionValues options,
                                                   std::uint64_t max_output_bytes, LogLine log) {
  std::unique_ptr<Instance> instance(
      new Instance(library, std::move(options), max_output_bytes, std::move(log)));
  RACCORDO_CHECK(instance->recreate());
  return instance;
}

Status Instance::recreate() {
  destroy();
  std::vector<raccordo_option_value> values;
  values.reserve(options_.size());
  for (const auto& [name, value] : options_) values.push_back({borrow(name), borrow(value)});
  const raccordo_options options{sizeof options, values.data(), values.size()};
  Text why;
  host_.begin_create();
  try {
    instance_ = library_.plugin->create(host_.table(), &options);
  } catch (...) {
    why = unfenced(words_of_current());
  }
  host_.end();
  if (why.empty()) why = host_.broken();
  if (why.empty() && instance_ == nullptr)
    why = host_.explained().empty()
              ? say("create ha risposto NULL senza spiegare", "create returned NULL without a word")
              : readable_words(host_.explained());
  if (why.empty()) return done();
  destroy();
  return error(
      ErrorCode::kInvalid,
      {fmt::format("il plugin {} non si avvia: {}", library_.description.name, why.it),
       fmt::format("plugin {} does not start: {}", library_.description.name, why.en)},
      say("controllare le sue opzioni nella configurazione (raccordo plugins {})",
          "check its options in the configuration (raccordo plugins {})", library_.description.name));
}

void Instance::destroy() {
  if (instance_ == nullptr) return;
  try {
    library_.plugin->destroy(std::exchange(instance_, nullptr));
  } catch (...) {
    host_.table()->log(host_.table()->self, RACCORDO_LOG_WARNING, borrow("destroy threw an exception"));
  }
}

std::uint32_t Instance::call(const raccordo_input& input, std::string& thrown) {
  try {
    return library_.plugin->handle(instance_, &input);
  } catch (...) {
    thrown = words_of_current();
    return kThrew;
  }
}

Ending Instance::handle(const SharedByBatch& shared, const InputFields& input, EffectBuffer& effects) {
  const auto mark = effects.mark();
  const auto finish = [&](Ending ending, const Text& words) {
    if (ending != Ending::kDone) effects.keep_only_logs(mark);
    effects.end_output(ending, mark, words);
    return ending;
  };
  std::string thrown;
  host_.begin_handle(effects);
  const auto verdict = call(inputs_.build(shared, input), thrown);
  host_.end();
  if (!host_.broken().empty()) return finish(Ending::kFailed, host_.broken());
  switch (verdict) {
    case RACCORDO_DONE:
      return finish(Ending::kDone, {});
    case RACCORDO_RETRY:
      return finish(Ending::kRetry, from_plugin(host_.explained()));
    case RACCORDO_FATAL:
      destroy();
      return finish(Ending::kFatal, from_plugin(host_.explained()));
    case kThrew:
      return finish(Ending::kFailed, unfenced(thrown));
    default:
      return finish(Ending::kFailed, say("handle ha risposto {}, che non è un esito",
                                         "handle returned {}, which is no verdict", verdict));
  }
}

}  // namespace raccordo
