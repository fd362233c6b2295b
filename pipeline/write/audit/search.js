// Search in the full text. Hits are ranges over the text as it stands, drawn by
// the CSS Custom Highlight API (https://www.w3.org/TR/css-highlight-api-1/).
let hits = [];
let hitAt = -1;
let textNodes = null;  // [{node, begin}], begin: offset in `haystack`
let haystack = "";
const MOST_HITS = 2000;

function indexText() {
  textNodes = [];
  const parts = [];
  let begin = 0;
  const walker = document.createTreeWalker($("text"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    textNodes.push({node, begin});
    parts.push(node.data);
    begin += node.length;
  }
  haystack = lower(parts.join(""));
}

// Lower case only where the length stays.
const lower = (text) => text.replace(/[A-ZＡ-Ｚ]/g, (c) => c.toLowerCase());

function pointAt(offset) {
  let low = 0;
  let high = textNodes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textNodes[middle].begin <= offset) low = middle;
    else high = middle - 1;
  }
  return [textNodes[low].node, offset - textNodes[low].begin];
}

function rangeAt(begin, end) {
  const range = document.createRange();
  range.setStart(...pointAt(begin));
  const [node, offset] = pointAt(end - 1);
  range.setEnd(node, offset + 1);
  return range;
}

function search(query) {
  needle = query.trim().toLowerCase();
  applyFilters();
  const wanted_text = lower(query.trim());
  const found_ranges = [];
  if (wanted_text) {
    if (!textNodes) indexText();
    for (let at = haystack.indexOf(wanted_text); at >= 0 && found_ranges.length < MOST_HITS;
         at = haystack.indexOf(wanted_text, at + wanted_text.length)) {
      found_ranges.push(rangeAt(at, at + wanted_text.length));
    }
  }
  showHits(found_ranges);
}

function showHits(ranges) {
  hits = ranges;
  hitAt = -1;
  if (CSS.highlights) {
    CSS.highlights.set("hit", new Highlight(...hits));
    CSS.highlights.delete("hit-now");
  }
  showHitCount();
}

function showHitCount() {
  const empty = $("query").value.trim() === "";
  $("hits").textContent = empty ? "" :
      hits.length === 0         ? say("no_hits") :
                                  say("hits", {n: hitAt + 1, of: hits.length + (hits.length === MOST_HITS ? "+" : "")});
  $("hit-next").hidden = $("hit-previous").hidden = hits.length === 0;
}
translated.push(showHitCount);

function goToHit(step) {
  if (hits.length === 0) return;
  hitAt = (hitAt + step + hits.length + (hitAt < 0 && step < 0 ? 1 : 0)) % hits.length;
  const range = hits[hitAt];
  if (CSS.highlights) CSS.highlights.set("hit-now", new Highlight(range));
  else getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  showView("text");
  scrollTo(range.startContainer.parentElement);
  showHitCount();
}

function startSearch() {
  let timer = 0;
  $("query").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search($("query").value), 120);
  });
  $("query").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    goToHit(event.shiftKey ? -1 : 1);
  });
  $("hit-next").addEventListener("click", () => goToHit(1));
  $("hit-previous").addEventListener("click", () => goToHit(-1));
  $("query").form.addEventListener("submit", (event) => event.preventDefault());
  showHitCount();
}
