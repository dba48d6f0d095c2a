// Looks for words in the book's text (window.bookIndex, written by search.py when building).
//
// Korean words change at their end and are written together, so a word is looked for anywhere,
// with or without spaces and hyphens between its syllables: 벡터 in 벡터를, 순환신경망 in 순환 신경망.
// English words are compared by their stem. Words listed as the same (one-hot, 원-핫) find each other.
"use strict";

const HANGUL = /^[가-힣]+$/;
const ENGLISH = /^[a-z0-9]+$/;
const PARTICLES = /(에서는|으로는|이라는|에서|으로|부터|까지|에게|이란|라는|처럼|보다|마다|은|는|이|가|을|를|의|에|로|와|과|도|만|란)$/;
const VERB_END = /^([가-힣]{2,}?)(하|되|시키|합|됩|해|돼|한|된|할|될|했|됐)[가-힣]*$/;
const EXACT = 3; // how much more a word as typed counts than its stem

const stems = new Map();
const stemmer = () => (stemmer.made ??= new window.Stemmer());
function stemOf(word) {
  if (!stems.has(word)) stems.set(word, word.length > 2 ? stemmer().stemWord(word) : word);
  return stems.get(word);
}

const plain = (text) => text.normalize("NFC").toLowerCase();
const squeezed = (text) => plain(text).replace(/[\s_-]+/g, "");
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// A finder gives [[start, end, weight], …] for a text.
function loose(word) {
  const pattern = [...word.replace(/[\s-]+/g, "")].map(escaped).join("[\\s-]?");
  // letters and digits begin a word: "rnn" is not looked for inside "learnn"
  return (/^[a-z0-9]/.test(word) ? "(?<![a-z0-9])" : "") + pattern;
}
function looseFinder(word, weight) {
  const expression = new RegExp(loose(word), "g");
  return (section) =>
    [...section.plain.matchAll(expression)].map((m) => [m.index, m.index + m[0].length, weight]);
}
function englishFinder(word) {
  const stem = stemOf(word);
  return (section) => {
    section.words ??= [...section.plain.matchAll(/[a-z0-9]+/g)];
    return section.words
      .filter((m) => m[0].startsWith(word) || stemOf(m[0]) === stem)
      .map((m) => [m.index, m.index + m[0].length, m[0] === word ? EXACT : 1]);
  };
}

// Spellings of one word have one key.
const keyOf = (word) => (ENGLISH.test(plain(word)) ? stemOf(plain(word)) : squeezed(word));

// What is looked for when a reader types one word: any of these finders.
function findersOf(word, same) {
  const group = same.find((words) => words.some((w) => keyOf(w) === keyOf(word)));
  if (group) {
    return group.map((w) => ENGLISH.test(plain(w)) ? englishFinder(plain(w))
      : looseFinder(plain(w), keyOf(w) === keyOf(word) ? EXACT : 1));
  }
  const mixed = word.match(/^([a-z0-9_.-]+)([가-힣]+)$/); // RNN은
  if (mixed && PARTICLES.test(mixed[2])) return findersOf(mixed[1], same);
  if (ENGLISH.test(word)) return [englishFinder(word)];
  const finders = [looseFinder(word, EXACT)];
  if (HANGUL.test(word)) {
    const noun = word.replace(PARTICLES, "");
    if (noun.length >= 2 && noun !== word) finders.push(...findersOf(noun, same));
    const verb = word.match(VERB_END);
    if (verb) finders.push(looseFinder(verb[1], 1));
  }
  return finders;
}

// Words listed as the same may be written in parts: they are taken out before the rest is cut.
function termsOf(query, same) {
  let rest = plain(query).trim();
  const terms = [];
  for (const word of same.flat().map(plain).sort((a, b) => b.length - a.length)) {
    const end = HANGUL.test(squeezed(word)) ? `(?:(?:${PARTICLES.source})|(?![가-힣]))` : "(?![a-z0-9])";
    rest = rest.replace(new RegExp(loose(word) + end), () => {
      terms.push(word);
      return " ";
    });
  }
  return [...terms, ...rest.split(/[\s,]+/).filter(Boolean)];
}

function sectionsOf(index) {
  return index.pages.flatMap(([address, sections]) =>
    sections.map(([id, title, text]) => ({
      address: address + (id ? "#" + id : ""), page: sections[0][1], title, text,
      plain: plain(title + "\n" + text), shift: title.length + 1, isPage: !id,
    })));
}

function score(section, hits) {
  let total = 0;
  for (const found of hits) {
    const inTitle = found.filter((hit) => hit[0] < section.shift);
    const weight = Math.max(...found.map((hit) => hit[2]));
    total += weight * (1 + Math.log2(1 + found.length) + (inTitle.length ? 4 : 0));
  }
  return total + (section.isPage ? 0.5 : 0);
}

