// Which questions the reader has answered: kept in this browser alone, shown in the list of chapters.
"use strict";

globalThis.answered = (() => {
  const NAME = "answered"; // { "01_one_hot": { total: 4, right: ["question", "question-3"] } }
  const chapterOf = (address) =>
    /([^/]+)\.html$/.exec(new URL(address, location.href).pathname)?.[1];
  const chapter = chapterOf(location.href);
  const list = document.querySelector(".chapters");
  const forgetting = list?.querySelector(".answers");

  function all() {
    try {
      const kept = JSON.parse(remembered(NAME)) ?? {};
      return typeof kept === "object" ? kept : {};
    } catch {
      return {}; // somebody else's, or half a text
    }
  }
  const rightOf = (kept, name) => (Array.isArray(kept[name]?.right) ? kept[name].right : []);

  /** What became of a question of this page: "right", or nothing. */
  const of = (place) => (rightOf(all(), chapter).includes(place) ? "right" : undefined);

  /** Keeps that a question of this page was answered; one whose answer was shown is none. */
  function keep(place, outcome) {
    if (outcome !== "right") return;
    const kept = all();
    const right = [...new Set([...rightOf(kept, chapter), place])];
    const total = document.querySelectorAll(".living-question").length;
    remember(NAME, JSON.stringify({ ...kept, [chapter]: { total, right } }));
    show();
  }

  function forget() {
    try {
      localStorage.removeItem(NAME);
    } catch {
      /* nothing was kept */
    }
    for (const mark of document.querySelectorAll(".question-before")) mark.remove();
    show();
    list.querySelector("a[aria-current], a").focus(); // the button is gone
  }

  function show() {
    const kept = all();
    let any = false;
    for (const link of list?.querySelectorAll("ol a") ?? []) {
      link.querySelector(".answered")?.remove();
      const name = chapterOf(link.href);
      const n = rightOf(kept, name).length;
      const total = Number(kept[name]?.total) || 0;
      if (!n || n > total) continue;
      any = true;
      const mark = document.createElement("span");
      mark.className = "answered";
      mark.textContent = n === total ? "✓" : `${n}/${total}`;
      const words = document.body.dataset.answered.replace("{n}", n).replace("{total}", total);
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", words);
      mark.title = words;
      link.append(mark);
    }
    if (forgetting) forgetting.hidden = !any;
  }

  forgetting?.querySelector("button").addEventListener("click", forget);
  addEventListener("storage", show); // another window of the book
  show();
  return { of, keep };
})();
