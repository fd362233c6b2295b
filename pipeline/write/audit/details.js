// All cells of the row at hand, where it is decided on and corrected.
const SHOWN = [
  "metric", "subject", "segment", "period", "basis", "base", "value", "value_low", "value_high", "unit", "qualifier",
  "status", "company", "ticker"
];
const FIXED = ["decimals", "section", "speaker", "rule", "fact_id"];
const CHOICES = {
  basis: ORDERS.basis,
  status: ORDERS.status,
  qualifier: ["", "about", "over", "under", "near", "at_least", "at_most", "range"],
};
const FORMS = {
  value: [NUMBER, "bad_number"],
  value_low: [NUMBER, "bad_number"],
  value_high: [NUMBER, "bad_number"],
  metric: [/^[a-z][a-z0-9_]*$/, "bad_metric"],
  // As xBRL-CSV writes periods, and fiscal years that are not the calendar's.
  period: [
    /^(FY)?\d{4}(Q[1-4]|H[12])?$|^\d{4}-\d\d(-\d\d)?(@(start|end))?$|^\d{4}(-\d\d(-\d\d)?)?\.\.\d{4}(-\d\d(-\d\d)?)?$/,
    "bad_period"
  ],
};
let correcting = false;

// The sentence around the figure.
function quoteOf(fact) {
  const {start, end} = placeOf(fact);
  const source = points();
  const ends = (c) => c === "\n" || c === "\r" || c === "。" || c === "！" || c === "？";
  let from = start;
  let to = end;
  while (from > 0 && start - from < 160 && !ends(source[from - 1])) --from;
  while (to < source.length && to - end < 160 && !ends(source[to])) ++to;
  const cut = (a, b) => source.slice(a, b).join("");
  return [
    ...shown(cut(from, start).trimStart()), make("mark", {}, ...shown(cut(start, end))),
    ...shown(cut(end, to + 1).trimEnd())
  ];
}

// The nearest heading before the figure, and who speaks: from the text's elements.
function around(fact, column) {
  const block = $(fact.figure)?.closest(".b");
  if (!block) return "";
  if (column === "speaker") {
    for (let turn = block; turn; turn = turn.previousElementSibling) {
      const name = turn.matches(".t") && (turn.querySelector(":scope > .w") ?? turn.querySelector(":scope > .m"));
      if (name) return textOf(name);
      if (!turn.matches(".t, .g")) return "";
    }
    return "";
  }
  const all = headings ??= [...$("text").querySelectorAll("h2, h3, h4, h5, h6")];
  let low = 0;
  for (let high = all.length; low < high;) {
    const middle = (low + high) >> 1;
    if (all[middle].compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING) low = middle + 1;
    else high = middle;
  }
  return low ? textOf(all[low - 1]).trim() : "";
}
let headings = null;

function fixedCell(fact, column) {
  if (column === "section" || column === "speaker") return around(fact, column);
  return column === "fact_id" ? fact.id : cell(fact, column);
}

function shownCell(fact, column) {
  const value = cell(fact, column);
  const text = column.startsWith("value")      ? grouped(value) :
      column === "metric" && value !== "other" ? `${metricLabel(value)} · ${value}` :
                                                 label(column, value);
  const after = corrected(fact, column);
  if (after === undefined) return [column === "qualifier" && value === "" ? "" : text].flatMap(shown);
  return [
    make("del", {}, ...shown(text || say("empty"))), " ",
    make("ins", {}, ...shown(label(column, after) || say("empty")))
  ];
}

function field(fact, column) {
  const value = corrected(fact, column) ?? cell(fact, column);
  const id = "cell-" + column;
  if (CHOICES[column]) {
    return make(
        "select", {id, "data-column": column},
        ...CHOICES[column].map((v) => new Option(label(column, v), v, false, v === value)));
  }
  const input = make("input", {
    id,
    "data-column": column,
    autocomplete: "off",
    spellcheck: "false",
    list: column === "metric" ? "metric-ids" : undefined
  });
  input.value = plain(value);
  if (FORMS[column]) input.addEventListener("input", () => checkForm(input));
  return input;
}

// A field may be empty; else it has its column's form.
function checkForm(input) {
  const [form, why] = FORMS[input.dataset.column] ?? [];
  const bad = form && input.value.trim() !== "" && !form.test(input.value.trim());
  input.setCustomValidity(bad ? say(why) : "");
  input.toggleAttribute("aria-invalid", Boolean(bad));
  return !bad;
}

function button(key, shortcut, call, css_class = "") {
  const made = make(
      "button", {type: "button", class: css_class, "data-key": key, "aria-keyshortcuts": shortcut}, say(key), " ",
      make("kbd", {"aria-hidden": "true"}, shortcut));
  made.addEventListener("click", call);
  return made;
}

function buttons(fact) {
  const state = stateOf(fact);
  const pressed = (made, of) => {
    made.setAttribute("aria-pressed", String(state === of));
    return made;
  };
  if (correcting)
    return [button("save", "Enter", () => saveCorrections(fact), "correct"), button("cancel", "Esc", stopCorrecting)];
  return [
    pressed(button("accept", "A", () => decideAndGo("accepted"), "accept"), "accepted"),
    pressed(button("reject", "R", () => decideAndGo("rejected"), "reject"), "rejected"),
    pressed(button("correct", "C", () => correct(), "correct"), "corrected"),
    button("undo", "U", undo),
  ];
}

