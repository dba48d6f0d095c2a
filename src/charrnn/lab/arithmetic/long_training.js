// @ts-check
// Training on a long text, as `layers.train`: B places side by side, a segment of T letters at a
// time, the state carried on, Adam; a text held out is read after each epoch. No drawing.
import { adam } from "./adam.js";
import { createModel, parts } from "./recurrent.js";

/** @import { Shape } from "./recurrent.js" */

export const MOST_LOSS = 700; // nats: no number holds the perplexity of a larger one

/** How many letters of a text are set aside, of the last tenth, as `corpus.split` does it. */
export const setAside = (length, share = 0.1) => {
  const exact = length * share;
  const down = Math.floor(exact);
  if (exact - down !== 0.5) return Math.round(exact);
  return down + (down % 2); // Python rounds a half to the even neighbour
};

/**
 * The weights of an untrained model: uniform within 1 / sqrt(H), as PyTorch begins.
 *
 * @param {Shape} shape
 * @param {() => number} random whole numbers 0..2^32-1
 */
export function untrained(shape, random) {
  const limit = 1 / Math.sqrt(shape.H);
  return Float32Array.from({ length: parts(shape).size }, () => {
    return (2 * ((random() & 0xffffff) / 0x1000000) - 1) * limit;
  });
}

/**
 * The letters that step t of a segment reads, place by place: (steps + 1, B) from (B, M).
 *
 * @param {ArrayLike<number>} letters
 * @param {number} B
 * @param {number} from the first step
 * @param {number} steps
 */
export function segment(letters, B, from, steps) {
  const M = Math.floor(letters.length / B);
  const cut = new Int32Array((steps + 1) * B);
  for (let t = 0; t <= steps; t++) {
    for (let b = 0; b < B; b++) cut[t * B + b] = letters[b * M + from + t];
  }
  return cut;
}

/**
 * Reads a text from its start, never learning; returns the mean cross-entropy in nats.
 *
 * @param {ReturnType<typeof createModel>} model with B = 1 and T of `steps` at least
 * @param {ArrayLike<number>} letters
 * @param {number} steps
 * @returns {Generator<undefined, number>}
 */
export function* evaluate(model, letters, steps) {
  let total = 0;
  model.forget();
  for (let from = 0; from < letters.length - 1; from += steps) {
    const count = Math.min(steps, letters.length - 1 - from);
    total += (yield* model.read(segment(letters, 1, from, count), count, false)) * count;
  }
  return total / (letters.length - 1);
}

/**
 * A run of training; `work(milliseconds)` goes on with it and returns after about so long. The
 * numbers it holds are told by `trainer`: `losses` and `heldOutLosses` have one for each epoch done,
 * in nats, `within` says how much of the next is done, `read` how many letters were learned from.
 *
 * @param {Shape & { weights: Float32Array }} network its weights are trained in place
 * @param {{ letters: ArrayLike<number>, heldOut: ArrayLike<number>, batch?: number,
 *   steps?: number, learningRate?: number, clip?: number, losses?: number[],
 *   heldOutLosses?: number[], compiled?: WebAssembly.Module | null }} run
 */
export function createLongTrainer(
  network,
  {
    letters,
    heldOut,
    batch = 16,
    steps = 64,
    learningRate = 0.005,
    clip = 1,
    losses = [],
    heldOutLosses = [],
    compiled,
  },
) {
  const M = Math.floor(letters.length / batch);
  const T = Math.min(steps, M - 1);
  const model = createModel(network, batch, T, compiled);
  const examinee = createModel(network, 1, T, compiled);
  const optimizer = adam(model.weights.length, learningRate, { clip });
  model.weights.set(network.weights);

  function* run() {
    for (;;) {
      let total = 0;
      model.forget();
      for (let from = 0; from < M - 1; from += T) {
        const count = Math.min(T, M - 1 - from);
        model.prepare();
        const loss = yield* model.read(segment(letters, batch, from, count), count, true);
        trainer.onSegment(loss);
        trainer.latest = loss;
        if (!(loss < MOST_LOSS)) {
          trainer.diverged = true;
          return;
        }
        optimizer.step(model.weights, model.gradient);
        network.weights.set(model.weights);
        total += loss * count;
        trainer.read += count * batch;
        trainer.within = (from + count) / (M - 1);
      }
      examinee.weights.set(model.weights);
      examinee.prepare();
      const exam = yield* evaluate(examinee, heldOut, T);
      if (!(exam < MOST_LOSS)) {
        trainer.diverged = true; // by the epoch's last step
        return;
      }
      trainer.losses.push(total / (M - 1));
      trainer.heldOutLosses.push(exam);
      trainer.within = 0;
      yield;
    }
  }

  const running = run();
  const trainer = {
    losses: [...losses], // with those of an earlier run that it goes on from
    heldOutLosses: [...heldOutLosses],
    onSegment: (_loss) => {}, // called with the loss of each segment
    latest: NaN, // the loss of the last segment
    within: 0,
    read: 0,
    diverged: false,
    work(milliseconds = Infinity, epochs = Infinity) {
      const end = performance.now() + milliseconds;
      while (trainer.losses.length < epochs && !trainer.diverged) {
        running.next();
        if (performance.now() > end) break;
      }
    },
  };
  return trainer;
}
