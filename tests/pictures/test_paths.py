"""The paths of a state: each in its own drawing, with its own number in a ring."""

from itertools import pairwise

import numpy as np
import pytest
from every_picture import both_say
from hypothesis import given
from nonsense import NO_ARRAY, nonsense, refused

from charrnn import pictures

pytestmark = pytest.mark.filterwarnings("error")
PATHS = {"a ": [[0, 0], [2, 3.25], [-1, 0.5]], "b": [[0, 0], [1, 1]]}
ENDS = [[-1.5, 1], [1, 2]]


def test_each_drawing_has_its_path_its_letters_and_its_number_ringed():
    first, second = pictures.state_paths(PATHS, ENDS).figure.axes
    for number, (axes, (letters, points)) in enumerate(
        zip((first, second), PATHS.items(), strict=True), 1
    ):
        arrows = [(list(t.xyann), list(t.xy)) for t in axes.texts if not t.get_text()]
        assert arrows == list(pairwise(points))
        assert axes.get_title() == letters.replace(" ", "␣")
        numbers = [text for text in axes.texts if text.get_text()]
        assert [text.get_text() for text in numbers] == ["1", "2"]
        assert [list(text.get_position()) for text in numbers] == ENDS
        ringed = [text.get_text() for text in numbers if text.get_bbox_patch() is not None]
        assert ringed == [str(number)]
        start = axes.lines[0].get_xydata().tolist()
        assert start == points[:1]
    assert first.get_shared_x_axes().joined(first, second)


def test_an_odd_number_of_paths_leaves_no_empty_frame():
    axes = pictures.state_paths({"a": PATHS["b"], "b": PATHS["b"], "c": PATHS["b"]}, np.eye(3, 2))
    assert [a.get_visible() for a in axes.figure.axes] == [True, True, True, False]


def test_nothing_that_is_drawn_lies_beyond_the_frame():
    made = pictures.state_paths(PATHS, ENDS)
    every = np.array([*ENDS, *PATHS["a "], *PATHS["b"]])
    (left, right), (low, high) = made.figure.axes[0].get_xlim(), made.figure.axes[0].get_ylim()
    assert left < every[:, 0].min() and every[:, 0].max() < right
    assert low < every[:, 1].min() and every[:, 1].max() < high


def test_paths_tell_where_they_end_and_what_they_end_beside():
    told = "1 'a␣' (-1.0, 0.5) → (-1.5, 1.0); 2 'b' (1.0, 1.0) → (1.0, 2.0)"
    both_say(lambda: pictures.state_paths(PATHS, ENDS), told, "2")


@pytest.mark.parametrize("bad", NO_ARRAY)
def test_points_are_numbers(bad):
    refused("paths", pictures.state_paths, {"a": bad}, [[0, 1]])
    refused("ends", pictures.state_paths, {"a": [[0, 1], [1, 1]]}, bad)


@given(nonsense("string"))
def test_paths_have_names(bad):
    refused("paths", pictures.state_paths, bad, [[0, 1]])


def test_more_paths_than_can_be_followed_are_refused():
    seven = {letter: np.zeros((2, 2)) for letter in "abcdefg"}
    refused("paths", pictures.state_paths, seven, np.zeros((7, 2)))
