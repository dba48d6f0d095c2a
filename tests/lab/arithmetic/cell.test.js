import assert from "node:assert/strict";
import { test } from "node:test";
import {
  initWeights,
  layout,
  oneHot,
  step,
  terms,
} from "../../../src/charrnn/lab/arithmetic/cell.js";
import { generate } from "../../../src/charrnn/lab/arithmetic/generation.js";
import { createTrainer, lossSpikes } from "../../../src/charrnn/lab/arithmetic/training.js";

const V = 5;
const H = 3;
const LETTERS = [3, 0, 1, 2, 4]; // marks included

test("the four parts of a network lie one after another", () => {
  const { W_h, b_h, W_y, b_y, size } = layout(V, H);
  assert.deepEqual([W_h, b_h, W_y, b_y, size], [0, 24, 27, 67, 72]);
  assert.equal(initWeights(V, H, 0).weights.length, size);
});

test("the same seed gives the same weights, within the limit of nn.Linear", () => {
  const first = initWeights(V, H, 7).weights;
  assert.deepEqual(initWeights(V, H, 7).weights, first);
  assert.notDeepEqual(initWeights(V, H, 8).weights, first);
  assert.ok(first.every((weight) => Math.abs(weight) <= 1 / Math.sqrt(V + H)));
});

test("the terms of a number add up to it", () => {
  const network = initWeights(V, H, 1);
  const old = Float32Array.from([0.2, -0.5, 0.9]);
  const { output, state } = step(network, oneHot(2, V), old);
  assert.ok(Math.abs(terms(network, "output", 4, 2, old).sum - output[4]) < 1e-6);
  assert.ok(Math.abs(Math.tanh(terms(network, "state", 1, 2, old).sum) - state[1]) < 1e-6);
});

test("the gradient is the slope of the loss", () => {
  const lossAt = (change, index) => {
    const network = initWeights(V, H, 2);
    network.weights[index] += change;
    const trainer = createTrainer(network, LETTERS, 0);
    trainer.work(1);
    return trainer;
  };
  const { gradient } = lossAt(0, 0);
  for (const index of [0, 5, 23, 25, 40, 66, 70]) {
    const slope = (lossAt(0.01, index).losses[0] - lossAt(-0.01, index).losses[0]) / 0.02;
    assert.ok(Math.abs(slope - gradient[index]) < 1e-3, `${index}: ${slope}, ${gradient[index]}`);
  }
});

test("what was trained writes its text and stops", () => {
  const network = initWeights(V, H + 9, 3);
  const trainer = createTrainer(network, LETTERS, 0.02);
  trainer.work(400);
  assert.equal(trainer.epoch, 400);
  assert.ok(trainer.losses.at(-1) < trainer.losses[0] / 100);
  const { steps, ended, broken } = generate(network, { length: 20 });
  assert.deepEqual(
    [steps.map(({ letter }) => letter), ended, broken],
    [LETTERS.slice(1), true, false],
  );
});

test("a rate without measure diverges and is told", () => {
  const trainer = createTrainer(initWeights(V, H, 0), LETTERS, 1e30);
  trainer.work(100);
  assert.ok(trainer.diverged && trainer.epoch < 100);
});

test("a spike is a jump to a hundred times the lowest loss", () => {
  const losses = Array.from({ length: 120 }, (_, e) => 1 / (e + 1));
  losses[80] = 5;
  assert.deepEqual(lossSpikes(losses), [80]);
  losses[80] = 0.9;
  assert.deepEqual(lossSpikes(losses), []);
});
