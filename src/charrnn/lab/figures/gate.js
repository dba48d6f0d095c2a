// @ts-check
// Gates: one memory cell of an LSTM along a text, its three gates set by hand at each letter.
import { candidateOf, keepGates, lstmCell } from "../arithmetic/gates.js";
import { describeProblems, readText, visible } from "../arithmetic/vocabulary.js";
import {
  button,
  choice,
  element,
  liveText,
  note,
  row,
  slider,
  textField,
} from "../kit/controls.js";
import { list, number, oneOf, upTo, whole } from "../kit/link.js";
import { formatNumber, strip } from "../kit/marks.js";

const LONGEST = 40; // letters
const GATES = ["forget", "input", "output"];
const OPEN = { low: 0, high: 1, step: 0.05 };
const LIMITS = [1, 2, 5, 10, 20, 40]; // cell states that have the full colour
/** What the gates are at letter t of T. */
const PRESETS = {
  keep: (t) => ({ forget: 1, input: t === 0 ? 1 : 0, output: 1 }),
  fade: (t) => ({ forget: 0.5, input: t === 0 ? 1 : 0, output: 1 }),
  pile: () => ({ forget: 1, input: 1, output: 1 }),
  late: (t, T) => ({ forget: 1, input: t === 0 ? 1 : 0, output: t === T - 1 ? 1 : 0 }),
  half: () => ({ forget: 0.5, input: 0.5, output: 0.5 }),
};

export const words = {
  ko: {
    title: "게이트를 손으로 여닫기",
    text: "읽을 글",
    preset: "게이트",
    keep: "첫 글자를 적고 끝까지 남기기",
    fade: "반만 열어 남기기",
    pile: "모두 적고 모두 남기기",
    late: "끝에서만 내보이기",
    half: "모두 반만 열기",
    own: "직접 정하기",
    scope: "바꾸는 범위",
    one: "이 글자만",
    rest: "이 글자부터 끝까지",
    candidate: "후보 g",
    forget: "망각 게이트 f",
    input: "입력 게이트 i",
    output: "출력 게이트 o",
    cell: "셀 상태 c",
    hidden: "은닉 상태 h",
    left: "끝까지 남는 비율",
    reset: "처음으로",
    how: "글자를 고르려면 아무 줄에서나 네모를 누르거나 화살표 키를 씁니다. 고른 글자의 값이 줄마다 위에 적히고, 슬라이더 세 개가 그 글자의 게이트를 바꿉니다.",
    scale: "파란색은 음수, 주황색은 양수이고, 0에서 멀수록 짙습니다. 가장 짙은 색은 −1과 1입니다.",
    cellScale: "셀 상태 c (가장 짙은 색은 ±{limit})",
    at: "{n}번째 글자 {letter}: c = {f} × {before} + {i} × {g} = {c}, h = {o} × tanh({c}) = {h}.",
    told: "이 자리의 기억은 끝까지 {left} 남습니다. 마지막 셀 상태는 {last}입니다.",
    look: "{n}번째 글자 {letter}, {name} {value}",
    kept: "글이 바뀌어도 그대로인 글자는 직접 정한 게이트를 지켰고, 새 글자는 바로 옆 글자의 게이트를 따릅니다.",
    dropped: "그대로인 글자가 없어서 직접 정한 게이트를 버리고 처음 게이트로 돌아갔습니다.",
  },
  en: {
    title: "Open and close the gates",
    text: "Text to read",
    preset: "Gates",
    keep: "write the first letter, keep it to the end",
    fade: "keep with the gate half open",
    pile: "write all, keep all",
    late: "show only at the end",
    half: "everything half open",
    own: "your own",
    scope: "Changes apply to",
    one: "this letter only",
    rest: "this letter and all after it",
    candidate: "candidate g",
    forget: "forget gate f",
    input: "input gate i",
    output: "output gate o",
    cell: "cell state c",
    hidden: "hidden state h",
    left: "left at the end",
    reset: "Start over",
    how: "Press a square in any row, or use the arrow keys, to choose a letter. Its numbers stand above the rows, and the three sliders set its gates.",
    scale:
      "Blue is below 0, orange above, and stronger the further from 0. The colour is full at −1 and 1.",
    cellScale: "cell state c (the colour is full at ±{limit})",
    at: "Letter {n}, {letter}: c = {f} × {before} + {i} × {g} = {c}, h = {o} × tanh({c}) = {h}.",
    told: "Of what is in the memory here, {left} is left at the end. The last cell state is {last}.",
    look: "letter {n}, {letter}, {name} {value}",
    kept: "Letters that stayed in the text keep the gates you set; a new letter takes those of the letter beside it.",
    dropped: "No letter stayed in the text, so the gates you set are gone; they stand as at first.",
  },
};

