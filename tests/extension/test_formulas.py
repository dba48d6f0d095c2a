"""Formulas: MathML that every browser spaces as a book does."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "_ext"))

from bilingual import mathematics, spacing


def formula(latex):
    """The elements of a formula in order: (name, text, attributes)."""
    text = mathematics.mathml(latex, "inline", None).replace(f' xmlns="{spacing.MATHML}"', "")
    found = re.findall(r"<([a-z]+)([^>]*)>([^<]*)", text)
    return [
        (name, text, dict(re.findall(r'([a-z]+)="([^"]*)"', more))) for name, more, text in found
    ]


def operators(latex):
    return [(text, more) for name, text, more in formula(latex) if name == "mo"]


def signs(latex):
    """Whether each minus of a formula is a sign."""
    return [more.get("form") == "prefix" and more.get("rspace") == "0em"
            for text, more in operators(latex) if text == "−"]  # fmt: skip


@pytest.mark.parametrize(
    ("latex", "are_signs"),
    [("-1", [True]), ("a - 1", [False]), ("[0.5, -0.5]", [True]), ("(-1) \\times 0", [True]),
     ("x = -1", [True]), ("(a) - b", [False]), ("h^2 - 1", [False]), ("\\frac{-1}{2}", [True]),
     ("-\\ln p - 1", [True, False]), ("a \\cdot -b", [True]), ("n! - 1", [False]),
     ("|x| - 1", [False]), ("2 - -3", [False, True])],
)  # fmt: skip
def test_a_minus_is_a_sign_where_nothing_stands_before_it(latex, are_signs):
    assert signs(latex) == are_signs


@pytest.mark.parametrize(
    "latex", ["h_{t-1}", "\\sum_{t=1}^{T+1} x", "x_{t,i}^{a=b}", "10^{-3}", "\\max_{i<j} x"]
)
def test_scripts_have_no_room_in_them(latex):
    inside = [(text, more) for text, more in operators(latex) if text in "-−+=,<&lt;"]
    assert inside
    assert all(more.get("lspace") == more.get("rspace") == "0em" for _, more in inside)


def test_operators_on_the_line_keep_their_room():
    assert operators("a - b = c") == [("−", {}), ("=", {})]
    assert operators("1 / V") == [("/", {"lspace": "0em", "rspace": "0em"})]


def test_circled_operators_are_not_large():
    for sign in ("\\odot", "\\otimes", "\\oplus"):
        ((_, more),) = operators(f"a {sign} b")
        assert more["largeop"] == "false"


@pytest.mark.parametrize(
    ("latex", "apart"),
    [("\\ln p", 1), ("\\ln 35", 1), ("\\tanh(x)", 0), ("\\ln", 0), ("x y", 0), ("-\\ln p_y", 1)],
)
def test_a_function_stands_apart_from_what_it_is_applied_to(latex, apart):
    spaces = [more for name, _, more in formula(latex) if name == "mspace"]
    assert len(spaces) == apart
    assert all(0.1 < float(more["width"].removesuffix("em")) < 0.3 for more in spaces)


@pytest.mark.parametrize(
    ("latex", "measure"),
    [("g_t", {"depth": "0em"}), ("p_y", {"depth": "0em"}), ("h_t", None), ("W_h", None),
     ("g^2", None), ("(h - y)^2", "height"), ("h^2", None), ("y_t^2", {"depth": "0em"}),
     ("f_t", {"depth": "0em", "width": "0.49em"}), ("f_t^2", {"depth": "0em"})],
)  # fmt: skip
def test_scripts_hang_at_one_height(latex, measure):
    padded = [more for name, _, more in formula(latex) if name == "mpadded"]
    if measure == "height":
        assert [0.4 < float(more["height"].removesuffix("em")) < 0.7 for more in padded] == [True]
    else:
        assert padded == ([measure] if measure else [])


def test_formulas_keep_all_that_they_say():
    latex = "L=\\sum_{t=1}^{T}\\frac{1}{V}\\sum_{i=1}^{V}(o_{t,i}-y_{t,i})^2"
    said = "".join(text for _, text, _ in formula(latex))
    assert said == "L=∑t=1T1V∑i=1V(ot,i−yt,i)2"
