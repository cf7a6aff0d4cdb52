// SPDX-License-Identifier: EUPL-1.2
// How fast workbooks of 14 columns are cut into rows, and the most memory that it takes as they grow. Each is
// written and read in a process of its own, whose memory is the figure. The same ones for the same rows.
//   workbook_bench [ROWS]
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "core/framing/framer.hpp"

namespace raccordo {
namespace {

// How the texts of a workbook are kept: in their cells, or in one list. Excel puts all of them in the list,
// those that no two cells have in common too.
enum class Texts { kInCells, kFewShared, kAllShared };

constexpr const char* kTitles[] = {"codice",  "nome", "comune", "provincia", "cap",      "categoria", "posti",
                                   "tariffa", "dal",  "al",     "attivo",    "telefono", "posta",     "note"};
constexpr const char* kPlaces[] = {"Albino", "Nembro", "Alzano", "Clusone", "Gandino", "Vertova", "Leffe"};
constexpr const char* kKinds[] = {"centro diurno", "assistenza domiciliare", "doposcuola &amp; compiti"};
constexpr std::uint64_t kOwn = 3;  // texts of a row that no other has
constexpr std::uint64_t kFew = std::size(kTitles) + std::size(kPlaces) + std::size(kKinds) + 1;

// Makes one part of a workbook, piece by piece: it is never whole in memory.
class Part {
 public:
  // Appends piece `n`; false: there is none.
  using Pieces = std::function<bool(std::uint64_t n, std::string& out)>;
  explicit Part(Pieces pieces) : pieces_(std::move(pieces)) {}

  static zip_int64_t serve(void* self, void* data, zip_uint64_t size, zip_source_cmd_t command) {
    auto& part = *static_cast<Part*>(self);
    if (command == ZIP_SOURCE_READ) return part.read(static_cast<char*>(data), size);
    if (command == ZIP_SOURCE_STAT) return zip_stat_init(static_cast<zip_stat_t*>(data)), sizeof(zip_stat_t);
    if (command == ZIP_SOURCE_SUPPORTS)
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                            ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    return 0;
  }

 private:
  zip_int64_t read(char* data, std::size_t size) {
    while (made_.size() < size && pieces_(next_, made_)) ++next_;
    size = std::min(size, made_.size());
    std::copy_n(made_.begin(), size, data);
    made_.erase(0, size);
    return static_cast<zip_int64_t>(size);
  }

  Pieces pieces_;
  std::uint64_t next_ = 0;
  std::string made_;
};

Part whole(std::string text) {
  return Part(
      [text = std::move(text)](std::uint64_t n, std::string& out) { return n == 0 && (out += text, true); });
}

std::string own_text(std::uint64_t row, std::uint64_t which) {
  if (which == 0) return fmt::format("Centro «La Quercia» n. {:07}", row);
  if (which == 1) return fmt::format("sportello.{:07}@example.org", row);
  return fmt::format("Rivolgersi all'operatore {:07}; portare il documento, se richiesto", row);
}

// The list of texts: first the few that repeat, then those of each row.
Part shared_texts(std::uint64_t rows, Texts texts) {
  std::vector<std::string> few(std::begin(kTitles), std::end(kTitles));
  few.insert(few.end(), std::begin(kPlaces), std::end(kPlaces));
  few.insert(few.end(), std::begin(kKinds), std::end(kKinds));
  few.emplace_back("BG");
  const auto count = kFew + (texts == Texts::kAllShared ? rows * kOwn : 0);
  return Part([few, count](std::uint64_t n, std::string& out) {
    if (n == 0) out += "<sst>";
    if (n == count) out += "</sst>";
    if (n < count)
      out += fmt::format("<si><t>{}</t></si>",
                         n < kFew ? few[n] : own_text((n - kFew) / kOwn, (n - kFew) % kOwn));
    return n <= count;
  });
}

class Sheet {
 public:
  Sheet(std::uint64_t rows, Texts texts) : rows_(rows), texts_(texts) {}

