// SPDX-License-Identifier: EUPL-1.2
#include "plugins/mapping/path.hpp"

#include <charconv>
#include <optional>

namespace raccordo::mapping {
namespace {

PathRead trouble(std::string_view written, std::string_view rest) {
  const std::string path(written);
  if (rest.empty()) return {{}, say("il percorso «{}» è incompleto", "the path “{}” is incomplete", path)};
  return {{},
          say("nel percorso «{0}» non si capisce «{1}»", "the path “{0}”: “{1}” is not understood", path,
              std::string(rest))};
}

PathRead too_long(std::string_view written) {
  return {{},
          say("il percorso «{}» ha più di {} passi", "the path “{}” has more than {} steps",
              std::string(written.substr(0, 60)), kMaxSteps)};
}

// "[12]" at the front of `rest`, taken off.
std::optional<std::uint32_t> take_index(std::string_view& rest) {
  std::uint32_t value = 0;
  const auto [end, code] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), value);
  const auto size = static_cast<std::size_t>(end - rest.data());
  if (code != std::errc{} || size >= rest.size() || *end != ']') return std::nullopt;
  rest.remove_prefix(size + 1);
  return value;
}

// A key up to the next `.` or `[`, or in single quotes, taken off.
std::optional<std::string> take_key(std::string_view& rest) {
  std::size_t size = rest.find_first_of(".[");
  if (!rest.empty() && rest[0] == '\'') {
    const auto close = rest.find('\'', 1);
    if (close == std::string_view::npos || close == 1) return std::nullopt;
    std::string key(rest.substr(1, close - 1));
    rest.remove_prefix(close + 1);
    return key;
  }
  if (size == std::string_view::npos) size = rest.size();
  if (size == 0) return std::nullopt;
  std::string key(rest.substr(0, size));
  rest.remove_prefix(size);
  return key;
}

// "child", "child[2]", "@attribute", "."; false when it is none of them.
bool read_xml_step(std::string_view step, bool last, Step& out) {
  if (step.starts_with('@')) {
    out.what = Step::What::kAttribute;
    out.name = step.substr(1);
    return last && !out.name.empty();
  }
  if (const auto bracket = step.find('['); bracket != std::string_view::npos) {
    auto rest = step.substr(bracket);
    const auto index = take_index(rest);
    if (!index || *index == 0 || !rest.empty()) return false;
    out.index = *index - 1;
    out.numbered = true;
    step = step.substr(0, bracket);
  }
  out.name = step;
  return !step.empty() && step.find_first_of("@*()'\" ") == std::string_view::npos;
}

}  // namespace

PathRead read_json_path(std::string_view written) {
  PathRead out;
  std::string_view rest = written;
  if (rest == ".") return out;
  while (!rest.empty() || out.path.empty()) {
    if (out.path.size() == kMaxSteps) return too_long(written);
    if (rest.starts_with('[')) {
      const auto before = rest;
      const auto index = take_index(rest);
      if (!index) return trouble(written, before);
      out.path.push_back({Step::What::kIndex, *index, false, {}});
      continue;
    }
    if (!out.path.empty() && rest.starts_with('.'))
      rest.remove_prefix(1);
    else if (!out.path.empty())
      return trouble(written, rest);
    auto key = take_key(rest);
    if (!key) return trouble(written, rest);
    out.path.push_back({Step::What::kName, 0, false, std::move(*key)});
  }
  return out;
}

PathRead read_xml_path(std::string_view written) {
  PathRead out;
  if (written == ".") return out;
  for (std::string_view rest = written;;) {
    if (out.path.size() == kMaxSteps) return too_long(written);
    const auto slash = rest.find('/');
    const auto step = rest.substr(0, slash);
    Step read;
    if (!read_xml_step(step, slash == std::string_view::npos, read)) return trouble(written, step);
    out.path.push_back(std::move(read));
    if (slash == std::string_view::npos) return out;
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace raccordo::mapping
