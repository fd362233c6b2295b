# Writes OUTPUT, a header with the commit that SOURCE stands at. It runs in every
# build and touches the file only if the commit has changed.
set(commit "unknown")
execute_process(COMMAND git -C "${SOURCE}" describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE described RESULT_VARIABLE failed ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
if(failed EQUAL 0 AND NOT described STREQUAL "")
  set(commit "${described}")
endif()
set(text "#pragma once\n\nnamespace jiyao {\nconstexpr const char* kCommit = \"${commit}\";\n}\n")
set(old "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" old)
endif()
if(NOT text STREQUAL old)
  file(WRITE "${OUTPUT}" "${text}")
endif()
