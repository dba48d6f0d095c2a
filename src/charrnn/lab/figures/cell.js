// @ts-check
// The cell: one letter at a time, input, old state, new state and output as strips of colour.
import { oneHot, step, terms } from "../arithmetic/cell.js";
import { argmax } from "../arithmetic/sampling.js";
import { describeProblems, MARKS, readText, visible } from "../arithmetic/vocabulary.js";
import { numbersOf } from "../kit/bytes.js";
import { element, note, textField } from "../kit/controls.js";
import { number, oneOf, upTo, whole } from "../kit/link.js";
import { formatNumber, strip } from "../kit/marks.js";
import { player } from "../kit/player.js";

const LONGEST = 1000;
const LARGEST = 3; // terms of a sum that are named one by one

export const words = {
  ko: {
    title: "셀을 한 글자씩",
    text: "읽을 문장",
    reading: "읽는 차례",
    input: "입력 x (원-핫)",
    old: "이전 상태 h",
    state: "새 상태 h",
    output: "출력 y: 다음 글자의 점수",
    now: "{t}단계: {letter} 읽음. 점수가 가장 높은 다음 글자는 {next} ({score}).",
    stateNumber: "새 상태 {i}번: {value}",
    outputNumber: "{letter}의 점수: {value}",
    how: "새 상태나 출력의 네모를 누르면 그 수가 어떤 합인지 나옵니다. 네모 사이는 화살표 키로 옮겨 다닙니다.",
    scale:
      "가장 짙은 색은 상태에서 ±{state}, 출력에서 ±{output}입니다. 테두리를 두른 네모가 점수가 가장 높은 글자입니다.",
    sumTitle: "이 수를 만든 합",
    stateSum: "새 상태 {i}번",
    outputSum: "{letter}의 점수",
    fromLetter: "{letter}에 곱하는 가중치",
    fromState: "이전 상태 {k}번: {w} × {h}",
    others: "나머지 이전 상태 {n}개",
    bias: "편향",
    sum: "합",
    tanh: "tanh를 거친 값",
    noNetwork: "그릴 신경망이 없습니다.",
  },
  en: {
    title: "The cell, letter by letter",
    text: "Sentence to read",
    reading: "What is being read",
    input: "Input x (one-hot)",
    old: "Old state h",
    state: "New state h",
    output: "Output y: scores for the next letter",
    now: "Step {t}: read {letter}. The next letter with the highest score is {next} ({score}).",
    stateNumber: "New state {i}: {value}",
    outputNumber: "Score of {letter}: {value}",
    how: "Press a square of the new state or the output to see the sum behind its number. Arrow keys move between squares.",
    scale:
      "The fullest colour is ±{state} in the states and ±{output} in the output. The ringed square is the letter with the highest score.",
    sumTitle: "The sum behind this number",
    stateSum: "New state {i}",
    outputSum: "Score of {letter}",
    fromLetter: "weight of the letter {letter}",
    fromState: "old state {k}: {w} × {h}",
    others: "the other {n} old states",
    bias: "bias",
    sum: "sum",
    tanh: "after tanh",
    noNetwork: "There is no network to draw.",
  },
};

export const fields = {
  text: upTo(LONGEST),
  step: whole(1, LONGEST + 1),
  part: oneOf("state", "output"),
  number: whole(1, 1000),
  speed: number(0.001, 1000),
};

