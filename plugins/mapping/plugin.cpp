// SPDX-License-Identifier: EUPL-1.2
// The plugin `mapping`: compiles its mapping file when it is created, and runs it over every record.
#include <memory>
#include <string>

#include "plugins/mapping/compile.hpp"
#include "plugins/mapping/execution.hpp"
#include "raccordo/sdk.hpp"

namespace raccordo::mapping {
namespace {

struct Options {
  std::string mapping;  // the file's content
};

constexpr auto kOptions =
    describe<Options>(option(&Options::mapping, "mapping", required)
                          .file()
                          .help("File di mappatura (mapping: 1)", "Mapping file (mapping: 1)"));

class Answers final : public Statements {
 public:
  explicit Answers(Effects& effects) : effects_(effects) {}

  void publish(std::string_view kind, std::string_view json) override { effects_.publish_json(kind, json); }
  void step(std::string_view command, std::string_view json) override { effects_.command(command, json); }
  void write(std::string_view file, std::string_view line) override { effects_.write(file, line); }
  void reject(std::string_view code, std::string_view field, const Text& text) override {
    effects_.reject(code, field, text);
  }
  void finding(std::string_view code, std::string_view field, const Text& text) override {
    effects_.finding(code, field, text);
  }
  void filter(const Text& reason) override { effects_.filter(reason); }
  void debug(std::string_view text) override { effects_.log(RACCORDO_LOG_DEBUG, text); }

 private:
  Effects& effects_;
};

// In one line: what a plugin says in its defence may stand in a log.
Text all_of(const Findings& findings) {
  return {findings.in(Language::kItalian, "; "), findings.in(Language::kEnglish, "; ")};
}

Reading reading_of(const InputForm& input) {
  return Reading(input.format, input.path)
      .separator(input.separator)
      .encoding(input.encoding)
      .sheet(input.sheet)
      .header_row(input.header_row)
      .header_rows(input.header_rows);
}

class Mapping {
 public:
  Mapping(const Options& options, Setup& setup) {
    Findings findings;
    auto program = compile(options.mapping, findings);
    if (!program) setup.fail(all_of(findings));
    if (!program->input.events) setup.frame(reading_of(program->input));
    execution_ = std::make_unique<Execution>(std::move(*program));
  }

  void on_record(const Row& row, Effects& effects) const {
    Answers answers(effects);
    if (!execution_->program().input.rows()) return wrong_form(answers);
    execution_->run({row.columns(), row.cells(), {}}, answers);
  }

  void on_record(const Document& document, Effects& effects) const {
    Answers answers(effects);
    const auto& input = execution_->program().input;
    if (input.rows() || input.events) return wrong_form(answers);
    execution_->run({{}, {}, document.body}, answers);
  }

  void on_event(const Event& event, Effects& effects) const {
    Answers answers(effects);
    if (!execution_->program().input.events) return wrong_form(answers);
    if (event.deleted)
      return effects.filter(say("una cancellazione non fa righe", "a deletion makes no row"));
    execution_->run({{}, {}, event.data, event.kind}, answers);
  }

 private:
  static void wrong_form(Answers& answers) {
    answers.reject("wrong_format", {},
                   say("il record non ha il formato scritto in input.format della mappatura",
                       "the record does not have the format written in the mapping's input.format"));
  }

  // Its memory is reused from record to record; what it says depends on the record alone.
  std::unique_ptr<Execution> execution_;
};

RACCORDO_PLUGIN(
    Mapping,
    name("mapping")
        .version("0.1.0")
        .licence("EUPL-1.2")
        .summary("Traduce CSV, XLSX, JSON, NDJSON e XML con un file di mappatura, e scrive CSV",
                 "Translates CSV, XLSX, JSON, NDJSON and XML by a mapping file, and writes CSV")
        .publishes<Organization, Service, Offer, Capacity, Accreditation, Qualification, Plan, Entitlement>()
        .subscribes("accreditation", "booking", "capacity", "enquiry", "entitlement", "offer", "organization",
                    "plan", "qualification", "service")
        .writes("*")
        .commands("booking.request.v1", "booking.hold.v1", "booking.confirm.v1", "booking.refuse.v1",
                  "booking.waitlist.v1", "booking.offer_place.v1", "booking.accept_place.v1",
                  "booking.cancel.v1", "booking.reschedule.v1", "booking.attend.v1", "booking.no_show.v1",
                  "enquiry.answer.v1", "enquiry.close.v1")
        .sees("identity", "contact", "note")
        .options(kOptions));

}  // namespace
}  // namespace raccordo::mapping
