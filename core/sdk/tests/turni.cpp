// SPDX-License-Identifier: Apache-2.0
#include <raccordo/sdk.hpp>

namespace turni {
using namespace raccordo;

struct Options {
  std::string centre;
  int places_max;
};

constexpr auto kOptions = describe<Options>(
    option(&Options::centre, "centre", required).help("Codice del centro", "Code of the centre"),
    option(&Options::places_max, "places_max", 200)
        .at_least(1)
        .help("Oltre, è un errore di battitura", "Above it is a typing error"));

class Turni {
 public:
  explicit Turni(Options options) : options_(std::move(options)) {}

  void on_record(const Row& row, Effects& effects) const {
    const auto places = row.number<int>("POSTI LIBERI");
    if (!places) return effects.reject("POSTI LIBERI", places.error());
    if (*places > options_.places_max) return effects.reject("POSTI LIBERI", "more than places_max");

    effects.publish(Capacity{
        .id = id_from(options_.centre, row["SERVIZIO"]),
        .service = ref("service", row["SERVIZIO"]),
        .available = *places,
    });
  }

 private:
  Options options_;
};

RACCORDO_PLUGIN(Turni, name("turni")
                           .licence("Apache-2.0")
                           .summary("Posti di un centro diurno", "Places of a day centre")
                           .reads(csv())
                           .publishes<Capacity>()
                           .options(kOptions))
}  // namespace turni
