import assert from "node:assert/strict";
import { test } from "node:test";
import {
  judge,
  parts,
  read,
  readNumber,
  readShape,
  readText,
  same,
} from "../../src/charrnn/exercises/answers.js";

test("one number is written in many ways", () => {
  const half = [
    "0.5",
    ".5",
    "1/2",
    "5e-1",
    "0,5",
    " 0.5 ",
    "+.5",
    "２／４",
    "0.50",
    "5 / 10",
    "5E-1",
  ];
  for (const text of half) assert.equal(readNumber(text), 0.5, text);
  for (const text of ["-3", "−3", "–3", "-3.", "-6/2", "6/-2"]) {
    assert.equal(readNumber(text), -3, text);
  }
  for (const text of ["1155", "1,155", "1 155", "1155.0"])
    assert.equal(readNumber(text), 1155, text);
  assert.equal(readNumber("1,234,567.5"), 1234567.5);
  assert.equal(readNumber("0,125"), 0.125); // no group of thousands begins with 0
  assert.equal(readNumber("1,25"), 1.25);
});

test("what is no number is none", () => {
  const nonsense = [
    "",
    " ",
    "a",
    "1/0",
    "1/2/3",
    "/2",
    "1/",
    "--3",
    "1e",
    "1e999",
    "0x10",
    "Infinity",
  ];
  for (const text of [...nonsense, "NaN", "1.2.3", "1,2,3", ".", ",", "e5", "1 apple", "한 개"]) {
    assert.equal(readNumber(text), null, text);
  }
});

test("a shape may come with any brackets and signs between its sides", () => {
  const ways = ["(33, 35)", "33, 35", "[33,35]", "33 x 35", "33×35", "33*35", "(33,35,)", "33 35"];
  for (const text of [...ways, "torch.Size([33, 35])", "（33，35）", "{33, 35}"]) {
    assert.deepEqual(readShape(text), ["33", "35"], text);
  }
  assert.deepEqual(readShape("(T, V)"), ["T", "V"]);
  assert.deepEqual(readShape("(5,)"), ["5"]);
  for (const text of ["", "()", "(3.5, 2)", "rows, columns", "(3; 5)"]) {
    assert.equal(readShape(text), null, text);
  }
  assert.equal(readShape("(-3, 2)"), null);
});

test("a text is what was meant", () => {
  for (const text of ["l", " l ", '"l"', "'l'", "`l`", "“l”"])
    assert.equal(readText(text), "l", text);
  assert.equal(readText(" "), " ");
  assert.equal(readText("␣"), " ");
  assert.equal(readText("nice␣day"), "nice day");
  assert.equal(readText("\u1112\u1161\u11ab"), "한");
  assert.equal(readText(""), null);
  assert.equal(readText("'"), "'");
});

test("answers are the same within the tolerance, and not beyond it", () => {
  assert.ok(same("number", 0.1 + 0.2, 0.3, 0));
  assert.ok(same("number", 0.29, 0.3, 0.01));
  assert.ok(!same("number", 0.28, 0.3, 0.01));
  assert.ok(!same("number", 33, 32, 0));
  assert.ok(same("text", "T", "t", 0));
  assert.ok(same("shape", ["t", "35"], ["T", "35"], 0));
  assert.ok(!same("shape", ["35", "33"], ["33", "35"], 0));
  assert.ok(!same("order", ["b", "a"], ["a", "b"], 0));
  assert.ok(!same("shape", ["3", "5"], ["35"], 0));
});

test("an answer is right, foreseen, or neither", () => {
  const secret = {
    answer: 33,
    tolerance: 0,
    replies: [
      [35, "V"],
      [29, "no marks"],
    ],
    why: "T + 1",
  };
  assert.deepEqual(judge("number", 33, secret), { right: true, reply: "T + 1" });
  assert.deepEqual(judge("number", 35, secret), { right: false, reply: "V" });
  assert.deepEqual(judge("number", 29, secret), { right: false, reply: "no marks" });
  assert.deepEqual(judge("number", 7, secret), { right: false, reply: "" });
  assert.equal(read("choice", "a thing"), "a thing");
  const close = {
    answer: 2,
    tolerance: 0.5,
    replies: [
      [1, "one"],
      [1.2, "more"],
    ],
    why: "",
  };
  assert.equal(judge("number", 1.2, close).reply, "more"); // the nearest of those that fit
  assert.equal(judge("number", 0.9, close).reply, "one");
});

test("code in a text is told apart", () => {
  assert.deepEqual(parts("say `hi` and `ho`."), ["say ", "hi", " and ", "ho", "."]);
  assert.deepEqual(parts("<b> ` alone"), ["<b> ` alone"]);
});
