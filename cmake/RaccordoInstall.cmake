# SPDX-License-Identifier: EUPL-1.2
# What `cmake --install` lays down for plugin authors (component `development`): headers, static libraries and the
# package that find_package(Raccordo) finds. The program and its plugins are installed where they are built.
include(CMakePackageConfigHelpers)

set(RACCORDO_PACKAGE_FOLDER "lib/cmake/Raccordo")

foreach(library abi model sdk sdk_testing)
  set_target_properties(raccordo_${library} PROPERTIES EXPORT_NAME ${library})
  install(TARGETS raccordo_${library} EXPORT RaccordoTargets ARCHIVE DESTINATION lib COMPONENT development)
endforeach()
install(EXPORT RaccordoTargets NAMESPACE Raccordo:: DESTINATION "${RACCORDO_PACKAGE_FOLDER}" COMPONENT development)

foreach(folder core/abi core/model core/sdk core/sdk/testing)
  install(DIRECTORY "${folder}/include/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development
          FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
endforeach()

configure_package_config_file("${PROJECT_SOURCE_DIR}/core/sdk/cmake/RaccordoConfig.cmake.in" "${PROJECT_BINARY_DIR}/RaccordoConfig.cmake"
  INSTALL_DESTINATION "${RACCORDO_PACKAGE_FOLDER}" NO_SET_AND_CHECK_MACRO)
# Version 0 of the contract may change with every minor version.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/RaccordoConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/RaccordoConfig.cmake" "${PROJECT_BINARY_DIR}/RaccordoConfigVersion.cmake"
              core/sdk/cmake/RaccordoPlugin.cmake core/sdk/cmake/raccordo_plugin.map
        DESTINATION "${RACCORDO_PACKAGE_FOLDER}" COMPONENT development)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/LICENSES" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT development)
