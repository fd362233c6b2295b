// A folder of a test's own, and the built program run in it as a user runs it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace jiyao::support {

// Gone after the test.
class Folder : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // `name` is told from the folder; what is missing above it is made.
  void write(const std::filesystem::path& name, const std::string& text) const;
  std::string read(const std::filesystem::path& name) const;
  // What lies in it, sorted.
  std::vector<std::string> names(const std::filesystem::path& folder) const;

  std::filesystem::path folder_;
};

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

class Program : public Folder {
 protected:
  // `arguments` are shell words.
  Outcome run(const std::string& arguments, const std::string& input = "") const;
  // For a shell: the program in the folder.
  std::string command(const std::string& arguments) const;
};

}  // namespace jiyao::support
