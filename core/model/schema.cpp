// SPDX-License-Identifier: Apache-2.0
#include "raccordo/model/schema.hpp"

#include <algorithm>
#include <array>

#include "code_lists.hpp"
#include "raccordo/model/accreditation.hpp"
#include "raccordo/model/capacity.hpp"
#include "raccordo/model/entitlement.hpp"
#include "raccordo/model/offer.hpp"
#include "raccordo/model/organization.hpp"
#include "raccordo/model/plan.hpp"
#include "raccordo/model/qualification.hpp"
#include "raccordo/model/service.hpp"

namespace raccordo {

const Field* Schema::find(std::string_view name) const {
  const auto at = std::ranges::lower_bound(fields, name, {}, &Field::name);
  return at != fields.end() && at->name == name ? &*at : nullptr;
}

std::span<const Schema* const> catalogue_kinds() {
  static const std::array kinds{&schema_of<Organization>(),  &schema_of<Service>(),
                                &schema_of<Offer>(),         &schema_of<Capacity>(),
                                &schema_of<Accreditation>(), &schema_of<Qualification>(),
                                &schema_of<Plan>(),          &schema_of<Entitlement>()};
  return kinds;
}

const Schema* find_kind(std::string_view kind) {
  for (const auto* schema : catalogue_kinds())
    if (schema->kind == kind) return schema;
  return nullptr;
}

std::span<const Code> code_list(std::string_view name) {
  const auto lists = generated::code_lists();
  const auto at = std::ranges::lower_bound(lists, name, {}, &generated::CodeList::name);
  return at != lists.end() && at->name == name ? at->codes : std::span<const Code>{};
}

}  // namespace raccordo
