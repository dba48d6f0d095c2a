// @ts-check
// One memory cell of an LSTM along a text, as in charrnn.layers.gates. No drawing.
//
//     c_t = f_t c_{t-1} + i_t g_t        h_t = o_t tanh(c_t)

/**
 * Carry one memory along T letters. `candidate` is what each would write (g), `forget`, `input` and
 * `output` are its gates, 0 to 1. Returns { cell, hidden, left }, T numbers each; left[t] is how
 * much of c_t is still in the last c: the gradient of the last with respect to that one.
 *
 * @param {{ candidate: number[], forget: number[], input: number[], output: number[] }} given
 */
export function lstmCell({ candidate, forget, input, output }) {
  const cell = [];
  let c = 0;
  for (let t = 0; t < candidate.length; t++) {
    c = forget[t] * c + input[t] * candidate[t];
    cell.push(c);
  }
  const left = new Array(candidate.length).fill(1);
  for (let t = candidate.length - 2; t >= 0; t--) left[t] = left[t + 1] * forget[t + 1];
  return { cell, hidden: cell.map((value, t) => output[t] * Math.tanh(value)), left };
}

/**
 * What a letter would write, -1 to 1: any fixed number will do, here one from its code.
 *
 * @param {string} letter
 */
export const candidateOf = (letter) => ((letter.codePointAt(0) * 7) % 21) / 10 - 1;

/**
 * The gates of a text that was edited: letters before and after the edit keep theirs, those put in
 * take the gates of the letter beside them. Null where no letter stayed.
 *
 * @template Gates
 * @param {string[]} before
 * @param {string[]} after
 * @param {Gates[]} gates
 * @returns {Gates[] | null}
 */
export function keepGates(before, after, gates) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (!head && !tail) return null;
  const kept = [...gates.slice(0, head), ...gates.slice(gates.length - tail)];
  const neighbour = kept[Math.max(0, head - 1)];
  const added = Array.from({ length: after.length - head - tail }, () => ({ ...neighbour }));
  return [...kept.slice(0, head), ...added, ...kept.slice(head)];
}
