// SPDX-License-Identifier: EUPL-1.2
// Each wrong plugin alone with the runner: what is said of it, what becomes of its records and of its
// neighbours.
#include <cstddef>
#include <filesystem>

#include "raccordo/abi.h"
#include "tests/zoo/broken_files.hpp"
#include "tests/zoo/cage.hpp"

namespace raccordo {
namespace {

using test::animal;
using test::told;
using testing::ElementsAre;

class Zoo : public test::Cage {};

std::string it(const Error& error) { return error.message.it + " | " + error.hint.it; }
std::string en(const Error& error) { return error.message.en + " | " + error.hint.en; }

TEST_F(Zoo, no_entry_symbol_is_refused) {
  const auto error = refusal("no_entry");
  EXPECT_EQ(error.code, ErrorCode::kInvalid);
  EXPECT_EQ(it(error),
            "plugin " + animal("no_entry") +
                " rifiutato: non esporta raccordo_plugin_entry | non è un plugin di Raccordo, o il suo punto "
                "d'ingresso non è visibile (RACCORDO_EXPORT)");
  EXPECT_EQ(en(error),
            "plugin " + animal("no_entry") +
                " refused: it does not export raccordo_plugin_entry | it is not a Raccordo plugin, or its "
                "entry is not visible (RACCORDO_EXPORT)");
}

TEST_F(Zoo, another_version_is_refused_with_both_versions) {
  const auto error = refusal("other_version");
  EXPECT_EQ(it(error),
            "plugin " + animal("other_version") +
                " rifiutato: parla la versione 7.3 del contratto, questo Raccordo la 0.1 | installare il "
                "plugin per questa versione, o ricompilarlo");
  EXPECT_EQ(en(error),
            "plugin " + animal("other_version") +
                " refused: it speaks version 7.3 of the contract, this Raccordo 0.1 | install the plugin for "
                "this version, or compile it again");
}

TEST_F(Zoo, a_short_struct_is_refused_with_both_sizes) {
  const auto error = refusal("short_struct");
  const auto has = std::to_string(offsetof(raccordo_plugin, create)),
             needs = std::to_string(sizeof(raccordo_plugin));
  EXPECT_EQ(it(error), "plugin " + animal("short_struct") + " rifiutato: la sua descrizione ha " + has +
                           " byte, ne servono almeno " + needs +
                           " | compilare il plugin con gli header di questa versione di Raccordo");
  EXPECT_EQ(en(error), "plugin " + animal("short_struct") + " refused: its description has " + has +
                           " bytes, at least " + needs +
                           " are needed | compile the plugin with this Raccordo's headers");
}

TEST_F(Zoo, null_functions_are_refused_by_name) {
  const auto error = refusal("null_functions");
  EXPECT_EQ(it(error),
            "plugin " + animal("null_functions") +
                " rifiutato: funzioni mancanti: handle, destroy | assegnare tutte e tre le funzioni: create, "
                "handle, destroy");
  EXPECT_EQ(en(error),
            "plugin " + animal("null_functions") +
                " refused: missing functions: handle, destroy | set all three functions: create, handle, "
                "destroy");
}

TEST_F(Zoo, an_unresolved_symbol_is_refused_in_the_loaders_words) {
  const auto error = refusal("unresolved_symbol");
  EXPECT_EQ(it(error),
            "plugin " + animal("unresolved_symbol") +
                " rifiutato: non si carica: undefined symbol: a_function_that_nobody_wrote | installare le "
                "librerie che gli mancano, o collegarlo con -Wl,-z,defs per trovarle prima");
  EXPECT_EQ(en(error),
            "plugin " + animal("unresolved_symbol") +
                " refused: it does not load: undefined symbol: a_function_that_nobody_wrote | install the "
                "libraries that it lacks, or link it with -Wl,-z,defs to find them earlier");
}

TEST_F(Zoo, a_constructor_that_hangs_is_refused_after_the_deadline) {
  const auto error = refusal("hanging_constructor", std::chrono::seconds(1));
  EXPECT_EQ(error.code, ErrorCode::kTimeout);
  EXPECT_EQ(it(error),
            "plugin " + animal("hanging_constructor") +
                " rifiutato: non finisce in 1 s mentre viene caricato | rivolgersi a chi l'ha scritto: il "
                "guasto è nel plugin");
  EXPECT_EQ(en(error),
            "plugin " + animal("hanging_constructor") +
                " refused: it does not finish within 1 s while it is loaded | ask its author: the fault is "
                "in the plugin");
}

TEST_F(Zoo, a_constructor_that_crashes_is_refused_with_its_signal) {
  const auto error = refusal("crashing_constructor");
  EXPECT_EQ(error.code, ErrorCode::kInvalid);
  EXPECT_EQ(error.message.it, "plugin " + animal("crashing_constructor") +
                                  " rifiutato: si interrompe mentre viene caricato (SIGSEGV)");
  EXPECT_EQ(error.message.en, "plugin " + animal("crashing_constructor") +
                                  " refused: it breaks off while it is loaded (SIGSEGV)");
}

TEST_F(Zoo, an_exception_in_create_does_not_start) {
  auto workers = host();
  auto described = workers->describe(animal("throws_in_create"));
  ASSERT_TRUE(described.ok());
  auto runner = workers->run({"moon", *described, {}, patient()});
  ASSERT_FALSE(runner.ok());
  EXPECT_EQ(runner.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(it(runner.error()),
            "il plugin throws_in_create non si avvia: ha lanciato un'eccezione: the moon is not full | "
            "controllare le "
            "sue opzioni nella configurazione (raccordo plugins throws_in_create)");
  EXPECT_EQ(en(runner.error()),
            "plugin throws_in_create does not start: it threw an exception: the moon is not full | check its "
            "options in "
            "the configuration (raccordo plugins throws_in_create)");
}

TEST_F(Zoo, an_exception_in_handle_fails_that_record_only) {
  const auto runner = run("throws_in_handle");
  EXPECT_THAT(outcome(*runner, test::lines({"1", "bad", "3"})),
              ElementsAre("done 1", "failed it threw an exception: this record is bad", "done 3"));
  EXPECT_EQ(runner->restarts(), 0u);
}

TEST_F(Zoo, a_crash_costs_that_record_only) {
  const auto runner = run("segfaults");
  EXPECT_THAT(outcome(*runner, test::lines({"1", "2", "bad", "4", "5"})),
              ElementsAre("done 1", "done 2", "crashed SIGSEGV", "done 4", "done 5"));
  EXPECT_EQ(runner->restarts(), 1u);
  EXPECT_TRUE(log_.says("the process of plugin segfaults ended: SIGSEGV"));
}

TEST_F(Zoo, an_endless_loop_costs_that_record_only) {
  auto limits = patient();
  limits.record_deadline = std::chrono::seconds(2);
  const auto runner = run("loops_for_ever", limits);
  EXPECT_THAT(outcome(*runner, test::lines({"1", "bad", "3"})),
              ElementsAre("done 1", "timed out over its time", "done 3"));
}

TEST_F(Zoo, answers_forged_by_a_plugin_are_not_believed) {
  const auto runner = run("forges_answers");
  EXPECT_THAT(outcome(*runner, test::lines({"1", "bad", "3"})),
              ElementsAre("done 1", "crashed answers that make no sense", "done 3"));
}

TEST_F(Zoo, a_record_that_eats_all_memory_costs_that_record_only) {
#ifdef RACCORDO_SANITIZED
  GTEST_SKIP() << "no memory limits under sanitizers";
#endif
  auto limits = patient();
  limits.memory_bytes = 64u << 20;
  const auto runner = run("eats_memory", limits);
  EXPECT_THAT(outcome(*runner, test::lines({"1", "2", "bad", "4"})),
              ElementsAre("done 1", "done 2", "crashed memory over the limit", "done 4"));
}

TEST_F(Zoo, memory_that_leaks_away_costs_no_record) {
#ifdef RACCORDO_SANITIZED
  GTEST_SKIP() << "no memory limits under sanitizers";
#endif
  auto limits = patient();
  limits.memory_bytes = 32u << 20;
  const auto runner = run("eats_memory", limits);
  std::vector<std::string> records(100, "leak");
  const auto all = outcome(*runner, test::lines(records));
  EXPECT_THAT(all, testing::AllOf(testing::SizeIs(100), testing::Each("done leak")));
  EXPECT_GT(runner->restarts(), 1u);
}

TEST_F(Zoo, a_kind_that_was_not_declared_fails_by_name_and_invalid_entities_pass_on_to_validation) {
  const auto runner = run("invalid_entity");
  EXPECT_THAT(outcome(*runner, test::lines({"1", "kind"})),
              ElementsAre(R"(done {"nonsense":1})",
                          R"(failed publish: "spaceship" is not among what the plugin declares)"));
}

TEST_F(Zoo, a_good_neighbour_is_not_disturbed) {
  const auto good = run("good");
  const auto bad = run("segfaults");
  const auto batch = test::lines({"1", "bad", "3"});
  ASSERT_TRUE(good->submit(batch).ok());
  ASSERT_TRUE(bad->submit(batch).ok());
  EXPECT_THAT(told(bad->collect()), ElementsAre("done 1", "crashed SIGSEGV", "done 3"));
  EXPECT_THAT(told(good->collect()), ElementsAre("done 1", "done bad", "done 3"));
  EXPECT_EQ(good->restarts(), 0u);
}

TEST_F(Zoo, a_missing_plugin_and_a_text_file_are_told_apart) {
  auto missing = host()->describe("/nowhere/turni.so");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(missing.error().message.it, "il plugin /nowhere/turni.so non esiste");
  auto text = host()->describe("/etc/passwd");
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().message.en, "plugin /etc/passwd refused: it is not a shared library (64-bit ELF)");
}

// Files made from a good library.
class ZooFiles : public Zoo {
 protected:
  ~ZooFiles() override { std::filesystem::remove(path_); }