// Sections in which every word is found, the best first; those with any of a word's syllable
// pairs if there are none.
function find(index, query) {
  index.sections ??= sectionsOf(index);
  const terms = termsOf(query, index.same);
  if (!terms.length) return [];
  const finders = terms.map((term) => findersOf(term, index.same));
  const found = [];
  for (const section of index.sections) {
    const hits = finders.map((any) => any.flatMap((finder) => finder(section)));
    if (hits.every((one) => one.length)) found.push({ section, hits: hits.flat(), score: score(section, hits) });
  }
  if (!found.length) found.push(...nearly(index, terms));
  return found.sort((a, b) => b.score - a.score);
}
function nearly(index, terms) {
  const pairs = terms.flatMap((term) => [...term].slice(1).map((_, i) => term.slice(i, i + 2)))
    .filter((pair) => HANGUL.test(pair));
  if (pairs.length < 2) return [];
  const finders = pairs.map((pair) => looseFinder(pair, 1));
  return index.sections.flatMap((section) => {
    const hits = finders.map((finder) => finder(section)).filter((one) => one.length);
    const share = hits.length / finders.length;
    return share >= 0.6 ? [{ section, hits: hits.flat(), score: share * score(section, hits) }] : [];
  });
}

// ---- excerpt: the stretch of text around the first place, with every place marked
const AROUND = 60;
function excerpt(section, hits) {
  const inText = hits.map(([start, end]) => [start - section.shift, end - section.shift])
    .filter(([start]) => start >= 0).sort((a, b) => a[0] - b[0]);
  const from = Math.max(0, (inText[0]?.[0] ?? 0) - AROUND);
  const to = Math.min(section.text.length, from + AROUND * 3);
  const line = document.createElement("p");
  let at = from;
  if (from > 0) line.append("…");
  for (const [start, end] of inText) {
    if (start < at || end > to) continue;
    line.append(section.text.slice(at, start));
    const mark = document.createElement("mark");
    mark.textContent = section.text.slice(start, end);
    line.append(mark);
    at = end;
  }
  line.append(section.text.slice(at, to), to < section.text.length ? "…" : "");
  return line;
}

// ---- the dialog
(() => {
  const dialog = document.getElementById("search");
  const input = document.getElementById("search-words");
  const list = dialog.querySelector(".search-results");
  const count = dialog.querySelector(".search-count");
  const MOST = 30;

  // A script element, because browsers do not fetch files from disk.
  let loading;
  function load() {
    return (loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${document.body.dataset.root}_static/search-${document.documentElement.lang}.js`;
      script.onload = () => resolve(window.bookIndex);
      script.onerror = () => { loading = undefined; reject(new Error(script.src)); };
      document.head.append(script);
    }));
  }

  function result({ section, hits }) {
    const link = document.createElement("a");
    link.href = document.body.dataset.root + section.address;
    const title = document.createElement("strong");
    title.textContent = section.title;
    link.append(title);
    if (!section.isPage) {
      const page = document.createElement("small");
      page.textContent = section.page;
      link.append(" ", page);
    }
    link.append(excerpt(section, hits));
    link.addEventListener("click", () => dialog.close());
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  async function show() {
    const query = input.value;
    let index;
    try {
      index = await load();
    } catch (error) {
      count.textContent = dialog.dataset.failed;
      return;
    }
    if (query !== input.value) return; // typed on meanwhile
    const found = find(index, query);
    list.replaceChildren(...found.slice(0, MOST).map(result));
    count.textContent = !query.trim() ? ""
      : found.length ? dialog.dataset.count.replace("{n}", found.length) : dialog.dataset.empty;
  }

  function open(query) {
    if (query !== undefined) input.value = query;
    if (!dialog.open) dialog.showModal();
    input.select();
    show();
  }

  document.getElementById("open-search").addEventListener("click", () => open());
  document.getElementById("close-search").addEventListener("click", () => dialog.close());
  input.addEventListener("input", show);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if ((slash || k) && !dialog.open) {
      event.preventDefault();
      open();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && here + 1 < links.length) links[here + 1].focus();
    else if (event.key === "ArrowUp" && here > 0) links[here - 1].focus();
    else if (event.key === "ArrowUp" && here === 0) input.focus();
    else if (event.key === "Enter" && document.activeElement === input && !event.isComposing && links.length) links[0].click();
    else return;
    event.preventDefault();
  });

  // chapters/ko/01_one_hot.html?q=벡터 opens with the search made
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) open(asked);
})();
