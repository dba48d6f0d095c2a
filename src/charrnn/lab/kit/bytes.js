// @ts-check
// Numbers as bytes, as a figure's traits hold them: little-endian float32, row by row.

/**
 * Numbers of a network from the bytes of the trait `weights`; null if there are none.
 *
 * @param {any} bytes
 */
export function numbersOf(bytes) {
  if (!bytes?.byteLength) return null;
  const view =
    bytes instanceof DataView
      ? bytes
      : new DataView(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/**
 * The bytes of numbers, for the trait `weights`.
 *
 * @param {number[] | Float32Array} numbers
 */
export function bytesOf(numbers) {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  for (const [i, number] of numbers.entries()) view.setFloat32(4 * i, number, true);
  return view;
}
