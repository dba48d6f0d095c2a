// @ts-check
// What a model is to learn of a reader's text: checked, spelled, numbered, a part held out. No drawing.
import { setAside } from "./long_training.js";
import { alphabetOf, indicesOf, MARKS, spell, tidied } from "./text_file.js";

/** @import { Spelling } from "./text_file.js" */
/** @import { SavedModel } from "./model_file.js" */
/** @import { Translate } from "./vocabulary.js" */
/**
 * @typedef {object} Lesson
 * @property {string} vocabulary
 * @property {Uint16Array} letters
 * @property {Uint16Array} heldOut
 * @property {string} words what it is, for the reader
 */

export const LEAST = 1000; // letters
export const MOST = 300_000;
export const MOST_DIFFERENT = 4000;

/** 30000 as 30,000, which both languages write so. */
export const formatCount = (number) => Number(number).toLocaleString("en-US");

/**
 * The lesson of a text, or what is wrong with it, in words.
 *
 * @param {string} text as it was typed or read
 * @param {Spelling} spelling
 * @param {SavedModel | null} opened a model that is to go on learning
 * @param {Translate} t
 * @returns {{ lesson: Lesson, problem?: undefined } | { lesson?: undefined, problem: string }}
 */
export function prepareLesson(text, spelling, opened, t) {
  const whole = tidied(text);
  const n = [...whole].length;
  if (n < LEAST) return { problem: t("short", { n: formatCount(n), least: formatCount(LEAST) }) };
  if (n > MOST) return { problem: t("long", { n: formatCount(n), most: formatCount(MOST) }) };
  const letters = spell(whole, spelling);
  const all = new Set(letters);
  const marks = [...MARKS].filter((mark) => all.has(mark));
  if (marks.length) return { problem: t("mark", { letters: marks.join(" ") }) };
  const different = all.size;
  if (different > MOST_DIFFERENT) {
    return { problem: t("manyLetters", { n: different, most: MOST_DIFFERENT }) };
  }
  const vocabulary = opened?.letters ?? alphabetOf(letters);
  if (!vocabulary) return { problem: t("oddLetters") };
  const { indices, unknown } = indicesOf(letters, vocabulary);
  if (unknown.length) {
    const more = unknown.length > 12 ? " …" : "";
    return { problem: t("strangers", { letters: unknown.slice(0, 12).join(" ") + more }) };
  }
  const kept = setAside(indices.length);
  const lesson = {
    vocabulary,
    letters: indices.subarray(0, -kept),
    heldOut: indices.subarray(-kept),
    words: t("counted", { n: formatCount(indices.length), V: different, held: formatCount(kept) }),
  };
  return { lesson };
}
