#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The scripts of a tree whose compiler, tests and registries are stand-ins: what they call, and when they stop."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1))


class Scripts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name)
        shutil.copytree(SOURCE / "scripts", self.tree / "scripts")
        # Every package is installed, every build and every test is good.
        self.stand_in("dpkg-query", "sed -n 's/^\\([a-z0-9][^ ]*\\).*/\\1/p' scripts/packages*.txt | tr '|' '\\n' | "
                      "sed 's/^/ii /'")
        for name in ("cmake", "ctest", "mvn"):
            self.stand_in(name, f"echo {name} $* >>called")

    def stand_in(self, name, commands):
        path = self.tree / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{commands}\n", encoding="utf-8")
        path.chmod(0o755)

    # Without a language the scripts speak Italian.
    def run_script(self, name, language="C.UTF-8"):
        surroundings = {"PATH": f"{self.tree}/bin:{os.environ['PATH']}", "LC_ALL": language, "TMPDIR": str(self.tree)}
        return subprocess.run([self.tree / "scripts" / name], cwd=self.tree, env=surroundings, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")

    def called(self):
        return (self.tree / "called").read_text(encoding="utf-8").splitlines()

    def test_every_test_of_the_release_runs_when_no_broker_can_be_fetched(self):
        self.stand_in("mvn", "exit 1")
        ran = self.run_script("test.sh")
        self.assertEqual(ran.returncode, 0, ran.stdout)
        self.assertRegex(self.called()[-1], "^ctest --test-dir build/release ")
        self.assertIn("WITHOUT KAFKA", ran.stdout)
        self.assertIn("SENZA KAFKA", self.run_script("test.sh", "").stdout)

    def test_nothing_is_said_of_brokers_that_are_there(self):
        ran = self.run_script("test.sh")
        self.assertEqual(ran.returncode, 0, ran.stdout)
        self.assertEqual([line.split()[0] for line in self.called()].count("mvn"), 2)
        self.assertNotIn("WITHOUT KAFKA", ran.stdout)

    def test_a_test_that_fails_ends_them(self):
        self.stand_in("ctest", "exit 8")
        self.assertEqual(self.run_script("test.sh").returncode, 8)

    def tell(self, story):
        path = self.tree / "examples" / story / "run.sh"
        path.parent.mkdir(parents=True)
        path.write_text(f'#!/bin/sh\necho "{story}, told by $RACCORDO $*"\n', encoding="utf-8")
        path.chmod(0o755)

    def test_the_quickstart_is_none_without_its_stories(self):
        self.assertNotEqual(self.run_script("quickstart.sh").returncode, 0)
        self.tell("quickstart")
        self.assertNotEqual(self.run_script("quickstart.sh").returncode, 0)
        self.tell("booking")
        ran = self.run_script("quickstart.sh")
        self.assertEqual(ran.returncode, 0, ran.stdout)
        raccordo = f"{self.tree.resolve()}/build/release/bin/raccordo"
        self.assertIn(f"quickstart, told by {raccordo}", ran.stdout)
        self.assertIn(f"booking, told by {raccordo} {self.tree.resolve()}/build/booking --short", ran.stdout)


if __name__ == "__main__":
    unittest.main()
