#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""publiccode.yml holds what version 0.4 of that standard makes mandatory, in the form that it asks for."""
import re
import sys

import yaml

import tree

MANDATORY = ("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
             "description", "legal/license", "maintenance/type", "localisation/localisationReady",
             "localisation/availableLanguages")
ONE_OF = {
    "publiccodeYmlVersion": ("0.4",),
    "developmentStatus": ("concept", "development", "beta", "stable", "obsolete"),
    "softwareType": ("standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web",
                     "standalone/backend", "standalone/other", "addon", "library", "configurationFiles"),
    "maintenance/type": ("internal", "contract", "community", "none"),
    "legal/license": ("EUPL-1.2",),
}
# Of the standard's two lists, the words that describe a hub.
CATEGORIES = {"data-collection", "workflow-management", "appointment-scheduling", "collaboration", "online-booking"}
SCOPES = {"local-authorities", "welfare", "society", "healthcare", "education", "employment"}
LONGEST_SHORT, SHORTEST_LONG, LONGEST_LONG = 150, 150, 10_000


def value_at(document, path):
    for part in path.split("/"):
        document = document.get(part) if isinstance(document, dict) else None
    return document


def complaints(text):
    document = yaml.safe_load(text)
    wrong = [f"{path} is missing" for path in MANDATORY if value_at(document, path) in (None, "", [], {})]
    for path, allowed in ONE_OF.items():
        if value_at(document, path) is not None and value_at(document, path) not in allowed:
            wrong.append(f"{path} is {value_at(document, path)!r}, not one of {', '.join(allowed)}")
    for path in ("url", "landingURL"):
        if path in document and not re.fullmatch(r"https?://[^/\s]+/\S*", str(document[path])):
            wrong.append(f"{path} is no web address")
    if "releaseDate" in document and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(document["releaseDate"])):
        wrong.append("releaseDate is not written yyyy-mm-dd")
    for path, known in (("categories", CATEGORIES), ("intendedAudience/scope", SCOPES)):
        wrong += [f"{path}: {word} is not in the list of the standard" for word in value_at(document, path) or []
                  if word not in known]
    wrong += [f"intendedAudience/countries: {code} is not two small letters"
              for code in value_at(document, "intendedAudience/countries") or [] if not re.fullmatch("[a-z]{2}", code)]
    if value_at(document, "maintenance/type") in ("internal", "community"):
        contacts = value_at(document, "maintenance/contacts") or [{}]
        wrong += ["maintenance/contacts: a contact without name" for contact in contacts if not contact.get("name")]
    return wrong + wrong_descriptions(document.get("description") or {})


def wrong_descriptions(languages):
    wrong = []
    for language, texts in languages.items():
        short, long = texts.get("shortDescription", ""), texts.get("longDescription", "")
        if not 0 < len(short) <= LONGEST_SHORT:
            wrong.append(f"description/{language}/shortDescription has {len(short)} characters, not 1 to {LONGEST_SHORT}")
        if not SHORTEST_LONG <= len(long) <= LONGEST_LONG:
            wrong.append(f"description/{language}/longDescription has {len(long)} characters, not "
                         f"{SHORTEST_LONG} to {LONGEST_LONG}")
        if not texts.get("features"):
            wrong.append(f"description/{language}/features is missing")
    return wrong


def main():
    return tree.report([f"publiccode.yml: {complaint}" for complaint in complaints(tree.read("publiccode.yml"))])


if __name__ == "__main__":
    sys.exit(main())
