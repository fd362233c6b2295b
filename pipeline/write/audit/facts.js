// The rows as they stand in the page, and their places in the text.
const data = JSON.parse($("data").textContent);
const rows = [...document.querySelectorAll("#rows .r")];
const pieces = [...document.querySelectorAll("#rows > .k")];
const facts = rows.map((row, index) => new Fact(row, index));
const factOf = new Map(facts.map((fact) => [fact.id, fact]));

// A row, its cells read when they are asked for.
function Fact(row, index) {
  this.row = row;
  this.index = index;
  this.id = row.id;
  this.figure = row.firstElementChild.hash.slice(1);  // element id in the text
  this.findings = [];
}

const inRow = (fact, css_class) => textOf(fact.row.querySelector("." + css_class));
const CELLS = {
  company: (f) => ("other" in f.row.dataset ? f.row.dataset.k ?? "" : data.company),
  ticker: (f) => ("other" in f.row.dataset ? f.row.dataset.t ?? "" : data.ticker),
  metric: (f) => f.row.dataset.m ?? "",
  subject: (f) => inRow(f, "j"),
  segment: (f) => inRow(f, "sg"),
  period: (f) => inRow(f, "p"),
  period_start: (f) => f.row.dataset.ps ?? "",
  period_end: (f) => f.row.dataset.pe ?? "",
  basis: (f) => f.row.dataset.b ?? "",
  base: (f) => f.row.dataset.o ?? "",
  value: (f) => (isRange(f) ? "" : f.row.querySelector(".v").firstChild.data.trim().replaceAll(",", "")),
  value_low: (f) => f.row.dataset.lo ?? "",
  value_high: (f) => f.row.dataset.hi ?? "",
  decimals: (f) => f.row.dataset.d ?? "",
  unit: (f) => inRow(f, "u"),
  qualifier: (f) => f.row.dataset.q ?? "",
  status: (f) => f.row.dataset.s ?? "actual",
  rule: (f) => f.row.dataset.r ?? "",
  line: (f) => inRow(f, "l"),
  figure: (f) => inRow(f, "c"),
};
const isRange = (fact) => "lo" in fact.row.dataset || "hi" in fact.row.dataset;
const cell = (fact, column) => CELLS[column](fact);

// [start, end) of the figure, in code points of the source.
function placeOf(fact) {
  const [start, end] = fact.figure.slice(1).split("-").map(Number);
  return {start, end};
}

// The source's code points, put together from the left half when first needed.
let sourcePoints = null;
const points = () => (sourcePoints ??= Array.from(textOf($("text"))));

// A label of a cell, as the language has it.
function label(column, value) {
  if (column === "metric") return metricLabel(value);
  return `${column}.${value}` in LABELS ? say(`${column}.${value}`) : value;
}

function metricLabel(id) {
  const names = data.metrics[id];
  if (!names) return id;
  return language === 0 ? names[0] || id : inScript(names[1]) || names[0] || id;
}

// What a row is of: the metric's label, or the words of the source for `other`.
function nameOf(fact) {
  const metric = cell(fact, "metric");
  return metric === "other" ? plain(cell(fact, "subject")) || "other" : metricLabel(metric);
}

// Rows come in English.
let rowLanguage = 0;
function labelRows() {
  if (rowLanguage === language) return;
  rowLanguage = language;
  for (const fact of facts) {
    const {m, b, s} = fact.row.dataset;
    if (m !== "other") fact.row.querySelector(".m").textContent = metricLabel(m);
    fact.row.querySelector(".b").firstChild.data = (language === 0 ? b : label("basis", b)) + " ";
    if (s) fact.row.querySelector(".s").textContent = label("status", s);
  }
}
translated.push(labelRows);

// Scrolls `element` in its half, and nothing else: to the middle, or only if it
// is out of sight. What is not drawn has only an estimated height, so the place
// is looked at again once it is.
function scrollTo(element, only_if_hidden = false) {
  const box = element.closest("#source, #rows, .list");
  const go = () => {
    const {top, bottom, height} = element.getBoundingClientRect();
    const seen = box.getBoundingClientRect();
    const from = box.id === "source" ? seen.top + 40 : seen.top;
    if (only_if_hidden && top >= from && bottom <= seen.bottom) return;
    const room = seen.bottom - from;
    if (!only_if_hidden || height > room) box.scrollTop += top - from - Math.max(room - height, 0) / 2.5;
    else box.scrollTop += top < from ? top - from - room / 4 : bottom - seen.bottom + room / 4;
  };
  go();
  requestAnimationFrame(() => {
    go();
    requestAnimationFrame(go);
  });
}