export const fields = {
  text: upTo(LONGEST),
  preset: oneOf(...Object.keys(PRESETS), "own"),
  gates: list(number(0, 1), GATES.length, GATES.length * LONGEST), // letter by letter; with "own"
  at: whole(1, LONGEST),
  scope: oneOf("rest", "one"),
};

/** @param {import("../kit/frame.js").Context} context */
export function figure({ root, model, t, signal, link }) {
  const first = { text: model.get("text"), preset: model.get("preset"), scope: "rest", at: 0 };
  const state = { ...first, gates: [] };
  let letters = []; // as they are; `names` as they are shown
  let names = [];

  const remark = note(signal);
  const text = textField(t("text"), state.text, (typed) => read(typed), { maxlength: 400 });
  const preset = choice(
    t("preset"),
    state.preset,
    [...Object.keys(PRESETS), "own"].map((p) => [p, t(p)]),
    (name) => {
      remark.tell("");
      if (name === "own") own();
      else fill(name);
    },
  );
  const scope = choice(
    t("scope"),
    state.scope,
    ["rest", "one"].map((s) => [s, t(s)]),
    (s) => {
      state.scope = s;
    },
  );
  const sliders = Object.fromEntries(
    GATES.map((gate) => [
      gate,
      slider(t(gate), 1, OPEN, formatNumber, (value) => {
        const to = state.scope === "rest" ? letters.length : state.at + 1;
        for (let t = state.at; t < to; t++) state.gates[t][gate] = value;
        own();
      }),
    ]),
  );
  const rows = Object.fromEntries(
    ["candidate", ...GATES, "cell", "hidden", "left"].map((name) => {
      const squares = strip(t(name), {
        look: (i) =>
          t("look", {
            n: i + 1,
            letter: names[i],
            name: t(name),
            value: formatNumber(numbers[name][i]),
          }),
        chosen: point,
      });
      const label = squares.element.firstChild;
      const value = element("b", { class: "lab-value" });
      const words = element("span", {}, t(name));
      label.replaceChildren(words, " ", value);
      return [name, { squares, words, value }];
    }),
  );
  const scale = strip(t("scale"));
  const sum = element("p", { class: "lab-sum-text" });
  const announcement = liveText({}, signal); // a screen reader's copy of what is seen
  root.append(
    text.element,
    remark.element,
    row(preset.element, scope.element),
    row(...GATES.map((gate) => sliders[gate].element)),
    element("p", {}, t("how")),
    element(
      "div",
      { class: "lab-strips" },
      ...Object.values(rows).map(({ squares }) => squares.element),
    ),
    sum,
    scale.element,
    row(
      button(t("reset"), () => open(first)),
      link.button(() => ({
        text: letters.join(""), // those shown, also while the field holds none
        preset: state.preset,
        ...(state.preset === "own" && { gates: flat(state.gates).join(",") }),
        at: state.at + 1,
        scope: state.scope,
      })),
    ),
    announcement.element,
  );
  scale.draw([-1, -0.5, 0, 0.5, 1], { letters: ["−1", "−½", "0", "½", "1"] });

  const flat = (gates) => gates.flatMap((at) => GATES.map((gate) => at[gate]));
  let numbers = {}; // what the rows show, by name, a list of T each
  /** The text as typed; letters that stay keep the gates that were set for them. */
  function read(typed) {
    state.text = typed;
    const all = [...new Set(typed.normalize("NFC"))].join("");
    const found = readText(typed, `${all}\u0002\u0003`);
    const problem = describeProblems(found, t, { most: LONGEST });
    remark.tell(problem, { problem: true });
    if (problem) return;
    const gates = state.preset === "own" ? keepGates(letters, found.letters, state.gates) : null;
    if (state.preset === "own" && letters.join("") !== found.letters.join("")) {
      remark.tell(t(gates ? "kept" : "dropped"));
    }
    letters = found.letters;
    names = letters.map((letter) => visible(letter, "", t));
    state.at = Math.min(state.at, letters.length - 1);
    if (!gates) return fill(state.preset === "own" ? fallback() : state.preset);
    state.gates = gates;
    changed();
  }
  const fallback = () => (Object.hasOwn(PRESETS, first.preset) ? first.preset : "keep");
  function fill(name) {
    state.preset = preset.input.value = name;
    state.gates = letters.map((_, t) => PRESETS[name](t, letters.length));
    changed();
  }
  function own() {
    state.preset = preset.input.value = "own";
    changed();
  }
  function point(t) {
    if (t === state.at) return;
    state.at = t;
    draw();
  }
  function changed() {
    draw();
    model.share({
      text: letters.join(""),
      preset: state.preset,
      result: { cell: numbers.cell, hidden: numbers.hidden, left: numbers.left },
    });
  }
  function draw() {
    const gates = Object.fromEntries(
      GATES.map((name) => [name, state.gates.map((at) => at[name])]),
    );
    const candidate = letters.map(candidateOf);
    const { forget, input, output } = gates;
    numbers = { candidate, ...gates, ...lstmCell({ candidate, forget, input, output }) };
    const { at } = state;
    const largest = Math.max(...numbers.cell.map(Math.abs));
    const limit = LIMITS.find((size) => size >= largest) ?? LIMITS.at(-1);
    rows.cell.words.textContent = t("cellScale", { limit });
    for (const [name, { squares, value }] of Object.entries(rows)) {
      squares.draw(numbers[name], {
        ringed: at,
        limit: name === "cell" ? limit : 1,
        letters: name === "candidate" ? names : undefined,
      });
      if (squares.at !== at) squares.pick(at);
      squares.mark(true);
      value.textContent = formatNumber(numbers[name][at]);
    }
    for (const name of GATES) sliders[name].set(gates[name][at]);
    const shown = (name) => formatNumber(numbers[name][at]);
    sum.textContent = [
      t("at", {
        n: at + 1,
        letter: names[at],
        f: shown("forget"),
        i: shown("input"),
        o: shown("output"),
        g: shown("candidate"),
        before: formatNumber(at ? numbers.cell[at - 1] : 0),
        c: shown("cell"),
        h: shown("hidden"),
      }),
      t("told", { left: shown("left"), last: formatNumber(numbers.cell.at(-1)) }),
    ].join(" ");
    announcement.later(sum.textContent);
  }
  /** Open in a state, gates (if it has any) letter by letter. */
  function open({ gates = null, ...values }) {
    Object.assign(state, first, values);
    text.input.value = state.text;
    scope.input.value = state.scope;
    const own = state.preset === "own";
    if (own) state.preset = fallback(); // the gates come after the letters they are for
    read(state.text);
    if (own && gates) {
      state.gates = gates;
      state.preset = preset.input.value = "own";
      changed();
    }
  }
  const follow = () => {
    const given = { text: model.get("text"), preset: model.get("preset") };
    if (given.text !== letters.join("")) {
      text.input.value = given.text;
      read(given.text);
    }
    if (given.preset === state.preset) return;
    if (Object.hasOwn(PRESETS, given.preset)) fill(given.preset);
    else own();
  };
  model.onChange(["text", "preset"], follow);

  open({});
  return ({ gates = null, at = 1, ...values }) => {
    const size = [...(values.text ?? first.text).normalize("NFC")].length;
    const own = (values.preset ?? first.preset) === "own";
    if (size < 1 || size > LONGEST || at > size || own !== Boolean(gates)) return false;
    if (gates && gates.length !== GATES.length * size) return false;
    const byLetter =
      gates &&
      Array.from({ length: size }, (_, t) =>
        Object.fromEntries(GATES.map((gate, i) => [gate, gates[GATES.length * t + i]])),
      );
    open({ ...values, at: at - 1, gates: byLetter });
    return true;
  };
}
