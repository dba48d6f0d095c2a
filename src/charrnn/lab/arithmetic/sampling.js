// From logits to probabilities: temperature, top-k, nucleus; and letters drawn from them. No drawing.
// `charrnn.sampling.distribution` computes the same numbers; tests/lab holds the two together.
import { softmax } from "./losses.js";
import { randomNumbers } from "./random.js";

/**
 * softmax(logits / temperature), then the topK likeliest, then the fewest whose sum reaches topP
 * (Holtzman et al. 2020), scaled to sum 1 again after each. Of equal logits the earlier goes first.
 *
 * Returns { order, shares, cutBy, chances }: the letters from the likeliest down, their
 * probabilities by temperature alone (V), what cut each off, "k", "p" or "" (V), and what they are
 * drawn with (V).
 */
export function distribution(logits, { temperature = 1, topK = Infinity, topP = 1 } = {}) {
  const largest = logits.reduce((a, x) => Math.max(a, x), -Infinity);
  // Taking the largest away first keeps a division by a tiny temperature within range.
  const shares = softmax(Array.from(logits, (x) => (x - largest) / temperature));
  const order = [...shares.keys()].sort((a, b) => logits[b] - logits[a]);
  const cutBy = order.map(() => "");

  for (const letter of order.slice(topK)) cutBy[letter] = "k";
  const left = order.filter((letter) => !cutBy[letter]);
  const whole = sum(left.map((letter) => shares[letter]));
  let before = 0; // the sum of those that are likelier
  for (const letter of left) {
    if (topP < 1 && before >= topP) cutBy[letter] = "p";
    before += shares[letter] / whole;
  }
  const kept = sum(shares.map((share, letter) => (cutBy[letter] ? 0 : share)));
  const chances = shares.map((share, letter) => (cutBy[letter] ? 0 : share / kept));
  return { order, shares, cutBy, chances };
}

/** So many letters drawn with these chances, always the same at the same seed. */
export function drawn(chances, seed, count) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => draw(chances, random));
}

/** A letter drawn with these probabilities by one random number. */
export function draw(shares, random) {
  let left = random() / 0x100000000;
  for (let i = 0; i < shares.length; i++) {
    left -= shares[i];
    if (left < 0) return i;
  }
  return argmax(shares); // rounding only
}

/** The index of the largest number. */
export function argmax(row) {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i] > row[best]) best = i;
  return best;
}

const sum = (numbers) => numbers.reduce((a, x) => a + x, 0);
