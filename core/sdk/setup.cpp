// SPDX-License-Identifier: Apache-2.0
#include "raccordo/sdk/setup.hpp"

#include "raccordo/sdk/borrowed.hpp"

namespace raccordo {
inline namespace sdk {
namespace {

std::string both(const Text& words) {
  std::string out;
  append_both(words, out);
  return out;
}

}  // namespace

SetupFailed::SetupFailed(const Text& words) : std::runtime_error(both(words)) {}
SetupFailed::SetupFailed(const Error& error)
    : SetupFailed(Text{error.in(Language::kItalian), error.in(Language::kEnglish)}) {}

raccordo_framing Reading::framing() const {
  return {sizeof(raccordo_framing),
          static_cast<std::uint32_t>(format_),
          bytes(separator_),
          bytes(encoding_),
          bytes(sheet_),
          bytes(path_),
          header_row_,
          header_rows_};
}

void Setup::frame(const Reading& reading) {
  const auto framing = reading.framing();
  if (host_.frame == nullptr || host_.frame(host_.self, &framing) != RACCORDO_OK)
    fail(say("l'hub non sa leggere i dati nel modo chiesto",
             "the hub cannot read the data in the way asked for"));
}

const void* Setup::table(std::string_view id) const {
  return host_.table == nullptr ? nullptr : host_.table(host_.self, bytes(id));
}

}  // namespace sdk
}  // namespace raccordo
