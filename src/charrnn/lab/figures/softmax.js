// @ts-check
// Softmax: move the scores of a few letters, see their probabilities, the loss and the gradient.
import { crossEntropy, gradient, softmax } from "../arithmetic/losses.js";
import { visible } from "../arithmetic/vocabulary.js";
import { button, choice, element, enable, liveText, note, row, slider } from "../kit/controls.js";
import { list, number, whole } from "../kit/link.js";
import { formatNumber } from "../kit/marks.js";

/** @type {import("../kit/controls.js").Range} */
const RANGE = { low: -8, high: 8, step: "any" }; // a browser would round what a gradient gives
const STEP = 0.1; // what pointer and keys lead to
const SMALLEST = 1e-6; // a step that moves no score by more leads nowhere

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
    raiseEnds:
      "더하면 {letter}의 점수가 8을 넘으므로 더는 더할 수 없습니다. 점수는 −8부터 8까지입니다.",
    stepEnds: "한 걸음 더 가면 {letter}의 점수가 −8부터 8까지의 범위를 벗어나므로 여기서 멈춥니다.",
    flat: "기울기가 0이나 다름없어서 더 걸을 곳이 없습니다.",
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
    raiseEnds: "No more can be added: the score of {letter} would pass 8. Scores go from −8 to 8.",
    stepEnds:
      "The steps end here: one more would take the score of {letter} out of the range −8 to 8.",
    flat: "The gradient is as good as 0: a step leads nowhere.",
  },
};

export const fields = { scores: list(number(RANGE.low, RANGE.high), 2, 8), answer: whole(0, 7) };

const nearest = (score) => Math.round(score / STEP) / (1 / STEP) || 0; // not −0
const within = (score) => Number.isFinite(score) && score >= RANGE.low && score <= RANGE.high;

/** @param {import("../kit/frame.js").Context} context */
export function figure({ root, model, t, signal, link }) {
  const own = [...model.get("letters")];
  const letters = own.map((letter) => visible(letter, "", t));
  const given = () => ({
    scores: [...model.get("scores")],
    answer: own.indexOf(model.get("answer")),
  });
  const fits = ({ scores, answer }) =>
    scores.length === letters.length &&
    scores.every(within) &&
    Number.isInteger(answer) &&
    answer in letters;
  const first = given();
  const state = given();

  const answer = choice(
    t("answer"),
    state.answer,
    letters.map((l, i) => [i, l]),
    (i) => put({ answer: Number(i) }),
  );
  const rows = letters.map((letter, i) => {
    const control = slider(t("score", { letter }), state.scores[i], RANGE, formatNumber, (score) =>
      set(i, nearest(score)),
    );
    bySteps(control.input, (score) => set(i, nearest(score)));
    const bar = element("span", { class: "lab-bar" });
    const share = element("span", { class: "lab-bar-value" });
    const slope = element("span", { class: "lab-bar-value" });
    const node = element(
      "li",
      {},
      control.element,
      element("span", { class: "lab-bar-room" }, bar),
      share,
      slope,
    );
    return { element: node, control, bar, share, slope };
  });
  const raise = button(t("raise"), () => move(raised()));
  const step = button(t("step"), () => move(stepped()));
  const ends = note(signal);
  const result = element("p", { class: "lab-numbers" });
  const announcement = liveText({}, signal); // a screen reader's copy of what is seen
  root.append(
    row(answer.element),
    element(
      "ol",
      { class: "lab-scores", "aria-label": t("table") },
      element(
        "li",
        { "aria-hidden": "true" },
        element("span", {}),
        element("span", {}, t("probability")),
        element("span", {}),
        element("span", { class: "lab-bar-value" }, t("gradient")),
      ),
      ...rows.map((r) => r.element),
    ),
    result,
    row(
      raise,
      step,
      button(t("reset"), () => put(first)),
      link.button(() => ({ scores: state.scores.join(","), answer: state.answer })),
    ),
    ends.element,
    announcement.element,
  );

  const raised = () => state.scores.map((score) => score + 1);
  const stepped = () => {
    const gradients = gradient(state.scores, state.answer);
    return state.scores.map((score, i) => score - gradients[i]);
  };
  const set = (i, score) =>
    put({ scores: state.scores.map((other, j) => (j === i ? score : other)) });
  const move = (scores) => put({ scores }); // a button that would leave the range is not enabled

  /** The state with these changes, and all that shows it. */
  function put(changes) {
    Object.assign(state, structuredClone(changes));
    draw();
    model.share({
      // A copy: a model that compares with what it held must not hold the list that changes here.
      scores: [...state.scores],
      answer: own[state.answer],
      result: {
        probabilities: softmax(state.scores),
        loss: crossEntropy(state.scores, state.answer),
      },
    });
  }
  function draw() {
    const probabilities = softmax(state.scores);
    const gradients = gradient(state.scores, state.answer);
    const loss = crossEntropy(state.scores, state.answer);
    answer.input.value = state.answer;
    rows.forEach(({ element: node, control, bar, share, slope }, i) => {
      control.set(state.scores[i]);
      bar.style.width = `${100 * probabilities[i]}%`;
      share.textContent = percent(probabilities[i]);
      slope.textContent = signed(gradients[i]);
      node.classList.toggle("chosen", i === state.answer);
    });
    result.textContent = t("sum", {
      sum: formatNumber(probabilities.reduce((a, x) => a + x, 0)),
      letter: letters[state.answer],
      p: percent(probabilities[state.answer]),
      loss: formatNumber(loss),
      perplexity: formatNumber(Math.exp(loss)),
    });
    const high = raised().findIndex((score) => !within(score));
    const far = stepped().findIndex((score) => !within(score));
    const flat = gradients.every((slope) => Math.abs(slope) < SMALLEST);
    enable(raise, high < 0);
    enable(step, far < 0 && !flat);
    ends.tell(
      [
        high >= 0 && t("raiseEnds", { letter: letters[high] }),
        flat ? t("flat") : far >= 0 && t("stepEnds", { letter: letters[far] }),
      ]
        .filter(Boolean)
        .join(" "),
    );
    announcement.later(result.textContent);
  }
  const follow = () => put(fits(given()) ? given() : state); // what no slider can show is set back
  model.onChange(["scores", "answer"], follow);

  put({});
  return ({ scores = first.scores, answer = first.answer }) => {
    const good = fits({ scores, answer });
    if (good) put({ scores, answer });
    return good;
  };
}

/** The keys of a slider whose step is "any" lead from one step to the next. */
function bySteps(input, change) {
  const steps = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -10,
    PageUp: 10,
  };
  input.addEventListener("keydown", (event) => {
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const score = input.valueAsNumber + STEP * steps[event.key];
    change(Math.max(RANGE.low, Math.min(RANGE.high, score)));
  });
}

/** A share as a percentage; what would be rounded to 0 or to 100 % without being it says so. */
function percent(share) {
  if (share > 0 && share < 0.0005) return "<0.1%";
  if (share < 1 && share > 0.9995) return ">99.9%";
  return `${(100 * share).toFixed(1)}%`;
}

function signed(slope) {
  const rounded = +slope.toFixed(3);
  return `${rounded > 0 ? "+" : ""}${formatNumber(rounded)}`;
}
