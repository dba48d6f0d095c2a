// @ts-check
// A model of the later chapters, as `layers.CharModel`: a recurrent layer, and an output layer that
// reads its new state. It reads a segment of a text and finds the gradient. No drawing.
//
// Shapes: V letters, H hidden units, B texts side by side, T steps, G blocks of H rows in the
// recurrent layer (1, 3, 4). Weights are one Float32Array in PyTorch's order, row by row:
// weight_ih (G H, V), weight_hh (G H, H), bias_ih, bias_hh (G H), output.weight (V, H), output.bias.
import { matrices } from "./matrix.js";
import { recurrentCells } from "./recurrent_cells.js";

/** @typedef {"rnn" | "gru" | "lstm"} Kind */
/** @typedef {{ kind: Kind, V: number, H: number }} Shape */

/** Where each part of the weights begins, under PyTorch's names, and its shape; the last is the end. */
export function parts({ kind, V, H }) {
  const rows = recurrentCells[kind].gates * H;
  const found = {};
  let from = 0;
  for (const [name, ...shape] of [
    ["recurrent.weight_ih_l0", rows, V],
    ["recurrent.weight_hh_l0", rows, H],
    ["recurrent.bias_ih_l0", rows],
    ["recurrent.bias_hh_l0", rows],
    ["output.weight", V, H],
    ["output.bias", V],
  ]) {
    found[name] = { from, shape };
    from += shape.reduce((a, b) => a * b, 1);
  }
  return { parts: found, size: from };
}

/** to (columns, rows) = from (rows, columns) transposed, or added to it. */
function transpose(from, rows, columns, to, adding = false) {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const at = c * rows + r;
      to[at] = from[r * columns + c] + (adding ? to[at] : 0);
    }
  }
}

const TOGETHER = 8; // steps whose share of the gradient is added up at once

/**
 * A model that reads up to T steps of B texts at a time.
 *
 * `weights` (to be changed in place), `gradient`, and `read`, which see; `forget` puts the state
 * back to zeros.
 *
 * @param {Shape} shape
 * @param {number} B
 * @param {number} T
 * @param {WebAssembly.Module | null} [compiled] as for `matrices`
 */
