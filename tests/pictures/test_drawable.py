"""Nonsense handed to a picture is refused by name; odd texts are drawn all the same."""

import numpy as np
import pytest
import torch
from every_picture import FALL, a_cell, texts, written
from hypothesis import given, settings
from nonsense import NO_ARRAY, nonsense, refused

from charrnn import History, Vocabulary, pictures
from charrnn.arguments import array
from charrnn.pictures.checks import legible, sign
from charrnn.scratch.training import loss_spikes

pytestmark = pytest.mark.filterwarnings("error")
few = settings(max_examples=25)


@pytest.mark.parametrize("bad", NO_ARRAY)
def test_no_number_is_drawn_that_is_none(bad):
    refused("states", pictures.hidden_states, bad, "ab")
    refused("x", pictures.lines, bad, {"a": [1, 2]}, "x", "y")
    refused("runs", pictures.lines, [1, 2], {"a": bad}, "x", "y")
    refused("runs", pictures.strip_plot, {"a": bad}, "x")
    refused("values", pictures.heat, bad, "ab", ["1", "2"], "x", "y")
    refused("walks", pictures.valley, {"a": bad})
    refused("epochs", pictures.sharpness_and_loss, FALL, bad, [1.0, 2.0], 38)
    refused("sharpness", pictures.sharpness_and_loss, FALL, [1, 2], bad, 38)
    refused("before", pictures.next_letter_probabilities, "ab", bad, [0.5, 0.5])
    refused("after", pictures.next_letter_probabilities, "ab", [0.5, 0.5], bad)
    refused("values", pictures.activations_on_text, "ab", bad, "1")
    if not isinstance(bad, list) or bad:
        refused("losses", loss_spikes, bad)
    if not isinstance(bad, list) or len(bad) != 0:
        refused("runs", pictures.loss_curve, History(bad))


@few
@given(nonsense("string"))
def test_names_and_texts_are_strings(bad):
    refused("x_label", pictures.lines, [1], {"a": [1]}, bad, "y")
    refused("y_label", pictures.lines, [1], {"a": [1]}, "x", bad)
    refused("x_label", pictures.strip_plot, {"a": [1]}, bad)
    refused("x_label", pictures.heat, [[1.0]], "a", "b", bad, "y")
    refused("y_label", pictures.heat, [[1.0]], "a", "b", "x", bad)
    refused("name", pictures.activations_on_text, "a", [0.5], bad)
    refused("text", pictures.one_hot_matrix, bad)
    refused("text", pictures.unrolled, bad)
    refused("text", pictures.letter_by_letter, bad)
    refused("text", pictures.syllables, bad)
    refused("text", pictures.activations_on_text, bad, [0.5], "1")
    refused("letter", pictures.visible, bad)


@few
@given(nonsense("flag"))
def test_flags_are_true_or_false(bad):
    refused("log_x", pictures.lines, [1], {"a": [1]}, "x", "y", log_x=bad)
    refused("log_y", pictures.lines, [1], {"a": [1]}, "x", "y", log_y=bad)
    refused("log_x", pictures.strip_plot, {"a": [1]}, "x", log_x=bad)
    refused("mark_spikes", pictures.loss_curve, FALL, mark_spikes=bad)


@few
@given(nonsense("object"))
def test_what_the_package_made_is_asked_for(bad):
    refused("cell", pictures.cell_diagram, bad)
    refused("generation", pictures.output_scores, bad)
    refused("runs", pictures.loss_curve, bad)
    refused("runs", pictures.loss_curve, {"a": bad})
    refused("history", pictures.sharpness_and_loss, bad, [1], [1.0], 38)
    refused("chapter", pictures.book_map, 15 if type(bad) is int else bad)
    if bad is not None:
        refused("vocabulary", pictures.one_hot_matrix, "a", bad)
        refused("vocabulary", pictures.output_scores, written(length=2), bad)
        if not isinstance(bad, dict):
            refused("landmarks", pictures.loss_curve, FALL, bad)
        refused("level", pictures.lines, [1], {"a": [1]}, "x", "y", level=bad)


