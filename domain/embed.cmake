# Writes a .cpp that holds every file below ROOT as a string: embedded_files(), declared in HEADER in
# namespace SPACE, gives path (relative to ROOT) and content.
#
# Every byte is written as \xHH inside a string literal: no byte is special, an escape always ends at
# the next backslash, and a compiler reads one literal hundreds of times faster than a list of numbers.
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/*)
list(SORT files)
set(text "#include \"${HEADER}\"\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n")
string(APPEND text "namespace ${SPACE} {\nnamespace {\n")
set(table "")
set(number 0)
foreach(file ${files})
  if(file MATCHES "\\.hpp$")
    continue()
  endif()
  file(READ ${ROOT}/${file} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR bytes "${digits} / 2")
  string(REGEX REPLACE "(..)" "\\\\x\\1" escaped "${hex}")
  string(APPEND text "constexpr char file_${number}[] = \"${escaped}\";\n")
  string(APPEND table "        {\"${file}\", {file_${number}, ${bytes}}},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND text "}  // namespace\nconst std::map<std::string_view, std::string_view>& embedded_files() {\n")
string(APPEND text "    static const std::map<std::string_view, std::string_view> files = {\n${table}    };\n    return files;\n}\n}\n")
file(WRITE ${OUTPUT} "${text}")
