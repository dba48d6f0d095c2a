// Training: the reader's own sentence is learned in the page, in slices that leave the page free.
import {
  bytesOf, button, choice, curve, make, note, numberField, row, short, slices, textField, trouble,
} from "./kit.js";
import { readText, textOf, visible, withLetters } from "./letters.js";
import { number, oneOf, upTo, whole } from "./link.js";
import { createTrainer, generate, untrained } from "./rnn.js";

const LONGEST = 10000; // letters
const MOST_LETTERS = 200; // in the vocabulary: weights grow with its square
const SHOWN = 300; // letters of what the network writes
const SPEEDS = [0, 100, 20, 4];

export const words = {
  ko: {
    title: "학습해 보기",
    text: "가르칠 문장",
    hidden: "은닉 유닛",
    rate: "학습률",
    seed: "시드",
    speed: "빠르기",
    fastest: "가장 빠르게",
    perSecond: "1초에 {n} 에포크",
    train: "학습",
    more: "더 학습",
    step: "한 에포크",
    reset: "처음부터",
    epoch: "에포크",
    loss: "손실",
    even: "고르게 찍기",
    ready: "아직 배우지 않았습니다. 0 에포크.",
    progress: "{epoch} 에포크, 손실 {loss}. {written}",
    curve: "손실 곡선, 로그 눈금. {epoch} 에포크 동안 {first}에서 {last}까지, 가장 낮은 값 {lowest}.",
    noCurve: "손실 곡선. 아직 비어 있습니다.",
    writes: "지금 스스로 쓰게 하면",
    right: "문장과 같은 자리에 같은 글자: {total}자 가운데 {n}자.",
    ended: "끝 표시를 내고 멈추었습니다.",
    notEnded: "끝 표시를 내지 않아 여기서 잘랐습니다.",
    broken: "수가 너무 커져 여기서 멈추었습니다.",
    nothing: "(아무것도 쓰지 않음)",
    diverged: "{epoch} 에포크에서 손실이 수의 범위를 벗어났습니다. 학습이 발산한 것입니다. 학습률을 낮추고 처음부터 다시 해 보십시오.",
    wild: "손실이 처음의 {n}배가 되었습니다. 걸음이 너무 깁니다. 학습률을 낮추어 보십시오.",
    added: "블로그 글의 어휘에 없는 글자를 어휘에 더했습니다: {letters}. 이제 V = {V}입니다.",
    many: "모르는 글자가 {n}가지나 됩니다. 어휘가 {most}자를 넘으면 이 그림에는 너무 큽니다.",
    bad: "값이 범위를 벗어났습니다: {names}.",
  },
  en: {
    title: "Train it yourself",
    text: "Sentence to teach",
    hidden: "Hidden units",
    rate: "Learning rate",
    seed: "Seed",
    speed: "Speed",
    fastest: "as fast as it goes",
    perSecond: "{n} epochs a second",
    train: "Train",
    more: "Train on",
    step: "One epoch",
    reset: "Start over",
    epoch: "epoch",
    loss: "loss",
    even: "even guess",
    ready: "Nothing learned yet. Epoch 0.",
    progress: "Epoch {epoch}, loss {loss}. {written}",
    curve: "Loss curve on a log scale. In {epoch} epochs from {first} to {last}, at its lowest {lowest}.",
    noCurve: "Loss curve, still empty.",
    writes: "What it writes by itself now",
    right: "Right letter in the right place: {n} of {total}.",
    ended: "It put out the end mark and stopped.",
    notEnded: "No end mark came, so it was cut here.",
    broken: "The numbers grew too large, so it stopped here.",
    nothing: "(it writes nothing)",
    diverged: "At epoch {epoch} the loss left the range of numbers: training has diverged. Lower the learning rate and start over.",
    wild: "The loss is {n} times what it began with: the steps are too long. Try a lower learning rate.",
    added: "Letters that the post's vocabulary lacks were added to it: {letters}. Now V = {V}.",
    many: "There are {n} unknown letters. A vocabulary of more than {most} is too large for this figure.",
    bad: "Out of range: {names}.",
  },
};

const RANGES = {
  hidden: { low: 1, high: 128 },
  rate: { low: 0.00001, high: 1e30, step: "any" },
  seed: { low: 0, high: 2 ** 32 - 1 },
};

