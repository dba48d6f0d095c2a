// @ts-check
// A figure's state as the end of a link, and back: #lab=training&text=hello&seed=3
//
// What a state may hold is told by `fields`: for each name a function that turns the text from the
// link into a value, or returns undefined for what it does not know. Only what `toHash` writes is
// read back, so a number has one way to be written.

/** @typedef {(text: string) => any} Field what a text in a link means; undefined for nonsense */
/** @typedef {Record<string, Field>} Fields */

/**
 * The part after # for the figure of this name.
 *
 * @param {string} name
 * @param {object} state
 */
export function toHash(name, state) {
  const entries = Object.entries(state).map(([key, value]) => [key, String(value)]);
  return `#${new URLSearchParams([["lab", name], ...entries])}`;
}

/**
 * What a link asks of the figure of this name: null if it is meant for another or for none,
 * { state } if all of it is known, { state: null } if anything in it is not.
 *
 * @param {string} hash
 * @param {string} name
 * @param {Fields} fields
 * @returns {{ state: Record<string, any> | null } | null}
 */
export function fromHash(hash, name, fields) {
  const entries = [...new URLSearchParams(hash.slice(1))];
  if (entries[0]?.[0] !== "lab" || entries[0][1] !== name) return null;
  const state = Object.create(null); // a name like __proto__ is a name like any other
  for (const [key, value] of entries.slice(1)) {
    const read = Object.hasOwn(fields, key) && !(key in state) ? fields[key](value) : undefined;
    if (read === undefined) return { state: null };
    state[key] = read;
  }
  return { state: { ...state } };
}

/**
 * Whether a link can hold this state, so that opening it gives the same again.
 *
 * @param {Record<string, any>} state
 * @param {Fields} fields
 */
export function holds(state, fields) {
  const back = fromHash(toHash("-", state), "-", fields).state;
  return (
    back !== null && Object.keys(state).every((key) => String(back[key]) === String(state[key]))
  );
}

export const oneOf =
  (...choices) =>
  (text) =>
    choices.find((choice) => String(choice) === text);

/** A number as JavaScript writes it: not "0x10", " 5 ", "1e2", "05" or "-0". */
export const number = (low, high) => (text) => {
  const value = Number(text);
  return value >= low && value <= high && String(value) === text ? value : undefined;
};

export const whole = (low, high) => (text) => {
  const value = number(low, high)(text);
  return Number.isInteger(value) ? value : undefined;
};

/** Values with commas between them, each read by `one`: `least` to `most` of them. */
export const list = (one, least, most) => (text) => {
  const values = text.split(",").map(one);
  return values.length >= least && values.length <= most && !values.includes(undefined)
    ? values
    : undefined;
};

/** A text of up to so many letters. */
export const upTo = (length) => (text) => ([...text].length <= length ? text : undefined);
