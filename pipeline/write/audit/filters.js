// Filters of the rows: one choice for each of the columns, with the number of
// rows each choice would leave.
const FILTERS = ["metric", "segment", "period", "basis", "status", "company", "finding", "review"];
const wanted = new Map();  // column → value
let needle = "";           // of the search, in lower case; words parted by spaces must all be there

// What a row counts under in a column.
function values(fact, column) {
  if (column === "finding")
    return fact.findings.length ? ["some", ...new Set(fact.findings.flatMap((f) => [f.severity, f.check]))] : ["none"];
  if (column === "review") return decisionOf(fact)?.note ? [stateOf(fact), "noted"] : [stateOf(fact)];
  return [(fact.cells ??= new Map()).get(column) ?? kept(fact, column)];
}
function kept(fact, column) {
  const value = corrected(fact, column) ?? cell(fact, column);
  if (corrected(fact, column) === undefined) fact.cells.set(column, value);
  return value;
}

function searchable(fact) {
  return (fact.words ??= [
    fact.row.textContent, cell(fact, "metric"), ...(data.metrics[cell(fact, "metric")] ?? []), cell(fact, "company"),
    cell(fact, "ticker"), cell(fact, "base"), cell(fact, "value"), cell(fact, "subject"), fact.id
  ].join("\n").toLowerCase());
}

const fits = (fact, column) => !wanted.has(column) || values(fact, column).includes(wanted.get(column));
const found = (fact) => needle === "" || needle.split(/\s+/).every((word) => searchable(fact).includes(word));

let visible = facts;

function applyFilters() {
  const counts = new Map(FILTERS.map((column) => [column, new Map()]));
  visible = [];
  for (const fact of facts) {
    const missed = found(fact) ? FILTERS.filter((column) => !fits(fact, column)) : FILTERS;
    fact.row.classList.toggle("off", missed.length > 0);
    if (missed.length === 0) visible.push(fact);
    // A row that only one filter leaves out counts for that filter's other choices.
    if (missed.length < 2) {
      for (const column of missed.length ? missed : FILTERS) {
        for (const value of values(fact, column))
          counts.get(column).set(value, (counts.get(column).get(value) ?? 0) + 1);
      }
    }
  }
  for (const piece of pieces) {
    const n = piece.children.length - piece.getElementsByClassName("off").length;
    piece.classList.toggle("off", n === 0);
    piece.style.setProperty("--shown", n);
  }
  for (const column of FILTERS) fillChoice(column, counts.get(column));
  const filtered = visible.length < facts.length;
  $("shown").textContent = filtered ? say("shown", {n: visible.length, of: facts.length}) : "";
  $("clear").hidden = !filtered;
  $("rows").hidden = visible.length === 0;
  $("no-rows").hidden = visible.length > 0 || facts.length === 0;
}

const ORDERS = {
  basis: ["level", "yoy", "qoq", "mom", "share", "change", "price"],
  status: ["actual", "guidance", "estimate", "target"],
  review: ["", ...STATES.slice(1), "noted"],
  finding: ["none", "some", "contradiction", "suspicious"],
};

function choiceLabel(column, value) {
  if (column === "review") return say("state." + value);
  if (column === "finding")
    return LABELS["finding." + value] ? say("finding." + value) : LABELS[value] ? say(value) : checkLabel(value);
  return plain(label(column, value)) || say("empty");
}

function fillChoice(column, counts) {
  const select = $("filter-" + column);
  const chosen = wanted.get(column);
  if (chosen !== undefined && !counts.has(chosen)) counts.set(chosen, 0);
  const place = (value) => {
    const at = (ORDERS[column] ?? []).indexOf(value);
    return at < 0 ? 99 : at;
  };
  const sorted = [...counts].sort(
      ([a, n], [b, m]) => place(a) - place(b) || (column === "period" ? (a < b ? 1 : -1) : m - n || (a < b ? -1 : 1)));
  select.replaceChildren(
      new Option(say(column), "\u0000"),
      ...sorted.map(([value, n]) => new Option(`${choiceLabel(column, value)}  ${n}`, value, false, value === chosen)));
  if (chosen === undefined) select.selectedIndex = 0;
  select.classList.toggle("set", chosen !== undefined);
}

function filterBy(column, value) {
  if (value === undefined) wanted.delete(column);
  else wanted.set(column, value);
  applyFilters();
  if (selected && !visible.includes(selected)) $("rows").scrollTop = 0;
}

function clearFilters() {
  wanted.clear();
  $("query").value = needle = "";
  applyFilters();
  showHits([]);
}

function startFilters() {
  for (const column of FILTERS) {
    const select = make("select", {id: "filter-" + column, "aria-label": say(column), "data-w-label": column});
    select.addEventListener("change", () => filterBy(column, select.selectedIndex === 0 ? undefined : select.value));
    $("filters").append(make("label", {}, select));
  }
  const clear = make("button", {type: "button", id: "clear", "data-w": "clear"}, say("clear"));
  clear.addEventListener("click", clearFilters);
  $("filters").append(make("p", {class: "state"}, make("output", {id: "shown", role: "status"}), clear));
  applyFilters();
  translated.push(applyFilters);
}
