// @ts-check
// Letters to numbers, as `charrnn.Vocabulary` turns them: after NFC, one letter is one code point.

/** @typedef {(key: string, values?: Record<string, unknown>) => string} Translate */

/**
 * What a text is in a vocabulary, whose last two letters are the start and the end mark.
 *
 * Returns { text (NFC), letters, indices (with marks; -1 for an unknown letter), problems, joined }:
 * problems lists each letter that cannot be used once, as { letter, position, count, kind },
 * kind "unknown" or "mark"; joined says that letters had been typed in parts (NFD).
 *
 * @param {string} text
 * @param {string} vocabulary
 */
export function readText(text, vocabulary) {
  const known = new Map([...vocabulary].map((letter, i) => [letter, i]));
  const V = known.size;
  const normal = text.normalize("NFC");
  const letters = [...normal];
  const problems = new Map();
  const indices = letters.map((letter, position) => {
    const index = known.get(letter) ?? -1;
    if (index >= 0 && index < V - 2) return index;
    const kind = index < 0 ? "unknown" : "mark";
    const seen = problems.get(letter) ?? { letter, position, count: 0, kind };
    problems.set(letter, { ...seen, count: seen.count + 1 });
    return -1;
  });
  return {
    text: normal,
    letters,
    indices: [V - 2, ...indices, V - 1],
    problems: [...problems.values()],
    joined: normal !== text,
  };
}

/**
 * The vocabulary with more letters, put in before its two marks.
 *
 * @param {string} vocabulary
 * @param {Iterable<string>} more
 */
export function withLetters(vocabulary, more) {
  const letters = [...vocabulary];
  return [...letters.slice(0, -2), ...more, ...letters.slice(-2)].join("");
}

/**
 * Indices back to text; marks are dropped.
 *
 * @param {number[]} indices
 * @param {string} vocabulary
 */
export function textOf(indices, vocabulary) {
  const letters = [...vocabulary];
  return indices
    .filter((i) => i < letters.length - 2)
    .map((i) => letters[i])
    .join("");
}

/**
 * How a letter is shown: a space as ␣, a line's end as ⏎, the marks by name, what cannot be seen by its code point.
 *
 * @param {string} letter
 * @param {string} vocabulary
 * @param {Translate} t
 */
export function visible(letter, vocabulary, t) {
  const letters = [...vocabulary];
  if (letter === letters.at(-2)) return t("start");
  if (letter === letters.at(-1)) return t("end");
  if (letter === " ") return "␣";
  if (letter === "\n") return "⏎";
  if (/^[\p{C}\p{Z}\p{M}]$/u.test(letter)) {
    return `U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  }
  return letter;
}

/** The marks where there is room for one sign only. */
export const MARKS = ["⊢", "⊣"];

/**
 * Whether a letter is Hangul: a syllable or one of its parts.
 *
 * @param {string} letter
 */
export const isHangul = (letter) => /\p{Script=Hangul}/u.test(letter);

/**
 * What is wrong with a text read by `readText`, in words; "" if nothing is.
 *
 * @param {ReturnType<typeof readText>} read
 * @param {Translate} t
 * @param {{ most?: number, vocabulary?: string }} [limits]
 * @returns {string}
 */
export function describeProblems(read, t, { most = 10000, vocabulary = "" } = {}) {
  if (!read.letters.length) return t("empty");
  if (read.letters.length > most) return t("long", { n: read.letters.length, most });
  const named = (kind) => read.problems.filter((p) => p.kind === kind).map((p) => p.letter);
  const list = (letters) =>
    letters
      .slice(0, 12)
      .map((l) => visible(l, "", t))
      .join(" ");
  const unknown = named("unknown");
  const small = unknown
    .map((l) => l.toLowerCase())
    .filter((l, i) => l !== unknown[i] && vocabulary.includes(l));
  return [
    unknown.length && t("unknown", { letters: list(unknown) + (unknown.length > 12 ? " …" : "") }),
    small.length && t("small", { letters: list(small) }),
    named("mark").length && t("mark", { letters: list(named("mark")) }),
  ]
    .filter(Boolean)
    .join(" ");
}