def test_a_log_scale_has_no_place_for_zero():
    for bad in ([0, 1], [1, -1]):
        refused("x", pictures.lines, bad, {"a": [1, 2]}, "x", "y", log_x=True)
        refused("runs", pictures.lines, [1, 2], {"a": bad}, "x", "y", log_y=True)
        refused("runs", pictures.strip_plot, {"a": bad}, "x", log_x=True)
        refused("runs", pictures.loss_curve, History(bad))
    refused("level", pictures.lines, [1], {"a": [1]}, "x", "y", log_y=True, level=("c", 0))
    refused("landmarks", pictures.loss_curve, FALL, {"a": 0})


def test_what_is_too_much_for_a_page_is_refused_at_once():
    refused("text", pictures.one_hot_matrix, "a" * 10**6)
    refused(
        "vocabulary",
        pictures.one_hot_matrix,
        "가",
        Vocabulary("".join(map(chr, range(0xAC00, 0xB000)))),
    )
    refused("letters", pictures.hidden_states, np.zeros((301, 2)), ["a"] * 301)
    refused("states", pictures.hidden_states, np.zeros((2, 600_000)), "ab")
    refused("x", pictures.lines, range(5000), {"a": range(5000)}, "x", "y")
    refused("runs", pictures.strip_plot, {"a": range(1001)}, "x")
    assert pictures.activations_on_text("a" * 10**6, np.zeros(10**6), "1").alt.startswith(
        "312 letters"
    )


@pytest.mark.parametrize("bad", [-0.1, 1.1])
def test_numbers_out_of_their_range_are_not_clipped_in_silence(bad):
    refused("before", pictures.next_letter_probabilities, "a", [bad], [1])
    refused("after", pictures.next_letter_probabilities, "a", [1], [bad])
    refused("values", pictures.activations_on_text, "a", [20 * bad], "1")


def test_another_vocabulary_than_the_one_written_with_is_refused():
    refused("vocabulary", pictures.output_scores, written(length=2), Vocabulary("abc"))


def test_dollars_are_letters_and_names_with_an_underscore_are_in_the_legend():
    svg = pictures.loss_curve({"$a$": FALL, "_b": FALL}, {"$c$": 0.5})._repr_html_()
    assert {"$a$", "_b", "$c$"} <= set(texts(svg))


def test_signs_for_what_cannot_be_seen():
    for letter, shown in ((" ", "␣"), ("\n", "⏎"), ("\u200b", "U+200B"), ("\u0301", "U+0301"),
                          ("\ue000", "U+E000"), ("\ud800", "U+D800"), ("$", "$"), ("뷁", "뷁"),
                          ("0", "0"), ("1", "1"), ("\xa0", "U+00A0")):  # fmt: skip
        assert sign(letter) == shown
    assert legible("a\u202eb\ud800c\x00\nd e\u0301👩‍👧") == "aU+202EbU+D800cU+0000⏎d e\u0301👩‍👧"


def test_arrays_lists_and_tensors_are_one():
    given_ = torch.tensor([[0.5, -1], [2, 3]])
    for same in (given_, given_.tolist(), given_.numpy(), given_.double().requires_grad_(),
                 given_.bfloat16(), list(given_), given_.half().numpy(),
                 tuple(given_.tolist())):  # fmt: skip
        assert array("values", same, (2, "H")).tolist() == given_.tolist()
    assert array("values", range(3), ("N",)).tolist() == [0, 1, 2]


def test_a_long_run_is_drawn_from_its_ends_and_loses_no_top():
    losses = np.full(100_000, 1e-5)
    losses[[0, 5_432, 77_777]] = 3, 2, 1e-9
    made = pictures.loss_curve(History(losses.tolist()))
    curve = made.figure.axes[0].lines[0]
    assert {0, 5_432, 77_777, 99_999} <= set(curve.get_xdata())
    assert dict(zip(curve.get_xdata(), curve.get_ydata(), strict=True))[77_777] == 1e-9
    assert len(made._repr_html_()) < 120_000


def test_every_cell_is_asked_for_its_kind():
    assert pictures.cell_diagram(a_cell()).alt
