// What every page can do: theme, chapter list, language switch, copy buttons, printing.
"use strict";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
function byHash(hash) {
  // null also where the address is no address
  try {
    return byId(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}

// Stored choices are a comfort: with storage forbidden, as from some disks, all else still works.
function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    /* not remembered */
  }
}
function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// ---- light and dark: the system's choice until the reader makes one
const themeSwitch = byId("switch-theme");
function setTheme(theme) {
  root.dataset.theme = theme;
  themeSwitch.setAttribute("aria-pressed", theme === "dark");
}
setTheme(root.dataset.theme); // theme.js has chosen it before the first paint
themeSwitch.addEventListener("click", () => {
  setTheme(root.dataset.theme === "dark" ? "light" : "dark");
  remember("theme", root.dataset.theme);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => {
  if (!remembered("theme")) setTheme(event.matches ? "dark" : "light");
});

// ---- the chapter list on a phone
const chapters = byId("chapters");
const opener = byId("open-chapters");
function showChapters(open) {
  chapters.classList.toggle("open", open);
  opener.setAttribute("aria-expanded", open);
  if (open) (chapters.querySelector("[aria-current]") ?? chapters.querySelector("a")).focus();
}
if (chapters) {
  opener.addEventListener("click", () => showChapters(!chapters.classList.contains("open")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chapters.classList.contains("open")) {
      showChapters(false);
      opener.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!chapters.contains(event.target) && !opener.contains(event.target)) {
      chapters.classList.remove("open");
      opener.setAttribute("aria-expanded", false);
    }
  });
}

// ---- which section is being read
const headings = [...document.querySelectorAll("main section section")];
function currentSection() {
  // Where a heading stands after a jump to it, a little below the bar; but at the end of the page,
  // whose last headings never get there, any that can be seen.
  const atEnd = scrollY > 0 && scrollY + innerHeight > root.scrollHeight - 4;
  const line = atEnd ? innerHeight : 120;
  return headings.filter((section) => section.getBoundingClientRect().top < line).pop();
}
const sectionLinks = [...document.querySelectorAll(".sections a")];
let waiting = false;
function markSection() {
  waiting = false;
  const id = currentSection()?.id;
  for (const link of sectionLinks) {
    if (id && decodeURIComponent(link.hash) === `#${id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
if (sectionLinks.length) {
  addEventListener(
    "scroll",
    () => {
      if (!waiting) requestAnimationFrame(markSection);
      waiting = true;
    },
    { passive: true },
  );
  markSection();
}

// ---- a link to a section leads there even if what stands above it grows after the jump
// Until the reader takes over, and not where the browser goes back to where the reader was.
let letGo = () => {};
function holdInView(element, options) {
  letGo();
  const observer = new ResizeObserver(() => element.scrollIntoView(options));
  const takenOver = ["wheel", "touchstart", "pointerdown", "keydown"];
  letGo = () => {
    observer.disconnect();
    for (const event of takenOver) removeEventListener(event, letGo);
  };
  for (const event of takenOver) addEventListener(event, letGo, { passive: true });
  observer.observe(document.querySelector("article"));
  setTimeout(letGo, 5000);
}
const linked = byHash(location.hash);
const [arrival] = performance.getEntriesByType("navigation");
if (linked && arrival?.type === "navigate") holdInView(linked);

// ---- the other language: what the reader made of a figure in sight (kit/frame.js answers), or the
// same section of the twin page (twins share their sections' ids)
for (const link of document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", () => {
    remember("language", link.dataset.language);
    const handed = { hash: "" };
    document.dispatchEvent(new CustomEvent("otherlanguage", { detail: handed }));
    link.hash = handed.hash || currentSection()?.id || "";
  });
}
// The root page offers the language of the last choice, or else the browser's, first.
const offers = document.querySelector("[data-offers]");
if (offers) {
  const wanted = [remembered("language"), ...(navigator.languages || [])].filter(Boolean);
  const codes = [...offers.children].map((card) => card.lang);
  const first = wanted.map((tag) => tag.slice(0, 2)).find((code) => codes.includes(code));
  for (const card of offers.children) card.classList.toggle("first", card.lang === first);
}

// ---- copy buttons on code
for (const box of document.querySelectorAll(
  ".cell_input .highlight, article > section .highlight-python .highlight",
)) {
  if (box.querySelector(".copy")) continue;
  const button = document.createElement("button");
  button.className = "copy";
  button.textContent = document.body.dataset.copy;
  button.addEventListener("click", async () => {
    const text = box.querySelector("pre").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // from disk there may be no clipboard: select, so that the keys copy
      getSelection().selectAllChildren(box.querySelector("pre"));
      return;
    }
    button.textContent = document.body.dataset.copied;
    setTimeout(() => {
      button.textContent = document.body.dataset.copy;
    }, 1600);
  });
  box.append(button);
}

// ---- boxes that scroll sideways can be scrolled with the keyboard
const wide = document.querySelectorAll("pre, .wide, .formula:not(.symbolic)");
function reachable() {
  for (const box of wide) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
addEventListener("resize", reachable);
document.addEventListener("toggle", reachable, true);
reachable();

// ---- on paper every solution is open
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("article details:not([open]):not(.sections-inline)")];
  for (const box of opened) box.open = true;
});
addEventListener("afterprint", () => {
  for (const box of opened) box.open = false;
});
