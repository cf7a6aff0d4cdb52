// SPDX-License-Identifier: Apache-2.0
// How a plugin answers an input. Effects count only together: an input is taken whole, or parked whole with
// the first rejection. Everything given is copied by the host before the call returns.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "raccordo/model/entity.hpp"
#include "raccordo/model/result.hpp"
#include "raccordo/sdk/borrowed.hpp"

namespace raccordo {
inline namespace sdk {

// A request to the partner. Where the partner is, and who we are there, is configuration.
struct Send {
  std::string_view method = "GET";
  std::string_view path;
  std::string_view query;
  std::span<const Header> headers;
  std::string_view body;
};

class Effects {
 public:
  // `scratch` is memory that lives as long as the instance; what it holds means nothing.
  Effects(const raccordo_host& host, std::string& scratch) : host_(host), scratch_(scratch) {}
  Effects(const Effects&) = delete;
  Effects& operator=(const Effects&) = delete;

  // States an entity, with the partner's own ids.
  template <Described Entity>
  void publish(const Entity& entity) {
    static constexpr auto kKind = Entity::describe().kind;
    scratch_.clear();
    encode(entity, scratch_);
    publish_json(kKind, scratch_);
  }
  // The same for plugins that know the kind only when they run: `json` is canonical (keys sorted, no white
  // space).
  void publish_json(std::string_view kind, std::string_view json);

  // The partner no longer has the entity with this id of its own.
  template <Described Entity>
  void erase(std::string_view id) {
    erase(Entity::describe().kind, id);
  }
  void erase(std::string_view kind, std::string_view id);

  // Asks the case engine for a step. `context` comes back with the outcome.
  void command(std::string_view type, std::string_view json, std::string_view context = {});
  // Sends a request to the partner. `context` comes back with the response.
  void send(const Send& request, std::string_view context = {});
  // Answers the partner's request that this input is, or came from.
  void respond(std::uint32_t status, std::span<const Header> headers, std::string_view body);
  void respond(std::uint32_t status, std::string_view body = {}) { respond(status, {}, body); }

  // Appends to the connector's file of this name. A second line of the name is the first line of each such file.
  void write(std::string_view file, std::string_view bytes);
  // Remembers where reading stands at the partner; at most 64 KiB.
  void save_cursor(std::string_view cursor);
  void snapshot_begin(std::string_view scope);
  void snapshot_end(std::string_view scope);

  // This input is of no interest, and why.
  void filter(std::string_view reason);
  void filter(const Text& reason);

  // This input cannot be translated: it is parked. `field` as the partner names it. Without a code it is
  // "invalid_field".
  void reject(std::string_view field, const Error& error);
  void reject(std::string_view field, std::string_view text) { reject("invalid_field", field, text); }
  void reject(std::string_view field, const Text& text) { reject("invalid_field", field, text); }
  void reject(std::string_view code, std::string_view field, std::string_view text);
  void reject(std::string_view code, std::string_view field, const Text& text);

  // Something a person should know although the input is accepted.
  void finding(std::string_view code, std::string_view field, std::string_view text);
  void finding(std::string_view code, std::string_view field, const Text& text);

  // Something outside may pass: the host asks again, when and how often it decides. Nothing else of this call
  // counts.
  void retry(std::string_view why) { end(RACCORDO_RETRY, why); }
  // This instance cannot go on.
  void fatal(std::string_view why) { end(RACCORDO_FATAL, why); }

  // A line in the hub's log. No content of a record above debug level.
  void log(raccordo_log_level level, std::string_view text);

  // For the fence only: what the handling ended with. Effects that the host did not take become a rejection.
  [[nodiscard]] raccordo_verdict ended();

 private:
  void end(raccordo_verdict verdict, std::string_view why);
  void took(std::string_view effect, raccordo_status status);
  [[nodiscard]] std::string_view in_both_languages(const Text& text);

  const raccordo_host& host_;
  std::string& scratch_;
  raccordo_verdict verdict_ = RACCORDO_DONE;
  raccordo_status refused_ = RACCORDO_OK;
  std::string_view refused_effect_;
};

}  // namespace sdk
}  // namespace raccordo
