// @ts-check
// Cost: how long and how much money it takes to read a text once, and what limits it.
import { bill } from "../arithmetic/cost.js";
import { formatCount } from "../arithmetic/lesson.js";
import {
  button,
  choice,
  element,
  liveText,
  note,
  numberField,
  outOfRange,
  row,
  slider,
} from "../kit/controls.js";
import { number, oneOf } from "../kit/link.js";
import { bars, formatNumber } from "../kit/marks.js";

const KINDS = ["rnn", "gru", "lstm"];
const NAMES = { rnn: "RNN", gru: "GRU", lstm: "LSTM" };
const powers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => 2 ** (from + i));
const tens = Array.from({ length: 30 }, (_, i) => [1, 2, 5][i % 3] * 10 ** (3 + Math.floor(i / 3)));
/** Where each slider stops. */
const STOPS = {
  letters: [...tens, 1e13],
  hidden: powers(5, 12),
  batch: powers(0, 12),
  machines: powers(0, 12),
};
const PRICE = { low: 0, high: 1e6, step: /** @type {"any"} */ ("any") };
const PARTS = ["fixed", "weights", "arithmetic", "exchange"];
const UNITS = /** @type {[string, number][]} */ ([
  ["seconds", 1],
  ["minutes", 60],
  ["hours", 3600],
  ["days", 86_400],
  ["years", 31_557_600],
]);

export const words = {
  ko: {
    title: "글을 한 번 읽는 비용",
    kind: "종류",
    letters: "글의 글자 수",
    hidden: "은닉 유닛 H",
    batch: "나란한 줄 B (모두 더해)",
    machines: "기계 N",
    price: "기계 한 대의 한 시간 요금 (달러)",
    reset: "처음으로",
    parts: "한 걸음의 시간은 어디로 가는가",
    fixed: "준비",
    weights: "가중치",
    arithmetic: "곱셈",
    exchange: "교환",
    seconds: "{n}초",
    minutes: "{n}분",
    hours: "{n}시간",
    days: "{n}일",
    years: "{n}년",
    answer: "{letters}글자를 한 번 읽는 데 {time}, {money}달러.",
    step: "한 걸음에 {rows}줄씩 {steps}걸음, 한 걸음은 {step}.",
    together: "기계 {machines}대의 빠르기는 한 대의 {faster}배입니다.",
    formula:
      "한 걸음 = {fixed} + {weights} × H² + {rows} × ({linear} × H + {square} × H²) + {exchange}",
    limitFixed:
      "가장 많이 걸리는 것은 준비입니다. 작은 계산 여러 개를 차례로 부르는 시간이라, 줄을 늘려 한 걸음에 더 많이 읽으면 나누어집니다.",
    limitWeights:
      "가장 많이 걸리는 것은 가중치를 가져오고 고치는 일입니다. 줄을 늘려 한 걸음에 더 많이 읽으면 나누어집니다.",
    limitArithmetic: "가장 많이 걸리는 것은 곱셈입니다. 기계를 늘리면 나누어집니다.",
    limitExchange:
      "가장 많이 걸리는 것은 기울기를 주고받는 일입니다. 기계를 늘려도 줄지 않고, 줄을 늘리면 드물어집니다.",
    idle: "줄이 {batch}개뿐이라 기계 {batch}대만 일합니다. 나머지는 빌리지 않은 것으로 셉니다.",
    beyond: "H가 {most}보다 큰 모델은 재지 않았습니다. 식을 그 밖으로 늘여 본 것입니다.",
  },
  en: {
    title: "What it costs to read a text once",
    kind: "Kind",
    letters: "Letters of text",
    hidden: "Hidden units H",
    batch: "Rows B, of all together",
    machines: "Machines N",
    price: "Dollars for a machine and an hour",
    reset: "Start over",
    parts: "Where the time of a step goes",
    fixed: "overhead",
    weights: "weights",
    arithmetic: "products",
    exchange: "exchange",
    seconds: "{n} s",
    minutes: "{n} min",
    hours: "{n} hours",
    days: "{n} days",
    years: "{n} years",
    answer: "To read {letters} letters once takes {time}. Dollars: {money}.",
    step: "Rows in a step: {rows}. Steps: {steps}, {step} each.",
    together: "{machines} machines are {faster} times as fast as one.",
    formula:
      "a step = {fixed} + {weights} × H² + {rows} × ({linear} × H + {square} × H²) + {exchange}",
    limitFixed:
      "Most of it is overhead: many small operations, called one after another. More rows read more in a step and share it out.",
    limitWeights:
      "Most of it goes into fetching and correcting the weights. More rows read more in a step and share it out.",
    limitArithmetic: "Most of it is products. More machines share them out.",
    limitExchange:
      "Most of it goes into exchanging gradients. More machines do not make that less; with more rows it happens less often.",
    idle: "Only as many machines work as there are rows: {batch}. The others are taken as not rented.",
    beyond: "No model with H above {most} was measured. The formula is carried on beyond.",
  },
};

const among = (name) => oneOf(...STOPS[name]);
export const fields = {
  kind: oneOf(...KINDS),
  letters: among("letters"),
  hidden: among("hidden"),
  batch: among("batch"),
  machines: among("machines"),
  price: number(PRICE.low, PRICE.high),
};

const SPANS = /** @type {[string, number][]} */ ([
  ["s", 1],
  ["ms", 1e-3],
  ["µs", 1e-6],
  ["ns", 1e-9],
]);

