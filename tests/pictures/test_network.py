"""What the pictures of numbers draw."""

import numpy as np
import pytest
import torch
from every_picture import FALL, states, written

from charrnn import History, pictures
from charrnn.pictures import picture
from charrnn.pictures.style import signed_colours
from charrnn.scratch.training import loss_spikes

# A glyph no font has would be one of these warnings.
pytestmark = pytest.mark.filterwarnings("error")


LOW = [1.0, *[1e-5] * 30]  # a start, and more than 25 epochs in the valley


# --- what is drawn --------------------------------------------------------------------------------


def test_one_square_per_row_in_its_letters_column():
    (axes,) = pictures.one_hot_matrix("ab a").figure.axes
    (squares,) = axes.collections[-1:]
    assert squares.get_offsets().tolist() == [[33, 0], [0, 1], [1, 2], [26, 3], [0, 4], [34, 5]]
    over = [t.get_text() for t in axes.get_xticklabels()]
    assert "".join(over) == "abcdefghijklmnopqrstuvwxyz␣?!.,:;⊢⊣"
    assert [t.get_text() for t in axes.get_yticklabels()] == [
        "start ⊢",
        "a",
        "b",
        "␣",
        "a",
        "end ⊣",
    ]


def test_signed_colours_tell_sign_by_hue_and_size_by_strength():
    blue, orange = picture.BLUE, picture.VERMILION
    colours = signed_colours(np.array([-2.0, -1.0, 0.0, 0.5, 1.0]))
    assert colours[:, 3].tolist() == pytest.approx([1, 1, 0, 0.5**0.8, 1])
    assert hexes(colours) == [blue, blue, orange, orange, orange]
    assert signed_colours(np.array([1.0]), limit=4)[0, 3] == pytest.approx(0.25**0.8)


def hexes(colours):
    return ["#" + "".join(f"{round(255 * c):02x}" for c in rgba[:3]) for rgba in colours]


def test_hidden_states_are_one_column_per_letter():
    values = states()
    image = pictures.hidden_states(values, "0hello1").figure.axes[0].images[0].get_array()
    assert image.shape == (9, 7, 4)
    limit = values.abs().max().item()
    np.testing.assert_allclose(image, signed_colours(values.T.detach().numpy(), limit), atol=1e-6)


@pytest.mark.parametrize("letters", ["hello", "0hello12", ""])
def test_hidden_states_need_a_letter_each(letters):
    with pytest.raises(ValueError, match=rf"letters must be.* 7, got {len(letters)}"):
        pictures.hidden_states(states(), letters)
    with pytest.raises(ValueError, match=r"states must have .*\(0, 3\)"):
        pictures.hidden_states(torch.zeros(0, 3), "")


def test_the_curve_is_the_losses_on_a_log_scale_with_rings_on_the_spikes():
    (axes,) = pictures.loss_curve(FALL).figure.axes
    assert axes.get_yscale() == "log"
    curve, rings = axes.lines
    assert list(curve.get_ydata()) == FALL.losses
    assert list(rings.get_xdata()) == [32]
    (axes,) = pictures.loss_curve(FALL, mark_spikes=False).figure.axes
    assert len(axes.lines) == 1


def test_what_the_curves_alt_text_says_is_so():
    alt = pictures.loss_curve({"mine": FALL}, {"silence": 32 / 35}).alt
    for part in ("mine: ", "starts at 1.2", "1.0e-06 at its lowest", "35 epochs", "spikes 1 time"):
        assert part in alt
    assert "silence 0.914" in alt


@pytest.mark.parametrize("count", [0, 5])
def test_the_curve_refuses_more_runs_than_it_has_colours(count):
    with pytest.raises(ValueError, match=f"runs must be 1 to 4 named series, got {count}"):
        pictures.loss_curve({str(n): FALL for n in range(count)})
    colours = {line.get_color() for line in pictures.loss_curve(
        {str(n): FALL for n in range(4)}, mark_spikes=False).figure.axes[0].lines}  # fmt: skip
    assert len(colours) == 4


def test_a_run_without_an_epoch_has_no_curve():
    with pytest.raises(ValueError, match="epochs=1"):
        pictures.loss_curve(History())


@pytest.mark.parametrize(
    ("losses", "expected"),
    [
        ([], []),
        ([1.0], []),
        ([1.0, 0.1, 0.01], []),
        ([1e-4, 1e-2, 1e-4], []),  # a hundredfold is not over a hundredfold
        ([1e-4, 1.1e-2, 1e-4], [1]),
        ([*LOW, 1e-2, 2e-2, 5e-3, 1e-5], [32]),  # only the top of a jump
        ([*LOW, 1e-2, 1e-2, 1e-5], [31]),  # of equal tops the first
        ([*LOW, 1e-2, *[1e-5] * 25, 5e-3, 1e-5], [31, 57]),
        ([*LOW, 1e-2, *[1e-5] * 24, 5e-3, 1e-5], [31]),  # within 25 of a higher one
        ([*LOW, 5e-3, *[1e-5] * 25, 1e-2, 1e-5], [31, 57]),
        ([*LOW, 5e-3, *[1e-5] * 24, 1e-2, 1e-5], [56]),
        ([1.0, 1e-5, 1e-2, 1e-5], []),  # the start itself is higher and near
        ([1e-5, 1.0], [1]),
    ],
)
def test_spikes_of_series_made_by_hand(losses, expected):
    assert loss_spikes(losses) == expected


def test_the_scores_ring_the_letters_that_were_chosen():
    text = written(length=6)
    (axes,) = pictures.output_scores(text).figure.axes
    (rings,) = axes.lines
    assert rings.get_xdata().tolist() == list(range(6))
    assert list(rings.get_ydata()) == text.outputs.argmax(dim=1).tolist()
    assert axes.images[0].get_array().shape == (35, 6, 4)


def test_scores_of_nothing_are_refused():
    with pytest.raises(ValueError, match="generation has no step"):
        pictures.output_scores(written(length=0))
