// Finds words in the book's text (window.bookIndex, written by search.py when building).
//
// Korean words change at their end and are written together, so a word is looked for anywhere,
// with or without spaces and hyphens between its syllables: 벡터 in 벡터를, 순환신경망 in 순환 신경망.
// English words are compared by their stem. Words listed as the same (one-hot, 원-핫) find each
// other. A word that stands nowhere is looked for as the nearest one that does (near.js).
"use strict";

window.bookSearch = (() => {
  const CORRECTED = 3; // words of a query that are put right; each is compared with the whole book
  const LONGEST = 100; // letters of a query; the field takes no more
  const HANGUL = /^[가-힣]+$/;
  const ENGLISH = /^[a-z0-9]+$/;
  const PARTICLE =
    "(?:에서는|으로는|이라는|에서|으로|부터|까지|에게|이란|라는|처럼|보다|마다|은|는|이|가|을|를|의|에|로|와|과|도|만|란)";
  const PARTICLES = new RegExp(`${PARTICLE}$`);
  const VERB_END = /^([가-힣]{2,}?)(하|되|시키|합|됩|해|돼|한|된|할|될|했|됐)[가-힣]*$/;
  // Words that a question has and that stand everywhere.
  const EVERYWHERE = new Set(
    "a an and are at by can do does for from how i in is it of on or that the to what when where which why with 왜 어떻게 무엇을 무엇이 언제".split(
      " ",
    ),
  );
  const STEM = 0.5; // how much a word of the same stem counts beside the word as typed

  const stems = new Map();
  let stemmer;
  function stemOf(word) {
    stemmer ??= new window.Stemmer();
    if (!stems.has(word)) stems.set(word, word.length > 2 ? stemmer.stemWord(word) : word);
    return stems.get(word);
  }

  const plain = (text) => text.normalize("NFC").toLowerCase();
  const squeezed = (text) => plain(text).replace(/[\s_-]+/g, "");
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // ---- a finder gives [[start, end, weight], …] for a section
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
  function englishFinder(word, weight) {
    const stem = stemOf(word);
    return (section) => {
      section.words ??= [...section.plain.matchAll(/[a-z0-9]+/g)];
      return section.words
        .filter(
          (m) =>
            m[0] === word || (word.length > 2 && m[0].startsWith(word)) || stemOf(m[0]) === stem,
        )
        .map((m) => [m.index, m.index + m[0].length, m[0] === word ? weight : weight * STEM]);
    };
  }

  // Spellings of one word have one key.
  const keyOf = (word) => (ENGLISH.test(plain(word)) ? stemOf(plain(word)) : squeezed(word));
  const groupOf = (word, same) => same.find((words) => words.some((w) => keyOf(w) === keyOf(word)));

  // What is looked for when a reader types one word: any of these finders.
  function findersOf(word, same) {
    const mixed = word.match(/^([a-z0-9_.-]+)([가-힣]+)$/); // RNN은
    if (mixed && PARTICLES.test(mixed[2])) word = mixed[1];
    const noun = HANGUL.test(word) ? word.replace(PARTICLES, "") : word;
    const forms = noun.length >= 2 && noun !== word ? [word, noun] : [word];
    const group = forms.map((form) => groupOf(form, same)).find(Boolean);
    if (group) {
      return group.map((w) => {
        const weight = forms.some((form) => keyOf(w) === keyOf(form)) ? 1 : STEM;
        return ENGLISH.test(plain(w))
          ? englishFinder(plain(w), weight)
          : looseFinder(plain(w), weight);
      });
    }
    if (ENGLISH.test(word)) return [englishFinder(word, 1)];
    const finders = forms.map((form) => looseFinder(form, 1));
    const verb = HANGUL.test(word) && word.match(VERB_END);
    if (verb) finders.push(looseFinder(verb[1], STEM));
    return finders;
  }

  // Words listed as the same may be written in parts: they are taken out before the rest is cut.
  function termsOf(query, same) {
    let rest = plain(query).slice(0, LONGEST).trim();
    const terms = [];
    for (const word of same
      .flat()
      .map(plain)
      .sort((a, b) => b.length - a.length)) {
      const end = HANGUL.test(squeezed(word))
        ? `${PARTICLE}?(?![가-힣])`
        : "(?:e?s)?(?!\\.?[a-z0-9_가-힣])";
      const start = HANGUL.test(squeezed(word)) ? "(?<![가-힣])" : "(?<![._])";
      rest = rest.replace(new RegExp(start + loose(word) + end), () => {
        terms.push(word);
        return " ";
      });
    }
    const others = rest.split(/[\s,?!]+/).filter((term) => /[\p{L}\p{N}]/u.test(term)); // a sign alone is no word
    const telling = others.filter((term) => !EVERYWHERE.has(term));
    return [...new Set([...terms, ...(terms.length || telling.length ? telling : others)])];
  }

  // ---- sections: a title and blocks, each of prose (a string) or code (a list of one)
  function sectionsOf(index) {
    return index.pages.flatMap(([address, sections, kind], page) =>
      sections.map(([id, title, blocks]) => {
        const section = {
          address: address + (id ? `#${id}` : ""),
          page: sections[0][1],
          order: page,
          title,
          isPage: !id,
          isTerm: kind === "terms" && Boolean(id),
          isAfter: kind === "after",
          blocks: [],
        };
        let text = `${title}\n`;
        for (const block of blocks) {
          const words = typeof block === "string" ? block : block[0];
          section.blocks.push({
            start: text.length,
            end: text.length + words.length,
            text: words,
            code: words !== block,
          });
          text += `${words}\n`;
        }
        section.plain = text.toLowerCase(); // as long as the text: the builder sees to it
        return section;
      }),
    );
  }
  const blockAt = (section, place) =>
    section.blocks.find((block) => block.start <= place && place < block.end);

  // ---- the best first
  function score(section, hits, rare, index) {
    let total = 0;
    const length = 0.4 + (0.6 * section.plain.length) / index.average;
    hits.forEach((found, term) => {
      if (!found.length) return;
      let often = 0;
      for (const [start, , weight] of found) {
        if (start >= section.title.length)
          often += weight * (blockAt(section, start)?.code ? 0.2 : 1);
      }
      const titled = found.filter(([start]) => start < section.title.length).map((hit) => hit[2]);
      const inTitle = Math.max(0, ...titled);
      total += rare[term] * ((2.2 * often) / (often + 1.2 * length) + 2 * inTitle);
    });
    const together = best(section, hits).words;
    // A definition has few words, and says of itself what it is about by its name.
    const named = hits.flat().some(([start]) => start < section.title.length);
    const kind = section.isPage ? 1.05 : section.isAfter || (section.isTerm && !named) ? 0.6 : 1;
    // A word is told where it is first needed.
    const early = 1 + 0.6 * (1 - section.order / index.pages.length);
    return total * (1 + 0.3 * Math.max(0, together - 1)) * kind * early;
  }

  // Whether a section is the glossary's entry of what was asked: its name in either language.
  function isEntry(section, hits) {
    if (!section.isTerm) return false;
    let from = 0;
    return section.title.split(" · ").some((name) => {
      const to = from + name.length;
      const covered = hits
        .flat()
        .some(([start, end, weight]) => weight > STEM / 2 && start <= from && end >= to);
      from = to + 3;
      return covered;
    });
  }

  // Where a stretch of text has most of the words: { words, weight, at } of the best place.
  const AROUND = 140;
  function best(section, hits) {
    const all = hits
      .flatMap((found, term) => found.map(([start, end, weight]) => ({ start, end, weight, term })))
      .filter(({ start }) => start > section.title.length);
    let found = { words: 0, weight: 0, at: null };
    for (const first of all) {
      const block = blockAt(section, first.start);
      if (!block) continue;
      const near = all.filter(
        ({ start }) => start >= first.start && start < Math.min(first.start + AROUND, block.end),
      );
      const words = new Set(near.map(({ term }) => term)).size - (block.code ? 0.6 : 0);
      const weight = Math.max(...near.map((hit) => hit.weight));
      if (
        words > found.words ||
        (words === found.words && (found.at === null || weight > found.weight))
      ) {
        found = { words, weight, at: first.start };
      }
    }
    return found;
  }

  function prepare(index) {
    index.sections = sectionsOf(index);
    index.average =
      index.sections.reduce((sum, s) => sum + s.plain.length, 0) / index.sections.length;
  }

  // The words of the book, for what stands nowhere as it was typed.
  function correct(term, index) {
    if (!index.counts) {
      index.counts = new Map();
      for (const section of index.sections) window.bookNear.count(index.counts, section.plain);
      for (const word of index.same.flat()) window.bookNear.count(index.counts, squeezed(word));
    }
    return (
      window.bookNear.nearest(term, index.counts) ??
      window.bookNear.nearest(term.replace(PARTICLES, ""), index.counts)
    );
  }

  // { found: [{ section, hits, score }], instead: [[typed, looked for], …] }: the sections in which
  // every word is found, the best first; if there are none, those with half of the words.
  function find(index, query) {
    if (!index.sections) prepare(index);
    const terms = termsOf(query, index.same);
    if (!terms.length) return { found: [], instead: [] };
    const look = (term) => {
      const finders = findersOf(term, index.same);
      return index.sections.map((section) => finders.flatMap((finder) => finder(section)));
    };
    let places = terms.map(look);
    const instead = terms
      .filter((_, at) => places[at].every((hits) => !hits.length))
      .slice(0, CORRECTED)
      .map((term) => [term, correct(term, index)])
      .filter(([, other]) => other);
    if (instead.length) {
      // once more with all that was put right: together the words may be a term of the book
      let other = plain(query);
      for (const [typed, meant] of instead) other = other.replace(typed, meant);
      places = termsOf(other, index.same).map(look);
    }
    const shares = (share) => {
      const rare = places.map((one) => {
        const many = one.filter((hits) => hits.length).length;
        return Math.log(1 + (index.sections.length - many + 0.5) / (many + 0.5));
      });
      return index.sections.flatMap((section, at) => {
        const hits = places.map((one) => one[at]);
        const having = hits.filter((one) => one.length).length;
        if (!having || having < share * hits.length) return [];
        const total = score(section, hits, rare, index) * (having / hits.length);
        return [{ section, hits, score: isEntry(section, hits) ? total + 1000 : total }];
      });
    };
    let found = shares(1);
    if (!found.length) found = shares(0.5);
    if (!found.length) {
      // a compound that the book writes in other parts: most of its pairs of syllables
      const pairs = [
        ...new Set(
          terms
            .filter((term) => HANGUL.test(term) && term.length > 3)
            .flatMap((term) => [...term].slice(1).map((_, i) => term.slice(i, i + 2))),
        ),
      ].slice(0, 20);
      places = pairs.map((pair) => look(pair));
      if (places.length) found = shares(0.6);
    }
    return {
      found: found.sort((a, b) => b.score - a.score || a.section.order - b.section.order),
      instead,
    };
  }

  // ---- what a result shows: { code, pieces: [[words, marked], …] } around the best place
  function excerpt({ section, hits }) {
    const { at } = best(section, hits);
    const block = at === null ? section.blocks.find((one) => !one.code) : blockAt(section, at);
    if (!block) return { code: false, pieces: [] };
    const inside = hits
      .flat()
      .map(([start, end]) => [start - block.start, end - block.start])
      .filter(([start, end]) => start >= 0 && end <= block.text.length)
      .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const place = at === null ? 0 : at - block.start;
    let from = 0;
    if (block.code) from = block.text.lastIndexOf("\n", place) + 1;
    else if (place > 60) from = block.text.lastIndexOf(" ", place - 50) + 1;
    if (place - from > 80) from = place - 60; // a text without a space, a long line of code
    let to = Math.min(block.text.length, from + 170);
    if (to < block.text.length)
      to = Math.max(block.text.lastIndexOf(block.code ? "\n" : " ", to), place + 40);
    const pieces = from > 0 && !block.code ? [["…", false]] : [];
    let done = from;
    for (const [start, end] of inside) {
      if (start < done || end > to) continue;
      pieces.push([block.text.slice(done, start), false], [block.text.slice(start, end), true]);
      done = end;
    }
    pieces.push([block.text.slice(done, to) + (to < block.text.length ? "…" : ""), false]);
    return { code: block.code, pieces: pieces.filter(([words]) => words) };
  }

  // The words that the opened page marks, as it spells them; the longest first, a handful.
  function markedWords({ section, hits }) {
    const words = hits.flat().map(([start, end]) => section.plain.slice(start, end));
    return [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, 6);
  }

  return { find, excerpt, markedWords, termsOf, LONGEST };
})();
