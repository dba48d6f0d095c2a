// The arithmetic of the post's cell: first weights, one step, training, generation. No drawing.
//
//     h_t = tanh(W_h [x_t, h_{t-1}] + b)      o_t = W_o [x_t, h_{t-1}] + c
//
// Shapes: V letters, H hidden units, T steps. A network is { V, H, weights }; its weights are one
// Float32Array in PyTorch's order: W_h (H, V + H), b (H), W_o (V, V + H), c (V), row by row.
// `charrnn` computes the same numbers; tests/lab holds the two together.

/** Where the four parts begin, and how many numbers there are. */
export function layout(V, H) {
  const wide = V + H;
  const b = H * wide;
  const W_o = b + H;
  const c = W_o + V * wide;
  return { wide, W_h: 0, b, W_o, c, size: c + V };
}

/** Whole random numbers 0..2^32-1: the Mersenne Twister (Matsumoto and Nishimura 1998), as in PyTorch. */
export function randomNumbers(seed) {
  const N = 624;
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  }
  let at = N;
  return () => {
    if (at === N) {
      for (let i = 0; i < N; i++) {
        const y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
        state[i] = state[(i + 397) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

/** An untrained network: the very weights that `charrnn.train` begins with at this seed. */
export function untrained(V, H, seed) {
  const random = randomNumbers(seed);
  const weights = new Float32Array(layout(V, H).size);
  const limit = Math.fround(1 / Math.sqrt(V + H)); // as torch.nn.Linear draws them
  const width = Math.fround(2 * limit);
  for (let i = 0; i < weights.length; i++) {
    weights[i] = Math.fround(((random() & 0xffffff) / 0x1000000) * width) - limit;
  }
  return { V, H, weights };
}

/** One step from an input row (V) and an old state (H): { output (V), state (H) }. */
export function step({ V, H, weights }, input, old) {
  const { wide, W_h, b, W_o, c } = layout(V, H);
  const sum = (row, bias) => {
    let total = weights[bias];
    for (let i = 0; i < V; i++) total += weights[row + i] * input[i];
    for (let k = 0; k < H; k++) total += weights[row + V + k] * old[k];
    return total;
  };
  return {
    output: Float32Array.from({ length: V }, (_, i) => sum(W_o + i * wide, c + i)),
    state: Float32Array.from({ length: H }, (_, j) => Math.tanh(sum(W_h + j * wide, b + j))),
  };
}

/** The one-hot row of a letter, (V). */
export function oneHot(letter, V) {
  const row = new Float32Array(V);
  row[letter] = 1;
  return row;
}

/**
 * What is added up for one number of the new state ("state") or of the output ("output"), when
 * a letter is read: { letter, fromState (H), bias, sum }.
 */
export function terms({ V, H, weights }, part, number, letter, old) {
  const { wide, W_h, b, W_o, c } = layout(V, H);
  const [start, biases] = part === "state" ? [W_h, b] : [W_o, c];
  const row = start + number * wide;
  const fromState = Float32Array.from(old, (value, k) => weights[row + V + k] * value);
  const own = weights[row + letter];
  const bias = weights[biases + number];
  return { letter: own, fromState, bias, sum: fromState.reduce((a, x) => a + x, own + bias) };
}

// The two loops that take the time. They stand apart with everything handed in, where a browser
// makes them fast.

/** out[r] = bias[r] + row r of the weights times [one-hot letter, old state]. */
function multiply(weights, row, bias, rows, V, H, letter, states, old, out, to) {
  for (let r = 0; r < rows; r++, row += V + H) {
    let sum = weights[row + letter] + weights[bias + r];
    for (let k = 0; k < H; k++) sum += weights[row + V + k] * states[old + k];
    out[to + r] = sum;
  }
}

/** The way back: each row's share of the gradient, and what the rows ask of the old state. */
function multiplyBack(weights, gradient, row, bias, rows, V, H, letter, states, old, errors, from, carried) {
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
 */
export function createTrainer(
  network, letters, learningRate, { epsilon = 1e-8, beta2 = 0.999, clip = Infinity, decay = 1 } = {},
) {
  const { V, H, weights } = network;
  const { wide, W_h, b, W_o, c, size } = layout(V, H);
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
    multiply(weights, W_h, b, H, V, H, letters[t], states, old, states, next);
    for (let j = next; j < next + H; j++) states[j] = Math.tanh(states[j]);
    multiply(weights, W_o, c, V, V, H, letters[t], states, old, errors, at);
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
    if (t < T - 1) multiplyBack(weights, gradient, W_h, b, H, ...shared, inside, 0, carried);
    multiplyBack(weights, gradient, W_o, c, V, ...shared, errors, t * V, carried);
  }

  /** What the gradient is multiplied by so that it is no longer than `clip`. */
  function shortened() {
    if (clip === Infinity) return 1;
    let squares = 0;
    for (let i = 0; i < size; i++) squares += gradient[i] * gradient[i];
    return Math.min(1, clip / (Math.sqrt(squares) + 1e-6)); // as torch's clip_grad_norm_
  }

  function adam(epoch) {
    const rate = (learningRate * decay ** (epoch - 1)) / (1 - 0.9 ** epoch);
    const scale = Math.sqrt(1 - beta2 ** epoch);
    const short = shortened();
    for (let i = 0; i < size; i++) {
      const g = short * gradient[i];
      first[i] += 0.1 * (g - first[i]);
      second[i] = beta2 * second[i] + (1 - beta2) * g * g;
      weights[i] -= (rate * first[i]) / (Math.sqrt(second[i]) / scale + epsilon);
    }
  }

  // Stops for breath after every step of an epoch, so that a long text does not hold up a page.
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

/** Epochs at the top of a jump, as `charrnn.plots.spikes` finds them. */
export function spikes(losses) {
  const found = [];
  let lowest = losses[0];
  for (let e = 1; e < losses.length; lowest = Math.min(lowest, losses[e++])) {
    if (losses[e] <= 100 * lowest) continue;
    const before = losses.slice(Math.max(0, e - 25), e);
    const after = losses.slice(e, e + 26);
    if (before.every((loss) => loss < losses[e]) && after.every((loss) => loss <= losses[e])) found.push(e);
  }
  return found;
}

/** The index of the largest number. */
export function argmax(row) {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i] > row[best]) best = i;
  return best;
}

/** Scores read as probabilities, as `charrnn.probabilities` does: max(o, 0)^(1 / temperature), scaled to sum 1. */
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
 */
export function generate(network, options = {}) {
  const hand = writing(network, options);
  for (;;) {
    const { done, value } = hand.next();
    if (done) return value;
  }
}

/** As `generate`, with a stop for breath after every letter. */
export function* writing(network, { length = 100, feed = "raw", temperature = 1, seed = 0 } = {}) {
  const { V, H } = network;
  const random = randomNumbers(seed);
  const steps = [];
  let read = oneHot(V - 2, V);
  let old = new Float32Array(H);
  while (steps.length < length) {
    const { output, state } = step(network, read, old);
    if (!output.every(Number.isFinite)) return { steps, ended: false, broken: true };
    const letter =
      feed === "sample" ? draw(probabilities(output, temperature), random) : argmax(output);
    steps.push({ read, output, state, letter });
    if (letter === V - 1) return { steps, ended: true, broken: false };
    read = feed === "raw" ? output : oneHot(letter, V);
    old = state;
    yield;
  }
  return { steps, ended: false, broken: false };
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
