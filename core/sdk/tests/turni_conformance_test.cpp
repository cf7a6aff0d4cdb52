// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "raccordo/sdk/testing.hpp"

RACCORDO_CONFORMANCE({raccordo_plugin_entry(),
                      {{"centre", "cdd-1"}},
                      {raccordo::Sample::row({{"SERVIZIO", "12"}, {"POSTI LIBERI", "4"}}),
                       raccordo::Sample::row({{"SERVIZIO", "13"}, {"POSTI LIBERI", "nessuno"}})}});
