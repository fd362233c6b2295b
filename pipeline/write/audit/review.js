// The review: decisions on the rows, how to take them back, and the file.
const decisions = keptDecisions(data.document, data.source_sha256);
const undoSteps = [];  // each a list of [fact id, decision before or undefined]
const AROUND = 32;     // code points of prefix and suffix

function newDecision(fact) {
  const {start, end} = placeOf(fact);
  const source = points();
  const cut = (from, to) => source.slice(Math.max(from, 0), to).join("");
  const statement = {};
  for (const column of EDITABLE) statement[column] = cell(fact, column);
  return {
    fact_id: fact.id,
    state: "",
    corrections: {},
    note: "",
    selector: {
      type: "TextQuoteSelector",
      exact: cut(start, end),
      prefix: cut(start - AROUND, start),
      suffix: cut(end, end + AROUND)
    },
    position: {type: "TextPositionSelector", start, end},
    statement,
  };
}

const decisionOf = (fact) => decisions.get(fact.id);
const stateOf = (fact) => decisionOf(fact)?.state ?? "";
const corrected = (fact, column) => decisionOf(fact)?.corrections?.[column];

// Changes what is decided of a row; `change` gets a copy. A decision that says
// nothing any more goes away.
function decide(fact, change) {
  const before = decisions.get(fact.id);
  const after = structuredClone(before ?? newDecision(fact));
  change(after);
  after.corrections ??= {};
  if (after.state === "corrected" && Object.keys(after.corrections).length === 0) after.state = "";
  if (after.state !== "corrected") after.corrections = {};
  undoSteps.push([[fact.id, before]]);
  put([[fact.id, after.state || after.note ? after : undefined]]);
}

// Several decisions at once: [fact id, decision or undefined]. False if this was
// the first time that the browser did not keep them, which the notice tells.
function put(changes) {
  for (const [id, decision] of changes) {
    if (decision) decisions.set(id, decision);
    else decisions.delete(id);
  }
  for (const [id] of changes)
    if (factOf.has(id)) markReviewed(factOf.get(id));
  showProgress();
  return keepDecisions(data.document, data.source_sha256, decisions) || !tellNotKept();
}

function undo() {
  const step = undoSteps.pop();
  if (!step) return notice(say("nothing_to_undo"));
  if (put(step.reverse())) notice(say("undone"));
  const fact = factOf.get(step[0][0]);
  if (fact) select(fact, {focus: Boolean(document.activeElement?.closest("#rows"))});
}

const MARKS = {
  accepted: "✓",
  rejected: "✗",
  corrected: "✎"
};

// A row and its figure look as decided.
function markReviewed(fact) {
  const decision = decisionOf(fact);
  const state = decision?.state ?? "";
  fact.row.classList.remove("accepted", "rejected", "corrected");
  if (state) fact.row.classList.add(state);
  const mark = (MARKS[state] ?? "") + (decision?.note ? "✉" : "");
  if (mark) fact.row.dataset.mark = mark;
  else delete fact.row.dataset.mark;
  showCorrections(fact);
  const link = fact.row.firstElementChild;
  if (state || decision?.note) link.setAttribute("aria-description", say("state." + (state || "noted")));
  else link.removeAttribute("aria-description");
  markFigure(fact);
}

// In the place of the row's words.
function showCorrections(fact) {
  fact.row.querySelector(".new")?.remove();
  const corrections = Object.entries(decisionOf(fact)?.corrections ?? {});
  if (corrections.length === 0) return;
  const shown_value = (column, value) => (column.startsWith("value") ? grouped(value) : label(column, value));
  const texts = corrections.map(([column, value]) => `${say(column)} → ${shown_value(column, value) || say("empty")}`);
  fact.row.append(make("span", {class: "new"}, ...shown(texts.join(" · "))));
}

// A figure with several facts shows a state only if they all have it.
function markFigure(fact) {
  const figure = $(fact.figure);
  if (!figure) return;
  const states = new Set(factsAt(fact.figure).map(stateOf));
  figure.classList.remove("accepted", "rejected", "corrected");
  if (states.size === 1 && stateOf(fact)) figure.classList.add(stateOf(fact));
}

let byFigure = null;
function factsAt(figure) {
  if (!byFigure) {
    byFigure = new Map();
    for (const fact of facts) byFigure.set(fact.figure, [...(byFigure.get(fact.figure) ?? []), fact]);
  }
  return byFigure.get(figure) ?? [];
}

function showProgress() {
  let reviewed = 0;
  for (const [id, decision] of decisions)
    if (decision.state && factOf.has(id)) ++reviewed;
  $("progress").textContent = say("progress", {n: reviewed, of: facts.length});
}
translated.push(showProgress);

function exportReview() {
  if (decisions.size === 0) return notice(say("nothing_to_export"));
  const review = reviewOf(data.document, data.source_sha256, decisions, now());
  download("review.json", JSON.stringify(review, null, 1) + "\n");
  notice(say("exported", {n: decisions.size, file: "review.json"}));
}

function importReview(text) {
  let reviews;
  try {
    reviews = parsedReviews(text);
  } catch (error) {
    return notice(say("not_a_review", {why: error.message}), 8000);
  }
  const ours = reviews.filter((review) => review.document === data.document);
  if (ours.length === 0) return notice(say("imported_none"), 8000);
  if (!ours.some((review) => review.source_sha256 === data.source_sha256)) return notice(say("other_version"), 8000);
  const read =
      ours.filter((review) => review.source_sha256 === data.source_sha256).flatMap((review) => review.decisions);
  const n = read.length;
  const lost = read.filter((decision) => !factOf.has(decision.fact_id)).length;
  undoSteps.push(read.map((decision) => [decision.fact_id, decisions.get(decision.fact_id)]));
  const untroubled = put(read.map((decision) => [decision.fact_id, decision]));
  if (selected) showDetails(selected);
  if (untroubled) notice(say(lost ? "imported_other" : "imported", {n, lost}), 8000);
}

function showAllReviewed() {
  for (const id of decisions.keys())
    if (factOf.has(id)) markReviewed(factOf.get(id));
  showProgress();
  if (selected) showDetails(selected);
}

// Another tab has decided on rows of this document.
function takeOver(event) {
  if (event.key !== null && event.key !== keyOf(data.document, data.source_sha256)) return;
  const before = [...decisions.keys()];
  decisions.clear();
  for (const [id, decision] of keptDecisions(data.document, data.source_sha256)) decisions.set(id, decision);
  for (const id of before)
    if (factOf.has(id)) markReviewed(factOf.get(id));
  showAllReviewed();
}

function startReview() {
  translated.push(() => facts.forEach((fact) => decisionOf(fact) && showCorrections(fact)));
  addEventListener("storage", takeOver);
  for (const id of decisions.keys())
    if (factOf.has(id)) markReviewed(factOf.get(id));
  showProgress();
  $("export").addEventListener("click", exportReview);
  $("import").addEventListener("click", () => $("import-file").click());
  readFile($("import-file"), importReview);
}
