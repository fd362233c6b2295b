// The files that documents of an earlier run were read from.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/model/problem.h"
#include "pipeline/model/run_record.h"
#include "pipeline/read/read.h"

namespace jiyao {

// A path given to extract as run.json has it, for results in `folder`: told from
// the folder around that, so that both can be moved together and verify() can be
// asked from anywhere. Links on the way are followed, the last name is kept.
std::string recorded_input(const std::string& path, const std::filesystem::path& folder);

struct FoundSource {
  Input input;
  bool found = false;
};

// One for each document, found by its name as find_inputs() gives it; else by
// its bytes under another name, which is a problem of its own, as is a document
// that is nowhere. `paths`: where to look; empty: where run.json says (`recorded`),
// told from the folder around `folder`, else from the working folder.
struct Sources {
  std::vector<FoundSource> all;
  std::vector<Problem> problems;
};
Sources find_sources(const std::vector<RecordedDocument>& documents, const std::vector<std::string>& paths,
                     const std::vector<std::string>& recorded, const std::filesystem::path& folder);

}  // namespace jiyao
