# SPDX-License-Identifier: EUPL-1.2
# What `cmake --install` lays down for plugin authors (component `development`): headers, static libraries and the
# package that find_package(Raccordo) finds. The program and its plugins are installed where they are built, with them
# what their users need: documents, mapping files, an example, the unit for systemd (docs/install.md).
include(CMakePackageConfigHelpers)

set(RACCORDO_PACKAGE_FOLDER "lib/cmake/Raccordo")
set(RACCORDO_DOC_FOLDER "share/doc/raccordo")

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
install(DIRECTORY "${PROJECT_SOURCE_DIR}/LICENSES" DESTINATION "${RACCORDO_DOC_FOLDER}" COMPONENT development)

install(FILES README.md README.it.md CHANGELOG.md ARCHITECTURE.md DESTINATION "${RACCORDO_DOC_FOLDER}")
install(DIRECTORY LICENSES docs DESTINATION "${RACCORDO_DOC_FOLDER}" PATTERN plan.md EXCLUDE)
install(DIRECTORY examples/quickstart DESTINATION "${RACCORDO_DOC_FOLDER}/examples" USE_SOURCE_PERMISSIONS)
install(DIRECTORY config/connectors config/mappings config/tuir DESTINATION share/raccordo)
install(FILES config/raccordo.yaml DESTINATION share/raccordo)

# The prefix may be chosen as late as `cmake --install --prefix`, so the unit is written then.
install(CODE "
  set(prefix \"\${CMAKE_INSTALL_PREFIX}\")
  configure_file(\"${PROJECT_SOURCE_DIR}/config/systemd/raccordo.service\" \"${PROJECT_BINARY_DIR}/raccordo.service\" @ONLY)
  file(INSTALL \"${PROJECT_BINARY_DIR}/raccordo.service\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/lib/systemd/system\")")
