#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The checks complain about a tree that is wrong, and only about that."""
import pathlib
import tempfile
import unittest

import arrows
import licences
import names
import publiccode
import tree


class Checks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(setattr, tree, "ROOT", tree.ROOT)
        tree.ROOT = pathlib.Path(folder.name).resolve()

    def write(self, name, text):
        path = tree.ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return pathlib.Path(name)

    def test_two_types_of_one_name_in_one_program_are_found(self):
        self.write("core/model/validate.hpp", "namespace raccordo {\nstruct Refusal {\n};\n}  // namespace raccordo\n")
        self.write("adapters/http/head.hpp", "namespace raccordo {\nclass Refusal final : X {\n};\n}  // namespace raccordo\n")
        self.assertEqual(names.complaints(), ["raccordo::Refusal is defined in adapters/http/head.hpp and in "
                                              "core/model/validate.hpp: give one of them another name"])

    def test_types_of_one_name_that_never_meet_are_none_of_its_business(self):
        self.write("core/sdk/option.hpp", "namespace raccordo {\nstruct Option {\n};\n}  // namespace raccordo\n")
        self.write("core/engine/config/option.hpp", "namespace raccordo {\nstruct Option {\n};\n}  // namespace raccordo\n")
        self.write("core/engine/flow/one.cpp", "namespace raccordo {\nnamespace {\nstruct Option {\n};\n}  // namespace\n"
                   "struct Option::Part {\n};\n}  // namespace raccordo\n")
        self.assertEqual(names.complaints(), [])

    def test_a_plugin_that_includes_a_port_is_found(self):
        self.write("core/ports/store.hpp", "")
        wrong = self.write("plugins/albo/albo.cpp", '#include "core/ports/store.hpp"\n')
        self.assertEqual(arrows.wrong_includes(wrong),
                         ["plugins/albo/albo.cpp: includes core/ports/store.hpp: plugins/albo may not use ports"])

    def test_a_model_that_includes_the_sdk_is_found(self):
        wrong = self.write("core/model/include/raccordo/model/x.hpp", "#include <raccordo/sdk.hpp>\n")
        self.assertIn("model may not use sdk", arrows.wrong_includes(wrong)[0])

    def test_an_adapter_that_includes_another_is_found_and_the_composition_root_is_not(self):
        self.write("adapters/sqlite/store.hpp", "")
        wrong = self.write("adapters/cli/cli.cpp", '#include "adapters/sqlite/store.hpp"\n')
        right = self.write("adapters/daemon/main.cpp", '#include "adapters/sqlite/store.hpp"\n')
        self.assertIn("adapters/cli may not use adapters/sqlite", arrows.wrong_includes(wrong)[0])
        self.assertEqual(arrows.wrong_includes(right), [])

    def test_a_database_in_the_core_is_found(self):
        wrong = self.write("core/engine/flow.cpp", "#include <sqlite3.h>\n")
        self.assertIn("no client, server, broker or database", arrows.wrong_includes(wrong)[0])

    def test_includes_along_the_arrows_pass(self):
        self.write("core/ports/store.hpp", "")
        right = self.write("core/engine/flow.cpp", '#include "core/ports/store.hpp"\n#include <raccordo/model/text.hpp>\n#include <string>\n')
        self.assertEqual(arrows.wrong_includes(right), [])

    def test_a_plugin_that_links_the_engine_is_found(self):
        self.write("core/engine/CMakeLists.txt", "raccordo_library(raccordo_flow SOURCES flow.cpp LINK raccordo_ports)")
        wrong = self.write("plugins/albo/CMakeLists.txt", "raccordo_plugin(albo SOURCES albo.cpp LINK raccordo_flow)")
        self.assertEqual(arrows.wrong_links(wrong, {"raccordo_flow": "engine"}),
                         ["plugins/albo/CMakeLists.txt: albo links raccordo_flow: plugins/albo may not use engine"])

    def test_a_library_that_the_readme_does_not_name_is_found(self):
        lists = self.write("adapters/mail/CMakeLists.txt", "target_link_libraries(raccordo_mail PRIVATE CURL::libcurl)")
        self.assertIn("does not name", arrows.wrong_links(lists, {})[0])
        self.write("adapters/mail/README.md", "Sends with libcurl.")
        self.assertEqual(arrows.wrong_links(lists, {}), [])

    def test_a_test_may_link_what_it_needs(self):
        lists = self.write("plugins/albo/CMakeLists.txt", "raccordo_test(albo_test SOURCES a.cpp LINK raccordo_flow)")
        self.assertEqual(arrows.wrong_links(lists, {"raccordo_flow": "engine"}), [])

    def test_a_missing_and_a_wrong_licence_are_found(self):
        missing = self.write("core/engine/flow.cpp", "int x;\n")
        wrong = self.write("core/sdk/row.cpp", "// SPDX-License-Identifier: EUPL-1.2\n")
        right = self.write("core/abi/include/raccordo/abi.h", "/* SPDX-License-Identifier: Apache-2.0 */\n")
        self.assertIn("EUPL-1.2 belongs there", licences.complaint_about(missing))
        self.assertIn("says EUPL-1.2, Apache-2.0 belongs there", licences.complaint_about(wrong))
        self.assertIsNone(licences.complaint_about(right))

    def test_a_description_for_catalogues_that_lacks_what_is_mandatory_is_found(self):
        wrong = publiccode.complaints("name: Hub\nurl: somewhere\ndevelopmentStatus: finished\n"
                                      "intendedAudience: {countries: [IT]}\n"
                                      "description: {it: {shortDescription: Breve}}\n")
        for complaint in ("legal/license is missing", "url is no web address", "not one of concept, development",
                          "countries: IT is not two small letters", "it/longDescription has 0 characters"):
            self.assertTrue(any(complaint in one for one in wrong), complaint)


if __name__ == "__main__":
    unittest.main()
