"""Curves and the points on them, held by sums done here."""

import math

import numpy as np
import pytest
from every_picture import both_say
from nonsense import NO_ARRAY, refused

from charrnn import pictures
from charrnn.pictures.picture import VERMILION

pytestmark = pytest.mark.filterwarnings("error")


def points(axes):
    """The places of the single dots of a picture."""
    return sorted((line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines
                  if line.get_marker() == "o")  # fmt: skip


def test_tanh_stands_on_its_curve_with_each_sum_and_what_becomes_of_it():
    axes = pictures.tanh_curve([1.25, -0.5]).figure.axes[0]
    np.testing.assert_allclose(points(axes), [(-0.5, math.tanh(-0.5)), (1.25, math.tanh(1.25))])
    assert [text.get_text() for text in axes.texts] == ["1.25 → 0.85", "−0.5 → −0.46"]
    both_say(lambda: pictures.tanh_curve([1.25, 1.1]), "1.25 → 0.85; 1.1 → 0.8")


def test_the_notes_of_close_points_do_not_cover_each_other():
    made = pictures.tanh_curve([1.1, 1.25, 1.2, 1.0])
    made.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in made.figure.axes[0].texts]
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_the_slope_is_that_of_the_curve():
    sums = [-2, 0, 1]
    above, below = pictures.tanh_slope(sums).figure.axes
    for line in above.lines:
        if line.get_color() == VERMILION and len(line.get_xdata()) == 2:
            (a, b), (low, high) = line.get_xdata(), line.get_ydata()
            at = (a + b) / 2
            nudged = (math.tanh(at + 1e-6) - math.tanh(at - 1e-6)) / 2e-6
            assert (high - low) / (b - a) == pytest.approx(nudged, abs=1e-6)
            assert (low + high) / 2 == pytest.approx(math.tanh(at))
    np.testing.assert_allclose(points(below), [(s, 1 - math.tanh(s) ** 2) for s in sums])
    assert [text.get_text() for text in below.texts] == ["0.071", "1", "0.42"]
    both_say(lambda: pictures.tanh_slope(sums), "−2 → 0.071; 0 → 1; 1 → 0.42")


@pytest.mark.parametrize("at", [-3, -2.7, -2.5, -2.2, -2, -1, 0, 3])
def test_the_note_of_a_slope_stands_right_of_the_axis(at):
    made = pictures.tanh_slope([at])
    made.figure.draw_without_rendering()
    below = made.figure.axes[1]
    assert below.texts[0].get_window_extent().x0 >= below.get_window_extent().x0


def test_surprise_is_the_logarithm():
    chances = [1, 0.5, 1 / 35]
    axes = pictures.surprise_curve(chances).figure.axes[0]
    np.testing.assert_allclose(points(axes), sorted((p, -math.log(p)) for p in chances), atol=1e-12)
    both_say(lambda: pictures.surprise_curve(chances), "1 → 0; 0.5 → 0.69; 0.0286 → 3.6")


@pytest.mark.parametrize("bad", NO_ARRAY)
def test_what_is_no_number_is_refused(bad):
    refused("sums", pictures.tanh_curve, bad)
    refused("sums", pictures.tanh_slope, bad)
    refused("probabilities", pictures.surprise_curve, bad)


def test_points_beside_the_curve_or_too_many_are_refused():
    for far in ([3.1], [-3.1], [0] * 5):
        refused("sums", pictures.tanh_curve, far)
        refused("sums", pictures.tanh_slope, far)
    for none in ([0], [1.1], [0.5] * 5):
        refused("probabilities", pictures.surprise_curve, none)
