"""Any text can stand in a chart: it is drawn without a warning, and the picture is sound SVG."""

from xml.etree import ElementTree

import numpy as np
import pytest
from every_picture import FALL, SMALLEST, sizes

from charrnn import Vocabulary, pictures

# What neither font has is a box, and the reader hears nothing of it: `picture.in_style`.
pytestmark = pytest.mark.filterwarnings("error", "ignore:Glyph .* missing from:UserWarning")

TEXTS = [
    "$\\frac{$",  # a formula that never ends
    "\ud800",  # half a letter
    "👩‍👩‍👧 🇰🇷",
    "שלום (مرحبا)",  # from right to left
    "\u202eabc",
    "\x00\x1b\x7f\u2028",  # control letters
    "뷁똠",
    "e\u0301\u0302" + "\u0300" * 30,  # combining marks
    "\\ <&>'\" _^{} %s {0} ]]>",
    "a\tb\nc\r",
    " ",
    "x" * 500,
]
LETTERS = list(dict.fromkeys("".join(TEXTS)))
STEPS = np.linspace(-1, 1, len(LETTERS))
EACH = dict(zip(TEXTS[:4], [[1, 2], [2, 3], [3, 4], [4, 5]], strict=True))
REST = {text: [1, 2] for text in TEXTS[4:]}
CHARTS = {
    "lines": lambda: pictures.lines([1, 2], EACH, TEXTS[0], TEXTS[3], level=(TEXTS[1], 2)),
    "lines on logs": lambda: pictures.lines(
        [1, 99], dict(list(REST.items())[:4]), TEXTS[5], TEXTS[7], True, True, (TEXTS[8], 2)
    ),
    "dots": lambda: pictures.strip_plot(REST, TEXTS[2]),
    "heat": lambda: pictures.heat(np.outer(STEPS, STEPS), LETTERS, LETTERS, TEXTS[7], TEXTS[8]),
    "heat of names": lambda: pictures.heat(np.eye(12), TEXTS, TEXTS, TEXTS[4], TEXTS[9]),
    "heat of wide names": lambda: pictures.heat(np.eye(1), ["뷁" * 60], ["뷁" * 60], "W" * 60, "y"),
    "loss_curve": lambda: pictures.loss_curve(dict.fromkeys(TEXTS[:4], FALL),
                                           dict.fromkeys(TEXTS[4:], 0.5)),
    "hidden_states": lambda: pictures.hidden_states(np.eye(len(LETTERS)), LETTERS),
    "one_hot_matrix": lambda: pictures.one_hot_matrix("$\\ \x00뷁",
                                                      Vocabulary("$\\ \x00뷁\ud800ש")),
    "chances": lambda: pictures.next_letter_probabilities(LETTERS, abs(STEPS), abs(STEPS)),
    "tinted": lambda: pictures.activations_on_text("".join(LETTERS), STEPS, TEXTS[0]),
    "path": lambda: pictures.state_paths({t[:8]: np.eye(len(t[:8]) + 1, 2) for t in TEXTS[:6]},
                                        np.eye(len({t[:8] for t in TEXTS[:6]}), 2)),
    "syllables": lambda: pictures.syllables("$\ud800\x00뷁ש\u0301"),
    "letter_by_letter": lambda: pictures.letter_by_letter("$\ud800\x00뷁ש\u0301"),
    "unrolled": lambda: pictures.unrolled("$\ud800\x00뷁ש\u0301"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTS)
def test_any_text_is_drawn_without_a_warning(name):
    made = CHARTS[name]()
    root = ElementTree.fromstring(made._repr_html_())
    assert root.get("aria-label") == made.alt
    made.alt.encode()  # half a letter could not be saved
    assert not set(made.alt) & set("\x00\x1b\u202e\n")


@pytest.mark.parametrize("name", CHARTS)
def test_names_of_any_length_leave_a_chart_legible(name):
    assert min(sizes(CHARTS[name]()._repr_html_())) >= SMALLEST
