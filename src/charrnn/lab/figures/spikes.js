// @ts-check
// Spikes: the post's training beside one with a setting of Adam changed, on the same axes.
import { initWeights } from "../arithmetic/cell.js";
import { createTrainer, lossSpikes } from "../arithmetic/training.js";
import { describeProblems, readText } from "../arithmetic/vocabulary.js";
import {
  button,
  choice,
  element,
  enable,
  note,
  numberField,
  outOfRange,
  row,
} from "../kit/controls.js";
import { curve } from "../kit/curve.js";
import { number, oneOf, whole } from "../kit/link.js";
import { formatNumber } from "../kit/marks.js";
import { runInSlices } from "../kit/player.js";

const POST = { rate: 0.01, epsilon: 1e-8, beta2: 0.999, decay: 1, clip: 0 };
const CHANGES = {
  epsilon: { epsilon: 0.01 },
  beta2: { beta2: 0.99 },
  rate: { rate: 0.001 },
  decay: { decay: 0.997 },
  clip: { clip: 1 },
  clipHard: { clip: 0.01 },
  none: {},
};

export const words = {
  ko: {
    title: "손실을 조용하게 만들기",
    change: "바꿀 것",
    epsilon: "큰 엡실론",
    beta2: "더 빨리 잊는 Adam",
    rate: "작은 학습률",
    decay: "줄어드는 학습률",
    clip: "1에서 자름",
    clipHard: "0.01에서 자름",
    none: "그대로",
    own: "직접 정하기",
    rateField: "학습률",
    epsilonField: "엡실론",
    beta2Field: "beta2",
    decayField: "에포크마다 곱할 수",
    clipField: "자르는 길이(0은 자르지 않음)",
    seed: "시드",
    train: "두 번 학습",
    pause: "잠깐 멈춤",
    more: "이어서 학습",
    reset: "처음부터",
    epoch: "에포크",
    loss: "손실",
    even: "고르게 찍기",
    post: "블로그 글의 설정",
    yours: "바꾼 설정",
    told: "{n}번 튀어 오름, 가장 낮은 손실 {lowest}",
    notYet: "아직 학습하지 않았습니다",
    diverged: "{epoch} 에포크에서 발산",
    ready: "0 에포크.",
    progress: "{epoch} 에포크.",
    summary: "{epoch} 에포크. 바꾼 설정: {yours}. 블로그 글의 설정: {post}.",
    rounding:
      "이 페이지와 PyTorch는 반올림이 조금씩 다릅니다. 손실이 아주 작아진 뒤에는 그 차이도 커져, 손실이 튀어 오르는 에포크가 train의 그림과 달라집니다.",
    curve:
      "손실 곡선 둘, 로그 눈금, {epoch} 에포크. 실선은 바꾼 설정({yours}), 점선은 블로그 글의 설정({post}).",
    noCurve: "손실 곡선. 아직 비어 있습니다.",
  },
  en: {
    title: "Calm the loss",
    change: "Change",
    epsilon: "a larger epsilon",
    beta2: "Adam forgets faster",
    rate: "a smaller learning rate",
    decay: "a decaying rate",
    clip: "clipped at 1",
    clipHard: "clipped at 0.01",
    none: "nothing",
    own: "your own",
    rateField: "Learning rate",
    epsilonField: "Epsilon",
    beta2Field: "beta2",
    decayField: "Times, each epoch",
    clipField: "Clip at (0 for never)",
    seed: "Seed",
    train: "Train both",
    pause: "Pause",
    more: "Train on",
    reset: "Start over",
    epoch: "epoch",
    loss: "loss",
    even: "even guess",
    post: "settings of the post",
    yours: "changed settings",
    told: "spikes: {n}, lowest loss {lowest}",
    notYet: "not trained yet",
    diverged: "diverged at epoch {epoch}",
    ready: "Epoch 0.",
    progress: "Epoch {epoch}.",
    summary: "Epoch {epoch}. Changed settings: {yours}. Settings of the post: {post}.",
    rounding:
      "This page and PyTorch round a little differently. Once the loss is tiny even that tells, so its late jumps fall on other epochs than in a picture of train.",
    curve:
      "Two loss curves on a log scale, {epoch} epochs. Solid: changed settings ({yours}). Dashed: settings of the post ({post}).",
    noCurve: "Loss curves, still empty.",
  },
};

