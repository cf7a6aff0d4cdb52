// SPDX-License-Identifier: Apache-2.0
// A change that the source itself keeps record of (HSDS 3.0 `metadata`).
#pragma once

#include "raccordo/model/entity.hpp"

namespace raccordo {

struct RecordedChange {
  std::optional<std::string> field_name;
  std::optional<std::string> id;
  std::optional<std::string> last_action_date;
  std::optional<std::string> last_action_type;
  std::optional<std::string> previous_value;
  std::optional<std::string> replacement_value;
  std::optional<std::string> resource_id;
  std::optional<std::string> resource_type;
  std::optional<std::string> updated_by;

  static constexpr auto describe() {
    using T = RecordedChange;
    return part(
        "recorded_change", {"Modifica registrata", "Recorded change"},
        field("field_name", &T::field_name, "Campo", "Field"),
        field("id", &T::id, "Identificativo", "Identifier"),
        field("last_action_date", &T::last_action_date, "Data", "Date").as(FieldType::kDate),
        field("last_action_type", &T::last_action_type, "Azione", "Action"),
        field("previous_value", &T::previous_value, "Valore precedente", "Previous value"),
        field("replacement_value", &T::replacement_value, "Valore nuovo", "New value"),
        field("resource_id", &T::resource_id, "Identificativo della risorsa", "Identifier of the resource"),
        field("resource_type", &T::resource_type, "Tipo di risorsa", "Type of resource"),
        field("updated_by", &T::updated_by, "Autore", "Author"));
  }
};

}  // namespace raccordo
