// Conflicts → findings, in one form of words for every check:
//
//   revenue (雲服務, 2024Q4): 206 億元 (line 14) / 354 億元 (line 14) = 58.0% to 58.4%, stated 68.3%
#pragma once

#include "pipeline/check/checks.h"
#include "pipeline/check/judge.h"

namespace jiyao {

// Under the comparison's check; under `scale` if a power of ten explains it.
Finding report(const Evidence& evidence, const Conflict& conflict);

}  // namespace jiyao
