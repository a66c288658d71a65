# What a consumer gets: include/detente/, one shared library that shows the front door's symbols alone,
# detente::detente for find_package, detente.pc for pkg-config, and the tables. The rooms' libraries stay here.
include(CMakePackageConfigHelpers)

add_library(detente_shared SHARED $<TARGET_OBJECTS:detente_engine> $<TARGET_OBJECTS:detente_base>
  $<TARGET_OBJECTS:detente_ledger>)
add_library(detente::detente ALIAS detente_shared)
target_link_libraries(detente_shared PRIVATE detente_engine detente_ledger)
target_link_options(detente_shared PRIVATE -Wl,--exclude-libs,ALL)
target_compile_features(detente_shared INTERFACE cxx_std_20)
target_include_directories(detente_shared INTERFACE
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>" "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
# Before 1.0 a minor version may change the interface.
set_target_properties(detente_shared PROPERTIES
  OUTPUT_NAME detente EXPORT_NAME detente
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

# The store's library lies beside ours, and each finds it from where it lies itself.
install(FILES "${DETENTE_DUCKDB_DIR}/lib/libduckdb.so" DESTINATION "${CMAKE_INSTALL_LIBDIR}")
set_target_properties(detente_shared PROPERTIES INSTALL_RPATH "$ORIGIN")
file(RELATIVE_PATH detente_lib_from_bin "/${CMAKE_INSTALL_BINDIR}" "/${CMAKE_INSTALL_LIBDIR}")
set_target_properties(detente PROPERTIES INSTALL_RPATH "$ORIGIN/${detente_lib_from_bin}")

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/detente")
install(TARGETS detente_shared EXPORT detente LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/detente" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  FILES_MATCHING PATTERN "*.h")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/data" DESTINATION "${CMAKE_INSTALL_DATADIR}/detente")
install(FILES "${PROJECT_SOURCE_DIR}/.cache/models/en.dtm" DESTINATION "${CMAKE_INSTALL_DATADIR}/detente/models" OPTIONAL)
install(EXPORT detente NAMESPACE detente:: FILE detenteConfig.cmake DESTINATION "${package_folder}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/detenteConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH detente_include_from_pc "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/${CMAKE_INSTALL_INCLUDEDIR}")
configure_file("${CMAKE_CURRENT_LIST_DIR}/detente.pc.in" "${PROJECT_BINARY_DIR}/detente.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/detenteConfigVersion.cmake" DESTINATION "${package_folder}")
install(FILES "${PROJECT_BINARY_DIR}/detente.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
