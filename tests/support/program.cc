#include "tests/support/program.h"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "tests/support/support.h"

namespace jiyao::support {

namespace fs = std::filesystem;

void Folder::SetUp() {
  std::string name = (fs::temp_directory_path() / "jiyao-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  folder_ = name;
}

void Folder::write(const fs::path& name, const std::string& text) const {
  fs::create_directories((folder_ / name).parent_path());
  std::ofstream(folder_ / name, std::ios::binary) << text;
}

std::string Folder::read(const fs::path& name) const { return contents(folder_ / name); }

std::vector<std::string> Folder::names(const fs::path& folder) const {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder_ / folder)) found.push_back(entry.path().filename().string());
  std::sort(found.begin(), found.end());
  return found;
}

std::string Program::command(const std::string& arguments) const {
  return "cd '" + folder_.string() + "' && '" JIYAO_BINARY "' " + arguments;
}

Outcome Program::run(const std::string& arguments, const std::string& input) const {
  write(".in", input);
  const int status = std::system((command(arguments) + " < .in > .out 2> .err").c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(".out"), read(".err")};
}

}  // namespace jiyao::support
