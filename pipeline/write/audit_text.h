// The left half of an audit page: the source to the letter, in the elements its
// structure asks for.
//
//   <section class=k>                         a piece that the browser may leave out while it is not seen
//     <h2 class=b>, <p class="b t">,          one element for each block, with the white space around it:
//     <ul><li class=b>, <div class="b x">     heading, turn, list item, table; <p class=b> is a paragraph
//       <i class=n id=L12 data-n=12></i>      where line 12 begins
//       <a class=f id=c40-46 href="#f-…">     a figure that is a fact
//       <span class=p id=c50-54 title="…">    one that is none: p d o q w u, by its ledger class
//       <i class=z>U+202E</i>                 a character that cannot be seen
//
// The text content, with the last mapped back, is the source.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/document.h"
#include "pipeline/model/fact.h"

namespace jiyao {

// Where a row of the ledger stands in the source. Figures do not overlap.
struct AuditFigure {
  Citation at;
  const LedgerRow* row = nullptr;
};

// Of every row of the ledger, in text order.
std::vector<AuditFigure> audit_figures(const Document& document, const Extraction& extraction);

// `c40-46`: the figure's element id.
std::string figure_id(const Citation& at);

// The class of a figure's element.
const char* figure_class(LedgerClass kind);

void append_audit_text(std::string& out, const Document& document, const Extraction& extraction,
                       const std::vector<AuditFigure>& figures);

// `zh-Hant` or `zh-Hans`, for the shapes of the letters: the script that folding
// changed more than a few of, or not.
const char* script_of(const Document& document);

}  // namespace jiyao
