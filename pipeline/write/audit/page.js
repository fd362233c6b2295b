// The page put together: what is selected, the tabs, the links, the beginning.
let selected = null;
let marked_figure = null;

function markFigureNow(figure) {
  marked_figure?.classList.remove("now");
  marked_figure?.closest(".b")?.classList.remove("here");
  marked_figure = figure;
  figure?.classList.add("now");
  figure?.closest(".b")?.classList.add("here");
}

// Selects a row: its figure is scrolled to and marked, its cells are shown.
function select(fact, {tab = true, text = true, focus = false} = {}) {
  correcting = false;
  if (selected) {
    selected.row.removeAttribute("aria-current");
    selected.row.firstElementChild.tabIndex = -1;
  }
  selected = fact;
  fact.row.setAttribute("aria-current", "true");
  fact.row.firstElementChild.tabIndex = 0;
  if (fact.row.classList.contains("off")) clearFilters();
  if (tab) showTab("facts");
  const words = [...fact.row.children].map((part) => (part.className === "w" ? say("finding") : part.textContent.trim()));
  fact.row.firstElementChild.setAttribute("aria-label", words.join(" "));
  showDetails(fact);
  showRow(fact);
  if (focus) focusRow();
  const figure = $(fact.figure);
  markFigureNow(figure);
  if (figure && text) scrollTo(figure);
  setHash(fact.id);
}

// Within the list, as little as needed.
function showRow(fact) {
  if (!$("facts").classList.contains("shown")) return;
  scrollTo(fact.row, true);
}

const focusRow = () => selected?.row.firstElementChild.focus({preventScroll: true});

// A figure that is no fact.
function showFigure(figure) {
  markFigureNow(figure);
  scrollTo(figure);
  if (!figure.matches("a, i")) showFigureDetails(figure);
}

function selectBy(step, {stay = false} = {}) {
  if (visible.length === 0) return;
  const at = selected ? visible.indexOf(selected) : -1;
  let next = at + step;
  if (at < 0) next = selected ? visible.findIndex((fact) => fact.index > selected.index) : 0;
  if (next >= visible.length || next < 0) {
    if (stay || at >= 0) return selected && showDetails(selected);
    next = 0;
  }
  const active = document.activeElement;
  select(visible[next], {focus: !active || active === document.body || Boolean(active.closest("#rows"))});
}

function selectUnreviewed() {
  const from = selected ? selected.index + 1 : 0;
  const next = visible.find((fact) => fact.index >= from && !stateOf(fact)) ?? visible.find((fact) => !stateOf(fact));
  if (next) select(next);
}

// Same address, other fragment; not all browsers allow it for files.
function setHash(id) {
  try {
    history.replaceState(null, "", "#" + encodeURIComponent(id));
  } catch {
    // The address stays as it was.
  }
}

function fragment(url) {
  try {
    return decodeURIComponent(url.hash.slice(1));
  } catch {
    return "";
  }
}

// What a fragment names: a fact, a finding, a figure, a line.
function goTo(id) {
  const fact = factOf.get(id);
  const finding = findings.find((f) => f.id === id || "finding-" + f.id === id);
  const element = $(id);
  if (fact) {
    select(fact);
  } else if (finding) {
    goToFinding(finding);
  } else if (element?.closest("#text")) {
    const at = factsAt(id);
    if (at.length) select(at[0]);
    else showFigure(element);
  } else {
    goToPlace(id);
  }
}

// A place of a finding need not be a figure's: then the figure that holds it.
function goToPlace(id) {
  const [, start, end] = /^c(\d+)-(\d+)$/.exec(id)?.map(Number) ?? [];
  if (start === undefined) return;
  for (const figure of document.querySelectorAll("#text [id^=c]")) {
    const [from, to] = figure.id.slice(1).split("-").map(Number);
    if (from < end && start < to) return goTo(figure.id);
  }
}

function showTab(name) {
  for (const id of ["facts", "unresolved", "findings"]) {
    const on = id === name;
    $(id).classList.toggle("shown", on);
    $("tab-" + id).setAttribute("aria-selected", String(on));
    $("tab-" + id).tabIndex = on ? 0 : -1;
  }
  if (name === "facts" && selected) showRow(selected);
}

// On narrow screens one of both halves is seen.
function showView(name) {
  document.body.dataset.view = name;
  for (const button of document.querySelectorAll("[data-view]"))
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
}

// The legend takes the colour of a class away, and gives it back.
function startLegend() {
  for (const item of document.querySelectorAll(".legend > span")) {
    const css_class = item.className;
    const turn = () => item.setAttribute("aria-pressed", String(!$("text").classList.toggle("no-" + css_class)));
    item.setAttribute("role", "button");
    item.setAttribute("aria-pressed", "true");
    item.tabIndex = 0;
    item.addEventListener("click", turn);
    item.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      turn();
    });
  }
}

function startTabs() {
  const names = ["facts", "unresolved", "findings"];
  for (const [i, name] of names.entries()) {
    $(name).setAttribute("role", "tabpanel");
    $(name).setAttribute("aria-labelledby", "tab-" + name);
    $("tab-" + name).addEventListener("click", () => showTab(name));
    $("tab-" + name).addEventListener("keydown", (event) => {
      const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (!step) return;
      const next = names[(i + step + names.length) % names.length];
      showTab(next);
      $("tab-" + next).focus();
    });
  }
  for (const button of document.querySelectorAll(".views button"))
    button.addEventListener("click", () => showView(button.dataset.view));
  showTab("facts");
  showView("text");
}

// A click on a figure goes through the facts it has, one by one.
function factOfFigure(figure) {
  const at = factsAt(figure.id);
  const now_at = at.indexOf(selected);
  return at[(now_at + 1) % at.length];
}

function onTextClick(event) {
  const figure = event.target.closest("[id^=c]");
  if (!figure || getSelection().toString()) return;
  const fact = figure.matches("a") && factOfFigure(figure);
  if (figure.matches("a")) event.preventDefault();
  if (fact) select(fact, {text: false});
  else if (!figure.matches("a")) showFigure(figure);
}

function onSideClick(event) {
  const link = event.target.closest("a[href^='#']");
  const row = event.target.closest("#rows .r");
  if (link && link.hash.startsWith("#finding-")) {
    event.preventDefault();
    return goTo(fragment(link));
  }
  if (row) {
    event.preventDefault();
    return select(factOf.get(row.id), {focus: true});
  }
  const item = event.target.closest(".found > li");
  if (item && !event.target.closest(".o a")) {
    event.preventDefault();
    return goToFinding(findings.find((finding) => finding.item === item));
  }
  if (!link) return;
  event.preventDefault();
  if (item) markOperands(findings.find((finding) => finding.item === item));
  const id = fragment(link);
  const fact = factOf.get(id) ?? factsAt(id)[0];
  if (fact) select(fact, {tab: false});
  else goTo(id);
}

function start() {
  for (const fact of facts) fact.row.firstElementChild.tabIndex = -1;
  if (facts.length) facts[0].row.firstElementChild.tabIndex = 0;
  startTools();
  startFindings();
  startFilters();
  startSearch();
  startDetails();
  startReview();
  startTabs();
  startLegend();
  startKeys();
  $("text").addEventListener("click", onTextClick);
  $("side").addEventListener("click", onSideClick);
  addEventListener("hashchange", () => goTo(fragment(location)));
  if (location.hash.length > 1) goTo(fragment(location));
  document.documentElement.dataset.ready = "";
}
start();
