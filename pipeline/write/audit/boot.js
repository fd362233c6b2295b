// Before anything is drawn: which theme, and that there is a script at all.
const root = document.documentElement;
root.classList.add("js");
try {
  const theme = localStorage.getItem("jiyao-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
} catch {
  // No storage here: the system's theme.
}
