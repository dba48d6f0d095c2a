// The word that a mistyped one may have meant: one letter off, in Latin or in Hangul.
//
// Hangul is compared by its jamo, two or three to a syllable: 학습율 is one jamo from 학습률. A Korean
// word carries its particle at the end, so what is compared is the beginning of each word.
"use strict";

window.bookNear = (() => {
  const LATIN = /^[a-z][a-z0-9_.-]*$/;
  const KOREAN = /^[가-힣]+$/;

  // How many letters must be put in, left out, changed or swapped with their neighbour.
  function distance(a, b) {
    const rows = [[...Array(b.length + 1).keys()]];
    for (let i = 1; i <= a.length; i++) {
      rows.push([i]);
      for (let j = 1; j <= b.length; j++) {
        const changed = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, changed);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
      }
    }
    return rows[a.length][b.length];
  }

  // How far a word of the book is from the one typed, or Infinity if it is another word.
  function latinFar(word, other) {
    const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    if (Math.abs(word.length - other.length) > most) return Infinity;
    const far = distance(word, other);
    return far <= most ? far : Infinity;
  }
  // A syllable that differs by one jamo; in longer words one syllable of any kind, one more or
  // less, or two that changed places.
  function koreanFar(word, other) {
    const wrong = [...word].map((_, at) => at).filter((at) => word[at] !== other[at]);
    if (word.length === other.length && wrong.length === 1) {
      const [at] = wrong;
      if (distance(word[at].normalize("NFD"), other[at].normalize("NFD")) === 1) return 1;
    }
    return word.length >= 4 && distance(word, other) === 1 ? 1.5 : Infinity;
  }
  // What may stand behind a noun; a beginning that is cut off before anything else is no word.
  const BEHIND = /^($|[은는이가을를의에로와과도만란라으부까처보마입인하한할해했합되된될돼됩시])/;

  // Every word of a text and how often it stands there.
  function count(words, text) {
    for (const [word] of text.matchAll(/[a-z][a-z0-9_]{2,}|[가-힣]{2,}/g)) {
      words.set(word, (words.get(word) ?? 0) + 1);
    }
  }

  // Words of the book that the one typed may have meant: [[word, how far], …].
  function candidates(word, other) {
    if (LATIN.test(word) && LATIN.test(other)) return [[other, latinFar(word, other)]];
    if (!KOREAN.test(word) || !KOREAN.test(other)) return [];
    return [0, 1, -1]
      .map((more) => word.length + more)
      .filter((length) => length > 1 && length <= other.length)
      .map((length) => [other.slice(0, length), other.slice(length)])
      .map(([start, rest]) => [start, koreanFar(word, start) + (BEHIND.test(rest) ? 0 : 0.4)]);
  }

  // The nearest of `words` (a Map of counts) to the one typed, the most frequent of several.
  function nearest(word, words) {
    let best = null;
    for (const [other, often] of words) {
      for (const [found, far] of candidates(word, other)) {
        if (far < (best?.far ?? Infinity) || (far === best?.far && often > best.often)) {
          best = { found, far, often };
        }
      }
    }
    return best?.found ?? null;
  }

  return { distance, count, nearest };
})();
