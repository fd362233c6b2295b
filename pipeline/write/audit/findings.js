// The findings: their operands as figures of the text, their computation spelled
// out, and the rows they concern marked.
const findings = [...document.querySelectorAll("#findings .found > li")].map(
    (item) => ({
      item,
      id: item.id.slice("finding-".length),
      severity: item.className,
      check: item.dataset.check,
      here: item.dataset.document === data.document,
      ids: [...item.querySelectorAll(".o a")].map((link) => link.hash.slice(1)),
    }));

// How a check computes: what stands between its operands, the first of which is the claim.
const FORMULAS = {
  share: (claim, part, whole) => `${part} / ${whole}`,
  margin: (claim, part, whole) => `${part} / ${whole}`,
  growth: (claim, after, before) => `${after} / ${before} − 1`,
  points: (claim, after, before) => `${after} − ${before}`,
};

const NUMBER = /^-?\d+(\.\d+)?$/;
const grouped = (number) => (NUMBER.test(number) ? number.replace(/\d(?=(\d{3})+(?!\d))(?<!\.\d*)/g, "$&,") : number);

// "206 億 / 354 億 = 58.0 to 58.4%, stated 68.3%"
function computation(finding) {
  const {stated, low, high} = finding.item.dataset;
  const operands = finding.ids.map((id) => factOf.get(id));
  const unit = operands[0] ? cell(operands[0], "unit") : "";
  // Dates and the like are no numbers and have no unit.
  const with_unit = (number) => grouped(number) + (!NUMBER.test(number) ? "" : unit === "%" ? "%" : unit && " " + unit);
  let text = "";
  const formula = FORMULAS[finding.check];
  if (formula && operands.length > 2 && operands.every(Boolean))
    text += formula(...operands.map((fact) => plain(cell(fact, "figure")))) + " = ";
  if (low && high) text += low === high ? with_unit(low) : `${grouped(low)} ${say("to")} ${with_unit(high)}`;
  else if (low || high) text += with_unit(low || high);
  return [text, stated && say("stated", {x: with_unit(stated)})].filter(Boolean).join(language === 0 ? ", " : "，");
}

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
  item.querySelector(".eq")?.remove();
  const equation = computation(finding);
  if (equation) item.querySelector(".h").after(make("p", {class: "eq"}, ...shown(equation)));
  const place = item.querySelector("a.at");
  if (place && !finding.here)
    place.replaceWith(make("span", {class: "at"}, plain(item.dataset.document) + ":" + place.textContent));
  // The message in Chinese is in Simplified; what it quotes of the source stays.
  const message = item.querySelector("[lang^=zh]");
  message.textContent =
      language === 2 ? inScript(finding.message ??= message.textContent) : finding.message ?? message.textContent;
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
  const claim = factOf.get(finding.ids[0]);
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
