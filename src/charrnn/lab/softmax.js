// Softmax: move the scores of a few letters, see their probabilities, the loss and the gradient.
import { button, choice, make, row, short, slider } from "./kit.js";
import { visible } from "./letters.js";
import { whole } from "./link.js";
import { slopes, softmax, surprise } from "./entropy.js";

const RANGE = { low: -8, high: 8, step: 0.1 };

export const words = {
  ko: {
    title: "점수에서 확률로",
    answer: "정답 글자",
    score: "{letter}의 점수",
    letter: "글자",
    probability: "확률",
    gradient: "기울기",
    raise: "모든 점수에 1 더하기",
    step: "기울기를 거슬러 한 걸음",
    reset: "처음으로",
    sum: "확률의 합 {sum}. 정답 {letter}의 확률 {p}, 손실 {loss}, 한 글자의 혼란도 {perplexity}.",
    table: "글자마다 점수, 확률, 손실의 기울기",
  },
  en: {
    title: "From scores to probabilities",
    answer: "Right letter",
    score: "score of {letter}",
    letter: "letter",
    probability: "probability",
    gradient: "gradient",
    raise: "Add 1 to every score",
    step: "One step against the gradient",
    reset: "Start over",
    sum: "The probabilities add up to {sum}. The right letter {letter} has {p}: loss {loss}, perplexity of this one letter {perplexity}.",
    table: "For each letter its score, its probability and the gradient of the loss",
  },
};

/** Scores in a link: numbers with commas between them. */
function numbers(text) {
  const read = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  return read.length <= 8 && read.every((n) => n >= -1000 && n <= 1000) ? read : undefined;
}

export const fields = { scores: numbers, answer: whole(0, 7) };

export function figure({ root, model, say, signal, status, link }) {
  const given = () => {
    const { scores, answer } = model.get("settings");
    return { scores: [...scores], answer };
  };
  const letters = [...model.get("text")].map((letter) => visible(letter, "", say));
  const first = given();
  const state = given();

  const answer = choice(say("answer"), state.answer, letters.map((l, i) => [i, l]), (i) => {
    state.answer = Number(i);
    changed();
  });
  const rows = letters.map((letter, i) => {
    const control = slider(say("score", { letter }), state.scores[i], RANGE, short, (score) => {
      state.scores[i] = score;
      changed();
    });
    const bar = make("span", { class: "lab-bar" });
    const share = make("span", { class: "lab-bar-value" });
    const slope = make("span", { class: "lab-bar-value" });
    const element = make("li", {}, control.element, make("span", { class: "lab-bar-room" }, bar), share, slope);
    return { element, control, bar, share, slope };
  });
  const put = (values) => {
    Object.assign(state, values);
    answer.input.value = state.answer;
    rows.forEach(({ control }, i) => {
      control.input.value = state.scores[i];
      control.update();
    });
    changed();
  };
  root.append(
    row(answer.element),
    make(
      "ol",
      { class: "lab-scores", "aria-label": say("table") },
      make("li", { "aria-hidden": "true" }, make("span", {}), make("span", {}, say("probability")),
        make("span", {}), make("span", { class: "lab-bar-value" }, say("gradient"))),
      ...rows.map((r) => r.element),
    ),
    row(
      button(say("raise"), () => put({ scores: state.scores.map((s) => s + 1) })),
      button(say("step"), () => {
        const gradient = slopes(state.scores, state.answer);
        put({ scores: state.scores.map((s, i) => s - gradient[i]) });
      }),
      button(say("reset"), () => put({ scores: [...first.scores], answer: first.answer })),
      link.button(() => ({ scores: state.scores.map((s) => +s.toFixed(3)).join(","), answer: state.answer })),
    ),
  );

  let sharing = false;
  function changed() {
    const shares = softmax(state.scores);
    const gradient = slopes(state.scores, state.answer);
    const loss = surprise(state.scores, state.answer);
    rows.forEach(({ element, bar, share, slope }, i) => {
      bar.style.width = `${100 * shares[i]}%`;
      share.textContent = percent(shares[i]);
      slope.textContent = `${gradient[i] > 0 ? "+" : ""}${short(+gradient[i].toFixed(3))}`;
      element.classList.toggle("chosen", i === state.answer);
    });
    status.later(say("sum", {
      sum: short(shares.reduce((a, x) => a + x, 0)),
      letter: letters[state.answer],
      p: percent(shares[state.answer]),
      loss: short(loss),
      perplexity: short(Math.exp(loss)),
    }));
    sharing = true;
    model.set("settings", { ...model.get("settings"), scores: state.scores, answer: state.answer });
    model.set("result", { probabilities: shares, loss });
    model.save_changes();
    sharing = false;
  }
  const percent = (share) => `${(100 * share).toFixed(1)}%`;
  const follow = () => sharing || put(given());
  model.on("change:settings", follow);
  signal.addEventListener("abort", () => model.off("change:settings", follow));

  changed();
  return ({ scores = first.scores, answer = first.answer }) =>
    scores.length === letters.length && answer < letters.length
      ? put({ scores: [...scores], answer })
      : put({ scores: [...first.scores], answer: first.answer });
}
