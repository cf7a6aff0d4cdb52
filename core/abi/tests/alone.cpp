// SPDX-License-Identifier: Apache-2.0
#include <raccordo/abi.h>

#include <type_traits>

// Nothing of C++ may creep into what crosses.
static_assert(std::is_trivial_v<raccordo_plugin> && std::is_standard_layout_v<raccordo_plugin>);
static_assert(std::is_trivial_v<raccordo_host> && std::is_standard_layout_v<raccordo_host>);
static_assert(std::is_trivial_v<raccordo_input> && std::is_standard_layout_v<raccordo_input>);
static_assert(std::is_trivial_v<raccordo_record> && std::is_standard_layout_v<raccordo_record>);

size_t abi_plugin_size_cpp();
size_t abi_plugin_size_cpp() { return sizeof(raccordo_plugin); }
