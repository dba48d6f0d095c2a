// @ts-check
// How a model is to write: a beginning, temperature, top-k, nucleus; and what it wrote.
import { element, note, row, slider, textField } from "./controls.js";

/** @import { Context } from "./frame.js" */
/** @typedef {{ prompt: string, temperature: number, k: number, p: number }} WritingState */

const TEMPERATURE = { low: 0.05, high: 3, step: 0.05 };
const P = { low: 0.01, high: 1, step: 0.01 };
export const MOST_K = 100; // the slider's end: all letters stay

/**
 * `state` is changed as the reader moves the controls, then `changed` is called. `show(text)` shows
 * what was written, `remark(words)` what became of the beginning, `set(values)` moves the controls.
 *
 * @param {Pick<Context, "t" | "signal">} context
 * @param {WritingState} state
 * @param {() => void} changed
 */
export function writingControls({ t, signal }, state, changed) {
  const plain = (value) => value.toFixed(2);
  const change = (values) => {
    Object.assign(state, values);
    changed();
  };
  const prompt = textField(t("prompt"), state.prompt, (text) => change({ prompt: text }), {
    maxlength: 1000,
  });
  const sliders = {
    temperature: slider(t("temperature"), state.temperature, TEMPERATURE, plain, (temperature) =>
      change({ temperature }),
    ),
    k: slider(
      t("k"),
      state.k,
      { low: 1, high: MOST_K, step: 1 },
      (k) => (k < MOST_K ? String(k) : t("all")),
      (k) => change({ k }),
    ),
    p: slider(
      t("p"),
      state.p,
      P,
      (p) => (p < 1 ? plain(p) : t("all")),
      (p) => change({ p }),
    ),
  };
  const remark = note(signal);
  const written = element("p", { class: "lab-written", lang: "" });
  written.textContent = t("nothing");
  return {
    element: element(
      "div",
      { class: "lab-stack" },
      row(...Object.values(sliders).map((one) => one.element)),
      prompt.element,
      remark.element,
      element("p", {}, t("writes")),
      written,
    ),
    show: (text) => written.replaceChildren(text || t("nothing")),
    remark: (words) => remark.tell(words),
    set(values) {
      Object.assign(state, values);
      for (const name in sliders) state[name] = sliders[name].set(state[name]);
      prompt.input.value = state.prompt;
    },
  };
}
