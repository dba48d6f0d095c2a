// @ts-check
// Generation: networks that have learned for different times write side by side, letter by letter.
import { layout } from "../arithmetic/cell.js";
import { generate, probabilities } from "../arithmetic/generation.js";
import { textOf, visible } from "../arithmetic/vocabulary.js";
import { numbersOf } from "../kit/bytes.js";
import {
  button,
  choice,
  element,
  enable,
  liveText,
  note,
  numberField,
  outOfRange,
  row,
  slider,
} from "../kit/controls.js";
import { number, oneOf, whole } from "../kit/link.js";
import { bars, formatNumber } from "../kit/marks.js";
import { player } from "../kit/player.js";

const LENGTH = 40; // letters written at most
const SHOWN = 5; // letters whose scores are drawn
const FEEDS = ["raw", "argmax", "sample"];
const SEED = { low: 0, high: 2 ** 32 - 1 };
const TEMPERATURE = { low: 0.1, high: 3, step: 0.1 };

export const words = {
  ko: {
    title: "얼마나 배웠는가에 따라 쓰는 글",
    feed: "되먹임",
    raw: "날것",
    argmax: "argmax",
    sample: "뽑기",
    temperature: "온도",
    seed: "뽑기의 시드",
    redraw: "다시 뽑기",
    epochs: "{n} 에포크 배운 신경망",
    scores: "이번 글자의 점수, 높은 차례",
    probabilities: "이번 글자의 확률, 높은 차례",
    needless: "온도와 시드는 뽑기에만 쓰입니다. 날것과 argmax는 늘 같은 글을 씁니다.",
    hot: "온도가 높을수록 확률이 서로 비슷해집니다.",
    cold: "온도가 낮을수록 높은 점수로 몰립니다.",
    plain:
      "온도가 1이면 점수를 확률로 봅니다. 0보다 작은 점수는 0으로 두고 합이 1이 되게 나눕니다.",
    nothing: "(아직 없음)",
    done: "끝 표시",
    cut: "{n}자에서 자름",
    broken: "수가 너무 커져 멈춤",
    step: "{t}번째 글자. {all}",
    one: "{n} 에포크: {text}",
  },
  en: {
    title: "What networks write that have learned less and more",
    feed: "Fed back",
    raw: "raw",
    argmax: "argmax",
    sample: "a sample",
    temperature: "Temperature",
    seed: "Seed of the draw",
    redraw: "Draw again",
    epochs: "After {n} epochs",
    scores: "Scores for this letter, highest first",
    probabilities: "Probabilities of this letter, highest first",
    needless: "Temperature and seed matter to samples only. Raw and argmax always write the same.",
    hot: "The higher the temperature, the more alike the probabilities.",
    cold: "The lower the temperature, the more goes to the high scores.",
    plain:
      "At temperature 1 the scores are read as probabilities: those below 0 count as 0, and all are divided so that they add up to 1.",
    nothing: "(nothing yet)",
    done: "end mark",
    cut: "cut after {n} letters",
    broken: "stopped: the numbers grew too large",
    step: "Letter {t}. {all}",
    one: "After {n} epochs: {text}",
  },
};

export const fields = {
  feed: oneOf(...FEEDS),
  temperature: number(TEMPERATURE.low, TEMPERATURE.high),
  seed: whole(SEED.low, SEED.high),
  step: whole(1, LENGTH),
  speed: number(0.001, 1000),
};

