"""Pictures of going downhill: the slope is measured here, the steps stand where they were."""

from itertools import pairwise

import numpy as np
import pytest
from every_picture import both_say, sampled
from hypothesis import given
from nonsense import NO_ARRAY, nonsense, refused

from charrnn import pictures

pytestmark = pytest.mark.filterwarnings("error")
PLACES, LOSSES = sampled(lambda x: 2 - x + 3 * x**2)
WALK = [[0, 2], [0.3, 1.97], [-0.1, 2.13]]


def dots(axes):
    return [line.get_xydata().tolist() for line in axes.lines if line.get_marker() == "o"]


def test_the_gradient_is_the_change_divided_by_the_way():
    made = pictures.gradient_as_slope(PLACES, LOSSES, at=0.1, by=0.2)
    axes = made.figure.axes[0]
    low, high = 2 + 0.1 + 3 * 0.01, 2 - 0.3 + 3 * 0.09
    np.testing.assert_allclose(dots(axes)[0], [[-0.1, low], [0.3, high]])
    _, straight, *_ = axes.lines
    run, rise = np.ptp(straight.get_xdata()), straight.get_ydata()[1] - straight.get_ydata()[0]
    assert rise / run == pytest.approx((high - low) / 0.4)
    assert axes.get_title() == "gradient = −0.16 / 0.4 = −0.4"
    both_say(lambda: made, "−0.16 / 0.4 = −0.4")


def test_a_slope_upwards_has_no_minus():
    axes = pictures.gradient_as_slope(PLACES, LOSSES, at=0.5, by=0.1).figure.axes[0]
    assert axes.get_title() == "gradient = 0.4 / 0.2 = 2"


def test_steps_stand_where_they_were_and_lead_on_to_the_next():
    made = pictures.descent(PLACES, LOSSES, {"a": WALK, "b": WALK[:2]})
    above, below = made.figure.axes
    assert [axes.get_title() for axes in (above, below)] == ["a", "b"]
    every, start = dots(above)
    assert every == WALK and start == [WALK[0]]
    arrows = [(list(text.xyann), list(text.xy)) for text in above.texts]
    assert arrows == list(pairwise(WALK))
    both_say(lambda: made, "0", "0.3", "−0.1", "2.13")
    assert "a: from 0 to −0.1 at step 2, loss from 2 to 2.13" in made.alt
    assert "b: from 0 to 0.3 at step 1, loss" in made.alt


@pytest.mark.parametrize("bad", NO_ARRAY)
def test_what_is_no_number_is_refused(bad):
    refused("places", pictures.gradient_as_slope, bad, LOSSES, 0, 0.1)
    refused("losses", pictures.gradient_as_slope, PLACES, bad, 0, 0.1)
    refused("walks", pictures.descent, PLACES, LOSSES, {"a": bad})


@given(nonsense("real"))
def test_place_and_nudge_are_numbers(bad):
    refused("at", pictures.gradient_as_slope, PLACES, LOSSES, bad, 0.1)
    refused("by", pictures.gradient_as_slope, PLACES, LOSSES, 0, bad)


def test_what_was_not_measured_is_refused():
    refused("places", pictures.gradient_as_slope, PLACES, LOSSES, 0, 0.07)
    refused("places", pictures.gradient_as_slope, PLACES[::-1], LOSSES, 0, 0.1)
    refused("by", pictures.gradient_as_slope, PLACES, LOSSES, 0, 0)
    refused("places", pictures.descent, [0, 1], [1, 2], {"a": WALK})
    for bad in (WALK[:1], WALK * 11, [[0, 2], [0.9, 1]], {"a": WALK}):
        refused("walks", pictures.descent, PLACES, LOSSES, {"a": bad})
    refused("walks", pictures.descent, PLACES, LOSSES, {})