export function createModel({ kind, V, H }, B, T, compiled) {
  const cell = recurrentCells[kind];
  const rows = cell.gates * H;
  const { parts: names, size } = parts({ kind, V, H });
  const wide = B * H;
  const { arrays, multiplyAdd } = matrices(
    {
      ...{ weights: size, gradient: size },
      ...{ lettersIn: V * rows, statesIn: H * rows, out: H * V }, // transposed
      ...{ states: (T + 1) * wide, extra: (T + 1) * wide, gates: T * B * rows },
      ...{ logits: T * B * V, fromLetters: V * rows, d: wide, dCell: wide },
    },
    compiled,
  );
  const { weights, gradient, lettersIn, statesIn, out, states, extra, gates, logits } = arrays;
  const { fromLetters, d, dCell } = arrays;
  const part = (of, name) => {
    const { from, shape } = names[name];
    return of.subarray(from, from + shape.reduce((a, b) => a * b, 1));
  };
  const both = (name) => [part(weights, name), part(gradient, name)];
  const [W_ih, dW_ih] = both("recurrent.weight_ih_l0");
  const [W_hh, dW_hh] = both("recurrent.weight_hh_l0");
  const [b_ih, db_ih] = both("recurrent.bias_ih_l0");
  const [b_hh, db_hh] = both("recurrent.bias_hh_l0");
  const [W_out, dW_out] = both("output.weight");
  const [b_out, db_out] = both("output.bias");
  const candidate = kind === "gru" ? 2 * H : rows; // where the GRU's n begins, which stands apart
  const placesOf = (t) => ({
    gates: t * B * rows,
    extra: (t + 1) * wide,
    old: t * wide,
    next: (t + 1) * wide,
  });

  /** After the weights have changed. */
  function prepare() {
    transpose(W_ih, rows, V, lettersIn);
    transpose(W_hh, rows, H, statesIn);
    transpose(W_out, V, H, out);
  }

  /** Step t reads a letter of each text: the new states, and the logits that follow. */
  function forward(t, letters) {
    const places = placesOf(t);
    for (let b = 0; b < B; b++) {
      const to = places.gates + b * rows;
      const from = letters[t * B + b] * rows;
      for (let q = 0; q < candidate; q++) gates[to + q] = lettersIn[from + q] + b_ih[q] + b_hh[q];
      for (let q = candidate; q < rows; q++) {
        gates[to + q] = b_hh[q];
        extra[places.extra + b * H + q - candidate] = lettersIn[from + q] + b_ih[q];
      }
    }
    const old = states.subarray(places.old);
    multiplyAdd(gates.subarray(places.gates), rows, old, H, 1, statesIn, rows, B, rows, H);
    cell.forward(places, H, B, gates, extra, states);
    const scores = logits.subarray(t * B * V, (t + 1) * B * V);
    for (let at = 0; at < B * V; at += V) scores.set(b_out, at);
    multiplyAdd(scores, V, states.subarray(places.next), H, 1, out, V, B, V, H);
    return scores;
  }

  /** The cross-entropy of a step's answers, summed; their gradient takes the logits' place. */
  function surprise(scores, answers, scale) {
    let total = 0;
    for (let b = 0, from = 0; b < B; b++, from += V) {
      let largest = -Infinity;
      for (let i = from; i < from + V; i++) if (scores[i] > largest) largest = scores[i];
      const answer = from + answers[b];
      const score = scores[answer];
      let sum = 0;
      for (let i = from; i < from + V; i++) {
        const power = Math.exp(scores[i] - largest);
        scores[i] = power;
        sum += power;
      }
      total += largest - score + Math.log(sum);
      for (let i = from; i < from + V; i++) scores[i] *= scale / sum;
      scores[answer] -= scale;
    }
    return total;
  }

  /** Step t on the way back; d holds the gradient with respect to its states from later steps. */
  function backward(t, letters) {
    const places = placesOf(t);
    const errors = logits.subarray(t * B * V);
    multiplyAdd(d, H, errors, V, 1, W_out, H, B, H, V);
    cell.backward(places, H, B, gates, extra, states, d, dCell);
    multiplyAdd(d, H, gates.subarray(places.gates), rows, 1, W_hh, H, B, H, rows);
    for (let b = 0; b < B; b++) {
      const from = places.gates + b * rows;
      const to = letters[t * B + b] * rows;
      for (let q = 0; q < candidate; q++) fromLetters[to + q] += gates[from + q];
      for (let q = candidate; q < rows; q++) {
        fromLetters[to + q] += extra[places.extra + b * H + q - candidate];
        db_hh[q] += gates[from + q];
      }
      for (let i = 0; i < V; i++) db_out[i] += errors[b * V + i];
    }
  }

  /** What the steps from `t` on, `count` of them, add to the gradient of the large matrices. */
  function gather(t, count) {
    const places = placesOf(t);
    const read = states.subarray(places.old);
    const made = states.subarray(places.next);
    const errors = logits.subarray(t * B * V);
    const asked = gates.subarray(places.gates);
    multiplyAdd(dW_hh, H, asked, 1, rows, read, H, rows, H, count * B);
    multiplyAdd(dW_out, H, errors, 1, V, made, H, V, H, count * B);
  }

  function finish() {
    transpose(fromLetters, V, rows, dW_ih, true);
    for (let from = 0; from < V * rows; from += rows) {
      for (let q = 0; q < rows; q++) db_ih[q] += fromLetters[from + q];
    }
    db_hh.set(db_ih.subarray(0, candidate));
  }

  /**
   * Read `steps` letters of each text; the state goes on from where the last call ended. Returns
   * the cross-entropy of the letters that follow, mean over B and steps, in nats. With `learn`, its
   * gradient is in `gradient` then. Yields after every step, so that a page can do something else.
   *
   * @param {ArrayLike<number>} letters (steps + 1, B), step by step
   * @param {number} steps
   * @param {boolean} learn
   * @returns {Generator<undefined, number>}
   */
  function* read(letters, steps, learn) {
    let total = 0;
    for (let t = 0; t < steps; t++) {
      const answers = Array.prototype.slice.call(letters, (t + 1) * B, (t + 2) * B);
      total += surprise(forward(t, letters), answers, 1 / (B * steps));
      yield;
    }
    if (learn) {
      for (const zeros of [gradient, fromLetters, d, dCell]) zeros.fill(0);
      for (let t = steps - 1; t >= 0; t--) {
        backward(t, letters);
        if (t % TOGETHER === 0) gather(t, Math.min(TOGETHER, steps - t));
        yield;
      }
      finish();
    }
    for (const of of [states, extra]) of.copyWithin(0, steps * wide, (steps + 1) * wide);
    return total / (B * steps);
  }

  return {
    weights,
    gradient,
    prepare,
    read,
    /** Read one letter of each text; the logits (B, V) of the next. */
    next(letters) {
      const scores = forward(0, letters);
      for (const of of [states, extra]) of.copyWithin(0, wide, 2 * wide);
      return scores;
    },
    forget() {
      states.fill(0, 0, wide);
      extra.fill(0, 0, wide);
    },
  };
}
