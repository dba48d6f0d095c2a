import assert from "node:assert/strict";
import { test } from "node:test";
import { bill, exchangeSeconds, parameters } from "../../../src/charrnn/lab/arithmetic/cost.js";

// A step of H = 10 and B rows takes 0.1 + 0.02 + B (0.001 + 0.003) seconds.
const EASY = { fixed: 0.1, weights: 2e-4, linear: 1e-4, square: 3e-5 };
const PLAN = { kind: "rnn", letters: 32 * 8 * 100, hidden: 10, batch: 8, machines: 1, price: 2 };
const near = (one, other) =>
  assert.ok(Math.abs(one - other) < 1e-9 * Math.abs(other), `${one} ${other}`);

test("what a model learns, and what its workers exchange", () => {
  assert.equal(parameters("rnn", 10), 10 * 64 + 100 + 20 + 10 * 64 + 64);
  assert.equal(parameters("lstm", 10), 4 * (10 * 64 + 100 + 20) + 10 * 64 + 64);
  near(exchangeSeconds(125e6, 4), 6); // each machine passes 1.5 times 4 bytes of each number
  assert.equal(exchangeSeconds(125e6, 1), 0);
});

test("one machine does it all", () => {
  const { steps, step, faster, hours, money, limit } = bill(EASY, PLAN);
  assert.deepEqual([steps, limit, faster], [100, "fixed", 1]);
  near(step, 0.152);
  near(hours, (100 * 0.152) / 3600);
  near(money, 2 * hours);
  assert.equal(bill(EASY, { ...PLAN, letters: PLAN.letters + 1 }).steps, 101);
});

test("four machines share the rows, and nothing else", () => {
  const { parts, money, hours } = bill(EASY, { ...PLAN, machines: 4 });
  near(parts.fixed, 0.1);
  near(parts.weights, 0.02);
  near(parts.arithmetic, 2 * 0.004);
  near(parts.exchange, (1.5 * 4 * 1464) / 125e6);
  near(money, 8 * hours);
});

test("no more machines work than there are rows", () => {
  const many = bill(EASY, { ...PLAN, machines: 100 });
  assert.deepEqual(many, bill(EASY, { ...PLAN, machines: 8 }));
  assert.equal(many.machines, 8);
});

test("time is lost where the exchange takes longest", () => {
  const cost = { fixed: 1e-3, weights: 0, linear: 0, square: 1e-9 };
  const { limit, faster } = bill(cost, {
    ...{ kind: "gru", letters: 1e9, hidden: 1000, batch: 64, machines: 64, price: 0 },
  });
  assert.equal(limit, "exchange");
  assert.ok(faster < 1);
});
