"""The two losses against PyTorch's own, and the epochs against a plain loop."""

import math

import pytest
import torch
from torch.nn import functional

from charrnn import SENTENCE, PostCell, Vocabulary, run
from charrnn.experiments import losses

LOGITS = torch.randn(6, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
ANSWERS = torch.tensor([0, 4, 2, 2, 1, 3])


def test_the_losses_are_torchs():
    wanted = functional.cross_entropy(LOGITS, ANSWERS, reduction="sum")
    torch.testing.assert_close(losses.cross_entropy(LOGITS, ANSWERS), wanted)
    far = LOGITS * 1000  # an exponential of these by itself would run over
    wanted = functional.cross_entropy(far, ANSWERS, reduction="sum")
    torch.testing.assert_close(losses.cross_entropy(far, ANSWERS), wanted)
    targets = functional.one_hot(ANSWERS, 5).double()
    wanted = functional.mse_loss(LOGITS, targets, reduction="sum") / 5
    torch.testing.assert_close(losses.squared_error(LOGITS, ANSWERS), wanted)


def test_the_one_sided_error_lets_scores_pass_their_targets():
    loss = 0.0
    for row, answer in zip(LOGITS.tolist(), ANSWERS.tolist(), strict=True):
        for letter, score in enumerate(row):
            missing = 1 - score if letter == answer else score
            loss += max(missing, 0.0) ** 2 / 5
    assert losses.one_sided_error(LOGITS, ANSWERS).item() == pytest.approx(loss)
    beyond = 3 * functional.one_hot(ANSWERS, 5).double() - 1  # 2 and -1
    assert losses.one_sided_error(beyond, ANSWERS) == 0 < losses.squared_error(beyond, ANSWERS)


@pytest.mark.parametrize("name", losses.OBJECTIVES)
@pytest.mark.parametrize("text", ["hello", SENTENCE[:20]])
def test_epochs_are_counted_until_all_is_right(name, text):
    letters = Vocabulary().encode(text)
    torch.manual_seed(1)
    cell, rows = PostCell(35, 35), functional.one_hot(letters[:-1], 35).float()
    adam = torch.optim.Adam(cell.parameters(), lr=0.01)
    for epoch in range(200):  # noqa: B007
        logits = run(cell, rows)[0]
        if torch.equal(logits.argmax(1), letters[1:]):
            break
        adam.zero_grad()
        losses.OBJECTIVES[name](logits, letters[1:]).backward()
        adam.step()
    assert 1 < epoch < 199
    assert losses.epochs_needed(name, 0.01, 1, text, most=200) == epoch
    assert losses.epochs_needed(name, 0.01, 1, text, most=epoch - 1) == epoch - 1


def test_an_even_guess_is_surprised_by_the_logarithm_of_the_number_of_letters():
    loss = losses.cross_entropy(torch.zeros(1, 35), torch.tensor([8]))
    assert loss.item() == pytest.approx(math.log(35))
