// @ts-check
// From logits to probabilities: temperature, top-k, nucleus; and letters drawn from them. No drawing.
// `layers.sampling.distribution` computes the same numbers; tests/lab holds the two together.
import { softmax } from "./losses.js";
import { randomNumbers } from "./random.js";

/**
 * softmax(logits / temperature), then the topK likeliest, then the fewest whose sum reaches topP
 * (Holtzman et al. 2020), scaled to sum 1 again after each. Of equal logits the earlier goes first.
 *
 * Returns { order, uncut, cutBy, probabilities }: the letters from the likeliest down, their
 * probabilities by temperature alone (V), what cut each off, "k", "p" or "" (V), and what they are
 * drawn with (V).
 *
 * @param {number[]} logits
 * @param {{ temperature?: number, topK?: number, topP?: number }} [settings]
 */
export function distribution(logits, { temperature = 1, topK = Infinity, topP = 1 } = {}) {
  const largest = logits.reduce((a, x) => Math.max(a, x), -Infinity);
  // Taking the largest away first keeps a division by a tiny temperature within range.
  const uncut = softmax(Array.from(logits, (x) => (x - largest) / temperature));
  const order = [...uncut.keys()].sort((a, b) => logits[b] - logits[a]);
  const cutBy = order.map(() => "");

  for (const letter of order.slice(topK)) cutBy[letter] = "k";
  const left = order.filter((letter) => !cutBy[letter]);
  const whole = sum(left.map((letter) => uncut[letter]));
  let before = 0; // the sum of those that are likelier
  for (const letter of left) {
    if (topP < 1 && before >= topP) cutBy[letter] = "p";
    before += uncut[letter] / whole;
  }
  const kept = sum(uncut.map((share, letter) => (cutBy[letter] ? 0 : share)));
  const probabilities = uncut.map((share, letter) => (cutBy[letter] ? 0 : share / kept));
  return { order, uncut, cutBy, probabilities };
}

/**
 * So many letters drawn with these probabilities, always the same at the same seed.
 *
 * @param {number[]} probabilities
 * @param {number} seed
 * @param {number} count
 */
export function sampleIndices(probabilities, seed, count) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => sampleIndex(probabilities, random));
}

/**
 * A letter drawn with these probabilities by one random number.
 *
 * @param {ArrayLike<number>} probabilities
 * @param {() => number} random
 */
export function sampleIndex(probabilities, random) {
  let left = random() / 0x100000000;
  for (let i = 0; i < probabilities.length; i++) {
    left -= probabilities[i];
    if (left < 0) return i;
  }
  return argmax(probabilities); // rounding only
}

/**
 * The index of the largest number.
 *
 * @param {ArrayLike<number>} row
 */
export function argmax(row) {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i] > row[best]) best = i;
  return best;
}

const sum = (numbers) => numbers.reduce((a, x) => a + x, 0);
