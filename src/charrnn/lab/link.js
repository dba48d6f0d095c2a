// A figure's state as the end of a link, and back: #lab=training&text=hello&seed=3
//
// What a state may hold is told by `fields`: for each name a function that turns the text from the
// link into a value, or returns undefined for what it does not know.

/** The part after # for the figure of this name. */
export function toHash(name, state) {
  const entries = Object.entries(state).map(([key, value]) => [key, String(value)]);
  return "#" + new URLSearchParams([["lab", name], ...entries]);
}

/**
 * What a link asks of the figure of this name: null if it is meant for another or for none,
 * { state } if all of it is known, { state: null } if anything in it is not.
 */
export function fromHash(hash, name, fields) {
  const entries = [...new URLSearchParams(hash.slice(1))];
  if (entries[0]?.[0] !== "lab" || entries[0][1] !== name) return null;
  const state = {};
  for (const [key, value] of entries.slice(1)) {
    const read = Object.hasOwn(fields, key) ? fields[key] : () => undefined;
    state[key] = read(value);
    if (state[key] === undefined) return { state: null };
  }
  return { state };
}

export const oneOf = (...choices) => (text) => choices.find((choice) => String(choice) === text);

export const number = (low, high) => (text) => {
  const value = text.trim() === "" ? NaN : Number(text);
  return value >= low && value <= high ? value : undefined;
};

export const whole = (low, high) => (text) => {
  const value = number(low, high)(text);
  return Number.isInteger(value) ? value : undefined;
};

export const upTo = (length) => (text) => (text.length <= length ? text : undefined);
