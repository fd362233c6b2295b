// Elements, languages, the notice: what page and index share.
const $ = (id) => document.getElementById(id);

// make("p", {class: "y", title: "…"}, "text", element, …). Text is only ever text.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// Characters that cannot be seen, or that turn the order of those around them: as in audit_html.cc.
const HIDDEN =
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const marked = (c) => "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");

// Text of a document as nodes, and as a string for places that hold no element.
function shown(text) {
  const nodes = [];
  let from = 0;
  for (const hit of text.matchAll(HIDDEN)) {
    nodes.push(text.slice(from, hit.index), make("i", {class: "z"}, marked(hit[0])));
    from = hit.index + hit[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}
const plain = (text) => text.replace(HIDDEN, (c) => "[" + marked(c) + "]");
const unplain = (text) => text.replace(/\[U\+([0-9A-F]{4,5})\]/g, (_, hex) => String.fromCodePoint(parseInt(hex, 16)));

// The source behind what an element shows.
function textOf(element) {
  if (!element) return "";
  if (!element.getElementsByClassName("z").length) return element.textContent;
  let text = "";
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    else if (node.className === "z") text += String.fromCodePoint(parseInt(node.textContent.slice(2), 16));
    else text += textOf(node);
  }
  return text;
}

// What the browser keeps. Where it keeps nothing (private windows, some rules for
// files) or has no room left, what is new lasts as long as the page.
const storage = (() => {
  const kept = new Map();  // what the browser did not take
  let browser = null;
  try {
    browser = localStorage;
  } catch {
    // Forbidden here.
  }
  return {
    forbidden: browser === null,
    getItem: (key) => kept.get(key) ?? browser?.getItem(key) ?? null,
    // False if the browser did not take it.
    setItem(key, value) {
      kept.set(key, value);
      try {
        browser.setItem(key, value);
        return kept.delete(key);
      } catch {
        return false;
      }
    },
    removeItem(key) {
      kept.delete(key);
      browser?.removeItem(key);
    },
  };
})();

// Once is enough. Whether it was told now.
let toldNotKept = false;
function tellNotKept() {
  if (toldNotKept) return false;
  toldNotKept = true;
  notice(say(storage.forbidden ? "no_storage" : "no_room"), 12000);
  return true;
}

// Languages.
let language = 0;  // index into LANGUAGES
const say = (key, values = {}) =>
    (LABELS[key]?.[language] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const translated = [];  // called when the language changes

function preferredLanguage() {
  const kept = LANGUAGES.indexOf(storage.getItem("jiyao-language"));
  if (kept >= 0) return kept;
  const wanted = navigator.language || "en";
  if (!/^zh/i.test(wanted)) return 0;
  return /hant|tw|hk|mo/i.test(wanted) ? 2 : 1;
}

function setLanguage(index) {
  language = index;
  document.documentElement.lang = LANGUAGES[index];
  for (const element of document.querySelectorAll("[data-w]")) element.textContent = say(element.dataset.w);
  for (const [name, key] of [["title", "wTitle"], ["placeholder", "wPlaceholder"], ["aria-label", "wLabel"]]) {
    for (const element of document.querySelectorAll(`[data-w-${name === "aria-label" ? "label" : name}]`)) {
      element.setAttribute(name, say(element.dataset[key]));
    }
  }
  $("language").value = LANGUAGES[index];
  for (const call of translated) call();
}

function startTools() {
  setLanguage(preferredLanguage());
  $("language").addEventListener("change", (event) => chooseLanguage(LANGUAGES.indexOf(event.target.value)));
  $("theme").addEventListener("click", turnTheme);
  if (storage.forbidden) tellNotKept();
}

function chooseLanguage(index) {
  setLanguage(index);
  storage.setItem("jiyao-language", LANGUAGES[index]);
}

function turnTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  storage.setItem("jiyao-theme", next);
}

// A line of news at the foot of the page.
let noticeTimer = 0;
function notice(text, milliseconds = 4000) {
  $("notice").textContent = text;
  $("notice").hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => {
    $("notice").hidden = true;
  }, milliseconds);
}

// Hands a file to the user.
function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], {type: "application/json"}));
  make("a", {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

// Calls `use` with the contents of the file the user chooses.
function readFile(input, use) {
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (file) use(await file.text());
    input.value = "";
  });
}
