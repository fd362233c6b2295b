// The index: the documents, how far each is reviewed, and all decisions at once.
const documents =
    [...document.querySelectorAll("#documents tbody tr")].map((row, order) => ({
                                                                row,
                                                                order,
                                                                name: row.dataset.document,
                                                                sha256: row.dataset.sha256 ?? "",
                                                                words: row.textContent.toLowerCase(),
                                                                facts: Number(row.querySelector(".facts").textContent),
                                                                reviewed: 0,
                                                              }));

// A column of its own, which only a script can fill.
function addReviewColumn() {
  const head = make("th", {scope: "col"}, make("button", {type: "button", "data-w": "reviewed"}, say("reviewed")));
  document.querySelector("#documents thead tr").append(head);
  for (const one of documents) one.row.append(one.cell = make("td", {class: "reviewed"}));
}

function showReviewed() {
  let reviewed = 0;
  let all = 0;
  for (const one of documents) {
    const decisions = keptDecisions(one.name, one.sha256);
    one.reviewed = [...decisions.values()].filter((d) => d.state).length;
    const label = say("progress", {n: one.reviewed, of: one.facts});
    one.cell.replaceChildren(
        make("progress", {max: Math.max(one.facts, 1), value: one.reviewed, "aria-label": label}),
        `${one.reviewed} / ${one.facts}`);
    reviewed += one.reviewed;
    all += one.facts;
  }
  $("progress").textContent = say("progress", {n: reviewed, of: all});
}

function searchDocuments() {
  const words = $("query").value.toLowerCase().split(/\s+/);
  let n = 0;
  for (const one of documents) {
    const fits = words.every((word) => one.words.includes(word));
    one.row.hidden = !fits;
    n += fits;
  }
  $("hits").textContent = say("documents", {n});
}

// By the column: numbers the largest first, texts by their order; a second time the other way round.
function sortBy(head) {
  const column = [...head.parentElement.children].indexOf(head);
  const number = column >= 2;
  const before = head.getAttribute("aria-sort");
  const down = before ? before === "ascending" : number;
  for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const key = (one) =>
      (column === 7 ? one.reviewed / Math.max(one.facts, 1) :
           number   ? Number(one.row.cells[column].textContent) :
                      one.row.cells[column].textContent);
  const compare = (a, b) => (number ? a - b : a < b ? -1 : a > b ? 1 : 0);
  const sorted = documents.map((one) => [key(one), one])
                     .sort(([a, x], [b, y]) => (down ? -1 : 1) * compare(a, b) || x.order - y.order);
  document.querySelector("#documents tbody").append(...sorted.map(([, one]) => one.row));
}

function exportAll() {
  const exported = now();
  const reviews = documents.map((one) => reviewOf(one.name, one.sha256, keptDecisions(one.name, one.sha256), exported))
                      .filter((review) => review.decisions.length);
  if (reviews.length === 0) return notice(say("nothing_to_export"));
  download("review.json", JSON.stringify({format: FORMAT, documents: reviews}, null, 1) + "\n");
  notice(say("exported", {n: reviews.reduce((sum, review) => sum + review.decisions.length, 0), file: "review.json"}));
}

function importAll(text) {
  let n = 0;
  let lost = 0;
  let kept = true;
  try {
    for (const review of parsedReviews(text)) {
      const one = documents.find((d) => d.name === review.document && d.sha256 === review.source_sha256);
      if (!one) {
        lost += review.decisions.length;
        continue;
      }
      const decisions = keptDecisions(one.name, one.sha256);
      for (const decision of review.decisions) decisions.set(decision.fact_id, decision);
      kept = keepDecisions(one.name, one.sha256, decisions) && kept;
      n += review.decisions.length;
    }
  } catch (error) {
    return notice(say("not_a_review", {why: error.message}), 8000);
  }
  showReviewed();
  if (!kept && tellNotKept()) return;
  notice(say(lost ? "imported_other" : "imported", {n: n + lost, lost}), 8000);
}

function startIndex() {
  addReviewColumn();
  for (const cell of document.querySelectorAll("#documents td"))
    cell.classList.toggle("zero", cell.textContent === "0");
  startTools();
  showReviewed();
  searchDocuments();
  translated.push(showReviewed, searchDocuments);
  $("query").addEventListener("input", searchDocuments);
  $("query").form.addEventListener("submit", (event) => event.preventDefault());
  for (const head of document.querySelectorAll("#documents thead th"))
    head.firstElementChild.addEventListener("click", () => sortBy(head));
  $("export").addEventListener("click", exportAll);
  $("import").addEventListener("click", () => $("import-file").click());
  readFile($("import-file"), importAll);
  // Pages in other tabs, and this one again after them.
  addEventListener("storage", showReviewed);
  addEventListener("pageshow", showReviewed);
  document.documentElement.dataset.ready = "";
}
startIndex();
