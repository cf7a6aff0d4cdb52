# SPDX-License-Identifier: Apache-2.0
"""Checks JSON values, one a line, against a JSON schema: validate_json.py SCHEMA < LINES. Exit 0: all are valid, 1: not,
77: python3-jsonschema is missing. References to schemas elsewhere resolve to files of the same name beside SCHEMA."""
import json
import pathlib
import sys
import warnings

try:
    import jsonschema
except ImportError:
    sys.exit(77)


def main(path):
    warnings.simplefilter("ignore")  # later versions would rather resolve references in another way
    path = pathlib.Path(path)
    schema = json.loads(path.read_text(encoding="utf-8"))

    class Beside(jsonschema.RefResolver):
        def resolve_remote(self, uri):
            return json.loads((path.parent / uri.rsplit("/", 1)[-1]).read_text(encoding="utf-8"))

    kind = jsonschema.validators.validator_for(schema, default=jsonschema.Draft7Validator)
    validator = kind(schema, resolver=Beside(schema.get("$id", ""), schema), format_checker=jsonschema.FormatChecker())
    count = bad = 0
    for line in sys.stdin:
        count += 1
        for error in validator.iter_errors(json.loads(line)):
            bad += 1
            print(f"line {count}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    if count == 0:
        print("nothing to check")
    sys.exit(1 if bad or count == 0 else 0)


main(sys.argv[1])
