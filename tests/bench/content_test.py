#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What counts as the same content on the leader board."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import content

HERE = Path(__file__).resolve().parent


def event(partners_id, description, **more):
    said = {"id": f"{partners_id}:1", "time": "2026-03-01T08:00:00Z", "source": content.SOURCE}
    said["data"] = {"id": partners_id, "description": description}
    return partners_id, json.dumps(said | more)


class Content(unittest.TestCase):
    def test_is_the_same_in_any_order_of_messages_and_members(self):
        one, two = event("a", "x"), event("b", "y")
        turned = "b", json.dumps(dict(reversed(json.loads(two[1]).items())), indent=1)
        self.assertEqual(content.found("partner", [one, two]), content.found("partner", [turned, one]))

    def test_is_the_same_whatever_differs_from_run_to_run(self):
        later = event("a", "x", id="other", time="2026-03-02T08:00:00Z", revision=2, traceparent="00-1-1-01")
        self.assertEqual(content.found("partner", [event("a", "x")]), content.found("partner", [later]))

    def test_is_another_where_a_value_a_type_or_a_key_differs(self):
        right = content.found("partner", [event("a", "1")])
        key, value = event("a", "1")
        for wrong in (event("a", "2"), event("a", 1), ("b", value), event("a", "1", source="urn:other")):
            self.assertNotEqual(right, content.found("partner", [wrong]))
        self.assertNotEqual(right, content.found("partner", [(key, value), (key, value)]))

    def test_needs_an_id_and_a_time(self):
        for missing in ("id", "time"):
            with self.assertRaises(ValueError):
                content.found("partner", [event("a", "x", **{missing: ""})])

    def test_is_expected_of_every_row_and_every_line_of_the_table(self):
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "offers.csv"
            subprocess.run([sys.executable, HERE / "offers_csv.py", "50", table], check=True)
            expected = content.expected(table)
        self.assertEqual([expected[form].keys for form in ("canonical", "partner", "raw")], [50, 50, 51])
        self.assertEqual(len({expected[form].digest for form in expected}), 3)


if __name__ == "__main__":
    unittest.main()
