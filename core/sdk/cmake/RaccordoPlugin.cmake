# SPDX-License-Identifier: Apache-2.0
# raccordo_plugin(NAME SOURCES a.cpp ... [LINK lib ...])
#
# Builds the plugin NAME as plugins/NAME.so in the build folder and installs it where Raccordo looks for plugins.
# Works in the tree and, after find_package(Raccordo), outside of it. Targets:
#   NAME_plugin  the library that the host opens
#   NAME_code    the same objects, for NAME's unit tests to link
set(RACCORDO_PLUGIN_MAP "${CMAKE_CURRENT_LIST_DIR}/raccordo_plugin.map")
set(RACCORDO_PLUGIN_FOLDER "lib/raccordo/plugins")

function(raccordo_plugin name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if(TARGET raccordo_sdk)
    set(sdk raccordo_sdk $<BUILD_INTERFACE:raccordo_build>)
  else()
    set(sdk Raccordo::sdk)
  endif()

  add_library(${name}_code OBJECT ${ARG_SOURCES})
  target_link_libraries(${name}_code PUBLIC ${sdk} ${ARG_LINK})
  set_target_properties(${name}_code PROPERTIES
    POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)

  add_library(${name}_plugin MODULE)
  target_link_libraries(${name}_plugin PRIVATE ${name}_code)
  set_target_properties(${name}_plugin PROPERTIES
    PREFIX "" OUTPUT_NAME "${name}" LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/plugins"
    LINK_DEPENDS "${RACCORDO_PLUGIN_MAP}")
  target_link_options(${name}_plugin PRIVATE -Wl,--version-script=${RACCORDO_PLUGIN_MAP} -Wl,--as-needed)
  # Under clang a sanitizer's run time comes from the program, so its symbols stay open here.
  if(NOT (CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND "${CMAKE_CXX_FLAGS} ${CMAKE_EXE_LINKER_FLAGS} ${RACCORDO_SANITIZE}" MATCHES "sanitize|asan|tsan|fuzz"))
    target_link_options(${name}_plugin PRIVATE -Wl,-z,defs)
  endif()
  install(TARGETS ${name}_plugin LIBRARY DESTINATION "${RACCORDO_PLUGIN_FOLDER}")
endfunction()