function findingLinks(fact) {
  return fact.findings.map(
      (finding) => make(
          "a", {href: "#finding-" + finding.id, class: finding.severity}, say(finding.severity), ": ",
          ...shown(computation(finding) || finding.check)));
}

function noteField(fact) {
  const note = make("textarea", {id: "note", rows: "1", placeholder: say("note_hint"), "aria-label": say("note")});
  note.value = decisionOf(fact)?.note ?? "";
  note.addEventListener("change", () => {
    const text = note.value.trim();
    const write = (d) => void (d.note = text);
    if (text !== (decisionOf(fact)?.note ?? "")) decide(fact, write);
  });
  return make(
      "label", {class: "note"}, make("span", {}, say("note"), " ", make("kbd", {"aria-hidden": "true"}, "N")), note);
}

function cells(fact) {
  const list = make("dl", {});
  const add = (column, content) => {
    const fixed = FIXED.includes(column);
    const term = correcting && !fixed ? make("label", {for: "cell-" + column}, say(column)) : say(column);
    const parts = [make("dt", {}, term), make("dd", {}, ...content)];
    list.append(make("div", {"data-column": column, class: fixed ? "fixed" : ""}, ...parts));
  };
  for (const column of SHOWN) {
    if (correcting) add(column, [field(fact, column)]);
    else if (cell(fact, column) || corrected(fact, column) !== undefined) add(column, shownCell(fact, column));
  }
  for (const column of FIXED)
    if (fixedCell(fact, column)) add(column, shown(fixedCell(fact, column)));
  return list;
}

function showDetails(fact) {
  const panel = $("details");
  const focused = panel.contains(document.activeElement) && document.activeElement.dataset.key;
  panel.hidden = false;
  const number = `${visible.indexOf(fact) + 1} / ${visible.length}`;
  const step = (key, sign, by) => {
    const made = make("button", {type: "button", class: "icon", "data-key": key, "aria-label": say(key)}, sign);
    made.addEventListener("click", () => selectBy(by));
    return made;
  };
  const line =
      make("button", {type: "button", class: "line", title: say("show_text")}, say("line", {n: cell(fact, "line")}));
  line.addEventListener("click", () => {
    showView("text");
    scrollTo($(fact.figure));
  });
  const form = make("form", {class: correcting ? "correcting" : ""}, cells(fact), ...(correcting ? [metricIds()] : []));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saveCorrections(fact);
  });
  form.append(make("button", {type: "submit", hidden: true}));
  panel.replaceChildren(
      make(
          "header", {}, make("h3", {}, ...shown(nameOf(fact)), " ", make("span", {}, ...shown(cell(fact, "period")))),
          line, step("previous", "↑", -1), make("output", {}, number), step("next", "↓", 1)),
      make("div", {class: "acts"}, ...buttons(fact)), make("blockquote", {lang: $("text").lang}, ...quoteOf(fact)),
      make("p", {class: "why", hidden: fact.findings.length === 0}, ...findingLinks(fact)), form, noteField(fact));
  if (focused) panel.querySelector(`[data-key="${focused}"]`)?.focus();
}

const metricIds = () =>
    make("datalist", {id: "metric-ids"}, ...Object.keys(data.metrics).map((id) => new Option(metricLabel(id), id)));

// A figure that is no fact: what it is instead.
function showFigureDetails(figure) {
  const css_class = {p: "period", o: "ordinal", d: "identifier", q: "idiom", u: "unresolved"}[figure.classList[0]];
  $("details").hidden = false;
  $("details").replaceChildren(
      make("header", {}, make("h3", {}, ...shown(textOf(figure)), " ", make("span", {}, say("class_" + css_class)))),
      make("p", {class: "why plain"}, ...shown([figure.title, figure.dataset.r].filter(Boolean).join(" · "))));
}

function correct(column = "") {
  if (!selected) return notice(say("select_row"));
  correcting = true;
  showDetails(selected);
  const first = $("cell-" + column) ?? $("cell-" + (isRange(selected) ? "value_low" : "value"));
  first.focus();
  first.select?.();
}

function stopCorrecting() {
  correcting = false;
  if (selected) {
    showDetails(selected);
    focusRow();
  }
}

function saveCorrections(fact) {
  const fields = [...$("details").querySelectorAll("form [data-column]:is(input, select)")];
  const bad = fields.find((input) => !checkForm(input));
  if (bad) return bad.reportValidity();
  const corrections = {};
  for (const input of fields) {
    const column = input.dataset.column;
    const before = cell(fact, column);
    if (input.value.trim() !== plain(before).trim()) corrections[column] = unplain(input.value.trim());
  }
  const changed = Object.keys(corrections).length > 0;
  if (!changed && stateOf(fact) !== "corrected") return stopCorrecting();
  decide(fact, (d) => {
    d.state = changed ? "corrected" : "";
    d.corrections = corrections;
  });
  fact.cells = undefined;
  stopCorrecting();
}

function decideAndGo(state) {
  if (!selected) return notice(say("select_row"));
  const fact = selected;
  decide(fact, (d) => {
    d.state = d.state === state ? "" : state;
  });
  fact.cells = undefined;
  if (stateOf(fact) === state) selectBy(1, {stay: true});
  else showDetails(fact);
}

function startDetails() {
  translated.push(() => selected && showDetails(selected));
  // A note that is being written is kept when the page goes.
  addEventListener("pagehide", () => document.activeElement?.blur());
  $("details").addEventListener("dblclick", (event) => {
    const column = event.target.closest("dl [data-column]")?.dataset.column;
    if (column && !correcting && !FIXED.includes(column)) correct(column);
  });
}
