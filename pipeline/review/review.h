// Decisions of a reviewer → the rows of a metrics table that they are about.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "pipeline/model/metrics_table.h"
#include "pipeline/model/review.h"
#include "pipeline/model/rules.h"
#include "pipeline/model/text.h"

namespace jiyao {

// What the decisions are applied with.
struct ReviewMeans {
  const RuleSet& rules;  // labels of corrected metrics
  // A text as matching reads it: the label of what no metric fits.
  std::function<std::string(std::string_view)> fold;
  // The present text of a document, which has the hash given; null if it is not
  // at hand. Called only where another text was reviewed.
  std::function<const SourceText*(std::string_view document, std::string_view sha256)> text_of;
  // Decisions that cannot be applied are left out of what is kept, but for want
  // of a text.
  bool forget = false;
};

// A document is found by its name, else by its hash, else by its file's name,
// if one document alone has it. A fact is found
// - in the text that was reviewed, by its id, else by its position;
// - in another one, by its quote (anchor.h);
// - and of several facts there, by what the reviewer saw of it.
//
// A decision holds for what was seen: if the fact now states something else, it
// is not applied but told as changed. A cell that was corrected may have
// changed, the correction still holds; once the table agrees with all of them,
// the row counts as accepted. A note alone is about the place.
//
// Of decisions on one fact the last exported holds, of those exported at once
// the later in `review`. Total; linear in the table, the review and the texts.
ReviewOutcome apply_review(const MetricsTable& table, const Review& review, const ReviewMeans& means);

}  // namespace jiyao
