"""What the charts of measurements and of letters draw."""

import numpy as np
import pytest
from every_picture import RUNS

from charrnn import pictures
from charrnn.pictures.style import signed_colours

# A glyph no font has would be one of these warnings.
pytestmark = pytest.mark.filterwarnings("error")


def test_lines_draw_the_median_and_the_spread():
    (axes,) = pictures.lines([1, 2, 8], {"a": RUNS}, "epoch", "loss").figure.axes
    assert axes.lines[0].get_ydata().tolist() == [4, 1.5, 0.375]
    box = axes.collections[0].get_paths()[0].get_extents()
    assert (box.y0, box.y1) == (0.25, 5)
    assert [t.get_text() for t in axes.get_xticklabels()] == ["1", "2", "8"]
    alt = pictures.lines([1, 2, 8], {"a": RUNS}, "epoch", "loss", level=("silence", 0.9)).alt
    assert "a: 4 (3–5) → 0.375 (0.25–0.5); silence: 0.9." in alt


@pytest.mark.parametrize("last", [13, 15, 17, 19, 21])
def test_whole_places_have_whole_ticks(last):
    made = pictures.lines(
        range(1, last + 1), {"a": range(last)}, "epoch", "loss", level=("here", 7)
    )
    made.figure.draw_without_rendering()
    axes = made.figure.axes[0]
    low, high = axes.get_xlim()
    ticks = [at for at in axes.get_xticks() if low <= at <= high]
    assert len(ticks) > 3
    assert all(at == round(at) for at in ticks)


def test_the_name_of_a_level_keeps_its_words_whole():
    made = pictures.lines([1, 2], {"a": [1, 2]}, "epoch", "loss", level=("frequencies alone", 1.5))
    assert made.figure.axes[0].texts[0].get_text() == "frequencies\nalone"


def test_a_chart_refuses_what_it_cannot_draw():
    with pytest.raises(ValueError, match=r"runs must .*\(S, 2\) or \(2,\), got \(2, 3\)"):
        pictures.lines([1, 2], {"a": RUNS}, "epoch", "loss")
    with pytest.raises(ValueError, match="runs must be 1 to 4 named series, got 0"):
        pictures.lines([1, 2], {}, "epoch", "loss")
    with pytest.raises(ValueError, match="1 to 8 named series, got 9"):
        pictures.strip_plot({str(n): [1] for n in range(9)}, "loss")
    with pytest.raises(ValueError, match=r"columns must .* 3, got 2"):
        pictures.heat(RUNS, "ab", ["1", "2"], "letter", "loss")
    with pytest.raises(ValueError, match=r"rows must .* 2, got 3"):
        pictures.heat(RUNS, "abc", ["1", "2", "3"], "letter", "loss")


def test_chances_stand_in_order_with_what_they_were_before():
    fig = pictures.next_letter_probabilities("abc", [0.2, 0.5, 0.3], [0, 0.7, 0.3]).figure
    assert [bar.get_height() for bar in fig.axes[0].patches] == [0.7, 0.3, 0]
    assert [label.get_text() for label in fig.axes[0].get_xticklabels()] == ["b", "c", "a"]
    for wrong in ("", "ab", "abcd"):
        with pytest.raises(ValueError, match=f"letters must .* 3, got {len(wrong)}"):
            pictures.next_letter_probabilities(wrong, [0.5, 0.5, 0], [0.5, 0.5, 0])


def test_a_tinted_text_wraps_and_begins_a_line_where_one_ends():
    text = "a" * 31 + "\nb"
    letters = pictures.activations_on_text(text, np.linspace(-1, 1, 33), "3").figure.axes[0].texts
    assert [letters[i].get_position() for i in (0, 25, 26, 31, 32)] == [
        (0, 0), (25, 0), (0, 1), (5, 1), (0, 2),
    ]  # fmt: skip
    ends = pictures.activations_on_text("\n" * 20, np.zeros(20), "3").figure.axes[0].texts
    assert len(ends) == 12
    for wrong in ("", "a"):
        with pytest.raises(ValueError, match=r"text must have a letter|values must have the shape"):
            pictures.activations_on_text(wrong, [], "3")


def test_dots_are_one_per_seed_and_the_median_is_marked():
    made = pictures.strip_plot({"a": [1, 2, 9], "b": [4, 4, 4]}, "loss")
    a, middle, *_ = made.figure.axes[0].lines
    assert list(a.get_xdata()) == [1, 2, 9]
    assert list(middle.get_xdata()) == [2]
    assert "a 2 (1–9); b 4." in made.alt


def test_heat_is_coloured_by_its_own_largest_number():
    made = pictures.heat(RUNS, "ab ", ["x", "y"], "letter", "loss")
    image = made.figure.axes[0].images[0].get_array()
    np.testing.assert_allclose(image, signed_colours(RUNS, 5))
    assert "row 'y', column 'a'" in made.alt
