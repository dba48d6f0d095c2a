// @ts-check
// Training: the reader's own sentence is learned in the page, in slices that leave the page free.
import { initWeights } from "../arithmetic/cell.js";
import { generateSteps } from "../arithmetic/generation.js";
import { createTrainer } from "../arithmetic/training.js";
import {
  describeProblems,
  readText,
  textOf,
  visible,
  withLetters,
} from "../arithmetic/vocabulary.js";
import { bytesOf } from "../kit/bytes.js";
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
import { curve } from "../kit/curve.js";
import { number, upTo, whole } from "../kit/link.js";
import { formatNumber } from "../kit/marks.js";
import { runInSlices } from "../kit/player.js";

const LONGEST = 10000; // letters
const MOST_LETTERS = 200; // in the vocabulary: weights grow with its square
const SHOWN = 300; // letters of what the network writes
const A_SECOND = 8e8; // multiplications that a page gets done, so that it can say what takes minutes
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
    within: "첫 에포크를 배우는 중입니다: {share}%.",
    minutes: "글자와 유닛이 많아 {epochs} 에포크에 {n}분쯤 걸립니다. 언제든 멈출 수 있습니다.",
    progress: "{epoch} 에포크, 손실 {loss}. {written}",
    curve:
      "손실 곡선, 로그 눈금. {epoch} 에포크 동안 {first}에서 {last}까지, 가장 낮은 값 {lowest}.",
    noCurve: "손실 곡선. 아직 비어 있습니다.",
    notYet: "아직 학습하지 않았습니다",
    rounding:
      "이 페이지와 PyTorch는 반올림이 조금씩 다릅니다. 손실이 아주 작아진 뒤에는 그 차이도 커져, 손실이 튀어 오르는 에포크가 train의 그림과 달라집니다.",
    writes: "지금 스스로 쓰게 하면",
    right: "문장과 같은 자리에 같은 글자: {total}자 가운데 {n}자.",
    rightOfFirst: "문장과 같은 자리에 같은 글자: 처음 {total}자 가운데 {n}자.",
    stopped: "글이 길어 {n}자까지만 쓰게 했습니다.",
    ended: "끝 표시를 내고 멈추었습니다.",
    notEnded: "끝 표시를 내지 않아 여기서 잘랐습니다.",
    broken: "수가 너무 커져 여기서 멈추었습니다.",
    nothing: "(아무것도 쓰지 않음)",
    diverged:
      "{epoch} 에포크에서 손실이 수의 범위를 벗어났습니다. 학습이 발산한 것입니다. 학습률을 낮추고 처음부터 다시 해 보십시오.",
    wild: "손실이 처음의 {n}배가 되었습니다. 걸음이 너무 깁니다. 학습률을 낮추어 보십시오.",
    added: "블로그 글의 어휘에 없는 글자를 어휘에 더했습니다: {letters}. 이제 V = {V}입니다.",
    many: "모르는 글자가 {n}가지나 됩니다. 어휘가 {most}자를 넘으면 이 그림에는 너무 큽니다.",
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
    within: "Within the first epoch: {share}% done.",
    minutes:
      "So many letters and units take time: {epochs} epochs need about {n} minutes. You can pause at any moment.",
    progress: "Epoch {epoch}, loss {loss}. {written}",
    curve:
      "Loss curve on a log scale. In {epoch} epochs from {first} to {last}, at its lowest {lowest}.",
    noCurve: "Loss curve, still empty.",
    notYet: "not trained yet",
    rounding:
      "This page and PyTorch round a little differently. Once the loss is tiny even that tells, so its late jumps fall on other epochs than in a picture of train.",
    writes: "What it writes by itself now",
    right: "Right letter in the right place: {n} of {total}.",
    rightOfFirst: "Right letter in the right place: {n} of the first {total}.",
    stopped: "The text is long, so it was stopped after {n} letters.",
    ended: "It put out the end mark and stopped.",
    notEnded: "No end mark came, so it was cut here.",
    broken: "The numbers grew too large, so it stopped here.",
    nothing: "(it writes nothing)",
    diverged:
      "At epoch {epoch} the loss left the range of numbers: training has diverged. Lower the learning rate and start over.",
    wild: "The loss is {n} times what it began with: the steps are too long. Try a lower learning rate.",
    added: "Letters that the post's vocabulary lacks were added to it: {letters}. Now V = {V}.",
    many: "There are {n} unknown letters. A vocabulary of more than {most} is too large for this figure.",
  },
};

