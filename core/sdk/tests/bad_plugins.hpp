// SPDX-License-Identifier: Apache-2.0
// Plugins that are wrong on purpose, one for each rule of the conformance suite.
#pragma once

#include <raccordo/abi.h>

extern "C" {
const raccordo_plugin* no_help(void);
const raccordo_plugin* default_out_of_bounds(void);
const raccordo_plugin* unknown_kind(void);
const raccordo_plugin* believes_options(void);
const raccordo_plugin* silent(void);
const raccordo_plugin* undeclared_kind(void);
const raccordo_plugin* undeclared_file(void);
const raccordo_plugin* invalid_entity(void);
const raccordo_plugin* keeps_a_view(void);
const raccordo_plugin* keeps_its_options(void);
const raccordo_plugin* counts_everywhere(void);
const raccordo_plugin* counts(void);
const raccordo_plugin* dies_of_a_row(void);
const raccordo_plugin* retries_for_ever(void);
const raccordo_plugin* escapes_nothing(void);
const raccordo_plugin* drops_pages(void);
const raccordo_plugin* asks_with_a_key(void);
const raccordo_plugin* counts_pages(void);
const raccordo_plugin* throws_across(void);
const raccordo_plugin* throws_in_create(void);
}
