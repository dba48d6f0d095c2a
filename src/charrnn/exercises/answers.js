// @ts-check
// What counts as an answer: readers write one number, or one shape, in many ways.

/** @typedef {{ answer: any, tolerance: number, shown: string, replies: [any, string, string][], hint: string, why: string }} Secret */

/** Letters as they are typed with full width or with a typographer's minus, as plain ones. */
const plain = (text) => text.normalize("NFKC").replace(/[−–—]/g, "-").trim();

/**
 * A number from 0.5, .5, 1/2, 5e-1, 0,5 or 1,024; null for anything else.
 *
 * @param {string} text
 * @returns {number | null}
 */
export function readNumber(text) {
  const [top, bottom, ...more] = plain(text).split("/").map(readDecimal);
  if (more.length || top === null || bottom === null || bottom === 0) return null;
  return bottom === undefined ? top : top / bottom;
}

/** @param {string} text */
function readDecimal(text) {
  let digits = text.replace(/\s+/g, "");
  if (/^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(digits)) digits = digits.replaceAll(",", "");
  digits = digits.replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return null;
  const number = Number(digits);
  return Number.isFinite(number) ? number : null;
}

/**
 * The sides of a shape, numbers or single letters, from (3, T), 3 x T, [3, T] or 3,T; else null.
 *
 * @param {string} text
 * @returns {string[] | null}
 */
export function readShape(text) {
  const inner = plain(text).replace(/^(?:torch\.Size)?[([{\s]+|[)\]}\s]+$/g, "");
  const sides = inner.split(/\s*[,x×*]\s*|\s+/i).filter((side) => side !== "");
  const good = sides.every((side) => /^\d+$|^[a-z]$/i.test(side));
  return sides.length && good ? sides.map((side) => side.replace(/^0+(?=\d)/, "")) : null;
}

/**
 * A text as it was meant: without quotes around it, ␣ for a space; null for nothing.
 *
 * @param {string} text
 * @returns {string | null}
 */
export function readText(text) {
  if (text === "") return null;
  const meant = text.trim() === "" ? " " : text.trim();
  const bare = meant.replace(/^(["'`“‘])(.+)["'`”’]$/s, "$2");
  return bare.replaceAll("␣", " ").normalize("NFC");
}

/** How each kind of answer that is typed is read. */
export const READ = { number: readNumber, shape: readShape, text: readText };

/**
 * What was typed or chosen, as the kind of question takes it; null where it cannot be read.
 *
 * @param {string} kind
 * @param {any} given
 */
export const read = (kind, given) => (kind in READ ? READ[kind](given) : given);

/**
 * Whether two answers are the same.
 *
 * @param {string} kind
 * @param {any} one
 * @param {any} other
 * @param {number} tolerance
 */
export function same(kind, one, other, tolerance) {
  if (kind === "number") {
    // A little more than the tolerance: 0.3 - 0.2 is not 0.1 in a computer.
    return Math.abs(one - other) <= tolerance + 1e-9 * Math.max(1, Math.abs(other));
  }
  const small = (value) => JSON.stringify(value).toLowerCase();
  return kind === "order"
    ? small(one) === small(other)
    : small([one].flat()) === small([other].flat());
}

/**
 * What an answer is worth: whether it is right, and what is said to it if it was foreseen.
 *
 * @param {string} kind
 * @param {any} value as `read` gives it
 * @param {Secret} secret
 * @returns {{ right: boolean, reply: string }}
 */
export function judge(kind, value, secret) {
  const is = (other) => same(kind, value, other, secret.tolerance);
  if (is(secret.answer)) return { right: true, reply: secret.why };
  const far = (foreseen) => (kind === "number" ? Math.abs(foreseen[0] - value) : 0);
  const near = secret.replies.filter(([wrong]) => is(wrong)).sort((a, b) => far(a) - far(b));
  return { right: false, reply: near[0]?.[1] ?? "" };
}

/**
 * Answer, replies, hint and reason, as the Python side has closed them.
 *
 * @param {string} sealed
 * @returns {Secret}
 */
export function unseal(sealed) {
  const bytes = Uint8Array.from(atob(sealed), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * A text in parts, every second of them code: what stands between grave accents.
 *
 * @param {string} text
 */
export const parts = (text) => text.split(/`([^`]+)`/);
