"""Every picture that the package draws, under the name of the function that draws it."""

import re
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest
import torch

from charrnn import (
    History,
    LinearCell,
    NewStateCell,
    PostCell,
    Vocabulary,
    generate,
    pictures,
    run,
    translations,
)

HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")
SVG = "{http://www.w3.org/2000/svg}"
PHONE = 382  # CSS pixels that a picture has on a page 390 wide
SMALLEST = 11  # CSS pixels
SIZE = re.compile(r"font-size: ([\d.]+)(px|em)")
KOREAN = Vocabulary("가나다안녕한 ^$")
MARKUP = Vocabulary("<&\"'>$\\_^{}%#01")
FALL = History([1.2, 0.4, *[1e-5] * 30, 2e-2, 1e-4, 1e-6])
RUNS = np.array([[3.0, 2.0, 0.5], [5.0, 1.0, 0.25]])


def a_cell(wiring=PostCell, size=35, hidden=35):
    torch.manual_seed(0)
    return wiring(size, hidden)


def states(text="hello", size=9):
    return run(a_cell(hidden=size), Vocabulary().one_hot(text))[1][1:]


def written(vocabulary=None, length=12):
    return generate(
        a_cell(size=(vocabulary or Vocabulary()).size), length=length, vocabulary=vocabulary
    )


def sampled(curve):
    """Places from -0.5 to 0.8, as a chapter measures them, and a curve there."""
    places = np.arange(-10, 17) / 20
    return places, curve(places)