/** @type {Record<string, import("../kit/controls.js").Range>} */
const RANGES = {
  hidden: { low: 1, high: 128 },
  rate: { low: 0.00001, high: 1e30, step: "any" },
  seed: { low: 0, high: 2 ** 32 - 1 },
};

export const fields = {
  text: upTo(2000), // an address gets no longer
  hidden: whole(RANGES.hidden.low, RANGES.hidden.high),
  rate: number(RANGES.rate.low, RANGES.rate.high),
  seed: whole(RANGES.seed.low, RANGES.seed.high),
  speed: number(0, 1000),
  epoch: whole(0, 1_000_000),
};
const LEARNED = ["hidden", "rate", "seed"]; // the settings that a network depends on

/** What is to be learned: { letters (indices), vocabulary, notes } or { problem }. */
export function prepareText(text, vocabulary, t) {
  const notes = [];
  let read = readText(text, vocabulary);
  const unknown = read.problems.filter((problem) => problem.kind === "unknown");
  const V = [...vocabulary].length + unknown.length;
  if (V > MOST_LETTERS) return { problem: t("many", { n: unknown.length, most: MOST_LETTERS }) };
  if (unknown.length) {
    const letters = unknown.map((problem) => problem.letter);
    notes.push(t("added", { letters: letters.map((l) => visible(l, "", t)).join(" "), V }));
    vocabulary = withLetters(vocabulary, letters);
    read = readText(text, vocabulary);
  }
  const problem = describeProblems(read, t, { most: LONGEST });
  if (problem) return { problem };
  if (read.joined) notes.push(t("joined"));
  return { letters: read.indices, sentence: read.letters, vocabulary, notes };
}

