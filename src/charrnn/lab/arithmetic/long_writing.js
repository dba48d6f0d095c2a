// @ts-check
// A model writes, letter by letter, as `layers.sampling.generate`. No drawing.
import { randomNumbers } from "./random.js";
import { createModel } from "./recurrent.js";
import { distribution, sampleIndex } from "./sampling.js";

/** @import { Shape } from "./recurrent.js" */
/** @typedef {{ temperature?: number, topK?: number, topP?: number, seed?: number }} Sampling */

/**
 * A hand that writes with a model of this shape: `write(weights, prompt, length, sampling)` reads
 * the prompt, letters by their numbers, and returns the numbers of the letters that it writes. The
 * two marks at the end of the vocabulary are never drawn.
 *
 * @param {Shape} shape
 * @param {WebAssembly.Module | null} [compiled]
 */
export function createWriter(shape, compiled) {
  const model = createModel(shape, 1, 1, compiled);
  return {
    /**
     * @param {Float32Array} weights
     * @param {ArrayLike<number>} prompt one letter at least
     * @param {number} length
     * @param {Sampling} sampling
     * @returns {number[]}
     */
    write(weights, prompt, length, { seed = 0, ...settings }) {
      const random = randomNumbers(seed);
      const written = [];
      model.weights.set(weights);
      model.prepare();
      model.forget();
      let logits;
      for (const letter of Array.from(prompt)) logits = model.next([letter]);
      while (written.length < length) {
        const { probabilities } = distribution([...logits.subarray(0, shape.V - 2)], settings);
        written.push(sampleIndex(probabilities, random));
        logits = model.next([written.at(-1)]);
      }
      return written;
    },
  };
}
