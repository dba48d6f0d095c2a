// @ts-check
// The post's cell writes: its output is fed back, letter by letter. No drawing.
import { oneHot, step } from "./cell.js";
import { randomNumbers } from "./random.js";
import { argmax, sampleIndex } from "./sampling.js";

/** @import { Network } from "./cell.js" */
/** @typedef {{ length?: number, feed?: string, temperature?: number, seed?: number }} Options */

/**
 * Scores read as probabilities, as `charrnn.probabilities` does: max(o, 0)^(1 / temperature), scaled to sum 1.
 *
 * @param {number[] | Float32Array} output
 * @param {number} temperature
 */
export function probabilities(output, temperature = 1) {
  const largest = Math.max(0, ...output);
  if (largest === 0) return Float64Array.from(output, () => 1 / output.length);
  const powers = Float64Array.from(output, (o) => (Math.max(o, 0) / largest) ** (1 / temperature));
  const sum = powers.reduce((a, x) => a + x, 0);
  return powers.map((x) => x / sum);
}

/**
 * Begin with the start mark and feed each output back, until the end mark or `length` letters.
 *
 * feed: "raw" the output as it is, "argmax" the one-hot row of its largest score, "sample" that
 * of a letter drawn from `probabilities`. Returns { steps: [{ read, output, state, letter }],
 * ended, broken }; broken says that the numbers ran out of range, as raw feedback can.
 *
 * @param {Network} network
 * @param {Options} options
 */
export function generate(network, options = {}) {
  const steps = generateSteps(network, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * As `generate`; yields after every letter, so that a page can do something else between.
 *
 * @param {Network} network
 * @param {Options} options
 */
export function* generateSteps(
  network,
  { length = 100, feed = "raw", temperature = 1, seed = 0 } = {},
) {
  const { V, H } = network;
  const random = randomNumbers(seed);
  const steps = [];
  let read = oneHot(V - 2, V);
  let old = new Float32Array(H);
  while (steps.length < length) {
    const { output, state } = step(network, read, old);
    if (!output.every(Number.isFinite)) return { steps, ended: false, broken: true };
    const letter =
      feed === "sample" ? sampleIndex(probabilities(output, temperature), random) : argmax(output);
    steps.push({ read, output, state, letter });
    if (letter === V - 1) return { steps, ended: true, broken: false };
    read = feed === "raw" ? output : oneHot(letter, V);
    old = state;
    yield;
  }
  return { steps, ended: false, broken: false };
}
