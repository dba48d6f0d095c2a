import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compose,
  FIRST,
  jamoOf,
  places,
  toJamo,
} from "../../../src/charrnn/lab/arithmetic/hangul.js";
import {
  describeProblems,
  readText,
  textOf,
  visible,
  withLetters,
} from "../../../src/charrnn/lab/arithmetic/vocabulary.js";

const key = (name, { letters = "" } = {}) => `${name} ${letters}`.trim();

test("every syllable is taken apart and put together again", () => {
  for (let code = FIRST; code < FIRST + 11172; code++) {
    const syllable = String.fromCodePoint(code);
    assert.deepEqual(
      compose(jamoOf(syllable)).map(({ text }) => text),
      [syllable],
    );
    assert.equal(places(syllable).length, 3);
  }
  assert.equal(places("a"), null);
});

test("a consonant goes to the syllable it can lead", () => {
  const texts = (row) => compose(toJamo(row)).map(({ text, alone }) => text + alone);
  assert.deepEqual(texts("ㅎㅏㄴㄱㅡㄹ"), ["한", "글"]);
  assert.deepEqual(texts("ㄱㅏㄱㅏ"), ["가", "가"]);
  assert.deepEqual(texts("ㅏㄱ"), ["ㅏvowel", "ㄱlead"]);
});

test("a text is read by the vocabulary, and what is wrong with it is named", () => {
  const read = readText("aXb1", "abx01");
  assert.deepEqual(read.indices, [3, 0, -1, 1, -1, 4]);
  const told = describeProblems(read, key, { vocabulary: "abx01" });
  assert.equal(told, "unknown X small x mark 1");
  assert.equal(describeProblems(readText("", "ab01"), key), "empty");
  assert.equal(describeProblems(readText("ab", "ab01"), key), "");
  assert.equal(describeProblems(readText("aaa", "ab01"), key, { most: 2 }), "long");
});

test("indices become text without the marks", () => {
  assert.equal(textOf([2, 0, 1, 3], "ab01"), "ab");
  assert.equal(withLetters("ab01", ["c"]), "abc01");
  assert.deepEqual(
    [" ", "\n", "0", "1", "\u200b"].map((x) => visible(x, "ab01", key)),
    ["␣", "⏎", "start", "end", "U+200B"],
  );
});
