// @ts-check
// Training the post's cell: backpropagation through time and Adam. No drawing.
import { layout } from "./cell.js";

/** @import { Network } from "./cell.js" */

/** out[r] = bias[r] + row r of the weights times [one-hot letter, old state]. */
function multiply(weights, row, bias, rows, V, H, letter, states, old, out, to) {
  for (let r = 0; r < rows; r++, row += V + H) {
    let sum = weights[row + letter] + weights[bias + r];
    for (let k = 0; k < H; k++) sum += weights[row + V + k] * states[old + k];
    out[to + r] = sum;
  }
}

/** The way back: each row's share of the gradient, and what the rows ask of the old state. */
function multiplyBack(
  weights,
  gradient,
  row,
  bias,
  rows,
  V,
  H,
  letter,
  states,
  old,
  errors,
  from,
  carried,
) {
  for (let r = 0; r < rows; r++, row += V + H) {
    const error = errors[from + r];
    gradient[row + letter] += error;
    gradient[bias + r] += error;
    for (let k = 0; k < H; k++) {
      gradient[row + V + k] += error * states[old + k];
      carried[k] += error * weights[row + V + k];
    }
  }
}

/**
 * Trains a network in place on the letters of one text, marks included.
 *
 * Loss: sum over T steps of the mean over V of the squared error. Gradient: backpropagation
 * through time. Step: Adam (Kingma and Ba 2015). As in `charrnn.train`, losses[e] is the loss
 * before epoch e's step, and training ends with the first loss that is no number. The last
 * argument has the names and the meaning that they have there; clip is Infinity for none.
 *
 * @param {Network} network
 * @param {number[]} letters
 * @param {number} learningRate
 * @param {{ epsilon?: number, beta2?: number, clip?: number, decay?: number }} [settings]
 */
export function createTrainer(
  network,
  letters,
  learningRate,
  { epsilon = 1e-8, beta2 = 0.999, clip = Infinity, decay = 1 } = {},
) {
  const { V, H, weights } = network;
  const { W_h, b_h, W_y, b_y, size } = layout(V, H);
  const T = letters.length - 1;
  // float32 as in the package: where the loss is tiny, rounding is part of what one sees.
  const states = new Float32Array((T + 1) * H); // row 0: the zeros before the first letter
  const errors = new Float32Array(T * V); // d loss / d output
  const gradient = new Float32Array(size);
  const first = new Float32Array(size); // Adam's means of the gradient and of its square
  const second = new Float32Array(size);
  const inside = new Float32Array(H); // gradient inside tanh
  const carried = new Float32Array(H); // gradient at the new state
  const losses = [];

  /** Step t: fills in the new state and the errors; returns the sum of their squares. */
  function forward(t) {
    const old = t * H;
    const next = old + H;
    const at = t * V;
    multiply(weights, W_h, b_h, H, V, H, letters[t], states, old, states, next);
    for (let j = next; j < next + H; j++) states[j] = Math.tanh(states[j]);
    multiply(weights, W_y, b_y, V, V, H, letters[t], states, old, errors, at);
    errors[at + letters[t + 1]] -= 1;
    let squares = 0;
    for (let i = at; i < at + V; i++) {
      squares += errors[i] * errors[i];
      errors[i] *= 2 / V;
    }
    return squares;
  }

  /** Step t on the way back: adds its share to the gradient and carries the rest to step t - 1. */
  function backward(t) {
    const old = t * H;
    for (let j = 0; j < H; j++) {
      const state = states[old + H + j];
      inside[j] = carried[j] * (1 - state * state);
    }
    carried.fill(0);
    const shared = [V, H, letters[t], states, old];
    // Nothing reads the last new state, so nothing comes back through it.
    if (t < T - 1) multiplyBack(weights, gradient, W_h, b_h, H, ...shared, inside, 0, carried);
    multiplyBack(weights, gradient, W_y, b_y, V, ...shared, errors, t * V, carried);
  }

  /** What the gradient is multiplied by so that it is no longer than `clip`. */
  function clipFactor() {
    if (clip === Infinity) return 1;
    let squares = 0;
    for (let i = 0; i < size; i++) squares += gradient[i] * gradient[i];
    return Math.min(1, clip / (Math.sqrt(squares) + 1e-6)); // as torch's clip_grad_norm_
  }

  function adam(epoch) {
    const rate = (learningRate * decay ** (epoch - 1)) / (1 - 0.9 ** epoch);
    const scale = Math.sqrt(1 - beta2 ** epoch);
    const factor = clipFactor();
    for (let i = 0; i < size; i++) {
      const g = factor * gradient[i];
      first[i] += 0.1 * (g - first[i]);
      second[i] = beta2 * second[i] + (1 - beta2) * g * g;
      weights[i] -= (rate * first[i]) / (Math.sqrt(second[i]) / scale + epsilon);
    }
  }

  // Yields after every time step, so that work() can return within its time.
  function* run() {
    for (;;) {
      let squares = 0;
      for (let t = 0; t < T; t++) {
        squares += forward(t);
        trainer.within = (t + 1) / (2 * T);
        yield;
      }
      const loss = Math.fround(squares) / V; // out of float32's range is diverged, as in the package
      if (!Number.isFinite(loss)) {
        trainer.diverged = true;
        return;
      }
      gradient.fill(0);
      carried.fill(0);
      for (let t = T - 1; t >= 0; t--) {
        backward(t);
        trainer.within = 1 - t / (2 * T);
        yield;
      }
      losses.push(loss);
      adam(losses.length);
      trainer.epoch = losses.length;
      trainer.within = 0;
    }
  }

  const running = run();
  const trainer = {
    network,
    losses,
    gradient,
    epoch: 0,
    within: 0, // how much of the next epoch is done, 0 to 1
    diverged: false,
    /** Train until so many epochs are done or `milliseconds` are over. */
    work(epochs, milliseconds = Infinity) {
      const start = performance.now();
      while (trainer.epoch < epochs && !trainer.diverged) {
        running.next();
        if (performance.now() - start > milliseconds) break;
      }
    },
  };
  return trainer;
}

/**
 * Epochs at the top of a jump, as `charrnn` finds them.
 *
 * @param {number[]} losses
 */
export function lossSpikes(losses) {
  const found = [];
  let lowest = losses[0];
  for (let e = 1; e < losses.length; lowest = Math.min(lowest, losses[e++])) {
    if (losses[e] <= 100 * lowest) continue;
    const before = losses.slice(Math.max(0, e - 25), e);
    const after = losses.slice(e, e + 26);
    if (before.every((loss) => loss < losses[e]) && after.every((loss) => loss <= losses[e]))
      found.push(e);
  }
  return found;
}