/** @param {import("../kit/frame.js").Context} context */
export function figure(context) {
  const { root, model, t, signal, status, link } = context;
  const first = model.get("text");
  let network = networkOf(model);
  let read = null; // null while the text cannot be read
  let steps = []; // { letter, old, state, output }
  let part = "state"; // what the sum is of
  let text = first;
  let limits = { state: 1, output: 1 };

  const sentence = textField(t("text"), first, (typed) => change(typed));
  const remark = note(signal);
  const letters = element("p", { class: "lab-letters", "aria-label": t("reading") });
  const input = strip(t("input"));
  const old = strip(t("old"));
  const state = strip(t("state"), {
    look: (i) => t("stateNumber", { i: i + 1, value: formatNumber(now().state[i]) }),
    chosen: () => explain("state"),
  });
  const output = strip(t("output"), {
    look: (i) => t("outputNumber", { letter: name(i), value: formatNumber(now().output[i]) }),
    chosen: () => explain("output"),
  });
  const scale = element("p", {});
  const sum = element("table", { class: "lab-sum" });
  const walk = player(context, { steps: () => steps.length, go: draw });
  const strips = element(
    "div",
    { class: "lab-strips" },
    input.element,
    old.element,
    state.element,
    output.element,
    scale,
  );
  const linkButton = link.button(() => ({
    text,
    step: walk.at + 1,
    part,
    number: (part === "state" ? state : output).at + 1,
    speed: walk.speed,
  }));
  if (linkButton) walk.element.append(linkButton);
  root.append(
    sentence.element,
    remark.element,
    walk.element,
    letters,
    strips,
    element("p", {}, t("how")),
    sum,
  );

  const now = () => steps[walk.at];
  const name = (index) => visible([...model.get("vocabulary")][index], model.get("vocabulary"), t);

  function change(typed) {
    text = typed;
    if (model.get("text") !== text) model.share({ text });
    compute();
    walk.to(0);
  }
  function compute() {
    const vocabulary = model.get("vocabulary");
    read = readText(text, vocabulary);
    const problem = network
      ? describeProblems(read, t, { most: LONGEST, vocabulary })
      : t("noNetwork");
    remark.tell(problem || (read.joined ? t("joined") : ""), { problem: Boolean(problem) });
    steps = [];
    for (const node of [letters, strips, sum]) node.hidden = Boolean(problem);
    if (problem) return;
    let h = new Float32Array(network.H);
    for (const letter of read.indices.slice(0, -1)) {
      const made = step(network, oneHot(letter, network.V), h);
      steps.push({ letter, old: h, ...made });
      h = made.state;
    }
    // One scale for all steps, so that colours can be compared.
    const largest = (key) =>
      Math.max(...steps.map((one) => one[key].reduce((a, x) => Math.max(a, Math.abs(x)), 0)));
    limits = { state: largest("state") || 1, output: largest("output") || 1 };
    scale.textContent = t("scale", {
      state: formatNumber(limits.state),
      output: formatNumber(limits.output),
    });
    letters.replaceChildren(...steps.map(({ letter }) => element("span", {}, name(letter))));
  }

  function draw(at) {
    if (!steps.length) return status.tell("");
    const one = steps[at];
    for (const [i, span] of [...letters.children].entries()) {
      if (i === at) span.setAttribute("aria-current", "step");
      else span.removeAttribute("aria-current");
    }
    const all = [...model.get("vocabulary")];
    const heads = [...all.slice(0, -2).map((letter) => visible(letter, "", t)), ...MARKS];
    const best = argmax(one.output);
    input.draw(oneHot(one.letter, network.V), { letters: heads });
    old.draw(one.old, { limit: limits.state });
    state.draw(one.state, { limit: limits.state });
    output.draw(one.output, { letters: heads, ringed: best, limit: limits.output });
    explain(part);
    const words = t("now", {
      t: at + 1,
      letter: name(one.letter),
      next: name(best),
      score: formatNumber(one.output[best]),
    });
    status.tell(words);
  }

  /** The sum behind the chosen number, its largest terms one by one. */
  function explain(which) {
    if (!steps.length) return;
    part = which;
    state.mark(part === "state");
    output.mark(part === "output");
    const one = now();
    const at = (part === "state" ? state : output).at;
    const { letter, fromState, bias, sum: total } = terms(network, part, at, one.letter, one.old);
    const order = [...fromState.keys()].sort(
      (a, b) => Math.abs(fromState[b]) - Math.abs(fromState[a]),
    );
    const named = order.slice(0, LARGEST).filter((k) => fromState[k] !== 0);
    const rest = total - letter - bias - named.reduce((all, k) => all + fromState[k], 0);
    const lines = [
      [t("fromLetter", { letter: name(one.letter) }), letter],
      ...named.map((k) => [
        t("fromState", {
          k: k + 1,
          w: formatNumber(fromState[k] / one.old[k]),
          h: formatNumber(one.old[k]),
        }),
        fromState[k],
      ]),
      [t("others", { n: network.H - named.length }), rest],
      [t("bias"), bias],
    ];
    const title =
      part === "state" ? t("stateSum", { i: at + 1 }) : t("outputSum", { letter: name(at) });
    /** @type {(one: (string | number)[], attributes?: object) => Element} */
    const line = ([words, value], attributes = {}) =>
      element(
        "tr",
        attributes,
        element("th", { scope: "row" }, String(words)),
        element("td", {}, formatNumber(Number(value))),
      );
    sum.replaceChildren(
      element("caption", {}, `${t("sumTitle")}: ${title}`),
      element(
        "tbody",
        {},
        ...lines.map((one) => line(one)),
        line([t("sum"), total], { class: "total" }),
        part === "state" ? line([t("tanh"), Math.tanh(total)], { class: "total" }) : null,
      ),
    );
  }

  /** From Python or from a link; false if it names a step or a number that is not there. */
  function open({ text: given, step: place = 1, part: which = "state", number = 1, speed = 0 }) {
    const vocabulary = model.get("vocabulary");
    const known = readText(given, vocabulary);
    const there =
      network && !describeProblems(known, t, { most: LONGEST, vocabulary })
        ? known.letters.length + 1
        : 1;
    const numbers = network ? { state: network.H, output: network.V }[which] : 1;
    if (place > there || number > numbers) return false;
    sentence.input.value = given;
    change(given);
    if (speed) walk.speed = speed;
    if (!steps.length) return true;
    walk.to(place - 1);
    (which === "state" ? state : output).pick(number - 1);
    return true;
  }
  const follow = () => model.get("text") === text || open({ text: model.get("text") });
  const pace = model.get("speed");
  const renew = () => {
    network = networkOf(model);
    change(text);
  };
  model.onChange(["text"], follow);
  model.onChange(["weights", "vocabulary"], renew);
  compute();
  walk.to(0);
  return (values) => open({ text: first, speed: pace, ...values });
}

/** The network whose numbers the model holds; null if they do not fit the vocabulary. */
export function networkOf(model) {
  const weights = numbersOf(model.get("weights"));
  if (!weights) return null;
  const V = [...model.get("vocabulary")].length;
  const both = Math.floor(Math.sqrt(weights.length)); // (V + H) rows of (V + H) weights and a bias
  return both > V && both * (both + 1) === weights.length ? { V, H: both - V, weights } : null;
}