export const fields = {
  text: upTo(2000),
  hidden: whole(RANGES.hidden.low, RANGES.hidden.high),
  rate: number(RANGES.rate.low, RANGES.rate.high),
  seed: whole(RANGES.seed.low, RANGES.seed.high),
  speed: oneOf(...SPEEDS),
};

/** What is to be learned: { letters (indices), vocabulary, notes } or { problem }. */
export function lesson(text, vocabulary, say) {
  const notes = [];
  let read = readText(text, vocabulary);
  const unknown = read.problems.filter((problem) => problem.kind === "unknown");
  const V = [...vocabulary].length + unknown.length;
  if (V > MOST_LETTERS) return { problem: say("many", { n: unknown.length, most: MOST_LETTERS }) };
  if (unknown.length) {
    const letters = unknown.map((problem) => problem.letter);
    notes.push(say("added", { letters: letters.map((l) => visible(l, "", say)).join(" "), V }));
    vocabulary = withLetters(vocabulary, letters);
    read = readText(text, vocabulary);
  }
  const problem = trouble(read, say, { most: LONGEST });
  if (problem) return { problem };
  if (read.joined) notes.push(say("joined"));
  return { letters: read.indices, sentence: read.letters, vocabulary, notes };
}

export function figure({ root, model, say, signal, status, link, reducedMotion }) {
  const first = { text: model.get("text"), ...model.get("settings"), speed: model.get("speed") };
  const state = { ...first };
  const target = first.epochs ?? 1000;
  let trainer = null;
  let learned = null; // the lesson that the trainer is at
  let goal = target;

  const sentence = textField(say("text"), state.text, (text) => change({ text }), { maxlength: 40000 });
  const controls = {
    hidden: numberField(say("hidden"), state.hidden, RANGES.hidden, (hidden) => change({ hidden })),
    rate: numberField(say("rate"), state.rate, RANGES.rate, (rate) => change({ rate })),
    seed: numberField(say("seed"), state.seed, RANGES.seed, (seed) => change({ seed })),
    speed: choice(
      say("speed"),
      state.speed,
      [...new Set([...SPEEDS, state.speed])].map((n) => [n, n ? say("perSecond", { n }) : say("fastest")]),
      (speed) => {
        state.speed = Number(speed);
        share({ speed: state.speed });
      },
    ),
  };
  const play = button(say("train"), () => (work.running ? pause() : train()), { class: "lab-button lab-main" });
  const step = button(say("step"), () => {
    pause();
    trainer.work(trainer.epoch + 1);
    finish();
  });
  const reset = button(say("reset"), () => restart());
  const remark = note();
  const chart = curve({ xLabel: say("epoch"), yLabel: say("loss"), levelLabel: say("even") });
  const written = make("p", { class: "lab-written", lang: "" });
  root.append(
    sentence.element,
    row(...Object.values(controls).map((control) => control.element)),
    remark.element,
    row(play, step, reset, link.button(() => ({
      text: state.text, hidden: state.hidden, rate: state.rate, seed: state.seed, speed: state.speed,
    }))),
    chart.element,
    make("div", {}, make("p", {}, say("writes")), written),
  );

  const work = slices({
    root,
    signal,
    reducedMotion,
    pace: () => state.speed,
    work: (milliseconds) => {
      trainer.work(goal, milliseconds);
      return trainer.epoch < goal && !trainer.diverged;
    },
    one: () => {
      trainer.work(trainer.epoch + 1);
      return trainer.epoch < goal && !trainer.diverged;
    },
    draw,
    done: finish,
  });

  function train() {
    if (!trainer || trainer.diverged) return;
    if (trainer.epoch >= goal) goal += target;
    work.start();
    name();
  }
  function pause() {
    work.stop();
    finish();
  }
  /** What the button does now. */
  function name() {
    const more = trainer?.epoch > 0;
    play.textContent = say(work.running ? "pause" : more ? "more" : "train");
    play.disabled = !trainer || trainer.diverged;
    step.disabled = play.disabled;
  }

  /** Something to learn has changed: begin anew. */
  function change(values) {
    Object.assign(state, values);
    const { text, hidden, rate, seed } = state;
    const good = [hidden, rate, seed].every(Number.isFinite);
    if (good) share({ text, settings: { ...model.get("settings"), hidden, rate, seed } });
    restart();
  }
  function restart() {
    work.stop();
    goal = target;
    trainer = null;
    learned = lesson(state.text, model.get("vocabulary"), say);
    const bad = ["hidden", "rate", "seed"].filter((key) => Number.isNaN(state[key]));
    if (bad.length) learned = { problem: say("bad", { names: bad.map((key) => say(key)).join(", ") }) };
    if (!learned.problem) {
      const V = [...learned.vocabulary].length;
      trainer = createTrainer(untrained(V, state.hidden, state.seed), learned.letters, state.rate);
    }
    finish();
  }

  function draw() {
    const losses = trainer?.losses ?? [];
    const V = learned.vocabulary ? [...learned.vocabulary].length : 0;
    const level = trainer ? ((learned.letters.length - 1) / V) * (1 - 1 / V) : 0;
    chart.draw(losses, { to: goal, level, label: describe(losses) });
    const said = write();
    explain(losses);
    if (!trainer) return status.now("");
    const words = trainer.diverged
      ? say("diverged", { epoch: trainer.epoch })
      : trainer.epoch
        ? say("progress", { epoch: trainer.epoch, loss: short(losses.at(-1)), written: said })
        : say("ready");
    if (work.running) status.later(words);
    else status.now(words);
  }
  /** What stands under the settings: what is wrong with them, or what became of the text. */
  function explain(losses) {
    const growth = losses.at(-1) / losses[0];
    const wild = growth > 10 && !trainer.diverged;
    const words = wild ? say("wild", { n: short(growth) }) : (learned.problem ?? learned.notes.join(" "));
    remark.tell(words, { problem: wild || Boolean(learned.problem) });
  }
  function describe(losses) {
    if (!losses.length) return say("noCurve");
    const lowest = losses.reduce((a, b) => Math.min(a, b));
    return say("curve", { epoch: losses.length, first: short(losses[0]), last: short(losses.at(-1)), lowest: short(lowest) });
  }

  /** Lets the network write, shows it, and says how it went. */
  function write() {
    written.replaceChildren();
    if (!trainer || trainer.diverged) return "";
    const length = Math.min(SHOWN, learned.sentence.length + 8);
    const made = generate(trainer.network, { length, feed: "raw" });
    const text = [...textOf(made.steps.map((s) => s.letter), learned.vocabulary)];
    let right = 0;
    let run = null; // letters of the same kind stand in one element
    for (const [i, letter] of text.entries()) {
      const good = letter === learned.sentence[i];
      right += good;
      if (!run || run.good !== good) {
        run = { good, element: make("span", { class: good ? "right" : null }) };
        written.append(run.element);
      }
      run.element.textContent += letter;
    }
    if (!text.length) written.textContent = say("nothing");
    const end = made.broken ? "broken" : made.ended ? "ended" : "notEnded";
    return `${say("right", { n: right, total: learned.sentence.length })} ${say(end)}`;
  }

  /** Training rests: draw the last of it, and let Python know. */
  function finish() {
    draw();
    name();
    if (!trainer) return;
    share({
      weights: bytesOf(trainer.epoch ? trainer.network.weights : []),
      result: {
        epoch: trainer.epoch,
        loss: trainer.losses.at(-1) ?? null,
        diverged: trainer.diverged,
        vocabulary: learned.vocabulary,
        written: written.textContent,
      },
    });
  }

  let sharing = false;
  function share(values) {
    sharing = true;
    for (const [key, value] of Object.entries(values)) model.set(key, value);
    model.save_changes();
    sharing = false;
  }
  /** From Python or from a link. */
  function open(values) {
    Object.assign(state, values);
    sentence.input.value = state.text;
    for (const [key, control] of Object.entries(controls)) control.input.value = state[key];
    restart();
  }
  const follow = () => {
    if (sharing) return;
    const given = { text: model.get("text"), ...model.get("settings"), speed: model.get("speed") };
    if (["text", "hidden", "rate", "seed", "speed"].some((key) => given[key] !== state[key])) open(given);
  };
  for (const key of ["text", "settings", "speed"]) model.on(`change:${key}`, follow);
  signal.addEventListener("abort", () => {
    for (const key of ["text", "settings", "speed"]) model.off(`change:${key}`, follow);
  });

  restart();
  return (values) => open({ ...first, ...values });
}
