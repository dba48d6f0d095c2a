"""Where things stand in a picture: each mark at its place, each name beside what it names."""

import numpy as np
import pytest
import torch
from every_picture import FALL, a_cell, both_languages, written
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from charrnn import History, NewStateCell, PostCell, pictures
from charrnn.pictures.checks import LONGEST_NAME, label
from charrnn.pictures.picture import BLUE, VERMILION, figure, in_style
from charrnn.pictures.style import (
    COLOURS,
    Powers,
    letter_ticks,
    number_ticks,
    points,
    signed_colours,
    wrapped,
)
from charrnn.translations import word

pytestmark = pytest.mark.filterwarnings("error")


def ticks(axis):
    """Each tick's place and its name."""
    names = [tick.get_text() for tick in axis.get_ticklabels()]
    return dict(zip(axis.get_ticklocs().tolist(), names, strict=True))


def labels(axes):
    return axes.get_xlabel(), axes.get_ylabel()


def bar_of(made):
    """The ends of the scale beside a picture, and the colours at both ends."""
    bar = made.figure.axes[1]
    (mesh,) = [found for found in bar.collections if isinstance(found, QuadMesh)]
    shades = mesh.to_rgba(mesh.get_array().ravel())
    ends = sorted((bar.get_xlim(), bar.get_ylim()), key=lambda pair: pair == (0, 1))[0]
    return ends, (to_hex(shades[0]), shades[0][3]), (to_hex(shades[-1]), shades[-1][3])


# --- curves ---------------------------------------------------------------------------------------


def test_every_run_has_its_own_curve_rings_and_name():
    up = History([1e-3, 2e-4, 0.25, 1e-3])
    made = pictures.loss_curve({"first": FALL, "second": up}, {"even": 0.9})
    axes = made.figure.axes[0]
    first, first_rings, second, second_rings, level = axes.lines
    assert (list(first.get_ydata()), list(second.get_ydata())) == (FALL.losses, up.losses)
    assert list(first_rings.get_xydata().ravel()) == [32, 2e-2]
    assert list(second_rings.get_xydata().ravel()) == [2, 0.25]
    assert [line.get_color() for line in axes.lines[:4]] == [
        COLOURS[0], COLOURS[0], COLOURS[1], COLOURS[1],
    ]  # fmt: skip
    assert set(level.get_ydata()) == {0.9}
    assert [(note.get_text(), note.xy[1]) for note in axes.texts] == [("even", 0.9)]
    (legend,) = made.figure.legends
    named = zip(legend.get_texts(), legend.get_lines(), strict=True)
    assert {text.get_text(): line.get_color() for text, line in named} == {
        "first": COLOURS[0], "second": COLOURS[1],
    }  # fmt: skip
    assert labels(axes) == ("epoch", "loss")


def test_every_line_has_its_own_median_name_and_ticks():
    runs = {"one": [[1, 2, 9], [3, 4, 5], [8, 0, 1]], "two": [-1, -2, -3]}
    made = pictures.lines([2, 3, 8], runs, "step", "loss", level=("even", -7.5))
    axes = made.figure.axes[0]
    one, two, level = axes.lines
    assert [line.get_ydata().tolist() for line in (one, two)] == [[3, 2, 5], [-1, -2, -3]]
    assert [line.get_xdata().tolist() for line in (one, two)] == [[2, 3, 8]] * 2
    assert set(level.get_ydata()) == {-7.5}
    assert ticks(axes.xaxis) == {2: "2", 3: "3", 8: "8"}
    assert labels(axes) == ("step", "loss")
    (legend,) = made.figure.legends
    named = zip(legend.get_texts(), legend.get_lines(), strict=True)
    assert {text.get_text(): line.get_color() for text, line in named} == {
        "one": one.get_color(), "two": two.get_color(),
    }  # fmt: skip
    # a single run has no band, and its band is the only one of the other
    assert len(axes.collections) == 1


def test_dots_and_medians_stand_in_the_row_of_their_name():
    axes = pictures.strip_plot({"a": [1, 2, 9], "b": [5, 4, 3.5]}, "loss").figure.axes[0]
    assert [line.get_xdata().tolist() for line in axes.lines] == [[1, 2, 9], [2], [5, 4, 3.5], [4]]
    assert [set(line.get_ydata()) for line in axes.lines] == [{0}, {0}, {1}, {1}]
    assert ticks(axes.yaxis) == {0: "a", 1: "b"}
    assert axes.get_ylim() == (1.5, -0.5)  # the first on top
    assert axes.get_xlabel() == "loss"


