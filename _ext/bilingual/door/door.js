// @ts-check
// The root page: a network that learns and writes while one looks. It trains a few epochs, then
// writes from the start mark on, each letter read back, until it writes its sentence right.
import { initWeights, oneHot, step } from "../../../src/charrnn/lab/arithmetic/cell.js";
import { argmax } from "../../../src/charrnn/lab/arithmetic/sampling.js";
import { createTrainer } from "../../../src/charrnn/lab/arithmetic/training.js";

const HIDDEN = 35; // units, as in the first chapters
const RATE = 0.01; // and their learning rate
const EPOCHS = 3; // between two tries
const LETTER = 70; // milliseconds
const REST = 700; // after a try
const TRIES = 4; // earlier ones that stay in sight

/**
 * What the network writes: { letter, state } a step, until the end mark or `longest` letters.
 *
 * @param {import("../../../src/charrnn/lab/arithmetic/cell.js").Network} network
 * @param {number} longest
 */
export function writing(network, longest) {
  const { V, H } = network;
  const steps = [];
  let letter = V - 2;
  let state = new Float32Array(H);
  while (steps.length < longest) {
    const made = step(network, oneHot(letter, V), state);
    steps.push({ read: letter, letter: argmax(made.output), state: made.state });
    ({ letter, state } = steps.at(-1));
    if (letter === V - 1) break;
  }
  return steps;
}

/**
 * A network that learns a sentence, and what is shown for each of its letters.
 *
 * @param {{ text: string, letters: string, marks: string }} told  the sentence; the vocabulary, whose
 *   last two letters are its marks; how these are shown
 * @param {number} seed
 */
export function learner({ text, letters, marks }, seed) {
  const V = letters.length;
  const indices = [V - 2, ...Array.from(text, (letter) => letters.indexOf(letter)), V - 1];
  const shown = [...Array.from(letters.slice(0, -2), (l) => (l === " " ? "␣" : l)), ...marks];
  const trainer = createTrainer(initWeights(V, HIDDEN, seed), indices, RATE);
  return {
    shown,
    goal: indices.slice(1),
    get epoch() {
      return trainer.epoch;
    },
    learn: () => trainer.work(trainer.epoch + EPOCHS),
    write: () => writing(trainer.network, indices.length - 1),
  };
}

/** @param {HTMLElement} place  the box of the picture, with what is told in its data */
export function start(place) {
  const { text, letters, marks, play, done } = place.dataset;
  const find = (name) => /** @type {HTMLElement} */ (place.querySelector(`.writing-${name}`));
  const [epoch, read, state, next, line, tries, status] = [
    ...["epoch", "read", "state", "next", "line", "tries", "status"],
  ].map(find);
  const [toggle, renew] = place.querySelectorAll("button");
  const pause = toggle.textContent;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let seed = 0;
  let network = learner({ text, letters, marks }, seed);
  let steps = network.write();
  let at = 0;
  let timer = 0;
  let running = !still.matches;

  const squares = Array.from({ length: HIDDEN }, () => document.createElement("i"));
  state.replaceChildren(...squares);

  /** One letter of a try; right ones are marked. */
  function letterOf(i) {
    const span = document.createElement("span");
    span.textContent = network.shown[steps[i].letter];
    if (steps[i].letter === network.goal[i]) span.className = "right";
    return span;
  }

  function draw() {
    const now = steps[at];
    epoch.textContent = String(network.epoch);
    read.textContent = network.shown[now.read];
    next.textContent = network.shown[now.letter];
    const largest = Math.max(...now.state.map(Math.abs));
    for (const [i, square] of squares.entries()) {
      square.className = now.state[i] < 0 ? "below" : "above";
      square.style.opacity = String((Math.abs(now.state[i]) / largest).toFixed(2));
    }
    if (at === 0) line.replaceChildren();
    line.append(letterOf(at));
  }

  const isRight = () =>
    steps.length === network.goal.length &&
    steps.every(({ letter }, i) => letter === network.goal[i]);

  /** A try is written: it moves among the earlier ones, and the network goes on learning. */
  function learn() {
    const row = document.createElement("li");
    row.append(...line.cloneNode(true).childNodes);
    row.dataset.epoch = String(network.epoch);
    tries.append(row);
    while (tries.children.length > TRIES) tries.firstElementChild.remove();
    network.learn();
    steps = network.write();
    at = 0;
  }

  /** The next letter, or the next try; what is left to wait, 0 where the sentence is right. */
  function advance() {
    if (++at >= steps.length) {
      if (isRight()) return 0;
      learn();
    }
    draw();
    if (at < steps.length - 1) return LETTER;
    return REST;
  }

  function tell() {
    const ended = at >= steps.length;
    toggle.textContent = running && !ended ? pause : play;
    if (ended && document.activeElement === toggle) renew.focus(); // not lost with the button
    toggle.hidden = ended;
    status.textContent = ended ? done.replaceAll("{epochs}", String(network.epoch)) : "";
  }

  function go() {
    clearTimeout(timer);
    if (running) {
      const wait = advance();
      if (wait) timer = setTimeout(go, wait);
    }
    tell();
  }

  /** To the end at once, for readers who want nothing to move. */
  function finish() {
    while (advance());
    tell();
  }

  function begin(from) {
    clearTimeout(timer);
    seed = from;
    network = learner({ text, letters, marks }, seed);
    steps = network.write();
    at = 0;
    tries.replaceChildren();
    draw();
    if (still.matches) finish();
    else {
      running = true;
      tell();
      timer = setTimeout(go, LETTER);
    }
  }

  toggle.addEventListener("click", () => {
    running = !running;
    go();
  });
  renew.addEventListener("click", () => begin(seed + 1));
  place.classList.add("alive");
  begin(0);
}

if (typeof document !== "undefined") {
  const place = document.querySelector("[data-writing]");
  if (place) start(/** @type {HTMLElement} */ (place));
}