  Error refusal_of_file() {
    auto described = host()->describe(path_);
    EXPECT_FALSE(described.ok()) << "it was taken";
    return described.ok() ? Error{} : described.error();
  }

  std::filesystem::path good_ = animal("good");
  std::string path_ =
      std::filesystem::path(testing::TempDir()) / ("zoo_" + std::to_string(::getpid()) + ".so");
};

TEST_F(ZooFiles, that_are_no_library_are_refused) {
  test::make_not_elf(path_);
  EXPECT_EQ(en(refusal_of_file()),
            "plugin " + path_ +
                " refused: it is not a shared library (64-bit ELF) | name the plugin's .so "
                "file, not its source nor an archive");
}

TEST_F(ZooFiles, of_another_architecture_are_refused_with_both_names) {
  test::make_other_architecture(good_, path_);
  const auto error = refusal_of_file();
  EXPECT_THAT(en(error), testing::MatchesRegex("plugin .* refused: it is compiled for [a-z0-9-]+, this "
                                               "machine is [a-z0-9-]+ . install the plugin for this "
                                               "architecture"));
  EXPECT_THAT(it(error), testing::HasSubstr("è compilato per"));
}

TEST_F(ZooFiles, that_are_cut_short_are_refused_wherever_the_cut_is) {
  const auto size = std::filesystem::file_size(good_);
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, sizeof(Elf64_Ehdr) - 1, sizeof(Elf64_Ehdr),
                                std::size_t{4'096}, std::size_t{size / 2}, std::size_t{size - 1}}) {
    test::make_truncated(good_, path_, cut);
    const auto words = en(refusal_of_file());
    if (cut < sizeof(Elf64_Ehdr))
      EXPECT_THAT(words, testing::HasSubstr("it is not a shared library")) << cut;
    else
      EXPECT_EQ(words, "plugin " + path_ + " refused: it is cut short: it ends after " + std::to_string(cut) +
                           " bytes, before its tables | copy it again, whole");
  }
}

TEST_F(ZooFiles, with_a_symbol_table_of_1_5_gb_are_refused_unread) {
  test::make_huge_symbol_table(good_, path_);
  const auto error = refusal_of_file();
  EXPECT_EQ(error.code, ErrorCode::kTooLarge);
  EXPECT_EQ(en(error), "plugin " + path_ + " refused: it has " +
                           std::to_string(std::filesystem::file_size(path_)) +
                           " bytes, the limit is 268435456 | remove its debug symbols (strip) or split the "
                           "plugin");
}

TEST_F(ZooFiles, with_a_symbol_table_that_lies_are_refused_in_their_worker) {
  test::make_lying_symbol_table(good_, path_);
  EXPECT_EQ(en(refusal_of_file()), "plugin " + path_ +
                                       " refused: it breaks off while it is loaded (SIGSEGV) | ask its "
                                       "author: the fault is in the plugin");
}

}  // namespace
}  // namespace raccordo
