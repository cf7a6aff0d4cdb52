// SPDX-License-Identifier: EUPL-1.2
// Where a translation stands inside an object, and what it could not carry over. Values never stand in the
// words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "raccordo/model/text.hpp"
#include "raccordo/sdk/effects.hpp"

namespace hsds {

class Losses {
 public:
  // What is lost is the field `name` of the object that the path stands at; empty: that object itself.
  void add(std::string_view name, raccordo::Label why);

  // One finding each, with the code `field_lost`; the last says how many were not listed.
  void report(raccordo::Effects& effects) const;

  [[nodiscard]] const std::string& path() const { return path_; }

  // The path goes one level down for as long as it lives.
  class Level {
   public:
    Level(Losses& losses, std::string_view name);
    Level(Losses& losses, std::size_t item);
    ~Level() { losses_.path_.resize(size_); }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Losses& losses_;
    std::size_t size_;
  };

 private:
  struct Loss {
    std::string path;
    raccordo::Label why;
  };

  std::string path_;
  std::vector<Loss> losses_;
  std::size_t not_listed_ = 0;
};

}  // namespace hsds
