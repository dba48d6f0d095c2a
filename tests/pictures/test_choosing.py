"""What is fed back and what temperature does, held by sums done here."""

import math

import numpy as np
import pytest
from every_picture import both_say
from nonsense import NO_ARRAY, refused

from charrnn import pictures
from charrnn.pictures.picture import LETTER, OUTPUT

pytestmark = pytest.mark.filterwarnings("error")
SAID, LOTS = [0.75, -0.125, 0.25, 0.0], [0.75, 0, 0.25, 0]


def bars(axes):
    return [bar.get_height() for bar in axes.patches]


def test_raw_feeds_the_scores_and_the_others_a_single_1():
    made = pictures.feeding_back("h1e<", SAID, LOTS, "e")
    raw, best, drawn = made.figure.axes
    assert bars(raw) == SAID
    assert bars(best) == [1, 0, 0, 0]
    assert bars(drawn) == [0, 0, 1, 0]
    (lots,) = drawn.collections
    heights = [segment[0][1] for segment in lots.get_segments()]
    assert heights == [0.75, 0.25]  # what cannot be drawn has no line
    assert [tick.get_text() for tick in drawn.get_xticklabels()] == ["h", "⊣", "e", "<"]
    assert drawn.get_shared_y_axes().joined(raw, drawn)


def test_feeding_back_tells_the_best_the_crumbs_and_the_one_drawn():
    both_say(lambda: pictures.feeding_back("h1e<", SAID, LOTS, "e"), "h 0.75", "2", "0.25", "e")
    made = pictures.feeding_back("h1e<", SAID, LOTS, "e")
    assert "2 other places are not 0" in made.alt  # one of them below 0
    assert "here e, whose probability was 0.25" in made.alt


@pytest.mark.parametrize("heat", [0.5, 1, 2])
def test_each_set_of_bars_is_the_softmax_of_the_divided_scores(heat):
    (axes,) = pictures.temperatures([2, 1, 0], [heat]).figure.axes
    powers = [math.exp(score / heat) for score in (2, 1, 0)]
    np.testing.assert_allclose(bars(axes), [power / sum(powers) for power in powers])
    assert axes.get_title() == f"{heat:g}"
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["2", "1", "0"]


def test_temperatures_are_told_and_share_one_height():
    made = pictures.temperatures([2, 1, 0], [0.5, 2])
    first, second = made.figure.axes
    assert first.get_ylim() == second.get_ylim()
    both_say(lambda: made, "0.5: 0.87, 0.12, 0.02; 2: 0.51, 0.31, 0.19")


def test_large_scores_and_low_temperatures_stay_numbers():
    (axes,) = pictures.temperatures([100, -100], [0.05]).figure.axes
    assert bars(axes) == [1, 0]


@pytest.mark.parametrize("bad", NO_ARRAY)
def test_what_is_no_number_is_refused(bad):
    refused("scores", pictures.feeding_back, "ab", bad, [0.5, 0.5], "a")
    refused("chances", pictures.feeding_back, "ab", [0.5, 0.5], bad, "a")
    refused("scores", pictures.temperatures, bad, [1])
    refused("settings", pictures.temperatures, [1, 0], bad)


def test_what_does_not_fit_is_refused():
    refused("letters", pictures.feeding_back, "abc", [1, 0], [1, 0], "a")
    refused("letters", pictures.feeding_back, "a" * 41, [1] * 41, [1] * 41, "a")
    for bad in ("c", None, 3, ""):
        refused("drawn", pictures.feeding_back, "ab", [1, 0], [1, 0], bad)
    for bad in ([1] * 7, [101, 0]):
        refused("scores", pictures.temperatures, bad, [1])
    for bad in ([1] * 4, [0], [0.01], [101]):
        refused("settings", pictures.temperatures, [1, 0], bad)


def test_what_goes_in_has_the_letters_colour_and_probabilities_the_outputs():
    from matplotlib.colors import to_hex

    axes = pictures.feeding_back("h1e<", SAID, LOTS, "e").figure.axes
    assert {to_hex(bar.get_facecolor()) for a in axes for bar in a.patches} == {LETTER}
    (axes,) = pictures.temperatures([2, 1], [1]).figure.axes
    assert {to_hex(bar.get_facecolor()) for bar in axes.patches} == {OUTPUT}