def test_equal_dots_stand_side_by_side_in_their_row():
    dots, _ = (
        pictures.strip_plot({"a": [0, 3, 0, 0], "b": [0] * 50}, "loss").figure.axes[0].lines[:2]
    )
    first, alone, second, third = dots.get_ydata()
    assert (alone, second) == (0, 0)
    assert first == -third != 0
    crowd = (
        pictures.strip_plot({"a": [1], "b": [0] * 50}, "loss").figure.axes[0].lines[2].get_ydata()
    )
    assert len(set(crowd)) == 50
    assert 0.6 < min(crowd) < max(crowd) < 1.4


def test_powers_are_named_by_their_number():
    with in_style():
        name = Powers()
        name.create_dummy_axis()
        name.axis.set_view_interval(1e-3, 1)
        assert [name(x) for x in (1e-3, 1e-12, 1, 1e10)] == ["10⁻³", "10⁻¹²", "10⁰", "10¹⁰"]
        minor = Powers(minor_thresholds=(9, 9))
        minor.create_dummy_axis()
        minor.axis.set_view_interval(0.1, 0.6)
        minor.set_locs([0.2, 0.25, 0.5])
        assert minor(0.25) in ("0.25", "")
        assert minor(0.5) == "0.5"  # an everyday number
        minor.axis.set_view_interval(1e-9, 0.6)
        assert minor(0.5) == "5×10⁻¹"


def test_raised_digits_that_are_drawn_as_plain_ones_have_room_beside_the_name_of_the_axis():
    made = pictures.loss_curve(History([1.0, 1e-6, 1e-12]))
    made.figure.set_dpi(72)  # a pixel is a point
    made.figure.draw_without_rendering()
    axis = made.figure.axes[0].yaxis
    ticks = {tick.get_text(): tick.get_window_extent() for tick in axis.get_ticklabels()}
    assert "10⁻¹²" in ticks
    gap = min(place.x0 for place in ticks.values()) - axis.label.get_window_extent().x1
    drawn = points("10", 12) + points("−12", 0.92 * 12)
    assert gap - (drawn - ticks["10⁻¹²"].width) > 8


# --- colours --------------------------------------------------------------------------------------


def test_states_have_their_units_letters_and_scale():
    values = torch.tensor([[0.5, -2.0, 0.1], [0.25, 1.0, -0.3]])  # (T, H)
    made = pictures.hidden_states(values, "h1")
    axes = made.figure.axes[0]
    assert ticks(axes.yaxis) == {0: "1", 2: "3"}
    assert ticks(axes.xaxis) == {0: "h", 1: "end"}
    assert axes.get_ylim() == (2.5, -0.5)
    assert labels(axes) == ("letter read", "hidden unit")
    assert bar_of(made) == ((-2, 2), (BLUE, 1), (VERMILION, 1))


def test_the_sign_of_a_space_stands_in_its_own_row():
    """What is seen of it is the lowest part of its box: that is not to reach into the row below."""
    made = pictures.one_hot_matrix("a b")
    made.figure.draw_without_rendering()
    axes = made.figure.axes[0]
    names = {tick.get_text(): tick.get_window_extent() for tick in axes.get_yticklabels()}
    heights = zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
    rows = {tick.get_text(): axes.transData.transform((0, at))[1] for at, tick in heights}
    assert names["␣"].y0 > rows["␣"] - 1
    assert names["a"].y0 < rows["a"] - 4


def test_scores_name_the_letters_that_were_chosen():
    text = written(length=7)
    axes = pictures.output_scores(text).figure.axes[0]
    names = [pictures.visible(step.letter) for step in text.steps]
    assert ticks(axes.xaxis) == dict(enumerate(names))
    assert list(ticks(axes.yaxis).values())[-2:] == ["start", "end"]
    assert labels(axes) == ("chosen letter", "letter of the vocabulary")


def test_a_one_hot_squares_line_leads_up_to_its_letter():
    axes = pictures.one_hot_matrix("ba").figure.axes[0]
    rows, columns, _ = axes.collections
    assert [s[:, 1].tolist() for s in rows.get_segments()] == [[n, n] for n in range(4)]
    assert [s.tolist() for s in columns.get_segments()] == [
        [[x, -0.5], [x, row]] for row, x in enumerate((33, 1, 0, 34))
    ]
    assert axes.get_ylim() == (3.5, -0.5)
    assert labels(axes) == ("letter of the vocabulary", "letter")


