// @ts-check
// Own text: a reader's own text is learned in the page, and the model is kept as a file.
import { prepareLesson } from "../arithmetic/lesson.js";
import { untrained } from "../arithmetic/long_training.js";
import { ModelFileError, readModel, writeModel } from "../arithmetic/model_file.js";
import { randomNumbers } from "../arithmetic/random.js";
import { createSession, serve as serveSession } from "../arithmetic/session.js";
import {
  decodeText,
  indicesOf,
  SPELLINGS,
  spell,
  tidied,
  unspell,
} from "../arithmetic/text_file.js";
import { inBackground } from "../kit/background.js";
import {
  button,
  choice,
  element,
  enable,
  note,
  numberField,
  outOfRange,
  row,
  textField,
} from "../kit/controls.js";
import { download, dropZone, fileButton, readFile } from "../kit/files.js";
import { number, oneOf, whole } from "../kit/link.js";
import { ownTextWords } from "../kit/own_text_words.js";
import { missing, perplexities } from "../kit/perplexities.js";
import { MOST_K, writingControls } from "../kit/writing_controls.js";

export const words = ownTextWords;
export const serve = serveSession; // what the figure's script does in a worker

const KINDS = [
  ["rnn", "RNN"],
  ["gru", "GRU"],
  ["lstm", "LSTM"],
];
/** @type {Record<string, import("../kit/controls.js").Range>} */
const RANGES = {
  units: { low: 1, high: 512 },
  rate: { low: 0.00001, high: 1e30, step: "any" },
  seed: { low: 0, high: 2 ** 32 - 1 },
};
const WRITTEN = 400; // letters
const MOST_BYTES = 2_000_000; // of a text file: 300,000 letters take at most 1.2 MB
const LONG = 20_000; // letters
const MOST_MODEL = 100_000_000;
const TRAITS = {
  ...{ kind: "kind", units: "hidden_size", spelling: "spelling", rate: "learning_rate" },
  ...{ seed: "seed", temperature: "temperature" },
};

export const fields = {
  kind: oneOf("rnn", "gru", "lstm"),
  units: whole(RANGES.units.low, RANGES.units.high),
  spelling: oneOf(...SPELLINGS),
  rate: number(RANGES.rate.low, RANGES.rate.high),
  seed: whole(RANGES.seed.low, RANGES.seed.high),
  temperature: number(0.05, 3),
  k: whole(1, MOST_K),
  p: number(0.01, 1),
};

