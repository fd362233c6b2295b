// The labels of metrics and the messages of findings come in Simplified Chinese.
// For those who read Traditional: the characters of their words.
const PAIRS = "";
const TRADITIONAL = new Map(PAIRS.split(" ").map((pair) => [...pair]));

// In quotation marks stands the source, which stays as it is.
function inScript(text) {
  if (language !== 2) return text;
  return text.split(/([“「『].*?[”」』])/).map((part, i) => (i % 2 ? part : part.replace(/\p{Script=Han}/gu, (c) => TRADITIONAL.get(c) ?? c))).join("");
}