@pytest.mark.parametrize("sign", [1, -1])
def test_heat_has_its_names_and_its_scale(sign):
    table = sign * np.array([[0.5, 4.0], [1.0, 2.0], [0.1, 0.2]])
    made = pictures.heat(table, "x ", ["7", "9"], "letter read", "hidden unit")
    axes = made.figure.axes[0]
    assert ticks(axes.xaxis) == {0: "x", 1: "␣"}
    assert ticks(axes.yaxis) == {0: "7", 2: "9"}
    assert axes.get_ylim() == (2.5, -0.5)
    assert labels(axes) == ("letter read", "hidden unit")
    assert "in row '1', column '␣'" in made.alt  # rows without a name are counted from 1
    (low, high), start, end = bar_of(made)
    assert (low, high) == ((0, 4) if sign > 0 else (-4, 4))
    assert start == ((VERMILION, 0) if sign > 0 else (BLUE, 1))
    assert end == (VERMILION, 1)


def test_every_row_of_heat_has_its_name():
    axes = pictures.heat(np.eye(3), "abc", ["p", "q", "r"], "letter", "loss").figure.axes[0]
    assert ticks(axes.yaxis) == {0: "p", 1: "q", 2: "r"}


def test_of_many_letters_every_second_is_named_at_its_own_place():
    names = [str(n) for n in range(100)]
    with in_style():
        axes = figure().add_subplot()
        letter_ticks(axes.xaxis, names, 600)
    assert ticks(axes.xaxis) == {n: str(n) for n in range(0, 100, 2)}
    assert [tick.get_rotation() for tick in axes.get_xticklabels()][:6] == [0, 0, 0, 0, 0, 90]


def rows_of(axes):
    """How far from the axis each column's letter stands."""
    return [tick.get_pad() for tick in axes.xaxis.get_major_ticks()]


def test_letters_wider_than_their_columns_stand_by_turns_in_two_rows():
    with in_style():
        wide, narrow = figure().add_subplot(), figure().add_subplot()
        letter_ticks(wide.xaxis, ["start", *"abcde"], 200)
        letter_ticks(narrow.xaxis, ["start", *"abcde"], 48)
    assert len(set(rows_of(wide))) == 1
    name, *letters = rows_of(narrow)
    assert letters == [letters[0], letters[1]] * 2 + [letters[0]]
    assert name > max(letters) > min(letters) + 11  # below both rows
    assert ticks(narrow.xaxis) == ticks(wide.xaxis) == dict(enumerate(["start", *"abcde"]))


def test_numbers_that_would_touch_are_left_out_evenly():
    places = np.arange(1000, 9000, 1000)
    with in_style():
        axes = figure().add_subplot()
        axes.set_xlim(1000, 8000)
        number_ticks(axes.xaxis, places, 360)
        assert list(ticks(axes.xaxis).values()) == [f"{n}000" for n in range(1, 9)]
        number_ticks(axes.xaxis, places, 180)
        assert list(ticks(axes.xaxis).values()) == ["1000", "3000", "5000", "7000"]


def test_a_long_name_is_cut_into_lines_of_one_length():
    assert wrapped("a name of two lines", 1000) == "a name of two lines"
    assert wrapped("aaa bbb ccc ddd", 75) == "aaa bbb\nccc ddd"
    assert wrapped("frequency guess", 64) == "frequency\nguess"  # between words
    for width in (40, 64, 200):
        for text in ("aaa bbb ccc ddd", "빈도만 알 때", "x" * 60, "", " "):
            assert all(points(line) <= width for line in wrapped(text, width).split("\n"))


# --- letters --------------------------------------------------------------------------------------


def test_chances_have_a_line_at_what_each_was_before():
    axes = pictures.next_letter_probabilities("abc", [0.2, 0.5, 0.3], [0, 0.7, 0.3]).figure.axes[0]
    (before,) = axes.collections
    np.testing.assert_allclose(
        [s.tolist() for s in before.get_segments()],
        [[[x - 0.4, y], [x + 0.4, y]] for x, y in enumerate((0.5, 0.3, 0.2))],
    )
    middles = [bar.get_x() + bar.get_width() / 2 for bar in axes.patches]
    np.testing.assert_allclose(middles, [0, 1, 2])
    assert labels(axes) == ("letter", "probability")


