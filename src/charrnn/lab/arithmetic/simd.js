// @ts-check
// `multiplyAdd` of matrix.js for WebAssembly with SIMD, put together here instruction by
// instruction: there is no compiler to install and no file of bytes that nobody can read. The names
// of instructions and sections are those of the WebAssembly specification, release 2.0.

/** @typedef {(number | Code)[]} Code bytes, and lists of bytes */

/** A whole number in LEB128, the form that WebAssembly has them in. */
export function leb(value) {
  const bytes = [];
  for (;;) {
    const byte = value & 0x7f;
    value >>= 7;
    const done = (value === 0 && !(byte & 0x40)) || (value === -1 && byte & 0x40);
    bytes.push(done ? byte : byte | 0x80);
    if (done) return bytes;
  }
}

const I32 = 0x7f;
const V128 = 0x7b;
const simd = (number, ...rest) => [0xfd, leb7(number), ...rest];
const leb7 = (number) => (number < 0x80 ? [number] : [(number & 0x7f) | 0x80, number >> 7]);

const get = (local) => [0x20, local];
const set = (local) => [0x21, local];
const constant = (value) => [0x41, leb(value)];
const add = 0x6a;
const multiply = 0x6c;
const atMost = 0x4c; // i32.le_s
const loop = (...body) => [0x03, 0x40, body, 0x0b];
const when = (...body) => [0x04, 0x40, body, 0x0b];
const again = (depth) => [0x0c, depth]; // br
const vectorMultiply = simd(0xe6); // f32x4.mul
const vectorAdd = simd(0xe4); // f32x4.add
const splat = simd(0x09, 2, 0); // v128.load32_splat: one number four times

/** Four numbers at a time; or one, for the columns left over. The offset comes in bytes. */
const WIDE = {
  numbers: 4,
  load: (offset) => simd(0x00, 4 - 2, leb7(offset)), // v128.load
  store: (offset) => simd(0x0b, 4 - 2, leb7(offset)), // v128.store
};
const SINGLE = {
  numbers: 1,
  load: (offset) => simd(0x5c, 2, leb7(offset)), // v128.load32_zero
  store: (offset) => simd(0x5a, 2, leb7(offset), 0), // v128.store32_lane 0
};

// The function's parameters, then its own variables. Strides are in bytes.
const NAMES = ["C", "rowC", "A", "rowA", "stepA", "B", "rowB", "m", "n", "k"];
const OWN = ["i", "j", "p", "a", "b", "c"];
const [C, rowC, A, rowA, stepA, B, rowB, m, n, k, i, j, p, a, b, c] = [...NAMES, ...OWN].keys();
const FIRST_VECTOR = NAMES.length + OWN.length;
const ROWS = 4;
const COLUMNS = 2; // vectors side by side
const sum = (row, column) => FIRST_VECTOR + row * COLUMNS + column;
const fromB = (column) => FIRST_VECTOR + ROWS * COLUMNS + column;
const fromA = FIRST_VECTOR + ROWS * COLUMNS + COLUMNS;

/** local = start + row * stride */
const place = (start, row, stride) => [get(start), get(row), get(stride), multiply, add];
/** What stands `row` rows of `stride` after `local`. */
const below = (local, row, stride) => [
  get(local),
  Array.from({ length: row }, () => [get(stride), add]),
];
const step = (local, value) => [get(local), value, add, set(local)];
const each = (count, code) => Array.from({ length: count }, (_, index) => code(index));

/** rows × columns sums of C at once, kept in variables while p runs along k. */
function block(rows, columns, kind) {
  const offset = (column) => 4 * kind.numbers * column;
  const all = (code) => each(rows, (row) => each(columns, (column) => code(row, column)));
  return [
    [place(C, i, rowC), get(j), constant(4), multiply, add, set(c)],
    [place(A, i, rowA), set(a)],
    [get(B), get(j), constant(4), multiply, add, set(b)],
    all((row, column) => [below(c, row, rowC), kind.load(offset(column)), set(sum(row, column))]),
    [constant(0), set(p)],
    loop(
      each(columns, (column) => [get(b), kind.load(offset(column)), set(fromB(column))]),
      each(rows, (row) => [
        [below(a, row, rowA), splat, set(fromA)],
        each(columns, (column) => [
          [get(fromA), get(fromB(column)), vectorMultiply],
          [get(sum(row, column)), vectorAdd, set(sum(row, column))],
        ]),
      ]),
      [step(a, get(stepA)), step(b, get(rowB)), step(p, constant(1))],
      [get(p), constant(1), add, get(k), atMost, 0x0d, 0], // br_if
    ),
    all((row, column) => [below(c, row, rowC), get(sum(row, column)), kind.store(offset(column))]),
  ];
}

/** While `size` more fit under `limit`, do `body` and go on by as many. */
const strides = (index, size, limit, body) =>
  loop(
    [get(index), constant(size), add, get(limit), atMost],
    when(body, step(index, constant(size)), again(1)),
  );

const rowsOf = (rows) =>
  strides(i, rows, m, [
    [constant(0), set(j)],
    strides(j, COLUMNS * WIDE.numbers, n, block(rows, COLUMNS, WIDE)),
    strides(j, WIDE.numbers, n, block(rows, 1, WIDE)),
    strides(j, SINGLE.numbers, n, block(rows, 1, SINGLE)),
  ]);

/** The bytes of the module: memory `page.memory` in, the function `multiplyAdd` out. */
export function moduleBytes() {
  const bytes = (code) => code.flat(Infinity);
  const text = (word) => [word.length, ...new TextEncoder().encode(word)];
  const section = (number, code) => {
    const content = bytes(code);
    return [number, leb(content.length), content];
  };
  const vectors = ROWS * COLUMNS + COLUMNS + 1;
  const body = bytes([2, OWN.length, I32, vectors, V128, rowsOf(ROWS), rowsOf(1), 0x0b]);
  return Uint8Array.from(
    bytes([
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
      section(1, [1, 0x60, NAMES.length, NAMES.map(() => I32), 0]), // types: one function
      section(2, [1, text("page"), text("memory"), 2, 0, 1]), // imports: a memory of 1 page or more
      section(3, [1, 0]), // functions: one, of type 0
      section(7, [1, text("multiplyAdd"), 0, 0]), // exports
      section(10, [1, leb(body.length), body]), // code
    ]),
  );
}

let compiled;

/** The compiled module; null where the browser lacks SIMD or a page's policy forbids it. */
export function simdModule() {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(moduleBytes());
    } catch {
      compiled = null;
    }
  }
  return compiled;
}