/** @param {import("../kit/frame.js").Context} context */
export function figure({ root, model, t, signal, status, link, reducedMotion }) {
  /** What Python has set, by the names of a link. */
  const given = () => ({
    text: model.get("text"),
    hidden: model.get("hidden_size"),
    rate: model.get("learning_rate"),
    seed: model.get("seed"),
    speed: model.get("speed"),
  });
  const first = given();
  const state = { ...first };
  let target = model.get("epochs");
  let trainer = null;
  let learned = null; // the prepared text that the trainer is at
  let goal = target; // the end of the axis
  let until = target; // where training rests
  let hand = null; // what is being written: { epoch, going }
  let last = null; // what was last written: { epoch, text, words }

  const sentence = textField(t("text"), state.text, (text) => change({ text }), {
    maxlength: 40000,
  });
  const paced = (n) => [n, n ? t("perSecond", { n }) : t("fastest")];
  const controls = {
    hidden: numberField(t("hidden"), state.hidden, RANGES.hidden, (hidden) => change({ hidden })),
    rate: numberField(t("rate"), state.rate, RANGES.rate, (rate) => change({ rate })),
    seed: numberField(t("seed"), state.seed, RANGES.seed, (seed) => change({ seed })),
    speed: choice(
      t("speed"),
      state.speed,
      [...new Set([...SPEEDS, state.speed])].map(paced),
      (speed) => {
        state.speed = Number(speed);
        model.share({ speed: state.speed });
      },
    ),
  };
  const play = button(t("train"), () => (work.running ? pause() : train()), {
    class: "lab-button lab-main",
  });
  const step = button(t("step"), () => {
    work.stop();
    until = trainer.epoch + 1;
    goal = Math.max(goal, until);
    trainer.work(until, 12);
    if (toDo()) work.start(); // a long text: the rest of the epoch in slices
    finish();
  });
  const reset = button(t("reset"), () => restart());
  const remark = note(signal);
  const chart = curve({
    xLabel: t("epoch"),
    yLabel: t("loss"),
    levelLabel: t("even"),
    emptyLabel: t("notYet"),
  });
  const written = element("p", { class: "lab-written", lang: "" });
  root.append(
    sentence.element,
    row(...Object.values(controls).map((control) => control.element)),
    remark.element,
    row(
      play,
      step,
      reset,
      link.button(() => ({
        text: state.text,
        hidden: state.hidden,
        rate: state.rate,
        seed: state.seed,
        speed: state.speed,
        epoch: trainer?.epoch ?? 0,
      })),
    ),
    chart.element,
    element("p", { class: "lab-quiet" }, t("rounding")),
    element("div", {}, element("p", {}, t("writes")), written),
  );

  const toDo = () => trainer.epoch < until && !trainer.diverged;
  const work = runInSlices({
    root,
    signal,
    reducedMotion,
    pace: () => state.speed,
    work: (milliseconds) => {
      trainer.work(until, milliseconds);
      return toDo();
    },
    one: (milliseconds) => {
      const next = trainer.epoch + 1;
      trainer.work(next, milliseconds);
      return trainer.epoch < next && !trainer.diverged ? undefined : toDo();
    },
    draw,
    done: finish,
  });
  // Writing is work too: three hundred letters of a large network take longer than a frame.
  const pen = runInSlices({
    root,
    signal,
    slice: 6,
    work: write,
    draw() {},
    done: () => work.running || finish(),
  });

  function train() {
    if (trainer.epoch >= goal) goal += target;
    until = goal;
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
    play.textContent = t(work.running ? "pause" : more ? "more" : "train");
    for (const one of [play, step]) enable(one, Boolean(trainer) && !trainer.diverged);
  }

  /** Something to learn has changed: begin anew. */
  function change(values) {
    Object.assign(state, values);
    const { text, hidden, rate, seed } = state;
    if (!wrong().length) {
      model.share({ text, hidden_size: hidden, learning_rate: rate, seed });
    }
    restart();
  }
  const wrong = () => LEARNED.filter((key) => !Number.isFinite(state[key]));
  function restart() {
    work.stop();
    pen.stop();
    goal = until = target;
    trainer = hand = last = null;
    const bad = outOfRange(
      t,
      wrong().map((key) => [t(key), RANGES[key]]),
    );
    learned = bad ? { problem: bad } : prepareText(state.text, model.get("vocabulary"), t);
    if (!learned.problem) {
      const V = [...learned.vocabulary].length;
      trainer = createTrainer(
        initWeights(V, state.hidden, state.seed),
        learned.letters,
        state.rate,
      );
      const minutes = (goal * 3 * learned.letters.length * (V + state.hidden) ** 2) / A_SECOND / 60;
      if (minutes >= 1.5)
        learned.notes.push(t("minutes", { epochs: goal, n: Math.round(minutes) }));
    }
    finish();
  }

  function draw() {
    const losses = trainer?.losses ?? [];
    const V = learned.vocabulary ? [...learned.vocabulary].length : 0;
    const level = trainer ? ((learned.letters.length - 1) / V) * (1 - 1 / V) : 0;
    chart.draw(losses, { to: goal, level, label: describe(losses) });
    if (write(3)) pen.start(); // a short sentence is there at once
    explain(losses);
    tell();
  }
  function tell() {
    if (!trainer) return status.tell("");
    const { epoch, losses } = trainer;
    if (trainer.diverged) return status.tell(t("diverged", { epoch }));
    if (epoch)
      return status.tell(
        t("progress", {
          epoch,
          loss: formatNumber(losses.at(-1)),
          written: last?.words ?? "",
        }).trim(),
      );
    const share = Math.floor(100 * trainer.within);
    status.tell(work.running && share ? t("within", { share }) : t("ready"));
  }
  /** What stands under the settings: what is wrong with them, or what became of the text. */
  function explain(losses) {
    const growth = losses.at(-1) / losses[0];
    const wild = growth > 10 && !trainer.diverged;
    const words = wild
      ? t("wild", { n: formatNumber(growth) })
      : (learned.problem ?? learned.notes.join(" "));
    remark.tell(words, { problem: wild || Boolean(learned.problem) });
  }
  function describe(losses) {
    if (!losses.length) return t("noCurve");
    const lowest = losses.reduce((a, b) => Math.min(a, b));
    return t("curve", {
      epoch: losses.length,
      first: formatNumber(losses[0]),
      last: formatNumber(losses.at(-1)),
      lowest: formatNumber(lowest),
    });
  }

  /** Lets the network write for so long; whether there is more to write. */
  function write(milliseconds) {
    if (!trainer || trainer.diverged) {
      hand = last = null;
      written.replaceChildren();
      return false;
    }
    if (!hand && last?.epoch !== trainer.epoch) {
      const { V, H, weights } = trainer.network;
      const total = learned.sentence.length;
      const length = total > SHOWN ? SHOWN : total + 8;
      const network = { V, H, weights: weights.slice() }; // training goes on meanwhile
      hand = { epoch: trainer.epoch, going: generateSteps(network, { length, feed: "raw" }) };
    }
    const end = performance.now() + milliseconds;
    while (hand) {
      const { done, value } = hand.going.next();
      if (done) {
        last = { epoch: hand.epoch, ...show(value) };
        hand = null;
      } else if (performance.now() > end) return true;
    }
    return !work.running && last.epoch !== trainer.epoch;
  }
  /** Shows what was written, and says how it went: { text, words }. */
  function show(made) {
    const { sentence } = learned;
    const total = Math.min(SHOWN, sentence.length);
    const text = [
      ...textOf(
        made.steps.map((s) => s.letter),
        learned.vocabulary,
      ),
    ];
    const runs = []; // letters of the same kind stand in one element
    for (const [i, letter] of text.entries()) {
      const good = letter === sentence[i];
      if (runs.at(-1)?.good !== good) runs.push({ good, letters: [] });
      runs.at(-1).letters.push(letter);
    }
    written.replaceChildren(
      ...runs.map(({ good, letters }) =>
        element("span", { class: good ? "right" : null }, letters.join("")),
      ),
    );
    if (!text.length) written.textContent = t("nothing");
    const n = runs.reduce((all, { good, letters }) => all + (good ? letters.length : 0), 0);
    const long = sentence.length > SHOWN;
    const end = made.broken ? "broken" : made.ended ? "ended" : long ? "stopped" : "notEnded";
    const words = `${t(long ? "rightOfFirst" : "right", { n, total })} ${t(end, { n: SHOWN })}`;
    return { text: written.textContent, words };
  }

  /** Training rests: draw the last of it, and let Python know. */
  function finish() {
    draw();
    name();
    if (!trainer) return;
    model.share({
      weights: bytesOf(trainer.epoch ? trainer.network.weights : []),
      result: {
        epoch: trainer.epoch,
        loss: trainer.losses.at(-1) ?? null,
        diverged: trainer.diverged,
        vocabulary: learned.vocabulary,
        written: last?.epoch === trainer.epoch ? last.text : "", // told again once it is written
      },
    });
  }

  /** From Python or from a link, which also says how far it was trained: that is done again. */
  function open({ epoch = 0, ...values }) {
    Object.assign(state, values);
    sentence.input.value = state.text;
    for (const key of LEARNED) controls[key].set(state[key]);
    controls.speed.set(...paced(state.speed));
    restart();
    if (!epoch || !trainer) return;
    goal = Math.ceil(epoch / target) * target;
    until = epoch;
    work.start();
    name();
  }
  const follow = () => {
    if (["text", "speed", ...LEARNED].some((key) => given()[key] !== state[key])) open(given());
  };
  model.onChange(["text", "hidden_size", "learning_rate", "seed", "speed"], follow);
  model.onChange(["vocabulary", "epochs"], () => {
    target = model.get("epochs");
    restart();
  });

  restart();
  return (values) => open({ ...first, ...values });
}
