import assert from "node:assert/strict";
import { test } from "node:test";
import { prepareLesson } from "../../../src/charrnn/lab/arithmetic/lesson.js";
import { untrained } from "../../../src/charrnn/lab/arithmetic/long_training.js";
import {
  crc32,
  ModelFileError,
  readModel,
  writeModel,
} from "../../../src/charrnn/lab/arithmetic/model_file.js";
import { randomNumbers } from "../../../src/charrnn/lab/arithmetic/random.js";
import {
  alphabetOf,
  decodeText,
  spell,
  tidied,
  unspell,
} from "../../../src/charrnn/lab/arithmetic/text_file.js";

const KOREAN = "가는 말이 고와야 오는 말이 곱다.\n뷁 쀍 한글\n".repeat(5);
const ENGLISH = 'the cat sat on the mat, "so what?"\n'.repeat(5);
const utf16 = (text, little) => {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), little);
  return new Uint8Array(view.buffer);
};
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

test("UTF-8 and UTF-16, with and without a mark at the beginning", () => {
  for (const text of [KOREAN, ENGLISH]) {
    const bytes = new TextEncoder().encode(text);
    assert.deepEqual(decodeText(bytes), { text, encoding: "UTF-8" });
    assert.deepEqual(decodeText(joined([0xef, 0xbb, 0xbf], bytes)), { text, encoding: "UTF-8" });
    for (const [little, mark, encoding] of /** @type {[boolean, number[], string][]} */ ([
      [true, [0xff, 0xfe], "UTF-16LE"],
      [false, [0xfe, 0xff], "UTF-16BE"],
    ])) {
      assert.deepEqual(decodeText(utf16(text, little)), { text, encoding });
      assert.deepEqual(decodeText(joined(mark, utf16(text, little))), { text, encoding });
    }
  }
});

test("what is no text is told", () => {
  const noise = randomNumbers(3);
  const random = Uint8Array.from({ length: 4000 }, () => noise() & 255);
  const png = joined([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], random);
  const latin = Uint8Array.from([..."Voil\xe0 un caf\xe9 tr\xe8s cher, \xe0 No\xebl"], (letter) =>
    letter.charCodeAt(0),
  );
  // "これは日本語のテキストです" in Shift-JIS
  const japanese = Uint8Array.from(
    "82b182ea82cd93fa967b8cea82cc8365834c8358836782c582b7".match(/../g),
    (pair) => Number.parseInt(pair, 16),
  );
  for (const bytes of [random, png, latin, japanese, Uint8Array.from([0, 1, 2])]) {
    assert.equal(decodeText(bytes), null);
  }
});

test("lines end in one way, letters are whole", () => {
  assert.equal(tidied("\ufeffa\r\nb\rc\u1112\u1161\u11ab"), "a\nb\nc한");
});

test("spelled by jamo or bytes and back; other letters stay", () => {
  assert.equal(unspell(spell(KOREAN, "jamo"), "jamo"), KOREAN);
  assert.deepEqual(spell("값 a", "jamo"), ["ㄱ", "ㅏ", "ㅄ", " ", "a"]);
  assert.equal(unspell(spell(KOREAN, "syllables"), "syllables"), KOREAN);
  assert.equal(unspell(spell(KOREAN, "bytes"), "bytes"), KOREAN);
  assert.deepEqual(spell("값", "bytes"), [..."\xea\xb0\x92"]);
});

test("an alphabet holds each letter once, and NFC leaves it as it is", () => {
  const alphabet = alphabetOf([..."e\u0301\u0323ba🐈b\u1161"]);
  assert.equal(alphabet, alphabet.normalize("NFC"));
  assert.deepEqual([...alphabet].slice(-5), ["a", "b", "e", "🐈", "␂", "␃"].slice(-5));
  assert.equal([...alphabet].length, 9);
});

const t = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;

