# One room = one folder = one static library = one namespace.
#   detente_room(parse SOURCES a.cpp b.cpp DEPENDS base nn LINK PkgTarget TESTS a_test.cpp)
# Files are written out (no globs), so that a file nobody lists is a file nobody builds.
include(GNUInstallDirs)

add_library(detente_flags INTERFACE)
target_compile_features(detente_flags INTERFACE cxx_std_20)
# Same input, same bytes out: no contraction of multiply-add behind our back.
target_compile_options(detente_flags INTERFACE -ffp-contract=off)
if(DETENTE_DEVELOPER_MODE)
  target_compile_options(detente_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)
  # GCC 12 reports false positives here in optimised standard-library code.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(detente_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds -Wno-maybe-uninitialized)
  endif()
endif()
target_include_directories(detente_flags INTERFACE
  "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/include")

function(detente_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS;LINK;TESTS" ${ARGN})
  add_library(detente_${name} STATIC ${ROOM_SOURCES})
  set_property(GLOBAL APPEND PROPERTY DETENTE_ROOMS ${name})
  target_link_libraries(detente_${name} PUBLIC detente_flags)
  foreach(dep IN LISTS ROOM_DEPENDS)
    target_link_libraries(detente_${name} PUBLIC detente_${dep})
  endforeach()
  target_link_libraries(detente_${name} PRIVATE ${ROOM_LINK})
  if(DETENTE_DEVELOPER_MODE AND ROOM_TESTS)
    detente_test(${name}_test SOURCES ${ROOM_TESTS} LINK detente_${name})
  endif()
endfunction()

# A GoogleTest executable whose cases ctest discovers one by one.
function(detente_test name)
  cmake_parse_arguments(T "" "" "SOURCES;LINK" ${ARGN})
  include(GoogleTest)
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE ${T_LINK} GTest::gtest GTest::gmock GTest::gtest_main detente_flags)
  target_compile_definitions(${name} PRIVATE
    DETENTE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" DETENTE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60)
endfunction()