def test_each_tinted_letter_has_its_colour():
    values = [0.5, -1, 0.25, -0.125]
    made = pictures.activations_on_text("ab\nc", values, "3")
    axes = made.figure.axes[0]
    image = np.asarray(axes.images[0].get_array())
    assert image.shape == (2, 26, 4)
    expected = signed_colours(np.array(values)) * (1, 1, 1, 0.6)
    for (row, column), colour in zip([(0, 0), (0, 1), (0, 2), (1, 0)], expected, strict=True):
        np.testing.assert_allclose(image[row, column], colour, atol=1e-6)
    assert image[1, 1:, 3].max() == 0
    assert bar_of(made) == ((-1, 1), (BLUE, 1), (VERMILION, 1))
    assert made.figure.axes[1].get_xlabel() == "hidden unit 3"


def test_jamo_are_numbered_as_in_unicode():
    axes = pictures.syllables("각힣가").figure.axes[0]
    shown = [text.get_text() for text in axes.texts]
    for syllable in "각힣가":
        code = ord(syllable) - 0xAC00
        lead, vowel, tail = code // 588, code % 588 // 28, code % 28
        assert f"U+{ord(syllable):04X}" in shown
        for place in (lead, vowel, tail):
            assert any(text.split()[-1] == str(place) for text in shown)
    assert [text for text in shown if "  " in text or "–" in text] == [
        "ㄱ  0", "ㅏ  0", "ㄱ  1", "ㅎ  18", "ㅣ  20", "ㅎ  27", "ㄱ  0", "ㅏ  0", "– 0",
    ]  # fmt: skip


def test_a_name_too_long_is_cut_and_shows_it():
    assert label("name", "n" * LONGEST_NAME) == "n" * LONGEST_NAME
    assert label("name", "n" * (LONGEST_NAME + 1)) == "n" * (LONGEST_NAME - 1) + "…"


@both_languages
def test_names_in_a_chart_are_in_the_pages_language(language):
    runs = {"gradient": [1, 2], "noise": [2, 1]}
    legend = pictures.lines([1, 2], runs, "epoch", "loss").figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == [word("gradient"), word("noise")]
    dots = pictures.strip_plot(runs, "loss").figure.axes[0]
    assert list(ticks(dots.yaxis).values()) == [word("gradient"), word("noise")]


# --- drawings -------------------------------------------------------------------------------------


def boxes(axes):
    """The middle of each box, and whether it is lit."""
    found = [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch)]
    return [
        ((box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2),
         box.get_facecolor()[3] > 0)
        for box in found
    ]  # fmt: skip


def text_at(axes, x, y):
    return [text.get_text() for text in axes.texts if np.allclose(text.get_position(), (x, y))]


@pytest.mark.parametrize("chapter", range(1, 15))
def test_the_map_lights_the_box_above_the_chapters_number(chapter):
    axes = pictures.book_map(chapter).figure.axes[0]
    (lit,) = [middle for middle, on in boxes(axes) if on]
    below = max(
        (text.get_position()[1], text.get_text()) for text in axes.texts
        if np.isclose(text.get_position()[0], lit[0]) and text.get_position()[1] < lit[1]
    )  # fmt: skip
    assert below[1] == str(chapter)


def test_the_unrolled_cell_reads_from_left_to_right():
    axes = pictures.unrolled("ab c").figure.axes[0]
    by_row = {}
    for text in sorted(axes.texts, key=lambda text: text.get_position()[0]):
        by_row.setdefault(text.get_position()[1], []).append(text.get_text())
    assert by_row == {
        0.4: ["a", "b", "␣", "c"],
        1.45: ["$x_1$", "$x_2$", "$x_3$", "$x_4$"],
        2.6: ["$h_0 = 0$", *["cell"] * 4],
        3.2: ["$h_1$", "$h_2$", "$h_3$"],
        4.75: ["$y_1$", "$y_2$", "$y_3$", "$y_4$"],
    }
    assert len(boxes(axes)) == 4
    assert len([p for p in axes.patches if isinstance(p, FancyArrowPatch)]) == 12


