"""Pictures of gradients: roads, valley, sharpness above loss, held by sums done here."""

import math

import numpy as np
import pytest
from every_picture import FALL

from charrnn import pictures
from charrnn.scratch.training import loss_spikes

pytestmark = pytest.mark.filterwarnings("error")


def loss(w, u, x1, x2, x3):
    return (math.tanh(w * x2 + u * math.tanh(w * x1)) - x3) ** 2


@pytest.mark.parametrize("numbers", [(0.6, 0.4, 1.0, 0.5, 1.0), (-1.3, 0.8, 0.2, -0.7, 0.1)])
def test_the_two_roads_add_up_to_what_nudging_says(numbers):
    w, *rest = numbers
    nudged = (loss(w + 1e-6, *rest) - loss(w - 1e-6, *rest)) / 2e-6
    made = pictures.two_roads(*numbers)
    assert f"Added up: {nudged:.3f}." in made.alt
    shares = [float(text.get_text().split()[-1].replace("−", "-"))
              for text in made.figure.axes[0].texts if "share" in text.get_text()]  # fmt: skip
    assert sum(shares) == pytest.approx(nudged, abs=2e-3)


def test_two_roads_refuses_what_is_no_number():
    with pytest.raises(TypeError, match="x2 must be a number"):
        pictures.two_roads(1, 1, 1, "a", 1)
    with pytest.raises(ValueError, match="w must be a number"):
        pictures.two_roads(1e5, 1, 1, 1, 1)


def test_a_ball_stands_on_the_slope_at_each_of_its_places():
    places = [2.0, -1.0, 0.5]
    made = pictures.valley({"a": places, "b": [1.0, 0.5]})
    assert [axes.get_title() for axes in made.figure.axes] == ["a", "b"]
    slope, walk, start = made.figure.axes[0].lines
    x, y = walk.get_data()
    np.testing.assert_allclose(x, np.array(places) / 2)
    np.testing.assert_allclose(y, x**2)
    np.testing.assert_allclose(slope.get_ydata(), slope.get_xdata() ** 2)
    assert start.get_xdata() == [1.0]
    assert "a: from 2 to 0.5 in 2 steps; b: from 1 to 0.5 in 1 steps." in made.alt


@pytest.mark.parametrize("bad", [[1.0], [0.0, 0.0], [1.0] * 101])
def test_a_walk_that_cannot_be_drawn_is_refused(bad):
    with pytest.raises(ValueError, match="walks must be of 2 to 100 places"):
        pictures.valley({"a": bad})


def test_sharpness_and_loss_share_their_epochs_and_their_spikes():
    made = pictures.sharpness_and_loss(FALL, [5, 10, 20], [10.0, 30.0, 50.0], 40)
    above, below = made.figure.axes
    assert above.get_shared_x_axes().joined(above, below)
    tops = loss_spikes(FALL.losses)
    assert tops
    for axes, first in ((above, 2), (below, 1)):
        assert [line.get_xdata()[0] for line in axes.lines[first:]] == tops
    assert "The limit is 40, first crossed at epoch 20. " in made.alt
    never = pictures.sharpness_and_loss(FALL, [5, 10], [10.0, 30.0], 40)
    assert "never crossed" in never.alt
    with pytest.raises(ValueError, match="sharpness must have the shape"):
        pictures.sharpness_and_loss(FALL, [5, 10], [10.0], 40)
