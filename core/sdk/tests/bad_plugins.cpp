// SPDX-License-Identifier: Apache-2.0
#include "bad_plugins.hpp"

#include <raccordo/sdk.hpp>

namespace raccordo {
namespace {

constexpr auto decently_named = name("bad").licence("Apache-2.0").summary("Cattivo", "Bad").reads(csv());

Capacity capacity(std::string id) { return {.id = id, .service = id, .available = 1}; }

struct Good {
  void on_record(const Row& row, Effects& effects) const {
    effects.filter(row.at(0).empty() ? "empty" : "full");
  }
};

struct Threshold {
  int least = 0;
};

struct WithThreshold : Good {
  explicit WithThreshold(Threshold) {}
};

struct Silent {
  void on_record(const Row&, Effects&) const {}
};

struct Undeclared {
  void on_record(const Row&, Effects& effects) const { effects.publish(capacity("1")); }
};

struct WritesElsewhere {
  void on_record(const Row&, Effects& effects) const { effects.write("elsewhere", "x"); }
};

struct Invalid {
  void on_record(const Row&, Effects& effects) const { effects.publish(capacity("")); }
};

struct KeepsAView {
  void on_record(const Row& row, Effects& effects) const {
    effects.filter(last_.empty() ? row.at(0) : last_);
    last_ = row.at(0);
  }
  mutable std::string_view last_;
};

struct Centre {
  std::string name;
};

struct CountsEverywhere {
  void on_record(const Row&, Effects& effects) const {
    static int count = 0;
    effects.filter(std::to_string(++count));
  }
};

struct Counts {
  void on_record(const Row&, Effects& effects) const { effects.filter(std::to_string(++count_)); }
  mutable int count_ = 0;
};

struct DiesOfARow {
  void on_record(const Row& row, Effects& effects) const {
    if (row.at(0).empty()) return effects.fatal("an empty cell");
    effects.filter("x");
  }
};

struct RetriesForEver {
  void on_record(const Row& row, Effects& effects) const {
    if (row.at(0).empty()) return effects.retry("an empty cell");
    effects.filter("x");
  }
};

struct EscapesNothing {
  void on_record(const Row& row, Effects& effects) const {
    effects.publish_json("capacity", "{\"id\":\"" + std::string(row.at(0)) + "\",\"service\":\"1\"}");
  }
};

// What the SDK makes impossible, written against the contract itself.
struct Raw {
  const raccordo_host* host;
  raccordo_bytes option;
};

void* create_anything(const raccordo_host* host, const raccordo_options* options) {
  return new Raw{host, options->size == 0 ? raccordo_bytes{} : options->values[0].value};
}
void* create_throwing(const raccordo_host* host, const raccordo_options* options) {
  if (options->size != 0 && options->values[0].value.size == 0) throw std::runtime_error("no centre");
  return create_anything(host, options);
}
raccordo_verdict handle_politely(void* instance, const raccordo_input* input) {
  const auto& host = *static_cast<Raw*>(instance)->host;
  if (input->kind == RACCORDO_INPUT_RECORD && input->record != nullptr)
    (void)host.filter(host.self, bytes("x"));
  else
    (void)host.reject(host.self, bytes("no"), {}, bytes("no"));
  return RACCORDO_DONE;
}
raccordo_verdict handle_throwing(void* instance, const raccordo_input* input) {
  if (input->record != nullptr && input->record->cells.size != 2) throw std::runtime_error("not two cells");
  return handle_politely(instance, input);
}
raccordo_verdict handle_with_option(void* instance, const raccordo_input*) {
  const auto& raw = *static_cast<Raw*>(instance);
  (void)raw.host->filter(raw.host->self, raw.option);
  return RACCORDO_DONE;
}
void destroy_raw(void* instance) { delete static_cast<Raw*>(instance); }

raccordo_plugin with(const raccordo_plugin* like, decltype(raccordo_plugin::create) create,
                     decltype(raccordo_plugin::handle) handle) {
  auto plugin = *like;
  plugin.create = create;
  plugin.handle = handle;
  plugin.destroy = destroy_raw;
  return plugin;
}

struct DropsPages {
  void on_tick(const Tick&, Effects& effects) const { effects.send({.path = "/pages"}); }
  void on_response(const Response&, Effects&) const {}
};

struct AsksWithAKey {
  void on_tick(const Tick&, Effects& effects) const {
    const Header key{"Authorization", "Bearer mine"};
    effects.send({.path = "/città", .headers = std::span(&key, 1)});
  }
  void on_response(const Response&, Effects& effects) const { effects.filter("read"); }
};

// Where it stands is kept in the instance instead of the context.
struct CountsPages {
  void on_tick(const Tick&, Effects& effects) const { effects.send({.path = "/pages"}); }
  void on_response(const Response&, Effects& effects) const {
    effects.send({.path = "/pages", .query = Fields().add("page", ++page_).text()});
  }
  mutable std::int64_t page_ = 1;
};

}  // namespace

RACCORDO_PLUGIN_AS(no_help, WithThreshold,
                   decently_named.options(describe<Threshold>(option(&Threshold::least, "least", 1))))
RACCORDO_PLUGIN_AS(default_out_of_bounds, WithThreshold,
                   decently_named.options(describe<Threshold>(
                       option(&Threshold::least, "least", 0).at_least(1).help("Minimo", "Minimum"))))
RACCORDO_PLUGIN_AS(unknown_kind, Good, decently_named.publishes("capcity"))
RACCORDO_PLUGIN_AS(bounded, WithThreshold,
                   decently_named.options(describe<Threshold>(
                       option(&Threshold::least, "least", 1).at_least(1).help("Minimo", "Minimum"))))
RACCORDO_PLUGIN_AS(silent, Silent, decently_named)
RACCORDO_PLUGIN_AS(undeclared_kind, Undeclared, decently_named.publishes<Service>())
RACCORDO_PLUGIN_AS(undeclared_file, WritesElsewhere, decently_named.writes("here"))
RACCORDO_PLUGIN_AS(invalid_entity, Invalid, decently_named.publishes<Capacity>())
RACCORDO_PLUGIN_AS(keeps_a_view, KeepsAView, decently_named)
RACCORDO_PLUGIN_AS(counts_everywhere, CountsEverywhere, decently_named)
RACCORDO_PLUGIN_AS(counts, Counts, decently_named)
RACCORDO_PLUGIN_AS(dies_of_a_row, DiesOfARow, decently_named)
RACCORDO_PLUGIN_AS(retries_for_ever, RetriesForEver, decently_named)
RACCORDO_PLUGIN_AS(drops_pages, DropsPages, decently_named)
RACCORDO_PLUGIN_AS(asks_with_a_key, AsksWithAKey, decently_named)
RACCORDO_PLUGIN_AS(counts_pages, CountsPages, decently_named)
RACCORDO_PLUGIN_AS(escapes_nothing, EscapesNothing, decently_named.publishes<Capacity>())

extern "C" const raccordo_plugin* believes_options(void) {
  static const auto plugin = with(bounded(), create_anything, handle_politely);
  return &plugin;
}
extern "C" const raccordo_plugin* keeps_its_options(void) {
  static const auto plugin = with(silent(), create_anything, handle_with_option);
  return &plugin;
}
extern "C" const raccordo_plugin* throws_across(void) {
  static const auto plugin = with(silent(), create_anything, handle_throwing);
  return &plugin;
}
extern "C" const raccordo_plugin* throws_in_create(void) {
  static const auto plugin = with(silent(), create_throwing, handle_politely);
  return &plugin;
}

}  // namespace raccordo