/** @type {Record<string, import("../kit/controls.js").Range>} */
const RANGES = {
  rate: { low: 0.00001, high: 10, step: "any" },
  epsilon: { low: 0, high: 1, step: "any" },
  beta2: { low: 0, high: 0.99999, step: "any" },
  decay: { low: 0.5, high: 1, step: "any" },
  clip: { low: 0, high: 1000, step: "any" },
};
const KEYS = Object.keys(RANGES);
RANGES.seed = { low: 0, high: 2 ** 32 - 1 };
const ALL = Object.keys(RANGES);

export const fields = {
  ...Object.fromEntries(KEYS.map((key) => [key, number(RANGES[key].low, RANGES[key].high)])),
  seed: whole(RANGES.seed.low, RANGES.seed.high),
  change: oneOf(...Object.keys(CHANGES)),
  epoch: whole(0, 1_000_000),
};

/** The name of the change that leads to these settings; "own" if none does. */
export function changeOf(state) {
  const same = (values) => KEYS.every((key) => state[key] === values[key]);
  return Object.keys(CHANGES).find((name) => same({ ...POST, ...CHANGES[name] })) ?? "own";
}

/** @param {import("../kit/frame.js").Context} context */
export function figure({ root, model, t, signal, status, link, reducedMotion }) {
  /** What Python has set, by the names of a link. */
  const given = () => ({
    rate: model.get("learning_rate"),
    epsilon: model.get("epsilon"),
    beta2: model.get("beta2"),
    decay: model.get("decay"),
    clip: model.get("clip") ?? 0,
    seed: model.get("seed"),
  });
  const first = given();
  let target = model.get("epochs");
  const state = { ...first };
  let goal = target; // the end of the axis
  let until = target; // where both rest
  let trainers = null; // the post's and the reader's
  let problem = "";

  const change = choice(
    t("change"),
    changeOf(state),
    [...Object.keys(CHANGES), "own"].map((name) => [name, t(name)]),
    (name) => name !== "own" && set({ ...POST, ...CHANGES[name] }),
  );
  const label = (key) => t(key === "seed" ? key : `${key}Field`);
  const controls = {};
  for (const key of ALL) {
    controls[key] = numberField(label(key), state[key], RANGES[key], (value) =>
      typed({ [key]: value }),
    );
  }
  const play = button(t("train"), () => (work.running ? pause() : train()), {
    class: "lab-button lab-main",
  });
  const reset = button(t("reset"), () => restart());
  const remark = note(signal);
  const chart = curve({
    xLabel: t("epoch"),
    yLabel: t("loss"),
    levelLabel: t("even"),
    emptyLabel: t("notYet"),
  });
  const summaries = { post: element("span", {}), yours: element("span", {}) };
  const legend = (kind, className) =>
    element(
      "p",
      { class: "lab-legend" },
      element(
        "svg",
        { viewBox: "0 0 32 12", "aria-hidden": "true" },
        element("path", { class: className, fill: "none", d: "M0 6L32 6" }),
      ),
      element("span", {}, element("strong", {}, `${t(kind)}: `), summaries[kind]),
    );
  root.append(
    row(change.element, controls.seed.element),
    row(...KEYS.map((key) => controls[key].element)),
    remark.element,
    row(
      play,
      reset,
      link.button(() => ({ ...asked(), epoch: reached() })),
    ),
    chart.element,
    element(
      "div",
      { class: "lab-strips" },
      legend("yours", "lab-line"),
      legend("post", "lab-second"),
    ),
    element("p", { class: "lab-quiet" }, t("rounding")),
  );

  const behind = () => trainers.filter((one) => one.epoch < until && !one.diverged);
  const reached = () => Math.max(0, ...(trainers ?? []).map((one) => one.epoch));
  const work = runInSlices({
    root,
    signal,
    reducedMotion,
    work(milliseconds) {
      const both = behind();
      for (const trainer of both) trainer.work(until, milliseconds / both.length);
      return behind().length > 0;
    },
    one: () => false,
    draw,
    done: finish,
  });

  function train() {
    if (reached() >= goal) goal += target;
    until = goal;
    work.start();
    name();
  }
  function pause() {
    work.stop();
    finish();
  }
  function name() {
    play.textContent = t(
      work.running ? "pause" : trainers?.some((one) => one.epoch) ? "more" : "train",
    );
    enable(play, Boolean(trainers) && !trainers.every((one) => one.diverged));
  }
  function typed(values) {
    Object.assign(state, values);
    change.input.value = changeOf(state);
    changed();
  }
  function set(values) {
    Object.assign(state, values);
    for (const [key, control] of Object.entries(controls)) control.set(state[key]);
    change.input.value = changeOf(state);
    changed();
  }
  function changed() {
    restart();
    if (!problem) {
      const { rate, clip, ...others } = asked();
      model.share({ learning_rate: rate, clip: clip || null, ...others });
    }
  }
  const asked = () => Object.fromEntries(ALL.map((key) => [key, state[key]]));

  function restart() {
    work.stop();
    goal = until = target;
    trainers = null;
    const read = readText(model.get("text"), model.get("vocabulary"));
    const bad = ALL.filter((key) => Number.isNaN(state[key]));
    problem =
      outOfRange(
        t,
        bad.map((key) => [label(key), RANGES[key]]),
      ) || describeProblems(read, t);
    remark.tell(problem, { problem: true });
    if (!problem) {
      const V = [...model.get("vocabulary")].length;
      trainers = [POST, state].map(({ rate, clip, ...rest }) =>
        createTrainer(initWeights(V, model.get("hidden_size"), state.seed), read.indices, rate, {
          epsilon: rest.epsilon,
          beta2: rest.beta2,
          decay: rest.decay,
          clip: clip || Infinity,
        }),
      );
    }
    finish();
  }

  /** What one of the two has done, in words. */
  function tell(trainer) {
    if (!trainer?.losses.length) return t("notYet");
    const done = t("told", {
      n: lossSpikes(trainer.losses).length,
      lowest: formatNumber(trainer.losses.reduce((a, b) => Math.min(a, b))),
    });
    return trainer.diverged ? `${done}, ${t("diverged", { epoch: trainer.epoch })}` : done;
  }
  function draw() {
    const [post, yours] = trainers ?? [];
    const texts = { post: tell(post), yours: tell(yours) };
    for (const [kind, text] of Object.entries(texts)) summaries[kind].textContent = text;
    const epoch = Math.max(post?.epoch ?? 0, yours?.epoch ?? 0);
    const V = [...model.get("vocabulary")].length;
    const steps = readText(model.get("text"), model.get("vocabulary")).indices.length - 1;
    chart.draw(yours?.losses ?? [], {
      to: goal,
      level: (steps / V) * (1 - 1 / V),
      secondSeries: post?.losses ?? [],
      label: epoch ? t("curve", { epoch, ...texts }) : t("noCurve"),
    });
    // Those who see have the rest in the legend.
    if (!trainers) status.tell("");
    else if (!epoch) status.tell(t("ready"));
    else status.tell(t("progress", { epoch }), t("summary", { epoch, ...texts }));
  }
  function finish() {
    draw();
    name();
    if (!trainers) return;
    model.share({
      result: Object.fromEntries(
        ["post", "yours"].map((kind, i) => [
          kind,
          {
            epoch: trainers[i].epoch,
            spikes: lossSpikes(trainers[i].losses).length,
            loss: trainers[i].losses.at(-1) ?? null,
            diverged: trainers[i].diverged,
          },
        ]),
      ),
    });
  }

  const follow = () => {
    if (ALL.some((key) => given()[key] !== state[key])) set(given());
  };
  model.onChange(["learning_rate", "epsilon", "beta2", "decay", "clip", "seed"], follow);
  model.onChange(["text", "vocabulary", "hidden_size", "epochs"], () => {
    target = model.get("epochs");
    restart();
  });

  restart();
  return ({ change: named, epoch = 0, ...values }) => {
    set({ ...first, ...(named ? { ...POST, ...CHANGES[named] } : {}), ...values });
    if (!epoch || !trainers) return;
    goal = Math.ceil(epoch / target) * target;
    until = epoch;
    work.start();
    name();
  };
}
