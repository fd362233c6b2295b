// The period a document reports on.
#pragma once

#include "pipeline/model/document.h"
#include "pipeline/model/mention.h"
#include "pipeline/resolve/classes.h"
#include "pipeline/resolve/context.h"

namespace jiyao {

// The quarter, half or year spoken of most, a title's above all; sentences that
// look ahead do not count. Sets `known.context.period`, which stays empty if
// nothing fixes it.
void find_report_period(const Document& document, const Mentions& mentions, const Classes& classes, Known& known);

}  // namespace jiyao
