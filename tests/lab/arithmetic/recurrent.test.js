import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createLongTrainer,
  setAside,
  untrained,
} from "../../../src/charrnn/lab/arithmetic/long_training.js";
import { matrices } from "../../../src/charrnn/lab/arithmetic/matrix.js";
import { randomNumbers } from "../../../src/charrnn/lab/arithmetic/random.js";
import { createModel, parts } from "../../../src/charrnn/lab/arithmetic/recurrent.js";
import { createSession } from "../../../src/charrnn/lab/arithmetic/session.js";
import { leb, simdModule } from "../../../src/charrnn/lab/arithmetic/simd.js";

const random = randomNumbers(1);
const some = () => random() / 2 ** 31 - 1;

test("whole numbers in LEB128, as in the specification's examples", () => {
  assert.deepEqual(leb(624485), [0xe5, 0x8e, 0x26]);
  assert.deepEqual(leb(-123456), [0xc0, 0xbb, 0x78]);
  assert.deepEqual([leb(0), leb(63), leb(64), leb(-64)], [[0], [63], [0xc0, 0], [0x40]]);
});

test("products of every shape: SIMD, plain loops and the definition agree", () => {
  for (let trial = 0; trial < 300; trial++) {
    const [m, n, k] = [1 + (random() % 11), 1 + (random() % 27), 1 + (random() % 9)];
    const [rowA, stepA] = trial % 2 ? [k, 1] : [1, m];
    const numbers = { A: m * k, B: k * n, C: m * n + 1 };
    const given = Object.entries(numbers).map(([name, size]) => [
      name,
      Float32Array.from({ length: size }, some),
    ]);
    const results = [simdModule(), null].map((compiled) => {
      const { arrays, multiplyAdd } = matrices(numbers, compiled);
      for (const [name, values] of given) arrays[name].set(values);
      multiplyAdd(arrays.C, n, arrays.A, rowA, stepA, arrays.B, n, m, n, k);
      return arrays.C;
    });
    const { A, B, C } = Object.fromEntries(given);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = C[i * n + j];
        for (let p = 0; p < k; p++) sum += A[i * rowA + p * stepA] * B[p * n + j];
        for (const C of results) assert.ok(Math.abs(C[i * n + j] - sum) < 1e-5, `${m} ${n} ${k}`);
      }
    }
    for (const result of results) assert.equal(result[m * n], C[m * n]); // nothing beyond
  }
});

/** All of a generator's value, its steps forgotten. */
function run(going) {
  for (;;) {
    const { done, value } = going.next();
    if (done) return value;
  }
}

test("the gradient is the slope of the loss", () => {
  for (const kind of /** @type {const} */ (["rnn", "gru", "lstm"])) {
    const shape = { kind, V: 5, H: 4 };
    const B = 3;
    const steps = 7;
    const weights = untrained(shape, random);
    const letters = Array.from({ length: (steps + 1) * B }, () => random() % 5);
    const model = createModel(shape, B, steps);
    const loss = (along, size, learn = false) => {
      model.weights.set(weights.map((w, i) => w + size * along[i]));
      model.prepare();
      model.forget();
      return run(model.read(letters, steps, learn));
    };
    loss(weights, 0, true);
    const gradient = model.gradient.slice();
    // Along the gradient's own direction, then along a random one.
    for (const along of [gradient, Float32Array.from(gradient, some)]) {
      const length = Math.hypot(...along);
      const size = 0.01 / length;
      const slope = (loss(along, size) - loss(along, -size)) / (2 * size);
      const expected = gradient.reduce((sum, g, i) => sum + g * along[i], 0);
      assert.ok(Math.abs(slope - expected) < 2e-3 * length * Math.hypot(...gradient) + 1e-6, kind);
    }
  }
});

test("a text read in two goes is a text read in one", () => {
  for (const kind of /** @type {const} */ (["rnn", "gru", "lstm"])) {
    const shape = { kind, V: 6, H: 5 };
    const model = createModel(shape, 1, 20);
    model.weights.set(untrained(shape, random));
    model.prepare();
    const letters = Array.from({ length: 21 }, () => random() % 6);
    const whole = run(model.read(letters, 20, false));
    model.forget();
    const first = run(model.read(letters, 8, false));
    const second = run(model.read(letters.slice(8), 12, false));
    assert.ok(Math.abs((8 * first + 12 * second) / 20 - whole) < 1e-6, kind);
  }
});

test("the parts of the weights follow one another without a gap", () => {
  const { parts: found, size } = parts({ kind: "lstm", V: 7, H: 3 });
  let end = 0;
  for (const { from, shape } of Object.values(found)) {
    assert.equal(from, end);
    end += shape.reduce((a, b) => a * b, 1);
  }
  assert.equal(end, size);
  assert.equal(size, 12 * (7 + 3 + 2) + 7 * 4);
});

test("half a letter goes where Python rounds it", () => {
  assert.deepEqual(
    [25, 35, 105, 1000].map((n) => setAside(n)),
    [2, 4, 10, 100],
  );
});

const RNN = /** @type {const} */ ({ kind: "rnn", V: 5, H: 4 });
const cycle = (length) => Array.from({ length }, (_, i) => i % 3);
const begun = () => untrained(RNN, randomNumbers(0));

test("an epoch whose last step diverged is none", () => {
  const run = { letters: cycle(16 * 65), heldOut: cycle(30), learningRate: 1e30 }; // one segment
  const trainer = createLongTrainer({ ...RNN, weights: begun() }, run);
  trainer.work(Infinity, 1);
  assert.ok(trainer.diverged);
  assert.deepEqual([trainer.losses, trainer.heldOutLosses], [[], []]);
});

for (const [what, heldOutLosses] of /** @type {[string, number[]][]} */ ([
  ["a lower exam, of another text", [1e-9, 1e-9, 1e-9]],
  ["no exam", []],
])) {
  test(`an opened model with ${what}: the best of the epochs learned here is kept`, () => {
    const told = [];
    const session = createSession((message) => told.push(message));
    const run = { letters: cycle(400), heldOut: cycle(60), learningRate: 0.01 };
    const losses = [3, 2, 1];
    session.hear({ do: "begin", id: 1, ...RNN, weights: begun(), run, losses, heldOutLosses });
    session.hear({ do: "go" });
    for (let epoch = 0; epoch < 5; epoch++) session.work(Infinity);
    session.hear({ do: "save" });
    const { lowest, heldOutLosses: exams } = told.findLast((one) => one.told === "progress");
    const { weights, epoch } = told.at(-1);
    assert.deepEqual(lowest, { epoch, exam: Math.min(...exams.slice(-5)) });
    assert.equal(epoch, 3 + 1 + exams.slice(-5).indexOf(lowest.exam));
    assert.notDeepEqual(weights, begun());
  });
}
