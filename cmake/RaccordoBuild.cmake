# SPDX-License-Identifier: EUPL-1.2
# How every target of the tree is compiled: language, warnings, sanitizers, compiler cache, tests.
option(RACCORDO_TESTS "Build the tests" ON)
set(RACCORDO_SANITIZE "" CACHE STRING "asan (address and undefined behaviour), tsan, fuzz, or empty")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

# Compiled only into our own targets: a plugin author chooses warnings of his own.
add_library(raccordo_build INTERFACE)
# C sources share the targets; flags that only C++ knows stay out of them.
set_property(TARGET raccordo_build PROPERTY INTERFACE_COMPILE_OPTIONS
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor$<SEMICOLON>-Woverloaded-virtual>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-missing-field-initializers> $<$<CXX_COMPILER_ID:GNU>:-Wno-missing-field-initializers>
  # g++ 12 sees overlaps in `"x" + std::string` that are not there (GCC bug 105651).
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict>)
target_include_directories(raccordo_build INTERFACE "${PROJECT_SOURCE_DIR}")

# GNU_UNIQUE symbols keep an unloaded library alive; nothing here needs them.
add_compile_options($<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-fno-gnu-unique>)
add_compile_options(-fstack-protector-strong)
if(CMAKE_BUILD_TYPE MATCHES "Release|RelWithDebInfo")
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
add_link_options(-Wl,-z,relro -Wl,-z,now)

if(RACCORDO_SANITIZE STREQUAL "asan")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  add_compile_definitions(RACCORDO_SANITIZED=1)
elseif(RACCORDO_SANITIZE STREQUAL "tsan")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
  add_compile_definitions(RACCORDO_SANITIZED=1)
elseif(RACCORDO_SANITIZE STREQUAL "fuzz")
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  add_compile_definitions(RACCORDO_SANITIZED=1)
endif()

option(RACCORDO_COVERAGE "Measure line coverage" OFF)
if(RACCORDO_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()

# Headers that most files include, parsed once: for builds from nothing. The everyday build has it off, and says so when
# a file does not include what it uses.
option(RACCORDO_PRECOMPILE "Parse common headers once" OFF)
if(RACCORDO_PRECOMPILE)
  add_compile_definitions(FMT_SHARED)  # as fmt's own target says it to those who link it
endif()
if(RACCORDO_PRECOMPILE AND CCACHE)
  # Without the first, ccache keeps nothing that was compiled with such headers; without the second, it reads each file
  # twice that it does not know.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1 "${CCACHE}")
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()

# g++ takes such headers only where all options agree: libraries (`common`) and tests (`testing`) have their own.
function(raccordo_precompile target kind)
  get_target_property(sources ${target} SOURCES)
  get_target_property(links ${target} LINK_LIBRARIES)
  # POCO defines macros of the system's headers for those who use it.
  if(NOT RACCORDO_PRECOMPILE OR sources MATCHES "[.]c(;|$)" OR links MATCHES "Poco::")
    return()
  endif()
  set(owner raccordo_${kind}_headers)
  if(NOT TARGET ${owner})
    find_package(fmt REQUIRED)
    add_library(${owner} OBJECT "${PROJECT_SOURCE_DIR}/cmake/precompiled/headers.cpp")
    target_link_libraries(${owner} PRIVATE fmt::fmt raccordo_build)
    if(kind STREQUAL "testing")
      raccordo_as_test(${owner})
    endif()
    target_precompile_headers(${owner} PRIVATE "${PROJECT_SOURCE_DIR}/cmake/precompiled/${kind}.hpp")
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
  # Within such headers g++ 12 forgets which of them are the system's, and sees copies that overflow in its own
  # std::string; the everyday build warns of ours.
  target_compile_options(${target} PRIVATE -Wno-error=invalid-pch
    $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds$<SEMICOLON>-Wno-stringop-overflow$<SEMICOLON>-Wno-stringop-overread>)
endfunction()

# Builds from nothing compile several sources of a target as one (CMAKE_UNITY_BUILD in the presets): half the work of the
# compiler. Sources whose own names meet those of others are compiled apart.
if(CMAKE_UNITY_BUILD)
  add_compile_options($<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>)
endif()
function(raccordo_apart)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# One library of the tree. Its sources are named; its public headers lie in include/ (public) or beside the sources.
function(raccordo_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK} $<BUILD_INTERFACE:raccordo_build>)
  if(IS_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/include")
    target_include_directories(${name} PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
                                              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  endif()
  raccordo_precompile(${name} common)
endfunction()

if(RACCORDO_TESTS)
  enable_testing()
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()

function(raccordo_as_test target)
  target_link_libraries(${target} PRIVATE raccordo_build GTest::gmock GTest::gtest GTest::gtest_main)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  # Nobody waits for a test's own code, everybody for its compilation: what it tests keeps its build's level.
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug" OR RACCORDO_SANITIZE)
    target_compile_options(${target} PRIVATE -O0 -U_FORTIFY_SOURCE)
  endif()
endfunction()

# One test binary. LABELS: unit | integration | zoo | crash | load | threaded (several may stand).
function(raccordo_test name)
  if(NOT RACCORDO_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  raccordo_as_test(${name})
  raccordo_precompile(${name} testing)
  # What one label needs and nothing else: `ninja threaded_tests`, then `ctest -L threaded`.
  foreach(label IN LISTS ARG_LABELS)
    if(NOT TARGET ${label}_tests)
      add_custom_target(${label}_tests)
    endif()
    add_dependencies(${label}_tests ${name})
  endforeach()
  gtest_discover_tests(${name} TEST_LIST ${name}_tests DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${ARG_TIMEOUT})
  # gtest_discover_tests cannot pass a list on as one property: ctest reads these behind the list of tests.
  set(properties "${CMAKE_CURRENT_BINARY_DIR}/${name}_properties.cmake")
  file(WRITE "${properties}"
    "if(${name}_tests)\n"
    "  set_tests_properties(\${${name}_tests} PROPERTIES\n"
    "    LABELS [==[${ARG_LABELS}]==] ENVIRONMENT [==[${ARG_ENVIRONMENT}]==])\n"
    "endif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${properties}")
endfunction()
