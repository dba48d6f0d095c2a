// @ts-check
// A reader's own text: from the bytes of a file to letters, and from letters to numbers. No drawing.
import { bytes, compose, places, toJamo } from "./hangul.js";

export const MARKS = "␂␃"; // as in charrnn.text.corpus: in no text that is read

/** The bytes that may begin a text, by which its encoding is known at once. */
const BEGINNINGS = /** @type {[string, number[]][]} */ ([
  ["UTF-8", [0xef, 0xbb, 0xbf]],
  ["UTF-16LE", [0xff, 0xfe]],
  ["UTF-16BE", [0xfe, 0xff]],
]);
// What a browser calls EUC-KR is CP949, the larger set that has all syllables.
const CP949 = "EUC-KR";
// Signs that no text has, but files of other kinds do.
const NO_TEXT = /(?![\n\r\t\f\v])\p{Cc}|\p{Cn}|\p{Co}/u;

/**
 * The text in a file of UTF-8, UTF-16 or CP949, and which of them it is; null for anything else.
 *
 * @param {Uint8Array} bytes
 * @returns {{ text: string, encoding: string } | null}
 */
export function decodeText(bytes) {
  for (const [encoding, beginning] of BEGINNINGS) {
    if (beginning.every((byte, i) => bytes[i] === byte)) return decoded(bytes, encoding);
  }
  return (
    decoded(bytes, "UTF-8") ??
    decoded(bytes, CP949, mostlyKorean) ??
    decoded(bytes, "UTF-16LE", mostlyWords) ??
    decoded(bytes, "UTF-16BE", mostlyWords)
  );
}

function decoded(bytes, encoding, likely = (_text) => true) {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (NO_TEXT.test(text) || !likely(text)) return null;
    return { text, encoding: encoding === CP949 ? "CP949" : encoding };
  } catch {
    return null;
  }
}

/** Three quarters of what is no ASCII are syllables: bytes of other languages make rare signs too. */
function mostlyKorean(text) {
  const foreign = [...text].filter((letter) => letter > "\x7f");
  return foreign.filter(places).length >= 0.75 * foreign.length;
}

/** Other bytes make signs of many scripts, and hardly a space: in pairs they would have to hold 0. */
function mostlyWords(text) {
  const letters = [...text];
  const usual = letters.filter((letter) => /[\n\r\t -~]|\p{Script=Hangul}/u.test(letter));
  const spaces = letters.filter((letter) => letter === " " || letter === "\n");
  return usual.length >= 0.7 * letters.length && spaces.length >= letters.length / 40;
}

/**
 * A text as it is learned: NFC, lines ended by \n alone.
 *
 * @param {string} text
 */
export const tidied = (text) =>
  text
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    .normalize("NFC");

/** @typedef {"syllables" | "jamo" | "bytes"} Spelling */
export const SPELLINGS = ["syllables", "jamo", "bytes"];

/**
 * The letters that a model reads of a text, as `text.hangul.encode_as` gives them.
 *
 * @param {string} text tidied
 * @param {Spelling} spelling
 */
export function spell(text, spelling) {
  // Each byte becomes the letter of the same number.
  if (spelling === "bytes") return bytes(text).map((byte) => String.fromCharCode(byte));
  return spelling === "jamo" ? toJamo(text) : [...text];
}

/**
 * The text behind letters.
 *
 * @param {string[]} letters
 * @param {Spelling} spelling
 */
export function unspell(letters, spelling) {
  const row = letters.join("");
  if (spelling === "jamo") return compose(letters).reduce((all, piece) => all + piece.text, "");
  if (spelling !== "bytes") return row;
  return new TextDecoder().decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)));
}

/**
 * The vocabulary of letters, two marks at its end, as `corpus.alphabet` orders them: signs that may
 * join the letter before them come first. Null where they would join even so.
 *
 * @param {string[]} letters
 */
export function alphabetOf(letters) {
  const all = [...new Set(letters)].sort((a, b) => a.codePointAt(0) - b.codePointAt(0));
  const joins = (letter) => /^[\p{M}\u1160-\u11ff]$/u.test(letter);
  // NFC puts marks in a row into its own order.
  const ordered =
    all.filter(joins).join("").normalize("NFC") + all.filter((x) => !joins(x)).join("");
  const vocabulary = ordered + MARKS;
  const kept = vocabulary.normalize("NFC") === vocabulary && [...ordered].length === all.length;
  return kept ? vocabulary : null;
}

/**
 * The number of each letter; null if the vocabulary lacks one, and which.
 *
 * @param {string[]} letters
 * @param {string} vocabulary
 * @returns {{ indices: Uint16Array, unknown: string[] }}
 */
export function indicesOf(letters, vocabulary) {
  const known = new Map([...vocabulary].slice(0, -2).map((letter, i) => [letter, i]));
  const unknown = [...new Set(letters.filter((letter) => !known.has(letter)))];
  return { indices: Uint16Array.from(letters, (letter) => known.get(letter) ?? 0), unknown };
}