/** @param {import("../kit/frame.js").Context} context */
export function figure(context) {
  const { root, model, t, signal, status, link } = context;
  const given = () => ({
    ...Object.fromEntries(Object.entries(TRAITS).map(([key, name]) => [key, model.get(name)])),
    k: model.get("top_k") ?? MOST_K,
    p: model.get("top_p") ?? 1,
  });
  const first = given();
  const state = /** @type {any} */ ({ ...first, prompt: "" });
  let text = model.get("text");
  let opened = /** @type {import("../arithmetic/model_file.js").SavedModel | null} */ (null);
  let lesson = /** @type {import("../arithmetic/lesson.js").Lesson | null} */ (null);
  let network = /** @type {any} */ (null); // what the session has: shape, letters, spelling
  let id = 0; // of what the session was last told to begin
  let begun = false; // whether the session has the lesson
  let started = false; // whether the model has learned from the text that is here
  let training = false;
  let unsaved = false;
  let last = /** @type {any} */ (null); // the last progress told
  let asked = false; // whether "Start over" was pressed once
  let waiting = 0; // the timer until a long text is read

  const session = inBackground({
    ...{ script: model.get("_esm"), create: createSession, root, signal },
    heard: (message) => message.id === id && heard[message.told](message),
    settled: () => show(),
    failed,
  });
  const source = textField(t("text"), text, (value) => bring(value), {
    ...{ rows: 6, placeholder: t("drop") },
  });
  const file = fileButton(t("chooseFile"), {
    ...{ accept: ".txt,.md,.csv,text/*", most: MOST_BYTES, read: fromFile },
  });
  const ready = button(t("ready"), () => bring(model.get("text"), true));
  const remark = note(signal);
  const settle = (name) => (value) => change({ [name]: value });
  const controls = {
    kind: choice(t("kind"), state.kind, KINDS, settle("kind")),
    units: numberField(t("units"), state.units, RANGES.units, settle("units")),
    spelling: choice(
      t("spelling"),
      state.spelling,
      SPELLINGS.map((name) => [name, t(name)]),
      settle("spelling"),
    ),
    rate: numberField(t("rate"), state.rate, RANGES.rate, settle("rate")),
    seed: numberField(t("seed"), state.seed, RANGES.seed, settle("seed")),
  };
  const play = button(t("train"), () => (training ? pause() : train()), {
    class: "lab-button lab-main",
  });
  const reset = button(t("reset"), startOver);
  const save = button(t("save"), () => session.tell({ do: "save" }));
  const open = fileButton(t("open"), {
    ...{ accept: ".safetensors", most: MOST_MODEL, read: openModel },
  });
  const told = note(signal);
  const within = element("progress", { max: 1, "aria-label": t("progressLabel") });
  const numbers = element("p", { class: "lab-numbers" });
  const chart = perplexities(t);
  const hand = writingControls(context, state, () => {
    share();
    write();
  });
  root.append(
    ...[source.element, element("p", { class: "lab-quiet" }, t("private"))],
    row(file.element, ready),
    remark.element,
    row(...Object.values(controls).map((control) => control.element)),
    row(
      ...[play, reset, save, open.element],
      link.button(() => Object.fromEntries(Object.keys(fields).map((key) => [key, state[key]]))),
    ),
    ...[
      told.element,
      numbers,
      within,
      chart.element,
      element("p", { class: "lab-quiet" }, t("legend")),
    ],
    hand.element,
  );
  dropZone(root, (dropped) => {
    if (dropped.name.endsWith(".safetensors")) readFile(dropped, MOST_MODEL, openModel);
    else if (!started) readFile(dropped, MOST_BYTES, fromFile);
  });

  /** A text from the reader, or from Python. */
  function bring(value, put = false) {
    text = value;
    if (put) source.input.value = value;
    begun = false;
    clearTimeout(waiting);
    if (put || value.length < LONG) return prepare();
    lesson = null; // a long text takes a moment: not at every letter that is typed
    show();
    waiting = setTimeout(prepare, 300);
  }
  function fromFile(name, bytes) {
    const read = bytes?.length ? decodeText(bytes) : null; // an empty one replaces no text
    if (!read) {
      const why = bytes ? t("noFile", { name }) : t("bigFile", { name, most: 300_000 });
      return remark.tell(why, { problem: true });
    }
    bring(tidied(read.text), true);
    if (lesson) {
      remark.tell(`${t("fromFile", { name, encoding: read.encoding })} ${lesson.words}`);
    }
  }
  function prepare() {
    const bad = Object.keys(RANGES).filter((key) => !Number.isFinite(state[key]));
    const wrong = outOfRange(
      t,
      bad.map((key) => [t(key), RANGES[key]]),
    );
    const made = wrong ? { problem: wrong } : prepareLesson(text, state.spelling, opened, t);
    lesson = made.lesson ?? null;
    remark.tell(made.problem ?? made.lesson.words, { problem: !lesson });
    show();
  }
  function change(values) {
    Object.assign(state, values);
    begun = started;
    share();
    prepare();
  }
  function share() {
    const values = Object.entries(TRAITS).map(([key, name]) => [name, state[key]]);
    if (values.some(([, value]) => Number.isNaN(value))) return;
    model.share({
      ...Object.fromEntries(values),
      top_k: state.k < MOST_K ? state.k : null,
      top_p: state.p < 1 ? state.p : null,
    });
  }

  /** Hands the session a network, with the lesson where there is one. */
  function begin() {
    const { kind, spelling } = state;
    const letters = opened?.letters ?? lesson.vocabulary;
    const shape = { kind, V: [...letters].length, H: state.units };
    const weights = opened?.weights ?? untrained(shape, randomNumbers(state.seed));
    const curves = { losses: opened?.losses ?? [], heldOutLosses: opened?.heldOutLosses ?? [] };
    network = { ...shape, letters, spelling };
    begun = Boolean(lesson);
    const run = lesson && {
      ...{ letters: lesson.letters, heldOut: lesson.heldOut, learningRate: state.rate },
    };
    id += 1;
    session.tell({ do: "begin", id, ...shape, weights, run, ...curves, writing: writing() });
  }
  function train() {
    asked = false;
    if (!begun) begin();
    started = training = unsaved = true;
    session.tell({ do: "go" });
    show();
  }
  function pause() {
    training = false;
    session.tell({ do: "pause" });
    show();
  }
  function failed() {
    network = null; // its weights are gone with the session
    unsaved = false;
    startOver();
    told.tell(t("failed"), { problem: true });
  }
  function startOver() {
    if (unsaved && !asked) {
      asked = true;
      return show();
    }
    if (network) session.tell({ do: "pause" });
    id += 1; // what the session still tells is of no more interest
    network = opened = last = null;
    started = training = unsaved = begun = asked = false;
    hand.show("");
    told.tell("");
    prepare();
  }

  function openModel(name, bytes) {
    try {
      if (!bytes) throw new ModelFileError("largeModel");
      const found = readModel(bytes);
      if (unsaved) throw new ModelFileError("unsavedModel");
      take(found);
      const { H, V, losses } = opened;
      const kind = opened.kind.toUpperCase();
      told.tell(t("opened", { name, kind, H, V, epoch: losses.length }));
    } catch (error) {
      if (!(error instanceof ModelFileError)) throw error;
      told.tell(t(error.message, { name }), { problem: true });
    }
  }
  function take(found) {
    if (training) pause();
    opened = found;
    last = null;
    started = unsaved = asked = false;
    Object.assign(state, { kind: found.kind, units: found.H, spelling: found.spelling });
    for (const key of ["kind", "units", "spelling"]) controls[key].set(state[key]);
    share();
    prepare();
    begin();
    write();
  }

  /** How the model is to write: its beginning in numbers, and the sampling. */
  function writing() {
    const { letters, spelling } = network;
    const { indices, unknown } = indicesOf(spell(tidied(state.prompt), spelling), letters);
    hand.remark(unknown.length ? t("unknownPrompt", { letters: unknown.join(" ") }) : "");
    const gone = new Set(unknown);
    const known = spell(tidied(state.prompt), spelling).map((letter) => !gone.has(letter));
    const prompt = [...indices].filter((_, i) => known[i]);
    const line = Math.max(0, [...letters].indexOf("\n")); // else as after a line's end
    const { temperature, k, p: topP, seed } = state;
    const topK = k < MOST_K ? k : Infinity;
    return {
      ...{ prompt: prompt.length ? prompt : [line], length: WRITTEN },
      sampling: { temperature, topK, topP, seed },
    };
  }
  function write() {
    if (network) session.tell({ do: "write", writing: writing() });
  }

  const heard = {
    progress(progress) {
      const before = last?.losses.length;
      last = progress;
      if (progress.diverged) {
        training = false;
        unsaved &&= Boolean(progress.lowest); // an earlier epoch can still be saved
      }
      show();
      const { losses, heldOutLosses } = progress;
      if (losses.length === before) return;
      const end = (list) => list.at(-1) ?? null;
      model.share({
        result: { epoch: losses.length, loss: end(losses), validation_loss: end(heldOutLosses) },
      });
    },
    written({ letters }) {
      const known = [...network.letters];
      const all = letters.map((i) => known[i]);
      const { spelling } = network;
      // Together: in jamo the first that it writes may close the last syllable of the beginning.
      hand.show(unspell([...spell(tidied(state.prompt), spelling), ...all], spelling));
    },
    saved({ weights, epoch }) {
      const { losses = [], heldOutLosses = [] } = last ?? {};
      const exams = epoch - missing(losses, heldOutLosses);
      const curves = {
        ...{ losses: losses.slice(0, epoch), heldOutLosses: heldOutLosses.slice(0, exams) },
      };
      const name = `charrnn-${network.kind}-${network.H}-epoch-${epoch}.safetensors`;
      download(name, writeModel({ ...network, weights, ...curves }), signal);
      unsaved = training;
      told.tell(t("saved", { epoch, name }));
      show();
    },
  };

  function show() {
    const busy = network !== null; // its shape is settled then
    for (const control of Object.values(controls)) control.input.disabled = busy;
    controls.rate.input.disabled = controls.seed.input.disabled = started;
    source.input.readOnly = started;
    for (const one of [file.press, ready]) enable(one, !started);
    const epochs = last?.losses.length ?? 0;
    play.textContent = t(training ? "pause" : epochs || last?.within ? "more" : "train");
    enable(play, Boolean(started || lesson) && !last?.diverged);
    enable(reset, busy);
    if (!unsaved) asked = false;
    reset.textContent = t(asked ? "really" : "reset");
    enable(save, busy && Boolean(!last?.diverged || last.lowest));
    enable(open.press, !training);
    within.value = last?.within ?? 0;
    chart.draw(last);
    numbers.textContent = chart.words(last, session.inWorker === false);
    status.tell("", chart.spoken(last));
  }

  signal.addEventListener("abort", () => clearTimeout(waiting));
  addEventListener(
    "beforeunload",
    (event) => {
      if (unsaved) event.preventDefault();
    },
    { signal },
  );
  const { temperature, ...ofTraining } = TRAITS;
  model.onChange(Object.values(ofTraining), () => enter(given()));
  model.onChange([temperature, "top_k", "top_p"], () => {
    const { temperature, k, p } = /** @type {any} */ (given());
    hand.set({ temperature, k, p }); // the model stays, and writes anew
    write();
  });
  model.onChange(["text"], () => {
    enter({}); // a model that has learned from another text does not go on with this one
    bring(model.get("text"), true);
  });
  model.onChange(["model_file"], fromPython);

  function fromPython() {
    const view = model.get("model_file");
    if (!view?.byteLength) return;
    const bytes = new Uint8Array(view.buffer ?? view, view.byteOffset ?? 0, view.byteLength);
    openModel("Python", bytes);
  }
  function enter(values) {
    if (network) startOver();
    if (network) startOver(); // asked once, and once more
    Object.assign(state, values);
    for (const [key, control] of Object.entries(controls)) control.set(state[key]);
    hand.set(values);
    prepare();
  }

  prepare();
  fromPython();
  return (values) => {
    if (unsaved) return false; // no link throws a model away
    enter({ ...first, ...values });
    return true;
  };
}
