// @ts-check
// A session of training on a long text, told what to do by messages and telling what it does: it
// runs in a worker, or in slices in the page. No drawing.
//
// Heard: { do: "begin", id, run, ...network }, "pause", "go", "save", "write" with { writing }.
// Told:  { told: "progress", … } after each slice of work, "written", "saved".
import { createLongTrainer } from "./long_training.js";
import { createWriter } from "./long_writing.js";

/** @import { Shape } from "./recurrent.js" */
/** @import { Sampling } from "./long_writing.js" */
/**
 * @typedef {object} Writing how it is to write
 * @property {ArrayLike<number>} prompt
 * @property {number} length
 * @property {Sampling} sampling
 */

// In a trainer's place where there is no text: an opened model that only writes.
const NOTHING = { within: 0, read: 0, diverged: false, latest: NaN, work() {} };
const WRITES_EVERY = 2000; // milliseconds, while it trains

/** @param {(message: Record<string, any>) => void} post */
export function createSession(post) {
  let id = 0; // of the last beginning: what is told of an earlier one can be known
  const tell = (message) => post({ ...message, id });
  let network = null;
  let trainer = null;
  let writer = null;
  let writing = null;
  let going = false;
  let took = 0; // milliseconds of training, and the letters learned from in them
  let written = -Infinity; // when it last wrote
  // Of the epochs learned here, the one with the lowest loss on the text held out. Those that an
  // opened model brings may have been examined on another text, and their weights are gone.
  let best = null;

  function progress() {
    const { losses, heldOutLosses, within, diverged, read, latest } = trainer;
    const pace = took > 200 ? read / took : 0;
    const lowest = best && { epoch: best.epoch, exam: best.exam };
    tell({
      told: "progress",
      losses,
      heldOutLosses,
      within,
      diverged,
      latest,
      pace,
      going,
      lowest,
    });
  }

  function write() {
    if (!writing || trainer.diverged) return;
    const { prompt, length, sampling } = writing;
    const letters = writer.write(network.weights, prompt, length, sampling);
    written = performance.now();
    tell({ told: "written", letters, epoch: trainer.losses.length });
  }

  /** The weights to keep: those that did best on the text held out. */
  function keep(before) {
    const epoch = trainer.losses.length;
    const exam = trainer.heldOutLosses.at(-1);
    if (epoch === before || exam > best?.exam) return;
    best = { weights: network.weights.slice(), epoch, exam };
  }

  const heard = {
    begin({ id: given, kind, V, H, weights, run, losses, heldOutLosses, writing: how }) {
      id = given;
      network = { kind, V, H, weights };
      const curves = { losses, heldOutLosses };
      trainer = run ? createLongTrainer(network, { ...run, ...curves }) : { ...NOTHING, ...curves };
      writer = createWriter(network);
      writing = how;
      best = null;
      took = 0;
      going = false;
      progress();
    },
    go() {
      going = true;
    },
    pause() {
      going = false;
      progress();
      write();
    },
    write({ writing: how }) {
      writing = how;
      write();
    },
    save() {
      const { weights, epoch } = best ?? { ...network, epoch: trainer.losses.length };
      tell({ told: "saved", weights: weights.slice(), epoch });
    },
  };

  return {
    hear: (message) => heard[message.do](message),
    /** Train for so long; whether there is more to do. */
    work(milliseconds) {
      if (!going) return false;
      const start = performance.now();
      const before = trainer.losses.length;
      trainer.work(milliseconds, before + 1);
      took += performance.now() - start;
      keep(before);
      if (trainer.diverged) going = false;
      progress();
      if (performance.now() - written > WRITES_EVERY) write();
      return going;
    },
  };
}

/**
 * A session in a worker: what the page sends is heard, what the session tells is sent to it.
 *
 * @param {any} worker its global scope
 */
export function serve(worker) {
  const session = createSession((message) => worker.postMessage(message));
  let waiting = false;
  const turn = () => {
    waiting = session.work(100);
    if (waiting) setTimeout(turn); // between two slices messages are heard
  };
  worker.onmessage = ({ data }) => {
    session.hear(data);
    if (!waiting) turn();
  };
  worker.postMessage({ told: "ready" });
}
