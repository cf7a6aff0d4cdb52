# SPDX-License-Identifier: EUPL-1.2
# What `cmake --install` lays down. The CMake package for plugin authors is made in core/.
