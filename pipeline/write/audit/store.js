// Decisions, as review.json has them. The browser keeps one entry for each
// document, named by the document and the bytes it was read from:
//
//   {document, source_sha256, decisions: {fact_id: decision}}
const FORMAT = "jiyao-review/1";
const STATES = ["", "accepted", "rejected", "corrected"];
const EDITABLE = [
  "company", "ticker", "metric", "subject", "segment", "period", "basis", "base", "value", "value_low", "value_high",
  "unit", "qualifier", "status"
];
const keyOf = (name, sha256) => `${FORMAT} ${sha256} ${name}`;

function keptDecisions(name, sha256) {
  try {
    const kept = JSON.parse(storage.getItem(keyOf(name, sha256)) ?? "{}");
    return new Map(Object.entries(kept.decisions ?? {}).filter(([id, d]) => isDecision(d) && d.fact_id === id));
  } catch {
    return new Map();
  }
}

// False if the browser did not take them; then they last as long as the page.
function keepDecisions(name, sha256, decisions) {
  const key = keyOf(name, sha256);
  if (decisions.size > 0)
    return storage.setItem(
        key, JSON.stringify({document: name, source_sha256: sha256, decisions: Object.fromEntries(decisions)}));
  storage.removeItem(key);
  return true;
}

const isObject = (x) => typeof x === "object" && x !== null && !Array.isArray(x);

// What other programs wrote is taken only if it has the form.
function isDecision(d) {
  return isObject(d) && typeof d.fact_id === "string" && STATES.includes(d.state) &&
      (d.note === undefined || typeof d.note === "string") && isObject(d.corrections ?? {}) &&
      Object.entries(d.corrections ?? {}).every(([column,
                                                  value]) => EDITABLE.includes(column) && typeof value === "string") &&
      isObject(d.selector) && ["exact", "prefix", "suffix"].every((part) => typeof d.selector[part] === "string") &&
      isObject(d.position) && Number.isInteger(d.position.start) && Number.isInteger(d.position.end) &&
      isObject(d.statement);
}

const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

// In text order.
function reviewOf(name, sha256, decisions, exported) {
  const all =
      [...decisions.values()].sort((a, b) => a.position.start - b.position.start || a.position.end - b.position.end);
  return {format: FORMAT, document: name, source_sha256: sha256, exported, decisions: all};
}

// The reviews in a file: of one document, or of several from the index. Throws
// what is wrong with it.
function parsedReviews(text) {
  const read = JSON.parse(text);
  if (!isObject(read) || read.format !== FORMAT) throw new Error(`"format": "${FORMAT}"`);
  const reviews = Array.isArray(read.documents) ? read.documents : [read];
  for (const review of reviews) {
    if (!isObject(review) || typeof review.document !== "string" || !Array.isArray(review.decisions))
      throw new Error("document, decisions");
    const bad = review.decisions.findIndex((d) => !isDecision(d));
    if (bad >= 0) throw new Error(`${plain(review.document)}: decisions[${bad}]`);
  }
  return reviews;
}
