"""The picture of two workers: what stands in it is the gradients, and their mean."""

import re

import numpy as np
import pytest
from every_picture import both_say
from nonsense import NO_ARRAY, NONSENSE, refused

from charrnn import pictures

FIRST, SECOND = [-0.0254, 0.0312, 1.5], [0.0081, -0.02, -12.0]


def texts(gradients=(FIRST, SECOND), batch=16):
    axes = pictures.averaged_gradients(gradients, batch).figure.axes[0]
    return [text.get_text() for text in axes.texts]


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+\.?\d*", text.replace("−", "-"))]


def test_each_worker_has_its_own_rows_and_gradient():
    shown = texts(batch=6)
    assert "rows 1–3" in shown and "rows 4–6" in shown
    assert [float(text.replace("−", "-")) for text in shown if re.fullmatch(r"[−.\d]+", text)] == [
        -0.025, 0.031, 1.5, 0.008, -0.02, -12,
    ]  # fmt: skip


def test_the_mean_is_that_of_the_numbers_as_they_are_drawn():
    sums = [text for text in texts() if "=" in text]
    for line, a, b in zip(sums, FIRST, SECOND, strict=True):
        one, other, two, mean = numbers(line)
        assert (one, other, two) == (round(a, 3), round(b, 3), 2)
        assert mean == pytest.approx((one + other) / 2, abs=1e-9)


def test_the_alt_text_has_all_numbers():
    both_say(
        lambda: pictures.averaged_gradients([[0.5, -0.25], [0.1, 0.25]], 4),
        "0.5, −0.25", "0.1, 0.25", "0.3, 0", "1–2", "3–4",
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 3])
def test_arrows_lead_down_and_back_to_both(count):
    axes = pictures.averaged_gradients(np.ones((2, count)), 2).figure.axes[0]
    arrows = [p for p in axes.patches if hasattr(p, "get_arrowstyle")]
    assert len(arrows) == 8
    low, high = axes.get_ylim()
    assert all(low < text.get_position()[1] < high for text in axes.texts)


def test_nonsense_is_refused():
    for bad in [*NO_ARRAY, [1, 2], [[1, 2]], [[1], [2], [3]], np.ones((2, 4)), [[100], [0]]]:
        refused("gradients", pictures.averaged_gradients, bad, 4)
    for bad in [*NONSENSE["whole"], 0, 3, -2, 10**6]:
        refused("batch", pictures.averaged_gradients, [[1], [2]], bad)
