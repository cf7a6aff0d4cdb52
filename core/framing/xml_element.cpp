// SPDX-License-Identifier: EUPL-1.2
#include "core/framing/xml_element.hpp"

namespace raccordo {

Fault xml_too_deep(std::size_t max_depth, std::size_t at) {
  return {"too_deep",
          say("più di {} livelli uno dentro l'altro", "more than {} levels inside each other", max_depth),
          at};
}

Fault xml_wrong_end(std::string_view expected, std::string_view found, std::size_t at) {
  return {"syntax",
          say("XML non valido: </{}> dove si aspettava </{}>", "invalid XML: </{}> where </{}> was expected",
              found, expected),
          at};
}

XmlCut XmlElement::cut(std::string_view bytes, bool last, std::size_t depth, XmlFollower* follower) {
  open_.clear();
  std::size_t at = 0;
  do {
    if (at == bytes.size())
      return last ? XmlCut{CutEnd::kFault,
                           0,
                           {"truncated", say("il file finisce a metà", "the file ends in the middle"), at}}
                  : XmlCut{CutEnd::kUnfinished};
    auto token = cut_xml_token(bytes.substr(at), last, limits_, attributes_);
    if (token.end == CutEnd::kFault) {
      token.fault.at += at;
      return {CutEnd::kFault, 0, std::move(token.fault)};
    }
    if (token.end == CutEnd::kUnfinished) return {CutEnd::kUnfinished};
    if (token.kind == XmlKind::kStart || token.kind == XmlKind::kEmpty) {
      if (depth + open_.size() >= limits_.max_depth)
        return {CutEnd::kFault, 0, xml_too_deep(limits_.max_depth, at)};
      if (token.kind == XmlKind::kStart) open_.push_back(token.name);
    } else if (token.kind == XmlKind::kEnd) {
      if (open_.back() != token.name) return {CutEnd::kFault, 0, xml_wrong_end(open_.back(), token.name, at)};
      open_.pop_back();
    }
    if (follower != nullptr) follower->follow(token, bytes.substr(at, token.size), attributes_);
    at += token.size;
  } while (!open_.empty());
  return {CutEnd::kWhole, at, {}};
}

}  // namespace raccordo
