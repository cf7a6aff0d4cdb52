// SPDX-License-Identifier: EUPL-1.2
// A shared library, but no plugin: it does not export the entry.
extern "C" __attribute__((visibility("default"))) int something_else() { return 1; }
