"""Three cells side by side, held by the cells themselves; the weight matrix cut in two."""

import numpy as np
import pytest
import torch
from every_picture import a_cell
from hypothesis import given
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from nonsense import nonsense, refused

from charrnn import LinearCell, NewStateCell, PostCell, pictures
from charrnn.pictures.picture import LETTER, OUTPUT, STATE
from charrnn.pictures.style import signed_colours

CELLS = list(enumerate((LinearCell, PostCell, NewStateCell)))
pytestmark = pytest.mark.filterwarnings("error")


def drawn_cell(number):
    """Texts, and arrows to the output, of one of the three drawings, with the bounds of boxes."""
    axes = pictures.three_wirings().figure.axes[0]
    names = [text for text in axes.texts if "Cell:" in text.get_text()]
    high = names[number].get_position()[1]
    low = names[number + 1].get_position()[1] if number < 2 else 0
    inside = {text.get_text().split(":")[0]: text.get_position() for text in axes.texts
              if low < text.get_position()[1] <= high}  # fmt: skip
    arrows = [patch._posA_posB for patch in axes.patches if isinstance(patch, FancyArrowPatch)
              and to_hex(patch.get_edgecolor()) == OUTPUT
              and low < patch._posA_posB[0][1] <= high]  # fmt: skip
    boxes = {}
    for box in axes.patches:
        if isinstance(box, FancyBboxPatch):
            middle = box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2
            for text, place in inside.items():
                if np.allclose(middle, place):
                    boxes[text] = box
    return inside, arrows, boxes


def touches(box, point):
    x, y = point
    return (box.get_x() - 0.06 <= x <= box.get_x() + box.get_width() + 0.06
            and box.get_y() - 0.06 <= y <= box.get_y() + box.get_height() + 0.06)  # fmt: skip


@pytest.mark.parametrize(("number", "wiring"), CELLS)
def test_the_output_comes_from_what_the_cell_reads_it_from(number, wiring):
    inside, arrows, boxes = drawn_cell(number)
    assert wiring.__name__ in inside
    ((start, end),) = arrows
    # Does the output change with the new state's own weights? Then it is read from the new state.
    cell, x, h = a_cell(wiring, 4, 3), torch.eye(4)[:1], torch.ones(1, 3)
    before = cell(x, h)[0]
    with torch.no_grad():
        cell.input_to_hidden.weight.mul_(2)
    from_new = not torch.equal(before, cell(x, h)[0])
    assert touches(boxes["$h_t$"], start) == from_new
    assert touches(boxes["$[x_t, h_{t-1}]$"], start) != from_new
    assert touches(boxes["$y_t$"], end)


@pytest.mark.parametrize(("number", "wiring"), CELLS)
def test_a_tanh_is_drawn_where_the_state_is_pressed(number, wiring):
    inside, *_ = drawn_cell(number)
    with torch.no_grad():
        cell = a_cell(wiring, 4, 3)
        cell.input_to_hidden.weight.fill_(9)
        pressed = cell(torch.eye(4)[:1], torch.ones(1, 3))[1].abs().max() <= 1
    assert ("tanh" in inside) == pressed


def test_the_matrix_is_cut_where_the_old_state_begins():
    cell = a_cell(size=4, hidden=3)
    made = pictures.cut_weights(cell)
    left, right = made.figure.axes
    weights = cell.input_to_hidden.weight.detach().numpy()  # (H, V + H)
    limit = abs(weights).max()
    for axes, half in ((left, weights[:, :4]), (right, weights[:, 4:])):
        np.testing.assert_allclose(axes.images[0].get_array(), signed_colours(half, limit))
    assert [axes.get_xlabel() for axes in (left, right)] == ["W[:, :4]", "W[:, 4:]"]
    assert [axes.texts[0].get_text() for axes in (left, right)] == ["$x_t$", "$h_{t-1}$"]
    frames = [to_hex(axes.spines["left"].get_edgecolor()) for axes in (left, right)]
    assert frames == [LETTER, STATE]
    for shape in ("(3, 7)", "(3, 4)", "(3, 3)"):
        assert shape in made.alt


@given(nonsense("object"))
def test_a_cell_is_asked_for(bad):
    refused("cell", pictures.cut_weights, bad)


def test_a_matrix_too_large_to_be_seen_is_refused():
    refused("cell", pictures.cut_weights, PostCell(2, 301))
    refused("cell", pictures.cut_weights, PostCell(301, 2))