PICTURES = {
    "one_hot_matrix": lambda: pictures.one_hot_matrix("hello?"),
    "one_hot_matrix of hangul": lambda: pictures.one_hot_matrix("안녕 한", KOREAN),
    "one_hot_matrix of markup": lambda: pictures.one_hot_matrix("<&\">'$\\", MARKUP),
    "hidden_states": lambda: pictures.hidden_states(states(), "0hello1"),
    "hidden_states of one": lambda: pictures.hidden_states(torch.zeros(1, 1), ["a"]),
    "loss_curve": lambda: pictures.loss_curve(FALL),
    "loss_curve of two": lambda: pictures.loss_curve(
        {"a <b>": FALL, "c & d": FALL}, {"0 < x": 0.9}
    ),
    "output_scores": lambda: pictures.output_scores(written()),
    "output_scores of markup": lambda: pictures.output_scores(written(MARKUP), MARKUP),
    **{f"book_map {n}": lambda n=n: pictures.book_map(n) for n in range(1, 15)},
    "cell_diagram": lambda: pictures.cell_diagram(a_cell()),
    "cell_diagram linear": lambda: pictures.cell_diagram(a_cell(LinearCell, 4, 7)),
    "cell_diagram new state": lambda: pictures.cell_diagram(a_cell(NewStateCell)),
    "unrolled": lambda: pictures.unrolled("hello"),
    "unrolled fed back": lambda: pictures.unrolled("⊢hel", fed_back=True),
    "unrolled markup": lambda: pictures.unrolled("<&"),
    "letter_by_letter": lambda: pictures.letter_by_letter("hello"),
    "letter_by_letter of markup": lambda: pictures.letter_by_letter("<&"),
    "lines": lambda: pictures.lines([1, 2, 8], {"a <b>": RUNS, "c": RUNS[0]}, "epoch", "loss"),
    "lines on logs": lambda: pictures.lines(
        [1, 10, 100], {"a": RUNS}, "epoch", "loss", True, True, ("silence", 0.9)
    ),
    "strip_plot": lambda: pictures.strip_plot({"a <b>": [1, 2, 9], "c & d": [4, 4, 4]}, "loss"),
    "heat": lambda: pictures.heat(RUNS, "0a ", ["1", "2"], "letter read", "hidden unit"),
    "two_roads": lambda: pictures.two_roads(0.6, 0.4, 1.0, 0.5, 1.0),
    "valley": lambda: pictures.valley({"a <b>": [1, 0.5, 0.25], "c & d": [1.0, -1.1, 1.21]}),
    "sharpness_and_loss": lambda: pictures.sharpness_and_loss(FALL, [0, 20, 30], [10, 50, 40], 38),
    "sharpness_and_loss below": lambda: pictures.sharpness_and_loss(FALL, [0, 20], [10, 20], 38),
    "row_times_matrix": lambda: pictures.row_times_matrix([0, 1, 0], [[1, 2], [3, 4], [5, 6]]),
    "units": lambda: pictures.units(
        [1, 0], [0.5, -0.5], [[1, -1, 0.5, 0], [0.5, 0.5, 0, -1]], [0, 0.1]
    ),
    "tanh_curve": lambda: pictures.tanh_curve([1.25, -0.5]),
    "tanh_slope": lambda: pictures.tanh_slope([-2, 0, 1]),
    "surprise_curve": lambda: pictures.surprise_curve([1, 0.5, 1 / 35]),
    "gradient_as_slope": lambda: pictures.gradient_as_slope(
        *sampled(lambda x: 1 - x + 2 * x * x), at=0, by=0.1
    ),
    "descent": lambda: pictures.descent(
        *sampled(lambda x: (x - 0.2) ** 2),
        {"a <b>": [[0, 0.04], [0.3, 0.01]], "c & d": [[0.1, 0.01], [0.4, 0.04], [-0.1, 0.09]]},
    ),
    "feeding_back": lambda: pictures.feeding_back(
        "h1e<", [0.75, -0.125, 0.25, 0.0], [0.75, 0, 0.25, 0], "e"
    ),
    "temperatures": lambda: pictures.temperatures([2, 1, 0], [0.5, 1, 2]),
    "three_wirings": pictures.three_wirings,
    "cut_weights": lambda: pictures.cut_weights(a_cell()),
    "joined_jamo of hangul": lambda: pictures.joined_jamo(["ㅎㅏㄴㄱㅡㄹ", "ㄱㅏㄱㅏ", "ㄱㅏㅂㅅ"]),
    "lstm_diagram": pictures.lstm_diagram,
    "gru_diagram": pictures.gru_diagram,
    "truncated_bptt": lambda: pictures.truncated_bptt(
        "a long text is read in small segments.", 2, 6
    ),
    "truncated_bptt of markup": lambda: pictures.truncated_bptt("<&\">'$\\_^{}%#01", 1, 5),
    "next_letter_probabilities": lambda: pictures.next_letter_probabilities(
        "a\n <", [0.1, 0.4, 0.3, 0.2], [0, 0.6, 0.4, 0]
    ),
    "syllables of hangul": lambda: pictures.syllables("한글 값a"),
    "activations_on_text": lambda: pictures.activations_on_text(
        "a <b>\n$", [0.5, -1, 0, 1, -0.25, 0.125, 0.3], "3"
    ),
    "averaged_gradients": lambda: pictures.averaged_gradients(
        [[-0.0254, 0.0312, 1.5], [0.0081, -0.02, -12]], 16
    ),
    "state_paths": lambda: pictures.state_paths(
        {"a ": [[0, 0], [2, 3], [-1, 0.5]], "b": [[0, 0], [1, 1]]}, [[-1, 1], [1, 2]]
    ),
}


both_languages = pytest.mark.parametrize("language", translations.LANGUAGES, indirect=True)


def drawn(name):
    """The picture and its SVG in the language in force, drawn once."""
    return _drawn(name, translations.get_language())


@cache
def _drawn(name, language):
    made = PICTURES[name]()
    return made, made._repr_html_()


def texts(svg):
    return ["".join(t.itertext()) for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def said(draw):
    """The alt text in Korean and in English."""
    alts = []
    for language in ("ko", "en"):
        translations.set_language(language)
        try:
            alts.append(draw().alt)
        finally:
            translations.set_language("en")
    return alts


def both_say(draw, *parts):
    for alt in said(draw):
        for part in parts:
            assert part in alt, (part, alt)


def sizes(svg):
    """How many CSS pixels high the letters of a picture are on a phone."""
    root = ElementTree.fromstring(svg)
    width = float(root.get("viewBox").split()[2])
    scale = min(4 / 3, PHONE / width)  # as large as it was drawn, 4/3 pixels a point, or smaller
    found = []
    for text in root.iter(f"{SVG}text"):
        own = SIZE.search(text.get("style", ""))
        spans = [SIZE.search(span.get("style", "")) for span in text.iter(f"{SVG}tspan")]
        for size in filter(None, [own, *spans]):
            found.append(float(size[1]) * (float(own[1]) if size[2] == "em" else 1) * scale)
    assert found or not list(root.iter(f"{SVG}text"))
    return found
