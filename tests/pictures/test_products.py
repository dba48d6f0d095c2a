"""Pictures of sums: what is multiplied by what, and what comes out."""

import numpy as np
import pytest
from every_picture import both_say
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.patches import FancyBboxPatch
from nonsense import NO_ARRAY, refused

from charrnn import pictures
from charrnn.pictures.numerals import short, short_row
from charrnn.pictures.picture import LETTER, STATE, WEIGHT

pytestmark = pytest.mark.filterwarnings("error")
ROW, MATRIX = [0, -2, 0.5], [[1, 2], [3, 4], [5, -6]]
CELL = ([1, 0], [0.5, -0.5], [[1, -1, 0.5, 0], [0.5, 0.5, 0, -1]], [0, 0.1])


def lines_of(axes):
    """The texts that stand at one height, from left to right, the highest line first."""
    rows = {}
    for text in axes.texts:
        x, y = text.get_position()
        rows.setdefault(round(y, 3), []).append((x, text.get_text()))
    return [[text for _, text in sorted(row) if text] for _, row in sorted(rows.items())[::-1]]


def boxes(axes, colour):
    return [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch)
            and to_hex(patch.get_edgecolor()) == colour]  # fmt: skip


def test_each_place_stands_beside_the_row_that_it_multiplies_and_its_product():
    axes = pictures.row_times_matrix(ROW, MATRIX).figure.axes[0]
    assert lines_of(axes) == [
        ["row", "matrix", "products"],
        ["0", "×", "1", "2", "=", "0", "0"],
        ["−2", "×", "3", "4", "=", "−6", "−8"],
        ["0.5", "×", "5", "−6", "=", "2.5", "−3"],
        ["all added up", "+", "−3.5", "−11"],
    ]


def test_what_is_multiplied_by_zero_is_pale_and_not_lit():
    axes = pictures.row_times_matrix(ROW, MATRIX).figure.axes[0]
    for colour in (LETTER, WEIGHT):
        lit = [box.get_facecolor()[3] > 0 for box in boxes(axes, colour)]
        assert lit == [False, True, True]
    pale = {text.get_text() for text in axes.texts if text.get_alpha() not in (None, 1.0)}
    assert pale == {"×", "=", "1", "2", "0"}


@settings(max_examples=8)
@given(st.integers(0, 10_000))
def test_a_row_times_a_matrix_tells_the_product(seed):
    rng = np.random.default_rng(seed)
    row, matrix = rng.integers(-3, 4, 4), rng.integers(-9, 10, (4, 3))
    both_say(lambda: pictures.row_times_matrix(row, matrix), short_row(row @ matrix))


def test_a_weight_stands_on_the_line_from_its_number_to_its_unit():
    axes = pictures.units(*CELL).figure.axes[0]
    read, old = boxes(axes, LETTER), boxes(axes, STATE)
    assert (len(read), len(old)) == (2, 2 + 2)  # the old state and the new one
    weights = {}
    for text in axes.texts:
        if np.isclose(text.get_position()[0], 2.8):
            weights[round(text.get_position()[1], 3)] = text.get_text()
    ends = [line.get_xydata() for line in axes.lines if line.get_xdata()[1] == 6.4]
    starts = [line.get_xydata() for line in axes.lines if line.get_xdata()[0] == 1.9]
    assert len(ends) == len(starts) == len(weights) == 8
    tops = sorted({round(end[1][1], 6) for end in ends}, reverse=True)
    inputs = sorted({round(start[0][1], 6) for start in starts}, reverse=True)
    for i, y in enumerate(inputs):
        for j, top in enumerate(tops):
            along = y + (top - y) * (2.8 - 1.9) / 4.5
            assert weights[round(along, 3)] == short(CELL[2][j][i])


def test_the_thicker_the_line_the_larger_the_weight_and_none_is_dotted():
    axes = pictures.units(*CELL).figure.axes[0]
    first = [line for line in axes.lines if line.get_xdata()[0] == 1.9][::2]  # of unit 1
    widths = [line.get_linewidth() for line in first]
    assert widths[0] == widths[1] > widths[2] > widths[3]
    assert [line.get_linestyle() for line in first] == ["-", "-", "-", ":"]


def test_units_tell_sum_and_tanh():
    both_say(
        lambda: pictures.units(*CELL),
        "[1, 0]", "[0.5, −0.5]", "[1, −1, 0.5, 0], 0 → 1.25 → 0.85",
        "[0.5, 0.5, 0, −1], 0.1 → 1.1 → 0.8",
    )  # fmt: skip
    shown = [text.get_text() for text in pictures.units(*CELL).figure.axes[0].texts]
    assert {"1.25", "1.1", "0.85", "0.8", "bias 0", "bias 0.1"} <= set(shown)


@pytest.mark.parametrize("bad", NO_ARRAY)
def test_what_is_no_row_is_refused(bad):
    refused("row", pictures.row_times_matrix, bad, MATRIX)
    refused("matrix", pictures.row_times_matrix, ROW, bad)
    for place, name in enumerate(("letter", "state", "weights", "biases")):
        arguments = [bad if k == place else argument for k, argument in enumerate(CELL)]
        refused(name, pictures.units, *arguments)


def test_what_could_not_be_read_is_refused():
    refused("matrix", pictures.row_times_matrix, [1] * 7, np.ones((7, 2)))
    refused("matrix", pictures.row_times_matrix, [1, 1], np.ones((2, 5)))
    refused("matrix", pictures.row_times_matrix, [1, 1], np.ones((3, 2)))
    refused("letter", pictures.units, [1] * 4, [1, 1], np.ones((2, 6)), [0, 0])
    refused("state", pictures.units, [1], [1] * 4, np.ones((4, 5)), [0] * 4)


@pytest.mark.parametrize(
    ("number", "written"),
    [(0.5, "0.5"), (-0.0, "0"), (-1e-17, "−1e−17"), (14, "14"), (-1.25, "−1.25"), (2 / 3, "0.667")],
)
def test_a_number_is_written_without_what_nobody_needs(number, written):
    assert short(number) == written
    assert short_row([number, 1]) == f"[{written}, 1]"
