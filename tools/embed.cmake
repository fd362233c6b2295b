# Writes OUTPUT, a C++ source that holds the rule FILES below ROOT as raw
# strings. A string literal may be limited in length, so each is cut in pieces.
string(REPLACE " " ";" FILES "${FILES}")
set(out "// Generated from rules/ by tools/embed.cmake.\n#include \"pipeline/load/load.h\"\n\n")
string(APPEND out "namespace jiyao {\n\nstd::vector<RuleFile> embedded_rules() {\n  return {\n")
foreach(file IN LISTS FILES)
  file(READ "${ROOT}/${file}" text)
  string(APPEND out "      {\"${file}\",\n       R\"rule(${text})rule\"},\n")
endforeach()
string(APPEND out "  };\n}\n\n}  // namespace jiyao\n")
file(WRITE "${OUTPUT}" "${out}")
