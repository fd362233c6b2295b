// The keyboard. A letter alone is a command only outside of fields.
const KEYS = {
  j: ["key_next", () => selectBy(1)],
  ArrowDown: ["", () => selectBy(1)],
  k: ["key_previous", () => selectBy(-1)],
  ArrowUp: ["", () => selectBy(-1)],
  g: ["key_unreviewed", () => selectUnreviewed()],
  "]": ["key_finding", () => stepFinding(1)],
  "[": ["", () => stepFinding(-1)],
  a: ["key_accept", () => decideAndGo("accepted")],
  r: ["key_reject", () => decideAndGo("rejected")],
  c: ["key_correct", () => correct()],
  n: ["key_note", () => (selected ? $("note").focus() : notice(say("select_row")))],
  u: ["key_undo", undo],
  "/": ["key_search", () => $("query").focus()],
  f: [
    "key_filter",
    () => {
      openTab("facts");
      $("filter-metric").focus();
    }
  ],
  v: ["key_view", () => showView(document.body.dataset.view === "text" ? "side" : "text")],
  e: ["key_export", exportReview],
  l: ["key_language", () => chooseLanguage((language + 1) % LANGUAGES.length)],
  t: ["key_theme", turnTheme],
  "?": ["key_help", showKeys],
  1: ["key_tabs", () => openTab("facts")],
  2: ["", () => openTab("unresolved")],
  3: ["", () => openTab("findings")],
};

// A tab, and on narrow screens the half that it is in.
function openTab(name) {
  showTab(name);
  showView("side");
}

const LISTED = {
  j: ["J", "↓"],
  k: ["K", "↑"],
  "]": ["]", "["],
  1: ["1", "2", "3"],
  u: ["U", "Ctrl Z"]
};

function showKeys() {
  const list = make("dl", {});
  // Digits come first in an object, whatever its order.
  const entries = Object.entries(KEYS).sort(([a], [b]) => /\d/.test(a) - /\d/.test(b));
  for (const [key, [word]] of entries) {
    if (word)
      list.append(
          make("dt", {}, ...(LISTED[key] ?? [key.toUpperCase()]).flatMap((k) => [make("kbd", {}, k), " "])),
          make("dd", {}, say(word)));
  }
  list.append(make("dt", {}, make("kbd", {}, "Esc")), make("dd", {}, say("key_escape")));
  const close = make("button", {type: "button"}, say("close"));
  close.addEventListener("click", () => $("keys").close());
  $("keys").replaceChildren(make("h2", {id: "keys-title"}, say("keyboard")), list, close);
  $("keys").showModal();
}

const inField = (element) => element.matches("input, textarea, select, [contenteditable]");

function escape(target) {
  if (correcting) return stopCorrecting();
  if (target.id === "query" && target.value) return clearFilters();
  if (inField(target)) {
    target.blur();
    return focusRow();
  }
  markOperands(null);
}

function onKey(event) {
  if (event.isComposing || event.altKey || $("keys").open) return;
  if (event.key === "Escape") return escape(event.target);
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !inField(event.target)) {
    event.preventDefault();
    return undo();
  }
  if (event.ctrlKey || event.metaKey) {
    if (event.key === "Enter" && event.target.id === "note") focusRow();
    return;
  }
  // Arrows are the tabs' own, and those of what scrolls unless a row is at hand.
  const arrows = event.key.startsWith("Arrow") && !event.target.closest("#rows, #details, body:not(:has(*:focus))");
  if (inField(event.target) || arrows) return;
  const command = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!command) return;
  event.preventDefault();
  command[1]();
}

function startKeys() {
  document.addEventListener("keydown", onKey);
  $("help").addEventListener("click", showKeys);
}
