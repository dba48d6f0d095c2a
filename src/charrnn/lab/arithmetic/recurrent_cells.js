// @ts-check
// One step of an RNN, a GRU and an LSTM for B texts side by side, and its way back, number by
// number; the products of matrices around it stand in recurrent.js. No drawing. As PyTorch has them:
//
//     rnn   h = tanh(a)
//     gru   r, z = sigmoid(a_r), sigmoid(a_z)    n = tanh(a_n + r hidden_n)    h = (1 - z) n + z h'
//     lstm  i, f, o = sigmoid(…)    g = tanh(a_g)    c = f c' + i g    h = o tanh(c)
//
// where a is what the letter, the old state h' and the biases add up to. In the GRU, hidden_n is
// what the old state and its own bias say for n, and a_n what the letter says.
//
// forward(at, H, rows, gates, extra, states): `at` tells where the step's numbers begin in each
// array. `gates` holds a (rows, G H), and afterwards what the way back needs. Each array of `extra`
// and `states` holds (rows, H) for each step, the step before lying rows H numbers before.
//
// backward(…, d, dCell) gets in d the gradient of the loss with respect to h (rows, H), and in dCell
// the LSTM's with respect to c. It leaves the gradient of a in `gates`, and in d and dCell what the
// step before gets besides what comes through a.

/** @typedef {{ gates: number, extra: number, old: number, next: number }} Places */

const sigmoid = (x) => 1 / (1 + Math.exp(-x));
/** As exact as float32 needs, and faster than Math.tanh. */
const tanh = (x) => {
  if (x > -0.1 && x < 0.1) return Math.tanh(x); // 1 - 2 / (…) would lose digits
  return 1 - 2 / (Math.exp(2 * x) + 1);
};

const rnn = {
  gates: 1,
  forward({ gates: at, next }, H, rows, gates, _extra, states) {
    for (let q = 0; q < rows * H; q++) states[next + q] = tanh(gates[at + q]);
  },
  backward({ gates: at, next }, H, rows, gates, _extra, states, d) {
    for (let q = 0; q < rows * H; q++) {
      const h = states[next + q];
      gates[at + q] = d[q] * (1 - h * h);
      d[q] = 0;
    }
  },
};

// In `extra` lies a_n before and n after the step; on the way back the gradient of a_n.
const gru = {
  gates: 3,
  forward({ gates: at, extra: n0, old, next }, H, rows, gates, extra, states) {
    for (let row = 0, q = 0; row < rows; row++, at += 3 * H) {
      for (let j = at; j < at + H; j++, q++) {
        const r = sigmoid(gates[j]);
        const z = sigmoid(gates[j + H]);
        const n = tanh(extra[n0 + q] + r * gates[j + 2 * H]);
        gates[j] = r;
        gates[j + H] = z;
        extra[n0 + q] = n;
        states[next + q] = n + z * (states[old + q] - n);
      }
    }
  },
  backward({ gates: at, extra: n0, old }, H, rows, gates, extra, states, d) {
    for (let row = 0, q = 0; row < rows; row++, at += 3 * H) {
      for (let j = at; j < at + H; j++, q++) {
        const r = gates[j];
        const z = gates[j + H];
        const n = extra[n0 + q];
        const dn = d[q] * (1 - z) * (1 - n * n);
        gates[j] = dn * gates[j + 2 * H] * r * (1 - r);
        gates[j + H] = d[q] * (states[old + q] - n) * z * (1 - z);
        gates[j + 2 * H] = dn * r;
        extra[n0 + q] = dn;
        d[q] *= z;
      }
    }
  },
};

// In `extra` lies c, the memory; that of the step before lies rows H numbers before.
const lstm = {
  gates: 4,
  forward({ gates: at, extra: c1, next }, H, rows, gates, extra, states) {
    const c0 = c1 - rows * H;
    for (let row = 0, q = 0; row < rows; row++, at += 4 * H) {
      for (let j = at; j < at + H; j++, q++) {
        const i = sigmoid(gates[j]);
        const f = sigmoid(gates[j + H]);
        const g = tanh(gates[j + 2 * H]);
        const o = sigmoid(gates[j + 3 * H]);
        gates[j] = i;
        gates[j + H] = f;
        gates[j + 2 * H] = g;
        gates[j + 3 * H] = o;
        const c = f * extra[c0 + q] + i * g;
        extra[c1 + q] = c;
        states[next + q] = o * tanh(c);
      }
    }
  },
  backward({ gates: at, extra: c1 }, H, rows, gates, extra, _states, d, dCell) {
    const c0 = c1 - rows * H;
    for (let row = 0, q = 0; row < rows; row++, at += 4 * H) {
      for (let j = at; j < at + H; j++, q++) {
        const i = gates[j];
        const f = gates[j + H];
        const g = gates[j + 2 * H];
        const o = gates[j + 3 * H];
        const shown = tanh(extra[c1 + q]);
        const dc = dCell[q] + d[q] * o * (1 - shown * shown);
        gates[j] = dc * g * i * (1 - i);
        gates[j + H] = dc * extra[c0 + q] * f * (1 - f);
        gates[j + 2 * H] = dc * i * (1 - g * g);
        gates[j + 3 * H] = d[q] * shown * o * (1 - o);
        dCell[q] = dc * f;
        d[q] = 0;
      }
    }
  },
};

export const recurrentCells = { rnn, gru, lstm };
