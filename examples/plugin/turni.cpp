// SPDX-License-Identifier: Apache-2.0
// The places of a day centre, published each night as CSV.
#include <raccordo/sdk.hpp>

namespace turni {
using namespace raccordo;

struct Options {
  std::string centre;  // the centre's code in its own register
  int places_max;      // a row above this is taken for a typing error
};

constexpr auto kOptions = describe<Options>(
    option(&Options::centre, "centre", required).help("Codice del centro", "Code of the centre"),
    option(&Options::places_max, "places_max", 200)
        .at_least(1)
        .help("Oltre questo numero di posti la riga è un errore", "A row with more places is an error"));

class Turni {
 public:
  explicit Turni(Options options) : options_(std::move(options)) {}

  void on_record(const Row& row, Effects& effects) const {
    const auto total = places(row, "POSTI");
    if (!total) return effects.reject("POSTI", total.error());
    const auto free = places(row, "POSTI LIBERI");
    if (!free) return effects.reject("POSTI LIBERI", free.error());
    if (*total == 0) return effects.filter(say("servizio chiuso", "closed service"));

    const auto id = id_from(options_.centre, row["SERVIZIO"]);
    effects.publish(Service{.id = id, .name = std::string(row["NOME"])});
    effects.publish(Capacity{.id = id,
                             .service = ref("service", options_.centre, row["SERVIZIO"]),
                             .available = *free,
                             .total = *total});
  }

 private:
  Result<int> places(const Row& row, std::string_view column) const {
    auto number = row.number<int>(column);
    if (number && (*number < 0 || *number > options_.places_max))
      return error(ErrorCode::kInvalid,
                   say("{} posti non sono possibili, al massimo {}", "{} places are not possible, at most {}",
                       *number, options_.places_max));
    return number;
  }

  Options options_;
};

RACCORDO_PLUGIN(Turni, name("turni")
                           .version("1.0.0")
                           .licence("Apache-2.0")
                           .summary("Posti di un centro diurno", "Places of a day centre")
                           .reads(csv())
                           .publishes<Service, Capacity>()
                           .options(kOptions))
}  // namespace turni