/** @param {import("../kit/frame.js").Context} context */
export function figure({ root, model, t, signal, link }) {
  const names = Object.keys(fields);
  const given = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const first = given();
  const state = given();

  const kind = choice(
    t("kind"),
    state.kind,
    KINDS.map((name) => [name, NAMES[name]]),
    (name) => put({ kind: name }),
  );
  const sliders = Object.fromEntries(
    Object.entries(STOPS).map(([name, stops]) => [
      name,
      slider(
        t(name),
        stops.indexOf(state[name]),
        { low: 0, high: stops.length - 1, step: 1 },
        (at) => formatCount(stops[at]),
        (at) => put({ [name]: stops[at] }),
      ),
    ]),
  );
  const problem = note(signal);
  const price = numberField(t("price"), state.price, PRICE, (value) => {
    const wrong = /** @type {[string, import("../kit/controls.js").Range][]} */ (
      Number.isNaN(value) ? [[t("price"), PRICE]] : []
    );
    problem.tell(outOfRange(t, wrong), { problem: true });
    if (!wrong.length) put({ price: value }, false);
  });
  const answer = element("p", { class: "lab-numbers" });
  const detail = element("p", { class: "lab-numbers lab-quiet" });
  const chart = bars(t("parts"));
  const formula = element("p", { class: "lab-sum-text" });
  const limit = note(signal);
  const announcement = liveText({}, signal); // a screen reader's copy of what is seen
  root.append(
    row(kind.element, price.element),
    problem.element,
    row(sliders.letters.element, sliders.hidden.element),
    row(sliders.batch.element, sliders.machines.element),
    answer,
    detail,
    element("p", { class: "lab-strip-label" }, t("parts")),
    chart.element,
    formula,
    limit.element,
    row(
      button(t("reset"), () => put(first)),
      link.button(() => ({ ...state })),
    ),
    announcement.element,
  );

  /** The measured cost of a step, for the kind that is chosen. */
  function stepCost() {
    const at = 4 * KINDS.indexOf(state.kind);
    const [fixed, weights, linear, square] = model.get("costs").slice(at, at + 4);
    return { fixed, weights, linear, square };
  }
  /** The state with these changes, and all that shows it; a price being typed stays as typed. */
  function put(changes, write = true) {
    Object.assign(state, changes);
    if (write) {
      price.set(state.price);
      problem.tell("");
    }
    const found = draw();
    const { steps, machines, parts, step, faster, hours, money } = found;
    model.share({ ...state, result: { steps, machines, parts, step, faster, hours, money } });
  }
  function draw() {
    const cost = stepCost();
    const found = bill(cost, /** @type {any} */ (state));
    kind.set(state.kind, NAMES[state.kind]);
    for (const [name, stops] of Object.entries(STOPS))
      sliders[name].set(stops.indexOf(state[name]));
    answer.textContent = t("answer", {
      letters: formatCount(state.letters),
      time: duration(3600 * found.hours, t),
      money: amount(found.money),
    });
    const step = t("step", {
      steps: formatCount(found.steps),
      rows: formatCount(state.batch),
      step: span(found.step),
    });
    const together = t("together", {
      machines: formatCount(found.machines),
      faster: formatNumber(found.faster),
    });
    detail.textContent = found.machines > 1 ? `${step} ${together}` : step;
    chart.draw(
      PARTS.map((name) => ({
        name: t(name),
        value: found.parts[name],
        chosen: name === found.limit,
      })),
      { full: found.step, words: (value) => `${Math.round((100 * value) / found.step)}%` },
    );
    formula.textContent = t("formula", {
      fixed: span(cost.fixed),
      weights: span(cost.weights),
      rows: formatCount(Math.ceil(state.batch / found.machines)),
      linear: span(cost.linear),
      square: span(cost.square),
      exchange: span(found.parts.exchange),
    });
    const widest = model.get("widest");
    const why = `limit${found.limit[0].toUpperCase()}${found.limit.slice(1)}`;
    limit.tell(
      [
        t(why),
        state.machines > found.machines && t("idle", { batch: formatCount(state.batch) }),
        state.hidden > widest && t("beyond", { most: formatCount(widest) }),
      ]
        .filter(Boolean)
        .join(" "),
    );
    announcement.later(answer.textContent);
    return found;
  }
  const fits = (values) =>
    KINDS.includes(values.kind) &&
    Object.entries(STOPS).every(([name, stops]) => stops.includes(values[name])) &&
    values.price >= PRICE.low &&
    values.price <= PRICE.high;
  const follow = () => put(fits(given()) ? given() : { ...state });
  model.onChange([...names, "costs", "widest"], follow);

  put({});
  return (values) => put({ ...first, ...values });
}

/** Seconds in the unit that gives the shortest number. */
function duration(seconds, t) {
  const last = UNITS.findLast(([, size]) => seconds >= 2 * size) ?? UNITS[0];
  return t(last[0], { n: amount(seconds / last[1]) });
}

/** Three digits, and commas where there are more. */
function amount(value) {
  return value >= 1000 ? formatCount(Math.round(+value.toPrecision(3))) : formatNumber(value);
}

/** A short time in the unit that leaves digits before its point. */
function span(seconds) {
  const [unit, size] = SPANS.find(([, least]) => seconds >= least) ?? SPANS.at(-1);
  return `${formatNumber(seconds / size)} ${unit}`;
}
