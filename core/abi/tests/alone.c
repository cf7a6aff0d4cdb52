/* SPDX-License-Identifier: Apache-2.0 */
#include <raccordo/abi.h>

/* The layout that a plugin in C sees. */
size_t abi_plugin_size_c(void);
size_t abi_plugin_size_c(void) { return sizeof(raccordo_plugin); }
