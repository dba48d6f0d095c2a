"""The colours of pictures, for every page and every eye."""

import itertools

import numpy as np
import pytest

from charrnn.pictures import picture

# A glyph no font has would be one of these warnings.
pytestmark = pytest.mark.filterwarnings("error")


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


PALETTE = ("BLUE", "VERMILION", "GREEN", "PURPLE", "VIOLET")


@pytest.mark.parametrize("name", PALETTE)
@pytest.mark.parametrize("page", ["#ffffff", "#14181e"])
def test_colours_stand_out_on_light_and_dark(name, page):
    """WCAG 2.2, success criterion 1.4.11: graphics need 3:1."""
    luminances = [linear(c) @ (0.2126, 0.7152, 0.0722) for c in (getattr(picture, name), page)]
    assert (max(luminances) + 0.05) / (min(luminances) + 0.05) >= 3


# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
BLINDNESS = {
    "none": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def lab(rgb):
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.maximum(xyz @ rgb / (0.9505, 1, 1.089), 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("kind", BLINDNESS)
def test_colours_stay_apart_for_colour_blind_readers(kind):
    """A difference (CIE 1976) of 2 can just be seen; 15 is plain."""
    seen = [
        lab(np.clip(np.array(BLINDNESS[kind]) @ linear(getattr(picture, n)), 0, 1)) for n in PALETTE
    ]
    for a, b in itertools.combinations(seen, 2):
        assert np.linalg.norm(a - b) > 15
