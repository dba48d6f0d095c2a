"""A question in the text: the reader types or picks an answer and is told at once how it went.

It works as the living figures do, in the built page without a kernel, in Jupyter and in Colab, and
is drawn with what they are drawn with. Without JavaScript and on paper the question stands there
with its answer folded below.

jupyterquiz 2.9.6 and ipyquizjb 0.3.13 were tried first: the one replies in English only, has its
wrong answers in plain sight and loads MathJax from another host, the other needs a kernel.
"""

import base64
import html
import json
import math
import numbers
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import traitlets as t

from charrnn.arguments import one_of, quoted, real
from charrnn.lab import traits
from charrnn.lab.checks import readable
from charrnn.lab.widget import Figure
from charrnn.translations import choose

HERE = Path(__file__).parent
KINDS = ("number", "shape", "text", "choice", "order")
LONGEST = 2_000  # letters of a question, a reply, a reason
CODE = re.compile(r"`([^`]+)`")

Answer = float | str | Sequence[int | str]


class Question(Figure):
    """The widget that `ask` makes; ``result`` holds what was answered and whether it was right."""

    module = "question"
    drawing = HERE / "question.js"
    style = HERE / "question.css"
    text = traits.text("", "The question, with `code` between grave accents.")
    kind = traits.word("number", "How it is answered.", choices=KINDS)
    choices = traits.listed(traits.check_text, "To pick one of, or to put in order.")
    sealed = traits.text("", "Answer, replies, hint and reason, so that no eye falls on them.")

    @t.validate("sealed")
    def _readable(self, proposal: Any) -> Any:
        opened(proposal["value"])
        return proposal["value"]


class Folded(NamedTuple):
    """What stands in a question's place without JavaScript: the question, and a folded answer."""

    alt: str
    markup: str

    def _repr_html_(self) -> str:
        return self.markup


def ask(
    text: str,
    answer: Answer,
    *,
    choices: Sequence[str] = (),
    tolerance: float = 0,
    replies: Mapping[Any, str] | None = None,
    hint: str = "",
    why: str = "",
) -> Question:
    """Put a question to the reader. How it is answered follows from the answer:

    - a number is typed, as 0.5, .5, 1/2, 5e-1 or 0,5;
    - a shape, a tuple of whole numbers or of their names, is typed as (3, T);
    - a text is typed, a space as ␣;
    - with ``choices`` a text is picked among them, a list of all of them is put in order.

    Args:
        text: the question; what stands between grave accents is shown as code.
        answer: the right one, computed where it can be.
        choices: to pick one of, or to put in order, as they are shown.
        tolerance: how far a number may be from the answer.
        replies: to wrong answers that many will give, by answer: where it comes from.
        hint: what to think of, for who asks.
        why: a sentence with the right answer.

    Raises:
        TypeError: an answer, a reply or a text of the wrong kind.
        ValueError: an answer that is not among the choices, a reply to the right answer or to none
            that can be given, a tolerance below 0.
    """
    choices = [readable("choices, each of them,", choice, LONGEST) for choice in choices]
    if len(set(choices)) != len(choices):
        raise ValueError(f"choices must differ, got {quoted(choices)}.")
    kind = _kind(answer, choices)
    right = _plain(kind, "answer", answer, choices)
    near = real("tolerance", tolerance, least=0)
    told = []
    for wrong, reply in (replies or {}).items():
        given = _plain(kind, "replies, the answer of each,", wrong, choices)
        if _same(kind, given, right, near):
            raise ValueError(f"replies must be to wrong answers, got one to {quoted(wrong)}.")
        reply = readable("replies, each of them,", reply, LONGEST)
        told.append([given, reply, _shown(kind, given, near)])
    secret = {
        "answer": right,
        "tolerance": near,
        "shown": _rounded(right, near) if kind == "number" and near else _shown(kind, right, near),
        "replies": told,
        "hint": readable("hint", hint, LONGEST, least=0),
        "why": readable("why", why, LONGEST, least=0),
    }
    question = readable("text", text, LONGEST)
    folded = _folded(question, kind, choices, secret)
    return Question(
        lambda: folded, text=question, kind=kind, choices=choices, sealed=closed(secret)
    )


