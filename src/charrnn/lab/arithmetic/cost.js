// @ts-check
// What it costs to read a text once, as charrnn.experiments.cost computes it. No drawing.

const STEPS = 32; // letters of a row that a step reads
const VOCAB = 64; // letters known
const BANDWIDTH = 125e6; // bytes a second between two machines
const NUMBER = 4; // bytes of a gradient's number
const GATES = { rnn: 1, gru: 3, lstm: 4 };

/** @typedef {{ fixed: number, weights: number, linear: number, square: number }} StepCost */
/** @typedef {keyof typeof GATES} Kind */

/**
 * How many numbers a model learns, and its workers exchange at each step.
 *
 * @param {Kind} kind
 * @param {number} hidden
 */
export function parameters(kind, hidden) {
  const layer = GATES[kind] * (hidden * VOCAB + hidden ** 2 + 2 * hidden);
  return layer + hidden * VOCAB + VOCAB;
}

/**
 * Seconds that machines in a ring take to average so many numbers that each of them has.
 *
 * @param {number} count
 * @param {number} machines
 */
export function exchangeSeconds(count, machines) {
  return ((2 * (machines - 1)) / machines) * ((NUMBER * count) / BANDWIDTH);
}

/**
 * Seconds of one step on one machine: fixed, for the weights, and for the rows.
 *
 * @param {StepCost} cost
 * @param {number} hidden
 * @param {number} batch
 */
function stepParts({ fixed, weights, linear, square }, hidden, batch) {
  return {
    fixed,
    weights: weights * hidden ** 2,
    arithmetic: batch * (linear * hidden + square * hidden ** 2),
  };
}

const sum = (parts) => Object.values(parts).reduce((a, x) => a + x, 0);

/**
 * What reading a text once costs, its rows shared out evenly among machines.
 *
 * @param {StepCost} cost
 * @param {{ kind: Kind, letters: number, hidden: number, batch: number, machines: number,
 *   price: number }} plan
 */
export function bill(cost, { kind, letters, hidden, batch, machines, price }) {
  const working = Math.min(machines, batch);
  const steps = Math.ceil(letters / (batch * STEPS));
  const parts = {
    ...stepParts(cost, hidden, Math.ceil(batch / working)),
    exchange: exchangeSeconds(parameters(kind, hidden), working),
  };
  const step = sum(parts);
  const hours = (steps * step) / 3600;
  const limit = Object.keys(parts).reduce((a, name) => (parts[name] > parts[a] ? name : a));
  return {
    steps,
    machines: working,
    parts,
    step,
    limit,
    faster: sum(stepParts(cost, hidden, batch)) / step,
    hours,
    money: hours * working * price,
  };
}
