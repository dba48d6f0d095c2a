// Gates: one memory cell of an LSTM along a text, its three gates set by hand at each letter.
import { button, choice, make, note, row, short, slider, strip, textField, trouble } from "./kit.js";
import { readText, visible } from "./letters.js";
import { oneOf, upTo } from "./link.js";
import { remember } from "./gates.js";

const LONGEST = 40; // letters
const GATES = ["forget", "input", "output"];
const OPEN = { low: 0, high: 1, step: 0.05 };
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
    content: "적을 내용 g",
    forget: "망각 게이트 f",
    input: "입력 게이트 i",
    output: "출력 게이트 o",
    cell: "셀 상태 c",
    hidden: "은닉 상태 h",
    left: "끝까지 남는 비율",
    reset: "처음으로",
    at: "{n}번째 글자 {letter}: c = {f} × {before} + {i} × {g} = {c}, h = {o} × tanh({c}) = {h}.",
    told: "이 글자에서 적은 것은 끝에 {left} 남습니다. 마지막 셀 상태는 {last}입니다.",
    look: "{n}번째 글자 {letter}, {name} {value}",
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
    content: "content g",
    forget: "forget gate f",
    input: "input gate i",
    output: "output gate o",
    cell: "cell state c",
    hidden: "hidden state h",
    left: "left at the end",
    reset: "Start over",
    at: "Letter {n}, {letter}: c = {f} × {before} + {i} × {g} = {c}, h = {o} × tanh({c}) = {h}.",
    told: "Of what is in the memory here, {left} is left at the end. The last cell state is {last}.",
    look: "letter {n}, {letter}, {name} {value}",
  },
};

export const fields = { text: upTo(LONGEST), preset: oneOf(...Object.keys(PRESETS)) };

/** What a letter would write, -1 to 1: any fixed number will do, here one from its code. */
export const contentOf = (letter) => ((letter.codePointAt(0) * 7) % 21) / 10 - 1;

export function figure({ root, model, say, signal, status, link }) {
  const first = { text: model.get("text"), preset: model.get("settings").preset };
  const state = { ...first, gates: [], scope: "rest", at: 0 };
  let letters = [];

  const remark = note();
  const text = textField(say("text"), state.text, (typed) => read(typed), { maxlength: 400 });
  const preset = choice(
    say("preset"), state.preset, [...Object.keys(PRESETS), "own"].map((p) => [p, say(p)]),
    (name) => name !== "own" && fill(name),
  );
  const scope = choice(say("scope"), state.scope, ["rest", "one"].map((s) => [s, say(s)]), (s) => {
    state.scope = s;
  });
  const sliders = Object.fromEntries(GATES.map((gate) => [
    gate, slider(say(gate), 1, OPEN, short, (value) => {
      const to = state.scope === "rest" ? letters.length : state.at + 1;
      for (let t = state.at; t < to; t++) state.gates[t][gate] = value;
      state.preset = preset.input.value = "own";
      changed();
    }),
  ]));
  const strips = {};
  for (const name of ["content", ...GATES, "cell", "hidden", "left"]) {
    const choosing = name === "cell";
    strips[name] = strip(say(name), choosing
      ? { look: (t) => say("look", { n: t + 1, letter: letters[t], name: say(name), value: short(last.cell[t]) }),
          chosen: (t) => point(t) }
      : {});
  }
  const sum = make("p", { class: "lab-sum-text" });
  root.append(
    text.element,
    remark.element,
    row(preset.element, scope.element),
    row(...GATES.map((gate) => sliders[gate].element)),
    make("div", { class: "lab-strips" }, ...Object.values(strips).map((s) => s.element)),
    sum,
    row(
      button(say("reset"), () => open(first)),
      link.button(() => ({ text: state.text, preset: state.preset === "own" ? first.preset : state.preset })),
    ),
  );

  let last = { cell: [], hidden: [], left: [] };
  function read(typed) {
    state.text = typed;
    const all = [...new Set(typed.normalize("NFC"))].join("");
    const found = readText(typed, `${all}\u0002\u0003`);
    const problem = trouble(found, say, { most: LONGEST });
    remark.tell(problem, { problem: true });
    if (problem) return;
    letters = [...found.letters].map((letter) => visible(letter, "", say));
    state.content = [...found.letters].map(contentOf);
    state.at = Math.min(state.at, letters.length - 1);
    fill(state.preset === "own" ? first.preset : state.preset);
  }
  function fill(name) {
    state.preset = preset.input.value = name;
    state.gates = letters.map((_, t) => PRESETS[name](t, letters.length));
    changed();
  }
  function point(t) {
    state.at = t;
    draw();
  }
  let sharing = false;
  function changed() {
    draw();
    sharing = true;
    model.set("text", state.text);
    model.set("settings", { ...model.get("settings"), preset: state.preset });
    model.set("result", { cell: last.cell, hidden: last.hidden, left: last.left });
    model.save_changes();
    sharing = false;
  }
  function draw() {
    const gate = (name) => state.gates.map((at) => at[name]);
    last = remember({ content: state.content, forget: gate("forget"), input: gate("input"), output: gate("output") });
    const { at } = state;
    const limit = Math.max(1, ...last.cell.map(Math.abs));
    strips.content.draw(state.content, { letters, ringed: at });
    for (const name of GATES) strips[name].draw(gate(name), { ringed: at });
    strips.cell.draw(last.cell, { ringed: at, limit });
    strips.hidden.draw(last.hidden, { ringed: at });
    strips.left.draw(last.left, { ringed: at });
    for (const name of GATES) {
      sliders[name].input.value = state.gates[at][name];
      sliders[name].update();
    }
    const g = state.gates[at];
    const words = say("at", {
      n: at + 1, letter: letters[at], f: short(g.forget), i: short(g.input), o: short(g.output),
      g: short(state.content[at]), before: short(at ? last.cell[at - 1] : 0),
      c: short(last.cell[at]), h: short(last.hidden[at]),
    });
    sum.textContent = words;
    status.later(`${words} ${say("told", { left: short(last.left[at]), last: short(last.cell.at(-1)) })}`);
  }
  function open(values) {
    Object.assign(state, { ...first, ...values, at: 0 });
    text.input.value = state.text;
    read(state.text);
  }
  const follow = () => {
    if (sharing) return;
    open({ text: model.get("text"), preset: model.get("settings").preset });
  };
  for (const key of ["text", "settings"]) model.on(`change:${key}`, follow);
  signal.addEventListener("abort", () => {
    for (const key of ["text", "settings"]) model.off(`change:${key}`, follow);
  });

  open({});
  return (values) => open(values);
}
