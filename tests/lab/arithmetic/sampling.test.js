import assert from "node:assert/strict";
import { test } from "node:test";
import { candidateOf, keepGates, lstmCell } from "../../../src/charrnn/lab/arithmetic/gates.js";
import { crossEntropy, gradient, softmax } from "../../../src/charrnn/lab/arithmetic/losses.js";
import { randomNumbers } from "../../../src/charrnn/lab/arithmetic/random.js";
import { distribution, sampleIndices } from "../../../src/charrnn/lab/arithmetic/sampling.js";

const near = (a, b, within = 1e-12) => assert.ok(Math.abs(a - b) <= within, `${a}, ${b}`);

test("the Mersenne Twister's first numbers at seed 5489", () => {
  // Of the authors' reference program, mt19937ar.c.
  const random = randomNumbers(5489);
  assert.deepEqual([random(), random(), random()], [3499211612, 581869302, 3890346734]);
});

test("softmax adds up to 1 and takes any size of score", () => {
  for (const scores of [
    [0, 0],
    [1000, -1000, 3],
    [-1e6, -1e6 + 1],
  ]) {
    near(
      softmax(scores).reduce((a, x) => a + x),
      1,
    );
  }
});

test("the gradient of the cross-entropy is its slope", () => {
  const scores = [1.5, -0.2, 0.7];
  gradient(scores, 1).forEach((slope, i) => {
    const at = (change) => crossEntropy(scores.with(i, scores[i] + change), 1);
    near((at(1e-6) - at(-1e-6)) / 2e-6, slope, 1e-8);
  });
});

test("top-k and the nucleus leave the likeliest, scaled to 1", () => {
  const logits = [0, 3, 1, 2];
  const { order, cutBy, probabilities } = distribution(logits, { topK: 3, topP: 0.9 });
  assert.deepEqual(order, [1, 3, 2, 0]);
  assert.deepEqual(cutBy, ["k", "", "p", ""]);
  near(probabilities[1] + probabilities[3], 1);
  near(probabilities[1] / probabilities[3], Math.E);
});

test("the same seed draws the same letters, and none of probability 0", () => {
  const drawn = sampleIndices([0.5, 0, 0.5], 3, 200);
  assert.deepEqual(sampleIndices([0.5, 0, 0.5], 3, 200), drawn);
  assert.deepEqual([...new Set(drawn)].sort(), [0, 2]);
});

test("an open forget gate keeps the memory whole, a shut one nothing", () => {
  const given = { candidate: [0.5, 0, 0], input: [1, 0, 0], output: [1, 1, 0] };
  const kept = lstmCell({ ...given, forget: [1, 1, 1] });
  assert.deepEqual(kept.cell, [0.5, 0.5, 0.5]);
  assert.deepEqual(kept.hidden, [Math.tanh(0.5), Math.tanh(0.5), 0]);
  assert.deepEqual(kept.left, [1, 1, 1]);
  assert.deepEqual(lstmCell({ ...given, forget: [1, 0, 1] }).left, [0, 1, 1]);
  assert.ok(Math.abs(candidateOf("가")) <= 1);
});

test("letters that stay keep their gates", () => {
  const gates = [{ input: 0 }, { input: 0.5 }, { input: 1 }];
  const [a, b, c] = gates;
  assert.deepEqual(keepGates([..."xyz"], [..."xnyz"], gates), [a, a, b, c]);
  assert.deepEqual(keepGates([..."xyz"], [..."z"], gates), [c]);
  assert.equal(keepGates([..."xyz"], [..."q"], gates), null);
});