def closed(secret: Mapping[str, Any]) -> str:
    """Answer, replies, hint and reason in base64: not to be read by accident in a page's source."""
    return base64.b64encode(json.dumps(secret, ensure_ascii=False).encode()).decode()


def opened(sealed: str) -> dict[str, Any]:
    """What `closed` has closed.

    Raises:
        ValueError: it has not.
    """
    try:
        secret: dict[str, Any] = json.loads(base64.b64decode(sealed or "e30=", validate=True))
    except ValueError as reason:
        raise ValueError(f"sealed holds no answer: {quoted(sealed)}.") from reason
    return secret


def _kind(answer: Answer, choices: Sequence[str]) -> str:
    if isinstance(answer, str):
        return "choice" if choices else "text"
    if isinstance(answer, Sequence):
        return "order" if choices else "shape"
    if isinstance(answer, numbers.Real) and not isinstance(answer, bool) and not choices:
        return "number"
    raise TypeError(f"answer must be a number, a text, a shape or an order, got {quoted(answer)}.")


def _plain(kind: str, name: str, value: Any, choices: Sequence[str]) -> Any:
    """An answer as JSON holds it."""
    if kind == "number":
        return real(name, value)
    if kind == "text":
        return readable(name, value, LONGEST)
    if kind == "choice":
        return one_of(name, value, choices)
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError(f"{name} must be a list, got {quoted(value)}.")
    if kind == "shape":
        return [side if isinstance(side, str) else str(int(real(name, side))) for side in value]
    if sorted(value) != sorted(choices):
        raise ValueError(f"{name} must hold each of the choices once, got {quoted(value)}.")
    return list(value)


def _same(kind: str, one: Any, other: Any, near: float) -> bool:
    if kind == "number":
        return bool(math.isclose(one, other, rel_tol=1e-9, abs_tol=near))
    return bool(one == other)


def _rounded(right: float, near: float) -> str:
    """A number as it was asked for: to the decimals that keep it within the tolerance, however it
    is rounded; a zero at the end goes unless rounding made it.
    """
    decimals = max(0, math.ceil(-math.log10(2 * near) - 1e-9))
    rounded = f"{round(right, decimals) + 0.0:.{decimals}f}"  # no minus before a zero
    exact = math.isclose(float(rounded), right, rel_tol=1e-4)
    return (rounded.rstrip("0").rstrip(".") if decimals and exact else rounded).replace("-", "−")


def _shown(kind: str, right: Any, near: float) -> str:
    """An answer as it is told: a number with as many digits as count."""
    if kind == "number":
        if float(right).is_integer():
            return str(int(right)).replace("-", "−")
        digits = max(0, 1 - math.floor(math.log10(near))) if near else 4
        return f"{right:.{min(digits, 6)}f}".rstrip("0").rstrip(".").replace("-", "−")
    if kind == "shape":
        return f"({', '.join(right)}{',' if len(right) == 1 else ''})"
    if kind == "order":
        return " → ".join(right)
    return str(right).replace(" ", "␣") if kind == "text" else str(right)


def _folded(question: str, kind: str, choices: Sequence[str], secret: Mapping[str, Any]) -> Folded:
    listed = "".join(f"<li>{_marked(choice)}</li>" for choice in choices)
    reason = f" {_marked(secret['why'])}" if secret["why"] else ""
    markup = (
        f'<div class="question-folded question-{kind}"><p>{_marked(question)}</p>'
        + (f"<ul>{listed}</ul>" if listed else "")
        + f"<details><summary>{choose('답 보기', 'Show the answer')}</summary>"
        + f"<p><strong>{_marked(secret['shown'])}</strong>{reason}</p></details></div>"
    )
    return Folded(question.replace("`", ""), markup)


def _marked(text: str) -> str:
    """A text for a page, with what stands between grave accents as code."""
    return CODE.sub(r"<code>\1</code>", html.escape(text))
