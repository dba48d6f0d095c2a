// @ts-check
// A question in the text: type or pick an answer, be told at once, ask for a hint or the answer.

import { button, element, enable, newId, row } from "../lab/kit/controls.js";
import { judge, parts, READ, read, unseal } from "./answers.js";

export const words = {
  ko: {
    title: "답해 봅시다",
    answer: "답",
    check: "확인",
    hint: "힌트",
    show: "답 보기",
    right: "맞았습니다.",
    wrong: "아직 아닙니다.",
    solution: "답은 {answer}입니다.",
    before: "전에 맞힌 물음입니다.",
    up: "위로: {choice}",
    down: "아래로: {choice}",
    emptyNumber: "먼저 답을 적어 봅시다.",
    emptyChoice: "먼저 하나를 골라 봅시다.",
    noNumber: "수로 읽을 수 없습니다. 0.5, 1/2, 5e-1처럼 적습니다.",
    noShape: "모양으로 읽을 수 없습니다. (3, 5)처럼 괄호 안에 수나 글자를 쉼표로 나누어 적습니다.",
  },
  en: {
    title: "Your answer",
    answer: "Answer",
    check: "Check",
    hint: "Hint",
    show: "Show the answer",
    right: "Right.",
    wrong: "Not yet.",
    solution: "The answer is {answer}.",
    before: "You have answered this one.",
    up: "Up: {choice}",
    down: "Down: {choice}",
    emptyNumber: "Write an answer first.",
    emptyChoice: "Pick one first.",
    noNumber: "That cannot be read as a number. Write it as 0.5, 1/2 or 5e-1.",
    noShape:
      "That cannot be read as a shape. Write numbers or letters in brackets, with commas: (3, 5).",
  },
};

export const fields = {};

/** A text with its code as code. */
const marked = (text) => parts(text).map((part, i) => (i % 2 ? element("code", {}, part) : part));
const bare = (text) => text.replaceAll("`", "");

/** @param {import("../lab/kit/frame.js").Context} context */
export function figure({ root, model, t, place }) {
  const kind = model.get("kind");
  const choices = model.get("choices");
  const secret = unseal(model.get("sealed"));
  const id = newId("question-text");
  // Not a landmark of its own: a page has a dozen, which would bury those that lead somewhere.
  root.closest(".lab").setAttribute("role", "group");
  const control = { choice: picked, order: ordered }[kind] ?? typed;
  const { element: field, value, missing } = control({ id, choices, t, enter: answer });

  const reply = element("div", { class: "question-reply", role: "status" });
  const check = button(t("check"), answer, { class: "lab-button lab-main" });
  const hint = button(t("hint"), () => {
    say("", secret.hint);
    tried();
  });
  const show = button(t("show"), () => finish("shown"));
  hint.hidden = !secret.hint;
  show.hidden = true;
  root.append(
    element("p", { class: "question-text", id }, ...marked(model.get("text"))),
    // A line and its buttons stand side by side, a list stands above them.
    ...(kind in READ ? [row(field, check, hint, show)] : [field, row(check, hint, show)]),
    reply,
  );
  const kept = place && globalThis.answered?.of(place);
  if (kept === "right")
    reply.before(element("p", { class: "lab-quiet question-before" }, `✓ ${t("before")}`));

  function answer() {
    const given = value();
    const meant = given === "" || given === null ? null : read(kind, given);
    if (meant === null) {
      const lack = given === "" || given === null;
      const unread = kind === "shape" ? "noShape" : "noNumber";
      return say("unread", t(lack ? missing : unread));
    }
    const { right, reply: words } = judge(kind, meant, secret);
    model.share({ result: { answer: meant, right } });
    if (right) return finish("right");
    say("wrong", words, t("wrong"));
    tried();
  }
  function tried() {
    show.hidden = false;
  }
  function finish(outcome) {
    const solution = t("solution", { answer: secret.shown });
    const first = outcome === "right" ? t("right") : solution;
    say(outcome, secret.why, first);
    show.hidden = true;
    hint.hidden = true;
    if (place) globalThis.answered?.keep(place, outcome);
  }
  /** What is told: how it went in a word, then in a sentence. */
  function say(outcome, words, first = "") {
    reply.dataset.outcome = outcome;
    const mark = { right: "✓ ", wrong: "✗ " }[outcome] ?? "";
    reply.replaceChildren(
      element(
        "p",
        {},
        first && element("strong", {}, mark, ...marked(first)),
        first && words ? " " : "",
        ...marked(words),
      ),
    );
  }
  return undefined;
}

/** A line to type in; the key Enter checks it. */
function typed({ id, t, enter }) {
  const input = element("input", {
    class: "lab-text question-line",
    type: "text",
    "aria-label": t("answer"),
    "aria-describedby": id,
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    enterkeyhint: "done",
    maxlength: 200,
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    enter();
  });
  // JupyterLab takes keys for its own commands where they reach it.
  for (const type of ["keydown", "keypress", "keyup"]) {
    input.addEventListener(type, (event) => event.stopPropagation());
  }
  return { element: input, value: () => input.value, missing: "emptyNumber" };
}

/** One of several. */
function picked({ id, choices, enter }) {
  const inputs = choices.map((_, i) => element("input", { type: "radio", name: id, value: i }));
  const field = element(
    "div",
    { class: "question-choices", role: "radiogroup", "aria-labelledby": id },
    ...choices.map((choice, i) =>
      element("label", {}, inputs[i], element("span", {}, ...marked(choice))),
    ),
  );
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    enter();
  });
  const value = () => choices[inputs.findIndex((input) => input.checked)] ?? null;
  return { element: field, value, missing: "emptyChoice" };
}

/** All of several, in an order that two buttons at each change. */
function ordered({ id, choices, t }) {
  const order = [...choices];
  const list = element("ol", { class: "question-order", "aria-labelledby": id });
  const items = new Map(
    choices.map((choice) => {
      const up = button("↑", () => move(choice, -1), {
        "aria-label": t("up", { choice: bare(choice) }),
      });
      const down = button("↓", () => move(choice, 1), {
        "aria-label": t("down", { choice: bare(choice) }),
      });
      const node = element("li", {}, element("span", {}, ...marked(choice)), up, down);
      return [choice, { node, up, down }];
    }),
  );
  function move(choice, by) {
    const at = order.indexOf(choice);
    order.splice(at, 1);
    order.splice(at + by, 0, choice);
    const { up, down } = items.get(choice);
    draw();
    (by < 0 ? up : down).focus(); // it was moved in the page, which takes the focus away
  }
  function draw() {
    list.replaceChildren(...order.map((choice) => items.get(choice).node));
    order.forEach((choice, i) => {
      enable(items.get(choice).up, i > 0);
      enable(items.get(choice).down, i < order.length - 1);
    });
  }
  draw();
  return { element: list, value: () => [...order], missing: "emptyChoice" };
}
