// A small card that says what a symbol or a term is: where the reader points, touches or stands.
// Symbols that are the same are lit wherever the page shows them. Without this file a term is a
// link with a tooltip, and the page's symbols stand in the list at its end.
"use strict";

(() => {
  const main = document.querySelector("main");
  const list = byId("symbols");
  const card = element("span", "card");
  card.setAttribute("popover", "manual"); // above what scrolls and cuts; else in its place
  const status = element("p", "card-status");
  status.setAttribute("role", "status"); // says what the arrow keys reach, and nothing else
  main.append(status);
  let shown; // what the card is about
  let kept = false; // opened by a press or a key: pointing elsewhere does not close it
  let timer;

  function element(kind, name, text = "") {
    const made = document.createElement(kind);
    made.className = name;
    made.textContent = text;
    return made;
  }

  function close() {
    clearTimeout(timer);
    for (const one of main.querySelectorAll(".lit")) one.classList.remove("lit");
    card.remove();
    status.textContent = "";
    shown = undefined;
    kept = false;
  }

  function open(what, keep = false) {
    clearTimeout(timer);
    if (what !== shown) {
      close();
      shown = what;
      if (what.matches("a.term")) explain(what);
      else light(what);
    }
    kept ||= keep;
  }

  function explain(term) {
    const [name, meaning] = term.card;
    const more = element("a", "", document.body.dataset.glossary);
    more.href = term.href;
    card.replaceChildren(element("strong", "", name), " ", meaning, " ", more);
    card.removeAttribute("aria-hidden");
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", `${name}: ${meaning}`);
    term.after(card); // so that Tab leads from the term to the link
    place(term);
  }

  function light(symbol) {
    const key = symbol.dataset.s;
    const entry = list.querySelector(`[data-of="${key}"]`);
    const [name, shape] = entry.querySelector("dd").childNodes;
    const at = symbol.dataset.at?.split(" ") ?? [];
    const formula = entry.querySelector("math").cloneNode(true);
    if (symbol.closest("math")) formula.replaceChildren(symbol.cloneNode(true));
    const words = [name.data.trim(), ...at.map((word) => list.dataset[word])].join(", ");
    const more = at.includes("place") ? "" : shape.textContent;
    card.replaceChildren(formula, ` ${words} `, element("span", "", more));
    for (const one of main.querySelectorAll("[data-s]")) {
      one.classList.toggle("lit", one.dataset.s === key);
    }
    if (list.contains(symbol)) return; // which says all this already
    card.setAttribute("aria-hidden", true);
    card.removeAttribute("role");
    card.removeAttribute("aria-label");
    main.append(card);
    place(symbol);
  }

  /** Below what it is about and its formula, or above where there is no room below. */
  function place(what) {
    card.showPopover?.();
    const { left } = what.getBoundingClientRect();
    const { top, bottom } = (what.closest(".formula") ?? what).getBoundingClientRect();
    const most = root.clientWidth - card.offsetWidth - 8;
    const under = bottom + 6 + card.offsetHeight < innerHeight;
    card.style.left = `${scrollX + Math.max(8, Math.min(left, most))}px`;
    card.style.top = `${scrollY + (under ? bottom + 6 : top - 6 - card.offsetHeight)}px`;
  }

  /** The term or symbol of an event; in a formula or picture the next one, as fingers are wide. */
  function meant({ target, clientX, clientY }) {
    const there = target.closest("a.term, [data-s]");
    const around = target.closest("math, svg.charrnn-picture");
    if (there || !around) return there;
    const far = (one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return Math.max(left - clientX, clientX - right, top - clientY, clientY - bottom);
    };
    const [next] = [...around.querySelectorAll("[data-s]")].sort((a, b) => far(a) - far(b));
    return next && far(next) < 24 ? next : null;
  }

  for (const term of main.querySelectorAll("a.term[title]")) {
    term.card = /^(.*?): (.*)$/s.exec(term.title).slice(1);
    term.setAttribute("aria-description", term.title); // the tooltip would stand beside the card
    term.removeAttribute("title");
  }
  for (const box of main.querySelectorAll(".symbolic")) {
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", box.dataset.label ?? list.dataset.formula);
  }

  main.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || kept) return;
    clearTimeout(timer);
    if (card.contains(event.target)) return;
    const what = event.target.closest("a.term, [data-s]");
    if (what ? what !== shown : shown) timer = setTimeout(what ? open : close, 250, what);
  });
  main.addEventListener("pointerleave", () => {
    if (shown && !kept) timer = setTimeout(close, 250);
  });
  main.addEventListener("click", (event) => {
    const what = card.contains(event.target) ? null : meant(event);
    if (!what || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (what.matches("a")) {
      event.preventDefault();
      open(what, true);
      if (!event.detail) card.querySelector("a").focus(); // by a key
    } else if (!event.target.closest("a, button, summary") && getSelection().isCollapsed) {
      if (kept && what === shown) close();
      else open(what, true);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !card.contains(event.target) && !shown.contains(event.target)) close();
  });
  document.addEventListener("focusin", ({ target }) => {
    if (card.contains(target) || !target.matches(":focus-visible")) return;
    if (target.matches("a.term")) open(target, true);
    else if (target.matches(".symbolic")) open(target.querySelector("[data-s]"), true);
    else close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) {
      if (card.contains(document.activeElement)) shown.focus();
      close();
    }
    const box = event.target.closest?.(".symbolic");
    if (!box || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const symbols = [...box.querySelectorAll("[data-s]")];
    const last = symbols.length - 1;
    const now = symbols.indexOf(shown);
    const to = { ArrowRight: now + 1, ArrowLeft: now < 0 ? last : now - 1, Home: 0, End: last };
    if (!(event.key in to)) return;
    event.preventDefault();
    const symbol = symbols[Math.max(0, Math.min(to[event.key], last))];
    symbol.scrollIntoView({ block: "nearest", inline: "nearest" });
    open(symbol, true);
    status.textContent = card.textContent;
  });
})();
