// @ts-check
// A model in a file, in the safetensors format (https://github.com/huggingface/safetensors): the
// length of a header, the header in JSON, then the numbers. `layers.model_file` writes and reads the
// same; tests/lab holds the two together. No drawing.
import { parts } from "./recurrent.js";
import { recurrentCells } from "./recurrent_cells.js";
import { SPELLINGS } from "./text_file.js";

/** @import { Kind } from "./recurrent.js" */
/** @import { Spelling } from "./text_file.js" */
/**
 * @typedef {object} SavedModel
 * @property {Kind} kind
 * @property {number} V
 * @property {number} H
 * @property {Float32Array} weights in PyTorch's order
 * @property {string} letters the V letters, two marks at the end
 * @property {Spelling} spelling
 * @property {number[]} losses a loss for each epoch, in nats
 * @property {number[]} heldOutLosses
 */

const VERSION = 1;
const LONGEST_HEADER = 1_000_000; // bytes
export const MOST_WEIGHTS = 20_000_000; // 80 MB, what a page may take
const MOST_LETTERS = 2 ** 16; // as texts are kept in numbers of 16 bits

/** Why a file is refused: `message` is the name of the words that say it. */
export class ModelFileError extends Error {}

/** CRC-32 (ISO 3309), by which a damaged file is known. */
export function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/**
 * @param {SavedModel} model
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function writeModel(model) {
  const { parts: names, size } = parts(model);
  const data = new Uint8Array(4 * size);
  const view = new DataView(data.buffer);
  for (const [i, weight] of model.weights.entries()) view.setFloat32(4 * i, weight, true);
  const header = {
    __metadata__: {
      ...{ format: "pt", charrnn: String(VERSION), kind: model.kind, letters: model.letters },
      ...{ spelling: model.spelling, crc32: crc32(data).toString(16).padStart(8, "0") },
      losses: JSON.stringify(model.losses),
      validation_losses: JSON.stringify(model.heldOutLosses),
    },
  };
  for (const [name, { from, shape }] of Object.entries(names)) {
    const to = from + shape.reduce((a, b) => a * b, 1);
    header[name] = { dtype: "F32", shape, data_offsets: [4 * from, 4 * to] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = 8 * Math.ceil(text.length / 8); // numbers begin at a multiple of 8
  const file = new Uint8Array(8 + length + data.length).fill(0x20);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(text, 8);
  file.set(data, 8 + length);
  return file;
}

/**
 * @param {Uint8Array} file
 * @returns {SavedModel}
 * @throws {ModelFileError} "noModel", "newerModel", "damagedModel", "largeModel"
 */
export function readModel(file) {
  const { header, data } = headerOf(file);
  const told = header.__metadata__ ?? {};
  if (!/^\d{1,9}$/.test(told.charrnn ?? "")) throw new ModelFileError("noModel");
  if (Number(told.charrnn) > VERSION) throw new ModelFileError("newerModel");
  if (crc32(data).toString(16).padStart(8, "0") !== told.crc32) {
    throw new ModelFileError("damagedModel");
  }
  try {
    return modelOf(header, told, data);
  } catch (error) {
    throw error instanceof ModelFileError ? error : new ModelFileError("noModel");
  }
}

function headerOf(file) {
  try {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const length = Number(view.getBigUint64(0, true));
    if (!(length > 1 && length <= LONGEST_HEADER)) throw new RangeError();
    const text = new TextDecoder("utf-8", { fatal: true }).decode(file.subarray(8, 8 + length));
    return { header: Object(JSON.parse(text)), data: file.subarray(8 + length) };
  } catch {
    throw new ModelFileError("noModel");
  }
}

/** @returns {SavedModel} */
function modelOf(header, { kind, letters, spelling, losses, validation_losses }, data) {
  const wrong = () => new ModelFileError("noModel");
  const V = header["output.weight"].shape[0];
  const H = header["output.weight"].shape[1];
  const whole = [V, H].every((n) => Number.isInteger(n) && n > 0);
  if (!whole || !Object.hasOwn(recurrentCells, kind) || !SPELLINGS.includes(spelling))
    throw wrong();
  const { parts: names, size } = parts({ kind, V, H });
  if (size > MOST_WEIGHTS || V > MOST_LETTERS) throw new ModelFileError("largeModel");
  const known = [...letters];
  if (V < 3 || known.length !== V || new Set(known).size !== V) throw wrong();
  if (letters.normalize("NFC") !== letters) throw wrong();

  const weights = new Float32Array(size);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (const [name, { from, shape }] of Object.entries(names)) {
    const { dtype, shape: found, data_offsets: offsets } = header[name];
    const count = shape.reduce((a, b) => a * b, 1);
    if (dtype !== "F32" || String(found) !== String(shape)) throw wrong();
    if (offsets[1] - offsets[0] !== 4 * count || !Number.isInteger(offsets[0])) throw wrong();
    for (let i = 0; i < count; i++) weights[from + i] = view.getFloat32(offsets[0] + 4 * i, true);
  }
  if (!weights.every(Number.isFinite)) throw wrong();
  const curves = [losses, validation_losses].map((text) => JSON.parse(text ?? "[]"));
  const numbers = (list) => Array.isArray(list) && list.every(Number.isFinite);
  if (!curves.every(numbers)) throw wrong();
  const [ours, heldOut] = curves;
  return { kind, V, H, weights, letters, spelling, losses: ours, heldOutLosses: heldOut };
}