/** @param {import("../kit/frame.js").Context} context */
export function figure(context) {
  const { root, model, t, signal, link } = context;
  const state = stateOf(model);
  const first = { ...state };
  let panels = [];
  let written = []; // what each network writes
  let wrong = false; // whether the seed in the field is out of range

  const feed = choice(
    t("feed"),
    state.feed,
    FEEDS.map((f) => [f, t(f)]),
    (value) => change({ feed: value }),
  );
  const heat = slider(
    t("temperature"),
    state.temperature,
    TEMPERATURE,
    formatNumber,
    (temperature) => change({ temperature }),
  );
  const seed = numberField(t("seed"), state.seed, SEED, (value) => {
    wrong = Number.isNaN(value); // until it is mended, what is shown is of the seed before: say so
    if (wrong) explain();
    else change({ seed: value });
  });
  const redraw = button(t("redraw"), () => {
    const next = (state.seed + 1) % 2 ** 32;
    seed.set(next);
    change({ seed: next });
  });
  const remark = note(signal);
  const announcement = liveText({ class: "lab-unseen" }, signal); // the panels say it to those who see
  const stages = element("div", { class: "lab-stages" });
  const walk = player(context, {
    steps: () => Math.max(1, ...written.map((w) => w.steps.length)),
    go: draw,
  });
  const linkButton = link.button(() => ({
    ...state,
    seed: wrong ? NaN : state.seed,
    step: walk.at + 1,
    speed: walk.speed,
  }));
  if (linkButton) walk.element.append(linkButton);
  root.append(
    row(feed.element, heat.element, seed.element, redraw),
    remark.element,
    walk.element,
    stages,
    announcement.element,
  );

  function change(values) {
    Object.assign(state, values);
    if (values.seed !== undefined) wrong = false;
    model.share({ ...state });
    write();
    walk.to(values.temperature === undefined ? 0 : walk.at); // the same letter under another temperature
  }

  function write() {
    const sampled = state.feed === "sample";
    for (const control of [heat.input, seed.input]) control.disabled = !sampled;
    enable(redraw, sampled);
    explain();
    written = panels.map(({ network }) => generate(network, { length: LENGTH, ...state }));
  }

  function explain() {
    const heatWords = state.temperature > 1 ? "hot" : state.temperature < 1 ? "cold" : "plain";
    const bad = wrong && state.feed === "sample" && outOfRange(t, [[t("seed"), SEED]]);
    remark.tell(bad || t(state.feed === "sample" ? heatWords : "needless"), {
      problem: Boolean(bad),
    });
  }

  /** One panel for each network that the model holds. */
  function build() {
    const V = [...model.get("vocabulary")].length;
    const numbers = numbersOf(model.get("weights")) ?? new Float32Array();
    const H = model.get("hidden_size");
    const { size } = layout(V, H);
    panels = model.get("epochs").map((n, i) => {
      const heading = element("p", { class: "lab-stage-title" }, t("epochs", { n }));
      const text = element("p", { class: "lab-written", lang: "" });
      const scores = bars(t("scores"));
      const network = { V, H, weights: numbers.subarray(i * size, (i + 1) * size) };
      return {
        n,
        network,
        text,
        scores,
        element: element("div", { class: "lab-stage" }, heading, text, scores.element),
      };
    });
    stages.replaceChildren(...panels.map((panel) => panel.element));
    write();
  }

  function draw(at, playing) {
    const vocabulary = model.get("vocabulary");
    const letters = [...vocabulary];
    const lines = panels.map((panel, i) => {
      const { steps, ended, broken } = written[i];
      const over = at >= steps.length - 1;
      const now = steps[Math.min(at, steps.length - 1)];
      const text = textOf(
        steps.slice(0, at + 1).map((s) => s.letter),
        vocabulary,
      );
      const why = over ? (ended ? t("done") : t(broken ? "broken" : "cut", { n: LENGTH })) : "";
      panel.text.replaceChildren(
        text || t("nothing"),
        over ? element("span", { class: "lab-end" }, why) : "",
      );
      if (now) {
        const sampled = state.feed === "sample";
        const values = sampled ? probabilities(now.output, state.temperature) : now.output;
        const order = [...values.keys()].sort((a, b) => values[b] - values[a]).slice(0, SHOWN);
        if (!order.includes(now.letter)) order[SHOWN - 1] = now.letter; // a rare one that was drawn
        panel.scores.element.setAttribute("aria-label", t(sampled ? "probabilities" : "scores"));
        panel.scores.draw(
          order.map((j) => ({
            name: visible(letters[j], vocabulary, t),
            value: values[j],
            chosen: j === now.letter,
          })),
          { words: (value) => value.toFixed(3).replace("-", "−") },
        );
      }
      return t("one", { n: panel.n, text: text || t("nothing") });
    });
    const words = t("step", { t: at + 1, all: lines.join("; ") });
    announcement.tell(words);
    if (!playing) {
      const result = Object.fromEntries(
        panels.map(({ n }, i) => [
          n,
          textOf(
            written[i].steps.map((s) => s.letter),
            vocabulary,
          ),
        ]),
      );
      model.share({ result });
    }
  }

  const open = ({ step = 1, speed = 0, ...values }) => {
    Object.assign(state, values);
    wrong = false;
    feed.input.value = state.feed;
    state.temperature = heat.set(state.temperature);
    seed.set(state.seed);
    write();
    if (speed) walk.speed = speed;
    if (step > Math.max(1, ...written.map((w) => w.steps.length))) return false;
    walk.to(step - 1);
    return true;
  };
  const pace = model.get("speed");
  const follow = () => {
    const given = stateOf(model);
    if (Object.keys(state).some((key) => given[key] !== state[key])) open(given);
  };
  const renew = () => {
    build();
    walk.to(0);
  };
  model.onChange(["feed", "temperature", "seed"], follow);
  model.onChange(["weights", "vocabulary", "epochs", "hidden_size"], renew);
  build();
  walk.to(0);
  return (values) => {
    const before = { ...state, step: walk.at + 1 };
    if (open({ ...first, speed: pace, ...values })) return true;
    open(before);
    return false;
  };
}

function stateOf(model) {
  return {
    feed: model.get("feed"),
    temperature: model.get("temperature"),
    seed: model.get("seed"),
  };
}
