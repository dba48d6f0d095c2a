// @ts-check
// The post's cell: its first weights, one step, and the sum behind each number. No drawing.
//
//     h_t = tanh(W_h [x_t, h_{t-1}] + b_h)      y_t = W_y [x_t, h_{t-1}] + b_y
//
// Shapes: V letters, H hidden units, T steps. A network is { V, H, weights }; its weights are one
// Float32Array in PyTorch's order: W_h (H, V + H), b_h (H), W_y (V, V + H), b_y (V), row by row.
// `charrnn` computes the same numbers; tests/lab holds the two together.
import { randomNumbers } from "./random.js";

/** @typedef {{ V: number, H: number, weights: Float32Array }} Network */

/**
 * Where the four parts begin, and how many numbers there are.
 *
 * @param {number} V
 * @param {number} H
 */
export function layout(V, H) {
  const wide = V + H;
  const b_h = H * wide;
  const W_y = b_h + H;
  const b_y = W_y + V * wide;
  return { wide, W_h: 0, b_h, W_y, b_y, size: b_y + V };
}

/**
 * An untrained network: the very weights that `charrnn.train` begins with at this seed.
 *
 * @param {number} V
 * @param {number} H
 * @param {number} seed
 * @returns {Network}
 */
export function initWeights(V, H, seed) {
  const random = randomNumbers(seed);
  const weights = new Float32Array(layout(V, H).size);
  const limit = Math.fround(1 / Math.sqrt(V + H)); // as torch.nn.Linear draws them
  const width = Math.fround(2 * limit);
  for (let i = 0; i < weights.length; i++) {
    weights[i] = Math.fround(((random() & 0xffffff) / 0x1000000) * width) - limit;
  }
  return { V, H, weights };
}

/**
 * One step from an input row (V) and an old state (H): { output (V), state (H) }.
 *
 * @param {Network} network
 * @param {ArrayLike<number>} input
 * @param {Float32Array} old
 */
export function step({ V, H, weights }, input, old) {
  const { wide, W_h, b_h, W_y, b_y } = layout(V, H);
  const sum = (row, bias) => {
    let total = weights[bias];
    for (let i = 0; i < V; i++) total += weights[row + i] * input[i];
    for (let k = 0; k < H; k++) total += weights[row + V + k] * old[k];
    return total;
  };
  return {
    output: Float32Array.from({ length: V }, (_, i) => sum(W_y + i * wide, b_y + i)),
    state: Float32Array.from({ length: H }, (_, j) => Math.tanh(sum(W_h + j * wide, b_h + j))),
  };
}

/**
 * The one-hot row of a letter, (V).
 *
 * @param {number} letter
 * @param {number} V
 */
export function oneHot(letter, V) {
  const row = new Float32Array(V);
  row[letter] = 1;
  return row;
}

/**
 * What is added up for one number of the new state ("state") or of the output ("output"), when
 * a letter is read: { letter, fromState (H), bias, sum }.
 *
 * @param {Network} network
 * @param {string} part
 * @param {number} number
 * @param {number} letter
 * @param {Float32Array} old
 */
export function terms({ V, H, weights }, part, number, letter, old) {
  const { wide, W_h, b_h, W_y, b_y } = layout(V, H);
  const [start, biases] = part === "state" ? [W_h, b_h] : [W_y, b_y];
  const row = start + number * wide;
  const fromState = Float32Array.from(old, (value, k) => weights[row + V + k] * value);
  const own = weights[row + letter];
  const bias = weights[biases + number];
  return { letter: own, fromState, bias, sum: fromState.reduce((a, x) => a + x, own + bias) };
}

// The two loops that take the time. They stand apart with everything handed in, where a browser
// makes them fast.
