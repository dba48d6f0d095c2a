"""The figure of scores and probabilities beside torch."""

import pytest
import torch
from using import press, says, status

from charrnn import lab


def scores_figure():
    return lab.softmax({"l": 2.0, "p": 1.0, " ": 0.0, "d": -3.0}, "l")


def test_softmax_tells_what_torch_computes(open_figures):
    page = open_figures(scores_figure)
    scores = torch.tensor([2.0, 1.0, 0.0, -3.0])
    shown = page.locator(".lab-scores li:not([aria-hidden])")
    for i, share in enumerate(scores.softmax(0).tolist()):
        assert f"{share:.1%}" in shown.nth(i).inner_text()
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor(0)).item()
    says(page, f"loss {loss:.3g}")


def test_adding_to_every_score_changes_nothing_and_a_step_lowers_the_loss(open_figures):
    page = open_figures(scores_figure)
    says(page, "loss")
    before = status(page)
    press(page, "Add 1 to every score", "Enter")
    assert page.get_by_label("score of l").input_value() == "3"
    page.wait_for_timeout(2100)
    assert status(page) == before
    loss = float(before.split("loss ")[1].split(",")[0])
    press(page, "One step against the gradient")
    page.wait_for_timeout(2100)
    assert float(status(page).split("loss ")[1].split(",")[0]) < loss


def test_scores_move_by_keyboard_and_another_answer_is_chosen(open_figures):
    page = open_figures(scores_figure)
    page.get_by_label("score of d").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert page.get_by_label("score of d").input_value() == "-2"
    page.get_by_label("Right letter").select_option("3")
    says(page, "The right letter d")


@pytest.mark.parametrize(
    ("scores", "answer"),
    [
        ({"a": 1.0}, "a"),
        ({"a": 1.0, "b": 2.0}, "c"),
        ({"ab": 1.0, "c": 2.0}, "c"),
        ({"a": 9.0, "b": 0.0}, "a"),
        (dict.fromkeys("abcdefghi", 0.0), "a"),
    ],
)
def test_softmax_refuses_what_it_cannot_show(scores, answer):
    with pytest.raises(ValueError):
        lab.softmax(scores, answer)


def test_a_link_opens_scores(open_figures):
    page = open_figures(scores_figure, address="#lab=softmax&scores=0,0,0,5&answer=3")
    assert page.get_by_label("score of d").input_value() == "5"
    assert page.get_by_label("Right letter").input_value() == "3"