  bool operator()(std::uint64_t n, std::string& out) const {
    if (n == 0) out += fmt::format("<worksheet><dimension ref=\"A1:N{}\"/><sheetData>", rows_ + 1);
    if (n <= rows_) row(n, out);
    if (n == rows_ + 1) out += "</sheetData></worksheet>";
    return n <= rows_ + 1;
  }

 private:
  void row(std::uint64_t n, std::string& out) const {
    out += fmt::format("<row r=\"{}\" spans=\"1:14\">", n + 1);
    if (n == 0)
      for (std::size_t i = 0; i < std::size(kTitles); ++i) text(i, 1, kTitles[i], i, out);
    else
      cells(n, out);
    out += "</row>";
  }

  void cells(std::uint64_t n, std::string& out) const {
    constexpr auto kPlace = std::size(kTitles), kKind = kPlace + std::size(kPlaces);
    const auto line = n + 1;
    number(0, line, 0, fmt::to_string(100'000 + n), out);
    own(1, n, 0, out);
    text(2, line, kPlaces[n % 7], kPlace + n % 7, out);
    text(3, line, "BG", kFew - 1, out);
    number(4, line, 2, fmt::to_string(20 + n % 99), out);
    text(5, line, kKinds[n % 3], kKind + n % 3, out);
    number(6, line, 0, fmt::to_string(n % 60), out);
    number(7, line, 0, fmt::format("{}", static_cast<double>(n * 31 % 9'500) / 100), out);
    number(8, line, 1, fmt::to_string(45'292 + n % 700), out);
    number(9, line, 1, fmt::to_string(46'022 + n % 700), out);
    out += fmt::format("<c r=\"K{}\" t=\"b\"><v>{}</v></c>", line, n % 2);
    number(11, line, 0, fmt::to_string(35'000'000 + n), out);
    own(12, n, 1, out);
    own(13, n, 2, out);
  }

  static void number(std::size_t column, std::uint64_t line, int style, const std::string& value,
                     std::string& out) {
    out += fmt::format("<c r=\"{}{}\" s=\"{}\"><v>{}</v></c>", static_cast<char>('A' + column), line, style,
                       value);
  }

  void text(std::size_t column, std::uint64_t line, std::string_view value, std::uint64_t index,
            std::string& out) const {
    const auto letter = static_cast<char>('A' + column);
    if (texts_ == Texts::kInCells)
      out += fmt::format("<c r=\"{}{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", letter, line, value);
    else
      out += fmt::format("<c r=\"{}{}\" t=\"s\"><v>{}</v></c>", letter, line, index);
  }

  void own(std::size_t column, std::uint64_t n, std::uint64_t which, std::string& out) const {
    const Sheet in_cells(rows_, Texts::kInCells);
    const auto& as = texts_ == Texts::kAllShared ? *this : in_cells;
    as.text(column, n + 1, own_text(n - 1, which), kFew + (n - 1) * kOwn + which, out);
  }

  std::uint64_t rows_;
  Texts texts_;
};

int write(const char* path, std::uint64_t rows, Texts texts) {
  const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const auto relation = [&](int id, std::string_view type, std::string_view to) {
    return fmt::format(R"(<Relationship Id="rId{}" Type="{}/{}" Target="{}"/>)", id, types, type, to);
  };
  const auto relations = [](const std::string& all) {
    return whole("<Relationships>" + all + "</Relationships>");
  };
  std::pair<const char*, Part> parts[] = {
      {"_rels/.rels", relations(relation(1, "officeDocument", "xl/workbook.xml"))},
      {"xl/workbook.xml",
       whole("<workbook xmlns:r=\"" + types +
             "\"><sheets><sheet name=\"Servizi\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")},
      {"xl/_rels/workbook.xml.rels",
       relations(relation(1, "worksheet", "worksheets/sheet1.xml") +
                 relation(2, "sharedStrings", "sharedStrings.xml") + relation(3, "styles", "styles.xml"))},
      {"xl/styles.xml",
       whole(
           R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>)")},
      {"xl/sharedStrings.xml", shared_texts(rows, texts)},
      {"xl/worksheets/sheet1.xml", Part(Sheet(rows, texts))},
  };
  zip_t* const archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  if (archive == nullptr) return 1;
  for (auto& [name, part] : parts)
    zip_file_add(archive, name, zip_source_function(archive, Part::serve, &part), 0);
  return zip_close(archive) == 0 ? 0 : 1;
}

class DiskFile final : public ByteFile {
 public:
  explicit DiskFile(const char* path) : name_(path), file_(::open(path, O_RDONLY | O_CLOEXEC)) {
    struct stat state {};
    if (::fstat(file_, &state) == 0) size_ = static_cast<std::uint64_t>(state.st_size);
  }
  DiskFile(const DiskFile&) = delete;
  DiskFile& operator=(const DiskFile&) = delete;
  ~DiskFile() override { ::close(file_); }

  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override {
    const auto got = ::pread(file_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (got < 0) return error(ErrorCode::kUnavailable, as_is("the file cannot be read"));
    return static_cast<std::size_t>(got);
  }
  std::uint64_t size() const override { return size_; }
  const std::string& name() const override { return name_; }

 private:
  std::string name_;
  int file_;
  std::uint64_t size_ = 0;
};

int read(const char* path, std::uint64_t rows) {
  const DiskFile file(path);
  Framing framing;
  framing.format = Format::kXlsx;
  const auto framer = open_framer(framing, file, {});
  if (!framer.ok()) return 1;
  InputBatch batch;
  std::vector<Malformed> malformed;
  std::uint64_t records = 0;
  for (bool more = true; more && malformed.empty();) {
    batch.clear();
    const auto got = (*framer)->read(batch, malformed);
    if (!got.ok()) return 1;
    more = *got;
    records += batch.size();
  }
  if (!malformed.empty()) fmt::print(stderr, "{}\n", malformed.front().text.en);
  return malformed.empty() && records == rows ? 0 : 1;
}

struct Measured {
  bool well = false;
  double cpu = 0;        // seconds
  double megabytes = 0;  // the most that was resident
};

// Does it in a process of its own.
Measured measured(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) return {};
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return {status == 0, seconds(usage.ru_utime) + seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

bool bench(const std::string& path, std::string_view name, std::uint64_t rows, Texts texts) {
  if (!measured([&] { return write(path.c_str(), rows, texts); }).well) return false;
  const auto size = DiskFile(path.c_str()).size();
  auto best = measured([&] { return read(path.c_str(), rows); });
  for (int again = 0; again < 2; ++again)
    if (const auto next = measured([&] { return read(path.c_str(), rows); }); next.cpu < best.cpu)
      best = next;
  fmt::print("{:<18} {:>9} rows {:>6.1f} MB  {:>6.2f} us of CPU a row  {:>6.1f} MiB at most\n", name, rows,
             static_cast<double>(size) / 1e6, best.cpu * 1e6 / static_cast<double>(rows), best.megabytes);
  std::fflush(stdout);
  return best.well;
}

int bench_all(std::uint64_t rows) {
  std::string path = "/tmp/workbook_bench.XXXXXX";
  const int file = ::mkstemp(path.data());
  if (file < 0) return 1;
  ::close(file);
  bool well = true;
  for (const auto count : {rows / 4, rows / 2, rows}) {
    well = well && bench(path, "texts in cells", count, Texts::kInCells);
    well = well && bench(path, "few shared texts", count, Texts::kFewShared);
    well = well && bench(path, "all texts shared", count, Texts::kAllShared);
  }
  ::unlink(path.c_str());
  return well ? 0 : 1;
}

}  // namespace
}  // namespace raccordo

int main(int count, char** words) {
  return raccordo::bench_all(count > 1 ? std::max(std::strtoull(words[1], nullptr, 10), 4ULL) : 200'000);
}
