// @ts-check
// Files from and to the reader's machine; nothing is sent anywhere.
import { button, element } from "./controls.js";

/**
 * A button that opens a file: `read(name, bytes)` gets what is in it.
 *
 * @param {string} label
 * @param {{ accept: string, most: number, read: (name: string, bytes: Uint8Array | null) => void }}
 *   options `most` bytes: a larger file is not read, its bytes are null
 */
export function fileButton(label, { accept, most, read }) {
  const input = element("input", { type: "file", accept, hidden: true });
  input.addEventListener("change", () => {
    const [file] = input.files;
    input.value = ""; // the same file may be opened again
    if (file) readFile(file, most, read);
  });
  const press = button(label, () => input.click());
  return { element: element("span", {}, press, input), press };
}

/** @param {File} file */
export async function readFile(file, most, read) {
  if (file.size > most) return read(file.name, null);
  const content = await file.arrayBuffer().catch(() => new ArrayBuffer(0)); // gone: as an empty one
  read(file.name, new Uint8Array(content));
}

/**
 * Have the browser keep bytes as a file. Its address holds until the figure goes.
 *
 * @param {string} name
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {AbortSignal} signal
 */
export function download(name, bytes, signal) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  element("a", { href: address, download: name }).click();
  signal.addEventListener("abort", () => URL.revokeObjectURL(address));
}

/**
 * What is dropped on an element: a file, or words dragged from elsewhere.
 *
 * @param {HTMLElement} node
 * @param {(file: File) => void} dropped
 */
export function dropZone(node, dropped) {
  node.addEventListener("dragover", (event) => {
    if ([...(event.dataTransfer?.types ?? [])].includes("Files")) event.preventDefault();
  });
  node.addEventListener("drop", (event) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    dropped(file);
  });
}
