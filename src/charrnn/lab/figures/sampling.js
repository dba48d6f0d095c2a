// @ts-check
// Sampling: the next letter's probabilities under temperature, top-k and nucleus, and draws from them.
import { distribution, sampleIndices } from "../arithmetic/sampling.js";
import { visible } from "../arithmetic/vocabulary.js";
import { numbersOf } from "../kit/bytes.js";
import {
  button,
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
import { bars } from "../kit/marks.js";

const SHOWN = 12; // letters, the likeliest; the others share a bar
const MOST_SHOWN = 100; // letters when all are asked for
const MOST = 1000; // letters drawn
const LAST = 40; // letters drawn that are written out
const SEED = { low: 0, high: 2 ** 32 - 1 };
const TEMPERATURE = { low: 0.05, high: 3, step: 0.05 };
const P = { low: 0.01, high: 1, step: 0.01 };

export const words = {
  ko: {
    title: "다음 글자 고르기",
    temperature: "온도",
    k: "top-k: 남기는 글자의 수 k",
    p: "뉴클리어스: 확률의 합 p",
    all: "{n}, 모두 남김",
    seed: "뽑기의 시드",
    one: "한 글자 뽑기",
    many: "스무 글자 뽑기",
    again: "뽑은 글자 지우기",
    probabilities: "다음 글자의 확률, 높은 차례",
    rest: "나머지 {n}",
    restOne: "나머지 1",
    showAll: "{n}글자 모두 보기",
    showMost: "확률이 높은 {n}글자 보기",
    showFew: "{n}글자만 보기",
    cutK: "top-k",
    cutP: "뉴클리어스",
    cutBoth: "잘림",
    full: "{most}글자까지 뽑을 수 있습니다. 더 뽑으려면 뽑은 글자를 지우십시오.",
    order:
      "온도, top-k, 뉴클리어스의 차례로 적용하고, 남은 글자의 확률을 합이 1이 되게 다시 나눕니다.",
    legend:
      "막대의 폭을 다 채우면 확률 1입니다. 세로선은 자르기 전의 확률이고, 빗금은 잘려 나간 글자입니다. ×는 뽑힌 횟수이고, 밑줄 친 글자를 방금 뽑았습니다.",
    kept: "{all}글자 가운데 {left}글자가 남았습니다. 잘려 나간 글자는 top-k로 {k}개, 뉴클리어스로 {p}개입니다. 남은 글자들의 자르기 전 확률을 더하면 {sum}입니다.",
    none: "아직 뽑지 않았습니다.",
    drew: "뽑은 글자 {n}개: {letters}",
    same: "설정을 바꾸면 뽑은 글자도 같은 난수로 다시 뽑습니다.",
    last: "방금 뽑은 글자는 {letter}, 모두 {n}개를 뽑았습니다.",
    lastMany: "{n}개를 뽑았습니다. 가장 많이 나온 글자는 {list}.",
    empty: "고를 글자가 없습니다.",
  },
  en: {
    title: "Choosing the next letter",
    temperature: "Temperature",
    k: "Top-k: how many letters stay, k",
    p: "Nucleus: their probabilities reach p",
    all: "{n}, all stay",
    seed: "Seed of the draw",
    one: "Draw a letter",
    many: "Draw twenty letters",
    again: "Clear what was drawn",
    probabilities: "Probabilities of the next letter, highest first",
    rest: "{n} others",
    restOne: "1 other",
    showAll: "Show all {n} letters",
    showMost: "Show the {n} likeliest letters",
    showFew: "Show {n} letters only",
    cutK: "top-k",
    cutP: "nucleus",
    cutBoth: "cut off",
    full: "Up to {most} letters can be drawn. To draw more, clear what was drawn.",
    order:
      "Temperature comes first, then top-k, then the nucleus. The probabilities of the letters that stay are scaled to add up to 1.",
    legend:
      "A bar that fills its room is a probability of 1. The upright line is the probability before the cut, hatched letters are cut off. × tells how often a letter was drawn; the underlined one was the last.",
    kept: "Letters: {all}; left: {left}; cut by top-k: {k}; by the nucleus: {p}. Before the cut, those left had {sum} of the probability.",
    none: "Nothing has been drawn yet.",
    drew: "Drawn so far, {n}: {letters}",
    same: "When a setting changes, what was drawn is drawn anew with the same random numbers.",
    last: "Drawn: {letter}. {n} in all.",
    lastMany: "{n} drawn. Most often: {list}.",
    empty: "There are no letters to choose from.",
  },
};

export const fields = {
  temperature: number(TEMPERATURE.low, TEMPERATURE.high),
  k: whole(1, 1e6),
  p: number(P.low, P.high),
  seed: whole(SEED.low, SEED.high),
  drawn: whole(0, MOST),
  shown: oneOf("few", "all"),
};

/** @param {import("../kit/frame.js").Context} context */
export function figure({ root, model, t, signal, link }) {
  let letters = [];
  let logits = [];
  const state = { ...stateOf(model), shown: "few" };
  const first = { ...state };

  const all = (value, most) => (Number(value) >= most ? t("all", { n: value }) : String(value));
  const heat = slider(t("temperature"), state.temperature, TEMPERATURE, plain, (temperature) =>
    change({ temperature }),
  );
  const top = slider(
    t("k"),
    1,
    { low: 1, high: 1, step: 1 },
    (k) => all(k, letters.length),
    (k) => change({ k }),
  );
  const nucleus = slider(
    t("p"),
    state.p,
    P,
    (p) => all(plain(p), 1),
    (p) => change({ p }),
  );
  const seed = numberField(t("seed"), state.seed, SEED, (value) => {
    remark.tell(Number.isNaN(value) ? outOfRange(t, [[t("seed"), SEED]]) : "", { problem: true });
    if (!Number.isNaN(value)) change({ seed: value });
  });
  const remark = note(signal);
  const one = button(t("one"), () => more(1), { class: "lab-button lab-main" });
  const many = button(t("many"), () => more(20));
  const again = button(t("again"), () => {
    change({ drawn: 0 });
    announcement.tell(t("none"));
  });
  const size = button("", () => change({ shown: state.shown === "few" ? "all" : "few" }));
  const kept = element("p", { class: "lab-numbers" });
  const chart = bars(t("probabilities"));
  const legend = element("p", {}, t("legend"));
  const written = element("p", { class: "lab-written" });
  const full = element("p", { hidden: true }, t("full", { most: MOST }));
  const announcement = liveText({}, signal); // a screen reader's copy of what is seen
  root.append(
    row(heat.element, top.element, nucleus.element, seed.element),
    row(one, many, again),
    remark.element,
    written,
    full,
    kept,
    chart.element,
    row(
      size,
      link.button(() => state),
    ),
    legend,
    element("p", {}, `${t("order")} ${t("same")}`),
    announcement.element,
  );

  function change(values) {
    Object.assign(state, values);
    show();
    model.share({
      temperature: state.temperature,
      top_k: state.k < letters.length ? state.k : null,
      top_p: state.p < 1 ? state.p : null,
      seed: state.seed,
      drawn: state.drawn,
    });
    if (values.drawn === undefined) announcement.tell(kept.textContent);
  }
  function more(count) {
    if (!letters.length || state.drawn + count > MOST) return;
    change({ drawn: state.drawn + count });
    const { drawn: made } = model.get("result");
    const n = made.length;
    if (count === 1) return announcement.tell(t("last", { letter: name(made.at(-1)), n }));
    const often = counted(made)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 3);
    announcement.tell(
      t("lastMany", {
        n,
        list: often.map(([letter, times]) => `${name(letter)} ×${times}`).join(", "),
      }),
    );
  }
  const name = (letter) => visible(letter, "", t);

  function show() {
    if (!letters.length) return kept.replaceChildren(t("empty"));
    const { order, uncut, cutBy, probabilities } = distribution(logits, {
      temperature: state.temperature,
      topK: state.k,
      topP: state.p,
    });
    const made = sampleIndices(probabilities, state.seed, state.drawn);
    const times = new Map(counted(made));
    const total = (of, numbers) => of.reduce((sum, i) => sum + numbers[i], 0);
    const count = (n) => (n ? `×${n}` : "");
    const entries = order.slice(0, barsOf(state.shown)).map((i) => ({
      name: name(letters[i]),
      value: cutBy[i] ? uncut[i] : probabilities[i],
      before: uncut[i],
      out: cutBy[i] && t(cutBy[i] === "k" ? "cutK" : "cutP"),
      chosen: i === made.at(-1),
      note: count(times.get(i)),
    }));
    const others = order.slice(entries.length);
    if (others.length) {
      const out = others.every((i) => cutBy[i]) && t(whyOf(others, cutBy));
      entries.push({
        name: t(others.length === 1 ? "restOne" : "rest", { n: others.length }),
        value: total(others, out ? uncut : probabilities),
        before: total(others, uncut),
        out,
        chosen: others.includes(made.at(-1)),
        note: count(others.reduce((sum, i) => sum + (times.get(i) ?? 0), 0)),
      });
    }
    chart.draw(entries, { words: formatProbability }); // to one scale, whatever the settings
    const most = Math.min(letters.length, MOST_SHOWN);
    const label =
      state.shown === "all" ? "showFew" : most < letters.length ? "showMost" : "showAll";
    size.textContent = t(label, { n: state.shown === "all" ? SHOWN : most });
    size.hidden = letters.length <= SHOWN + 1; // a bar for a single other letter saves nothing

    const left = order.filter((i) => !cutBy[i]);
    const cut = (by) => cutBy.filter((why) => why === by).length;
    kept.textContent = t("kept", {
      all: letters.length,
      left: left.length,
      k: cut("k"),
      p: cut("p"),
      sum: formatProbability(total(left, uncut)),
    });
    const last = made
      .slice(-LAST)
      .map((i) => name(letters[i]))
      .join(" ");
    const list = made.length > LAST ? `… ${last}` : last;
    written.textContent = made.length ? t("drew", { n: made.length, letters: list }) : t("none");
    enable(one, state.drawn + 1 <= MOST);
    enable(many, state.drawn + 20 <= MOST);
    enable(again, state.drawn > 0);
    full.hidden = state.drawn + 20 <= MOST;
    model.share({
      result: {
        left: left.map((i) => letters[i]),
        probabilities: left.map((i) => probabilities[i]),
        drawn: made.map((i) => letters[i]),
      },
    });
  }
  const barsOf = (shown) => {
    const most = shown === "all" ? MOST_SHOWN : SHOWN;
    return letters.length === most + 1 ? letters.length : most;
  };

  const open = (values) => {
    letters = [...model.get("letters")];
    logits = [...(numbersOf(model.get("logits")) ?? [])];
    letters = letters.slice(0, logits.length);
    top.input.max = Math.max(1, letters.length);
    Object.assign(state, values);
    state.drawn = Math.max(0, Math.min(MOST, Math.trunc(state.drawn) || 0));
    for (const [key, control] of Object.entries({ temperature: heat, k: top, p: nucleus })) {
      state[key] = control.set(state[key]); // no further than the slider's ends
    }
    seed.set(state.seed);
    remark.tell("");
    show();
  };
  const follow = () => open(stateOf(model));
  const renew = () => open({ drawn: 0 });
  model.onChange(["temperature", "top_k", "top_p", "seed", "drawn"], follow);
  model.onChange(["logits", "letters"], renew);
  open({});
  return (values) => {
    if (values.k > letters.length) return false;
    open({ ...first, ...values });
    return true;
  };
}

/** 0.8, 0.75, 0.333: as many digits as a setting has, up to three, at least two. */
const plain = (value) => value.toFixed(3).replace(/0$/, "");

/** The word for why letters are cut off, all of them by one cut or by both. */
function whyOf(letters, cutBy) {
  const by = new Set(letters.map((i) => cutBy[i]));
  return by.size > 1 ? "cutBoth" : by.has("k") ? "cutK" : "cutP";
}

const formatProbability = (value) => (value > 0 && value < 0.0005 ? "<0.001" : value.toFixed(3));

/** What occurs how often, [[item, times], …], each where it first came. */
function counted(items) {
  const times = new Map();
  for (const item of items) times.set(item, (times.get(item) ?? 0) + 1);
  return [...times];
}

function stateOf(model) {
  return {
    temperature: model.get("temperature"),
    k: model.get("top_k") ?? Math.max(1, [...model.get("letters")].length),
    p: model.get("top_p") ?? 1,
    seed: model.get("seed"),
    drawn: model.get("drawn"),
  };
}