test("a lesson is nine tenths of the text, the last tenth its exam", () => {
  const { lesson } = prepareLesson(ENGLISH.repeat(20), "jamo", null, t);
  const letters = [...lesson.vocabulary];
  assert.equal(lesson.letters.length + lesson.heldOut.length, [...ENGLISH].length * 20);
  const back = [...lesson.letters, ...lesson.heldOut].map((i) => letters[i]).join("");
  assert.equal(back, ENGLISH.repeat(20));
});

test("a text that is too short, too long or strange is told why", () => {
  const opened = { letters: "abc␂␃" };
  assert.match(prepareLesson("abc", "jamo", null, t).problem, /^short .*"3".*"1,000"/);
  assert.match(prepareLesson("a".repeat(300_001), "jamo", null, t).problem, /^long .*"300,001"/);
  const strange = prepareLesson("abcd가".repeat(300), "jamo", /** @type {any} */ (opened), t);
  const marked = prepareLesson("ab␂".repeat(400), "syllables", null, t);
  assert.match(marked.problem, /^mark .*"␂"/); // its model could not be opened again
  assert.match(strange.problem, /^strangers .*d ㄱ ㅏ/);
  const many = Array.from({ length: 4001 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join("");
  assert.match(prepareLesson(many, "jamo", null, t).problem, /^manyLetters/);
});

const SHAPE = { kind: /** @type {const} */ ("gru"), V: 6, H: 3 };
const MODEL = {
  ...SHAPE,
  weights: untrained(SHAPE, randomNumbers(5)),
  letters: "abcㅏ␂␃",
  spelling: /** @type {const} */ ("jamo"),
  losses: [2.5, 1.25],
  heldOutLosses: [3, 2],
};

test("the check sum of CRC-32's own example", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
});

test("a model comes back from its file as it was", () => {
  assert.deepEqual(readModel(writeModel(MODEL)), MODEL);
});

test("any byte changed, any end cut off: refused, never half read", () => {
  const file = writeModel(MODEL);
  for (let at = 0; at < file.length; at++) {
    const changed = file.slice();
    changed[at] ^= 1 + (at % 255);
    try {
      const found = readModel(changed);
      assert.deepEqual(found.weights, MODEL.weights); // a byte of the header that changes no number
    } catch (error) {
      assert.ok(error instanceof ModelFileError, String(error));
    }
    if (at % 7 === 0) assert.throws(() => readModel(file.subarray(0, at)), ModelFileError);
  }
});

const forged = (change) => {
  const file = writeModel(MODEL);
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  change(header);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(text.length), true);
  return joined(head, text, file.subarray(8 + length));
};

test("numbers that are none are refused, though the check sum fits", () => {
  const weights = MODEL.weights.with(3, Number.NaN);
  assert.throws(() => readModel(writeModel({ ...MODEL, weights })), { message: "noModel" });
});

test("a forged header is refused", () => {
  const told = (values) => (header) => Object.assign(header.__metadata__, values);
  for (const [word, change] of /** @type {[string, (header: any) => void][]} */ ([
    ["newerModel", told({ charrnn: "2" })],
    ["noModel", told({ charrnn: undefined })],
    ["noModel", told({ kind: "constructor" })],
    ["noModel", told({ letters: "abcdefg" })],
    ["noModel", told({ letters: "aacㅏ␂␃" })],
    ["noModel", told({ letters: "e\u0301bㅏ␂␃" })],
    ["noModel", told({ spelling: "words" })],
    ["noModel", told({ losses: "[null]" })],
    ["noModel", told({ losses: "{" })],
    ["damagedModel", told({ crc32: "00000000" })],
    ["largeModel", (header) => (header["output.weight"].shape = [6, 1e9])],
    ["largeModel", (header) => (header["output.weight"].shape = [70_000, 1])],
    ["noModel", (header) => (header["output.weight"].shape = [6, -3])],
    ["noModel", (header) => (header["output.bias"].dtype = "F16")],
    ["noModel", (header) => (header["output.bias"].data_offsets = [1e6, 1e6 + 24])],
    ["noModel", (header) => delete header["output.bias"]],
  ])) {
    assert.throws(() => readModel(forged(change)), { name: "Error", message: word });
  }
});
