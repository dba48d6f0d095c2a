// Before the first paint, so that nothing flashes: light or dark, and that scripts run. A file of
// its own, because pages allow no script that stands in them.
"use strict";

try {
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "";
} catch {
  /* not remembered */
}
if (!["light", "dark"].includes(document.documentElement.dataset.theme)) {
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches
    ? "dark"
    : "light";
}
document.documentElement.classList.add("scripted");
