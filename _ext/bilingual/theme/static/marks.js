// Marks on a page the words that the search found there: page.html?mark=벡터#section.
//
// The page's own elements stay as they are: browsers can highlight stretches of text by themselves.
"use strict";

(() => {
  const words = new URLSearchParams(location.search)
    .getAll("mark")
    .filter((word) => word.trim())
    .slice(0, 6)
    .map((word) => word.slice(0, 100).toLowerCase());
  if (!words.length || !CSS.highlights) return;

  const article = document.querySelector("article");
  const shown = (node) =>
    !node.parentElement.closest("script, style, svg, math, .living, .page-tools, .sections-inline");
  const nodes = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    if (!shown(walker.currentNode)) continue;
    nodes.push({ node: walker.currentNode, start: text.length });
    text += walker.currentNode.data;
  }
  text = text.toLowerCase();

  // The text node that has a place of the whole text, and where in it.
  function within(place, atEnd) {
    let low = 0;
    let high = nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (nodes[middle].start < place || (!atEnd && nodes[middle].start === place)) low = middle;
      else high = middle - 1;
    }
    return [nodes[low].node, place - nodes[low].start];
  }
  function ranges() {
    const escaped = words.map((word) =>
      word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"),
    );
    // Latin words stand by themselves; Korean ones have their particles behind them.
    const pattern = escaped.map((word) =>
      /^[a-z0-9]/.test(word) ? `(?<![a-z0-9])${word}(?![a-z0-9])` : word,
    );
    return [...text.matchAll(new RegExp(pattern.join("|"), "g"))].map((match) => {
      const range = new Range();
      range.setStart(...within(match.index, false));
      range.setEnd(...within(match.index + match[0].length, true));
      return range;
    });
  }
  const found = ranges();
  if (!found.length) return;
  CSS.highlights.set("found", new Highlight(...found));

  // A folded solution opens if it holds the words; a place far below its heading is brought to sight.
  const section = byHash(location.hash);
  const first =
    found.find((range) => !section || section.contains(range.startContainer)) ?? found[0];
  const holder = first.startContainer.parentElement;
  for (let box = holder.closest("details"); box; box = box.parentElement.closest("details"))
    box.open = true;
  const { top, bottom } = first.getBoundingClientRect();
  if (section && (top < 0 || bottom > innerHeight)) holdInView(holder, { block: "center" }); // book.js

  const button = document.createElement("button");
  button.className = "unmark";
  button.textContent = document.body.dataset.unmark;
  function unmark() {
    CSS.highlights.delete("found");
    button.remove();
    removeEventListener("keydown", onKey);
    const address = new URL(location.href);
    address.searchParams.delete("mark");
    try {
      // so that neither a reload nor a copied address marks again
      history.replaceState(history.state, "", address.href);
    } catch {
      /* a browser that lets no page from a disk change its address */
    }
  }
  function onKey(event) {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) unmark();
  }
  button.addEventListener("click", unmark);
  addEventListener("keydown", onKey);
  document.querySelector("main").prepend(button);
})();
