// @ts-check
// Products of matrices, where nearly all the time of training goes. No drawing.
//
// Numbers lie in one stretch of memory, row by row. Where the browser has WebAssembly with SIMD,
// simd.js multiplies, four numbers at once; elsewhere the loops below do the same.
import { simdModule } from "./simd.js";

/**
 * C += A B, where C is (m, n), A (m, k) and B (k, n). Each is told by its array and its strides: a
 * row of C is `rowC` numbers after the one before; going along k in A is `stepA` numbers, so that
 * A can be read as it is (rowA, 1) or transposed (1, rowA).
 *
 * @typedef {(C: Float32Array, rowC: number, A: Float32Array, rowA: number, stepA: number,
 *   B: Float32Array, rowB: number, m: number, n: number, k: number) => void} MultiplyAdd
 */

/**
 * Arrays of the sizes asked for, by name, and what multiplies them.
 *
 * @template {Record<string, number>} Sizes
 * @param {Sizes} sizes how many numbers each array has
 * @param {WebAssembly.Module | null} [compiled] null: plain loops
 * @returns {{ arrays: { [name in keyof Sizes]: Float32Array }, multiplyAdd: MultiplyAdd }}
 */
export function matrices(sizes, compiled = simdModule()) {
  const start = {};
  let bytes = 0;
  for (const [name, size] of Object.entries(sizes)) {
    start[name] = bytes;
    bytes += 16 * Math.ceil(size / 4);
  }
  const pages = Math.ceil(bytes / 65536) || 1;
  const memory = compiled && new WebAssembly.Memory({ initial: pages, maximum: pages });
  const buffer = memory ? memory.buffer : new ArrayBuffer(bytes);
  const arrays = /** @type {any} */ ({});
  for (const [name, size] of Object.entries(sizes)) {
    arrays[name] = new Float32Array(buffer, start[name], size);
  }
  if (!memory) return { arrays, multiplyAdd: plainMultiplyAdd };

  const { multiplyAdd } = new WebAssembly.Instance(compiled, { page: { memory } }).exports;
  return {
    arrays,
    multiplyAdd: (C, rowC, A, rowA, stepA, B, rowB, m, n, k) =>
      /** @type {Function} */ (multiplyAdd)(
        ...[C.byteOffset, 4 * rowC, A.byteOffset, 4 * rowA, 4 * stepA, B.byteOffset, 4 * rowB],
        ...[m, n, k],
      ),
  };
}

/** @type {MultiplyAdd} */
export function plainMultiplyAdd(C, rowC, A, rowA, stepA, B, rowB, m, n, k) {
  let i = 0;
  // Two rows and two columns at once: each number is read half as often.
  for (; i + 1 < m; i += 2) {
    let j = 0;
    for (; j + 1 < n; j += 2) {
      const c0 = i * rowC + j;
      const c1 = c0 + rowC;
      let s00 = C[c0];
      let s01 = C[c0 + 1];
      let s10 = C[c1];
      let s11 = C[c1 + 1];
      for (let p = 0, a = i * rowA, b = j; p < k; p++, a += stepA, b += rowB) {
        const a0 = A[a];
        const a1 = A[a + rowA];
        const b0 = B[b];
        const b1 = B[b + 1];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s10 += a1 * b0;
        s11 += a1 * b1;
      }
      C[c0] = s00;
      C[c0 + 1] = s01;
      C[c1] = s10;
      C[c1 + 1] = s11;
    }
    if (j < n) {
      oneColumn(C, rowC, A, rowA, stepA, B, rowB, i, j, k);
      oneColumn(C, rowC, A, rowA, stepA, B, rowB, i + 1, j, k);
    }
  }
  if (i < m) for (let j = 0; j < n; j++) oneColumn(C, rowC, A, rowA, stepA, B, rowB, i, j, k);
}

function oneColumn(C, rowC, A, rowA, stepA, B, rowB, i, j, k) {
  let sum = C[i * rowC + j];
  for (let p = 0, a = i * rowA, b = j; p < k; p++, a += stepA, b += rowB) sum += A[a] * B[b];
  C[i * rowC + j] = sum;
}
