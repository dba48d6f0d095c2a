// @ts-check
// Long work beside the page: in a worker where there can be one, else in slices between the frames.
import { runInSlices } from "./player.js";

/**
 * @typedef {object} Session
 * @property {(message: any) => void} hear
 * @property {(milliseconds: number) => boolean} work whether there is more to do
 */
/**
 * @typedef {object} Background
 * @property {string | undefined} script the figure's whole script, which calls its `serve` in a worker
 * @property {(tell: (message: any) => void) => Session} create a session in the page
 * @property {(message: any) => void} heard gets what a session tells
 * @property {() => void} settled called once it is known whether there is a worker
 * @property {() => void} failed called when an error, such as too little memory, ended the session;
 *   the next message starts another
 * @property {HTMLElement} root
 * @property {AbortSignal} signal
 */

/**
 * A session in the background: `tell(message)` speaks to it; the first message starts it. `inWorker`
 * is null until it is known.
 *
 * @param {Background} background
 */
export function inBackground({ script, create, heard, settled, failed, root, signal }) {
  /** @type {Worker | null} */
  let worker = null;
  let inWorker = /** @type {boolean | null} */ (null);
  let waiting = []; // messages for a worker that is not there yet
  let session = null;
  let begun = false;
  let address = ""; // of the worker's script
  const slices = runInSlices({
    root,
    signal,
    work: (ms) => inPage(() => session.work(ms)),
    draw() {},
  });

  function end() {
    worker?.terminate();
    worker = null;
    URL.revokeObjectURL(address);
  }
  function fail() {
    end();
    slices.stop();
    session = inWorker = null;
    begun = false;
    failed();
  }
  /** What the session answers; false where an error ended it. */
  function inPage(call) {
    try {
      return call();
    } catch (error) {
      console.error(error);
      fail();
      return false;
    }
  }
  function toSession(message) {
    inPage(() => session.hear(message));
    if (session) slices.start();
  }
  function settle(found) {
    if (inWorker !== null || signal.aborted) return;
    inWorker = found;
    if (!found) {
      end();
      session = create(heard);
    }
    for (const message of waiting.splice(0)) if (inWorker !== null) tell(message);
    settled();
  }
  function tell(message) {
    if (inWorker === null) waiting.push(message);
    else if (inWorker) worker.postMessage(message);
    else toSession(message);
  }
  function begin() {
    if (!script) return settle(false);
    // Without its export it is no module: a page from a disk may start no worker that is one.
    const source = script.replace(/^export .*$/m, "");
    address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    try {
      worker = new Worker(address);
    } catch {
      return settle(false);
    }
    worker.onerror = (event) => {
      if (inWorker) return fail(); // the browser's console has the error
      event.preventDefault();
      settle(false);
    };
    worker.onmessage = ({ data }) => {
      URL.revokeObjectURL(address);
      if (data.told === "ready") settle(true);
      else heard(data);
    };
  }
  signal.addEventListener("abort", () => {
    end();
    waiting = [];
  });
  return {
    tell(message) {
      if (!begun) {
        begun = true; // no worker before there is something to do
        begin();
      }
      tell(message);
    },
    get inWorker() {
      return inWorker;
    },
  };
}
