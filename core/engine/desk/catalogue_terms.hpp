// SPDX-License-Identifier: EUPL-1.2
// The terms of cases, kept up with the topics of the catalogue.
#pragma once

#include <map>
#include <set>
#include <shared_mutex>
#include <string>
#include <utility>

#include "core/engine/desk/answerers.hpp"
#include "core/engine/desk/provider_identities.hpp"
#include "core/engine/desk/terms.hpp"
#include "core/ports/backbone.hpp"

namespace raccordo::cases {

class CatalogueTerms final : public Terms {
 public:
  // `backbone` is borrowed.
  CatalogueTerms(std::string hub, std::string topic_prefix, Backbone& backbone);

  // Takes up what was appended since; from the start where the log was made anew. [desk] Errors: the
  // backbone's.
  [[nodiscard]] Status refresh();

  // Services whose places the catalogue said anew since this was asked last. [desk]
  [[nodiscard]] std::set<std::string> services_with_other_places() {
    return std::exchange(other_places_, {});
  }

  // Offers that were said anew since this was asked last, as far as they say who answers. [desk]
  [[nodiscard]] std::vector<OfferSaid> offers_said();

  [[nodiscard]] std::optional<Stated> find(std::string_view kind, std::string_view id) const override;
  // A provider's accreditations and qualifications are those under any of the ids by which sources know it.
  [[nodiscard]] std::vector<Stated> of(std::string_view kind, std::string_view owner) const override;
  [[nodiscard]] std::vector<std::string> same_provider(std::string_view id) const override;

 private:
  using Name = std::pair<std::string, std::string>;  // kind, and an id
  struct Entry {
    std::string kind;
    std::string data;
    std::string connector;
    std::string owner;
    std::string source_id;
    std::string answered_by;  // of an offer
  };

  [[nodiscard]] Status refresh(const std::string& topic);
  void take(const StoredMessage& message);
  void forget(const Uuid& key);

  std::string hub_;
  Backbone& backbone_;
  std::map<std::string, std::pair<std::string, Position>> at_;  // topic -> log, where reading stands
  std::set<std::string> other_places_;
  std::set<Uuid> offers_;            // said anew
  mutable std::shared_mutex mutex_;  // guards all below
  std::map<Uuid, Entry> entries_;
  std::multimap<Name, Uuid> owned_;
  std::multimap<Name, Uuid> by_source_id_;
  ProviderIdentities providers_;
};

}  // namespace raccordo::cases
