// The findings: their operands as figures of the text, their computation spelled
// out, and the rows they concern marked.
const findings = [...document.querySelectorAll("#findings .found > li")].map((item) => ({
  item,
  id: item.id.slice("finding-".length),
  severity: item.className,
  check: item.dataset.check,
  here: item.dataset.document === data.document,
  ids: [...item.querySelectorAll(".o a")].map((link) => link.hash.slice(1)),
  en: textOf(item.querySelector("[lang=en]")),
  zh: textOf(item.querySelector("[lang=zh]")),
}));

// The fact at fault, or the first that is of this document.
const firstHere = (finding) => finding.ids.map((id) => factOf.get(id)).find(Boolean);

const checkLabel = (check) => ("check." + check in LABELS ? say("check." + check) : check);

const NUMBER = /^-?\d+(\.\d+)?$/;
const grouped = (number) => (NUMBER.test(number) ? number.replace(/\d(?=(\d{3})+(?!\d))(?<!\.\d*)/g, "$&,") : number);

// The message in the language at hand. In Chinese it comes in Simplified and
// quotes the source: it can be turned only if the source is in Traditional too.
function messageOf(finding) {
  if (language === 0) return finding.en;
  return $("text").lang === "zh-Hant" ? inScript(finding.zh) : finding.zh;
}

// What a message says and how it computes: "Revenue (2024Q4): 206億 (line 14) /
// 354億 (line 14) = 58.0% to 58.4%, stated 68.3%". Where operands stand is said
// beside them.
function equationOf(finding) {
  const [, of, equation] = /^(.*)(?:: |：)([^：]*? = .*)$/.exec(messageOf(finding)) ?? [];
  if (!equation) {
    // "stated as 1230000000 CNY here"
    const amounts = /(?<![\d.,])\d{5,}(\.\d+)?(?= (?:[A-Z]{3}\b|\p{Script=Han}))/gu;
    return {message: messageOf(finding).replace(amounts, grouped), equation: boundsOf(finding)};
  }
  const lines = / ?\(line \d+\)|（第\d+行）/g;
  return {message: of, equation: equation.replace(lines, "").replace(/(?<![\d.,])\d{5,}(\.\d+)?/g, grouped)};
}

// "58.0 to 58.4%, stated 68.3%"
function boundsOf(finding) {
  const {stated, low, high} = finding.item.dataset;
  const claim = firstHere(finding);
  const unit = claim ? cell(claim, "unit") : "";
  // Dates and the like are no numbers and have no unit.
  const with_unit = (number) => grouped(number) + (!NUMBER.test(number) ? "" : unit === "%" ? "%" : unit && " " + unit);
  const range = low && high && low !== high ? `${grouped(low)} ${say("to")} ${with_unit(high)}` : with_unit(low || high || "");
  return [range, stated && say("stated", {x: with_unit(stated)})].filter(Boolean).join(language === 0 ? ", " : "，");
}

const computation = (finding) => equationOf(finding).equation;

function operand(finding, id) {
  const fact = factOf.get(id);
  if (!fact) return make("span", {class: "gone"}, id, " ", make("small", {}, say("elsewhere")));
  const name = [nameOf(fact), cell(fact, "period"), label("basis", cell(fact, "basis"))].filter(Boolean).join(" ");
  return make(
      "a", {href: "#" + id}, make("b", {}, ...shown(cell(fact, "figure"))), " " + name + " ",
      make("span", {class: "l"}, cell(fact, "line")));
}

function showFinding(finding) {
  const {item} = finding;
  item.querySelector(".h .y").textContent = say(finding.severity);
  item.querySelector(".o").replaceChildren(...finding.ids.map((id) => operand(finding, id)));
  item.querySelector(".ck").textContent = checkLabel(finding.check);
  item.querySelector(".eq")?.remove();
  const {message, equation} = equationOf(finding);
  if (equation) item.querySelector(".h").after(make("p", {class: "eq"}, ...shown(equation)));
  item.querySelector(language === 0 ? "[lang=en]" : "[lang=zh]").replaceChildren(...shown(message));
  const place = item.querySelector("a.at");
  if (place && !finding.here)
    place.replaceWith(make("span", {class: "at"}, plain(item.dataset.document) + ":" + place.textContent));
}

// Marks the operands of a finding in the text, and no others.
function markOperands(finding) {
  for (const element of document.querySelectorAll(".operand")) element.classList.remove("operand");
  for (const other of findings) other.item.toggleAttribute("data-now", other === finding);
  if (!finding) return;
  for (const id of finding.ids) $(factOf.get(id)?.figure ?? "")?.classList.add("operand");
}

function goToFinding(finding) {
  showTab("findings");
  markOperands(finding);
  scrollTo(finding.item, true);
  const claim = firstHere(finding);
  if (claim) return select(claim, {tab: false});
  const place = finding.here && $(finding.item.querySelector("a.at")?.hash.slice(1) ?? "");
  if (place) showFigure(place);
}

// The next or the one before, from the finding at hand.
function stepFinding(step) {
  if (findings.length === 0) return;
  const at = findings.findIndex((finding) => finding.item.hasAttribute("data-now"));
  goToFinding(
      findings[at < 0 ? (step > 0 ? 0 : findings.length - 1) : (at + step + findings.length) % findings.length]);
}

function startFindings() {
  $("findings-count").textContent = findings.length;
  for (const finding of findings) {
    for (const id of finding.ids) {
      const fact = factOf.get(id);
      if (!fact) continue;
      fact.findings.push(finding);
      $(fact.figure)?.classList.add("bad");
      if (!fact.row.querySelector(".w")) fact.row.append(make("a", {class: "w", href: "#finding-" + finding.id}, "!"));
    }
  }
  const showAll = () => findings.forEach(showFinding);
  showAll();
  translated.push(showAll);
}
