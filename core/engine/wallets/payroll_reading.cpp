// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "core/engine/wallets/payroll.hpp"
#include "core/framing/framer.hpp"
#include "raccordo/model/field_checks.hpp"
#include "raccordo/model/italian_identifiers.hpp"
#include "raccordo/model/schema.hpp"

namespace raccordo::wallets {
namespace {

// The very bytes that were hashed: a file that changes meanwhile is not read twice.
class BytesOnce final : public ByteFile {
 public:
  BytesOnce(const std::string& name, std::string_view bytes) : name_(name), bytes_(bytes) {}
  Result<std::size_t> read_at(std::uint64_t offset, std::span<char> buffer) const override {
    if (offset >= bytes_.size()) return std::size_t{0};
    return bytes_.copy(buffer.data(), buffer.size(), offset);
  }
  std::uint64_t size() const override { return bytes_.size(); }
  const std::string& name() const override { return name_; }

 private:
  const std::string& name_;
  std::string_view bytes_;
};

enum Column : std::size_t { kEmployee, kFiscalCode, kPlan, kAmount, kValidTo, kLetter, kColumns };

struct Heading {
  std::string_view name;
  std::array<std::string_view, 2> written;  // lower case, letters only
};
constexpr std::array<Heading, kColumns> kHeadings{
    Heading{"matricola", {"matricola", ""}}, Heading{"codice fiscale", {"codicefiscale", "cf"}},
    Heading{"piano", {"piano", ""}},         Heading{"importo", {"importo", ""}},
    Heading{"scadenza", {"scadenza", ""}},   Heading{"lettera", {"lettera", "letteratuir"}}};

std::string letters_only(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (std::isalpha(static_cast<unsigned char>(c)) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string fiscal_code_of(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

// "31/12/2026" or "2026-12-31" as the latter; empty: neither.
std::string date_of(std::string_view text) {
  std::string date(text);
  if (text.size() == 10 && text[2] == '/' && text[5] == '/')
    date = fmt::format("{}-{}-{}", text.substr(6), text.substr(3, 2), text.substr(0, 2));
  return is_date(date) ? date : std::string();
}

// "f-ter", "F TER", "c. 3", "c3": a code of tuir_letter; empty: none of them.
std::string letter_of(std::string_view text) {
  std::string written;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      written += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const auto& code : code_list("tuir_letter")) {
    std::string known(code.code);
    known.erase(std::remove(known.begin(), known.end(), '_'), known.end());
    if (known == written) return std::string(code.code);
  }
  return {};
}

class Reader {
 public:
  Reader(PayrollReading& out, const std::vector<std::string>& plans, std::string_view today)
      : out_(out), plans_(plans), today_(today) {}

  void read(std::string_view bytes) {
    const BytesOnce file(out_.payroll.file, bytes);
    Framing framing;
    framing.format = Format::kCsv;
    const auto framer = open_framer(framing, file, {});
    if (!framer.ok()) return find(0, framer.error().message);
    InputBatch batch;
    std::vector<Malformed> malformed;
    for (bool more = true; more;) {
      batch.clear();
      malformed.clear();
      const auto read = (*framer)->read(batch, malformed);
      if (!read.ok()) return find(0, read.error().message);
      more = *read;
      for (const auto& broken : malformed) find(broken.line, broken.text);
      if (!batch.empty() && !take(batch)) return;
    }
    if (out_.payroll.rows.empty() && out_.findings.empty()) find(0, say("nessuna riga", "no rows"));
  }

 private:
  void find(std::uint64_t line, Text text) { out_.findings.push_back({line, std::move(text)}); }

  bool take(const InputBatch& batch) {
    if (!headed_ && !find_columns(batch.columns)) return false;
    headed_ = true;
    for (const auto& item : batch.items) {
      if (out_.payroll.rows.size() == kMaxPayrollRows) {
        find(item.place.line,
             say("più di {} righe: dividere il file", "more than {} rows: divide the file", kMaxPayrollRows));
        return false;
      }
      take_row(batch, item);
    }
    return true;
  }

  bool find_columns(const std::vector<std::string>& columns) {
    at_.fill(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto written = letters_only(columns[i]);
      for (std::size_t k = 0; k < kColumns; ++k)
        if (!written.empty() && (written == kHeadings[k].written[0] || written == kHeadings[k].written[1]))
          at_[k] = i;
    }
    bool all = true;
    for (std::size_t k = 0; k < kColumns; ++k) {
      if (at_[k] < columns.size()) continue;
      all = false;
      find(1, say("manca la colonna «{}»", "column \"{}\" is missing", kHeadings[k].name));
    }
    return all;
  }

  void take_row(const InputBatch& batch, const InputItem& item) {
    std::vector<std::string_view> cells;
    std::string_view rest = std::string_view(batch.bytes).substr(item.first_byte);
    for (std::uint32_t k = 0; k < item.field_count; ++k) {
      const auto size = batch.sizes[item.first_field + k];
      cells.push_back(trimmed(rest.substr(0, size)));
      rest.remove_prefix(size);
    }
    const auto cell = [&](Column column) {
      return at_[column] < cells.size() ? cells[at_[column]] : std::string_view();
    };
    PayrollRow row;
    row.number = out_.payroll.rows.size() + 1;
    row.line = item.place.line;
    row.employee = cell(kEmployee);
    row.fiscal_code = fiscal_code_of(cell(kFiscalCode));
    row.plan = cell(kPlan);
    check_person(row);
    check_plan(row);
    read_amount(cell(kAmount), row);
    read_date(cell(kValidTo), row);
    read_letter(cell(kLetter), row);
    out_.payroll.rows.push_back(std::move(row));
  }

  void check_person(const PayrollRow& row) {
    if (row.employee.empty())
      find(row.line, say("manca la matricola", "the employee's number (matricola) is missing"));
    if (!is_fiscal_code(row.fiscal_code))
      return find(row.line, say("il codice fiscale non è valido", "the codice fiscale is not valid"));
    const auto [known, fresh] = people_.emplace(row.employee, std::pair(row.fiscal_code, row.line));
    if (!fresh && known->second.first != row.fiscal_code)
      find(row.line, say("la stessa matricola ha un altro codice fiscale alla riga {}",
                         "the same matricola has another codice fiscale in line {}", known->second.second));
  }

  void check_plan(const PayrollRow& row) {
    if (std::find(plans_.begin(), plans_.end(), row.plan) == plans_.end())
      find(row.line, say("il piano «{}» non è di questo datore di lavoro",
                         "plan \"{}\" is not of this employer", row.plan));
  }

  void read_amount(std::string_view text, PayrollRow& row) {
    const auto cents = read_euro(text);
    if (!cents || *cents == 0 || *cents > kMaxAmount)
      return find(row.line, say("l'importo «{}» non si legge come euro: scrivere ad esempio 1.250,00",
                                "amount \"{}\" does not read as euro: write 1.250,00, for instance", text));
    row.cents = *cents;
    out_.payroll.total += *cents;  // at most 50,000 times 10^12
  }

  void read_date(std::string_view text, PayrollRow& row) {
    row.valid_to = date_of(text);
    if (row.valid_to.empty())
      find(row.line, say("la scadenza «{}» non è una data: scrivere ad esempio 31/12/2026",
                         "last day \"{}\" is no date: write 31/12/2026, for instance", text));
    else if (row.valid_to < today_)
      find(row.line, say("la scadenza {} è già passata", "last day {} has passed already", row.valid_to));
  }

  void read_letter(std::string_view text, PayrollRow& row) {
    row.letter = letter_of(text);
    if (!text.empty() && row.letter.empty())
      find(row.line,
           say("«{}» non è una lettera del TUIR, art. 51", "\"{}\" is no letter of TUIR art. 51", text));
  }

  PayrollReading& out_;
  const std::vector<std::string>& plans_;
  std::string_view today_;
  bool headed_ = false;
  std::array<std::size_t, kColumns> at_{};
  std::map<std::string, std::pair<std::string, std::uint64_t>>
      people_;  // codice fiscale and line, by matricola
};

}  // namespace

PayrollReading read_payroll(std::string file, std::string_view bytes, const std::vector<std::string>& plans,
                            std::string_view today, const Signatures& signatures) {
  PayrollReading reading;
  reading.payroll.file = std::move(file);
  reading.payroll.sha256 = signatures.sha256(bytes);
  if (bytes.size() > kMaxPayrollBytes)
    reading.findings.push_back(
        {0, say("{} byte: al più {}", "{} bytes: at most {}", bytes.size(), kMaxPayrollBytes)});
  else
    Reader(reading, plans, today).read(bytes);
  return reading;
}

}  // namespace raccordo::wallets