def test_over_each_letter_stands_the_one_that_follows_it():
    made = pictures.letter_by_letter("ab c")
    axes = made.figure.axes[0]
    by_row = {}
    for text in sorted(axes.texts, key=lambda text: text.get_position()[0]):
        by_row.setdefault(text.get_position()[1], []).append(text.get_text())
    assert by_row == {
        0.4: ["letter\nread", "a", "b", "␣", "c"],
        2.6: ["memory", *["cell"] * 4],
        4.75: ["next\nletter", "b", "␣", "c", "?"],
    }
    assert made.alt.endswith("a → b, b → ␣, ␣ → c, c → ?.")
    assert len([p for p in axes.patches if isinstance(p, FancyArrowPatch)]) == 4 + 4 + 3


@pytest.mark.parametrize("text", ["ab", "⊢hel", "abcdef"])
def test_fed_back_each_output_but_the_last_comes_back_as_the_next_input(text):
    made = pictures.unrolled(text, fed_back=True)
    axes = made.figure.axes[0]
    cells = sorted(x for (x, _), _ in boxes(axes))
    ways = sorted(tuple(map(tuple, line.get_xydata())) for line in axes.lines)
    assert len(ways) == len(text) - 1
    for before, after, (leaves, _, lands) in zip(cells, cells[1:], ways, strict=False):
        assert leaves[1] == 4.75 and lands[1] == 0.4  # from the row of y to the row of letters
        assert before < leaves[0] < lands[0] < after - 0.48  # past one cell, before the next
    arrows = [p for p in axes.patches if isinstance(p, FancyArrowPatch)]
    assert len(arrows) == 3 * len(text) + len(text) - 1
    assert "comes back as the input" in made.alt
    assert not pictures.unrolled(text).figure.axes[0].lines
    with pytest.raises(TypeError, match="fed_back must be True or False"):
        pictures.unrolled(text, fed_back="yes")


@pytest.mark.parametrize(
    ("wiring", "start"), [(PostCell, (4.75, 1.9)), (NewStateCell, (8.7, 3.15))]
)
def test_the_arrow_to_the_output_comes_from_what_it_reads(wiring, start):
    axes = pictures.cell_diagram(a_cell(wiring, 4, 7)).figure.axes[0]
    ends = [patch._posA_posB for patch in axes.patches if isinstance(patch, FancyArrowPatch)]
    # the box "linear" of the output is 1.8 wide and 1.3 high around (6.45, 0.8)
    into = [a for a, (x, y) in ends if abs(x - 6.45) <= 0.9 + 1e-9 and abs(y - 0.8) <= 0.65 + 1e-9]
    assert into == [start]
    for x, y, symbol, shape in ((0.9, 0.8, "$x_t$", "(1, 4)"), (9.1, 3.9, "$h_t$", "(1, 7)"),
                                (9.1, 0.8, "$y_t$", "(1, 4)")):  # fmt: skip
        assert text_at(axes, x, y + 0.27) == [symbol]
        assert text_at(axes, x, y - 0.36) == [shape]


def test_the_lstm_forgets_by_a_product_and_adds_what_is_new():
    axes = pictures.lstm_diagram().figure.axes[0]
    at = {text.get_text(): text.get_position() for text in axes.texts}
    forget, entry, content, out = (at[f"${gate}_t$"][0] for gate in "figo")
    names = ("forget\ngate", "input\ngate", "candidate", "output\ngate")
    assert [at[name][0] for name in names] == [forget, entry, content, out]
    top = at["$c_t$"][1]
    (between,) = (x for (x, y), _ in boxes(axes) if text_at(axes, x, y) == ["+"])
    assert entry < between < content
    assert text_at(axes, forget, top) == ["×"]
    assert text_at(axes, between, top) == ["+"]
    assert text_at(axes, between, 5.6) == ["×"]
    assert text_at(axes, out, at["$h_t$"][1]) == ["×"]


def test_the_gru_keeps_by_a_product_and_adds_the_rest_of_what_is_new():
    axes = pictures.gru_diagram().figure.axes[0]
    at = {text.get_text(): text.get_position() for text in axes.texts}
    update, content = at["$z_t$"][0], at["$n_t$"][0]
    assert [at[name][0] for name in ("update\ngate", "candidate")] == [update, content]
    top = at["$h_t$"][1]
    assert at["$h_{t-1}$"][1] == top
    assert text_at(axes, update, top) == ["×"]
    assert text_at(axes, content, top) == ["+"]
    assert text_at(axes, content, at["$1 - z_t$"][1]) == ["×"]
