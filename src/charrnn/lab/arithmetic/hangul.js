// @ts-check
// Hangul: syllables to jamo and back, as `charrnn.text.hangul` does it. No drawing.
//
// A syllable is a lead, a vowel and perhaps a tail, and its code follows from their places:
// 0xAC00 + (lead * 21 + vowel) * 28 + tail (The Unicode Standard, section 3.12, "Conjoining Jamo
// Behavior"). Jamo are written with the letters of the keyboard (U+3131 to U+3163, "compatibility
// jamo"), which every Korean font has; those of NFD (from U+1100) many fonts lack.
import { isHangul } from "./vocabulary.js";

export const LEADS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
export const VOWELS = [..."ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"];
export const TAILS = ["", ..."ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]; // the first place: no tail
export const FIRST = 0xac00;
export const COUNT = LEADS.length * VOWELS.length * TAILS.length; // 11,172

/** @type {[number, string[]][]} */
const CONJOINING = [
  [0x1100, LEADS],
  [0x1161, VOWELS],
  [0x11a7, TAILS],
]; // where each kind begins in NFD

/**
 * Lead, vowel and tail of a syllable by their places, [l, v, t]; null for any other letter.
 *
 * @param {string} letter
 * @returns {[number, number, number] | null}
 */
export function places(letter) {
  const number = letter.codePointAt(0) - FIRST;
  if (!(number >= 0 && number < COUNT)) return null;
  const block = Math.floor(number / TAILS.length);
  return [Math.floor(block / VOWELS.length), block % VOWELS.length, number % TAILS.length];
}

/**
 * The syllable whose lead, vowel and tail stand in these places.
 *
 * @param {number} l
 * @param {number} v
 */
export const syllable = (l, v, t = 0) =>
  String.fromCodePoint(FIRST + (l * VOWELS.length + v) * TAILS.length + t);

/**
 * Whether a letter is a jamo of today by itself, as on a keyboard.
 *
 * @param {string} letter
 */
export const isJamo = (letter) =>
  letter !== "" && [LEADS, VOWELS, TAILS].some((of) => of.includes(letter));

/**
 * The jamo of a letter, [ㅎ, ㅏ, ㄴ] of 한; any other letter stays, one of NFD becomes the keyboard's.
 *
 * @param {string} letter
 */
export function jamoOf(letter) {
  const at = places(letter);
  if (at) return [LEADS[at[0]], VOWELS[at[1]], TAILS[at[2]]].filter(Boolean);
  const code = letter.codePointAt(0);
  for (const [first, of] of CONJOINING) if (of[code - first]) return [of[code - first]];
  return [letter];
}

/**
 * A text as a row of jamo and other letters, whole syllables taken apart.
 *
 * @param {string} text
 */
export const toJamo = (text) => [...text.normalize("NFC")].flatMap(jamoOf);

/**
 * Put a row of jamo together into syllables, as `text.hangul.from_jamo` does: a consonant before
 * a vowel is its lead, one after a vowel the tail of that syllable unless it leads the next.
 *
 * Returns pieces { text, from (the letters of it), alone }: alone says why a jamo is in no syllable:
 * "lead" no vowel after it, "never" that and it can never be a tail, "vowel" no consonant before it,
 * "vowels" a vowel before it, "tail" only ever a tail and no syllable there that could take it, "old"
 * no jamo of today; "" for syllables and for what is no Hangul.
 *
 * @param {string[]} letters
 */
export function compose(letters) {
  const pieces = [];
  for (let at = 0; at < letters.length; ) {
    const [lead, vowel, tail, after] = letters.slice(at, at + 4);
    const l = LEADS.indexOf(lead);
    const v = VOWELS.indexOf(vowel);
    if (l < 0 || v < 0) {
      pieces.push({ text: lead, from: [lead], alone: whyAlone(lead, letters[at - 1]) });
      at += 1;
      continue;
    }
    const leadsOn = LEADS.includes(tail) && VOWELS.includes(after);
    const t = leadsOn ? 0 : Math.max(0, TAILS.indexOf(tail));
    const size = t ? 3 : 2;
    pieces.push({ text: syllable(l, v, t), from: letters.slice(at, at + size), alone: "" });
    at += size;
  }
  return pieces;
}

function whyAlone(letter, before) {
  const afterVowel = VOWELS.includes(before);
  if (VOWELS.includes(letter)) return afterVowel ? "vowels" : "vowel";
  if (LEADS.includes(letter)) return afterVowel && !TAILS.includes(letter) ? "never" : "lead";
  if (TAILS.includes(letter)) return "tail";
  return isHangul(letter) && !places(letter) ? "old" : "";
}

/**
 * The bytes of a text in UTF-8.
 *
 * @param {string} text
 */
export const bytes = (text) => [...new TextEncoder().encode(text)];

/**
 * A code as Unicode writes it: U+AC00.
 *
 * @param {string} letter
 */
export const code = (letter) => `U+${hex(letter.codePointAt(0), 4)}`;

export const hex = (number, digits = 2) => number.toString(16).toUpperCase().padStart(digits, "0");
