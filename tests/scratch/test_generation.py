"""Feeding back: raw, argmax and sample on cells small enough to follow by hand."""

import copy
import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from charrnn import PostCell, Vocabulary, generate, probabilities, train
from charrnn.scratch.cell import LinearCell, NewStateCell
from charrnn.text.vocabulary import one_hot

SMALL = Vocabulary("ab^$")  # a, b, start, end
MODES = ["raw", "argmax", "sample"]


def tiny(a=(0, 0, 0, 0), b=(0, 0, 0, 0), start=(0, 0, 0, 0), end=(0, 0, 0, 0)):
    """A cell that scores the next letter from this one alone; its one unit counts b's weakly."""
    cell = PostCell(4, 1)
    with torch.no_grad():
        for p in cell.parameters():
            p.zero_()
        cell.input_to_output.weight[:, :4] = torch.tensor([a, b, start, end]).T
        cell.input_to_hidden.weight[0] = torch.tensor([0.0, 0.5, 0.0, 0.0, 0.9])
    return cell


def write(cell, **settings):
    return generate(cell, vocabulary=SMALL, **settings)


# After a the text may end or go on; the even mixture of a and b, which only "raw" feeds, goes on.
FORK = tiny(start=(0.6, 0.5, 0, 0), a=(0, 0, 0, 1.0), b=(0, 2.0, 0, -1.0))


def test_argmax_feeds_the_letter_back_and_raw_the_whole_row():
    argmax = write(FORK, feed="argmax")
    assert (argmax.text, argmax.ended) == ("a", True)
    raw = write(FORK, feed="raw", length=3)
    assert (raw.text, raw.ended) == ("abb", False)
    # 0.6 a + 0.5 b, then 0.6 (0 0 0 1) + 0.5 (0 2 0 -1), then 1 (0 2 0 -1)
    expected = [[0.6, 0.5, 0, 0], [0, 1, 0, 0.1], [0, 2, 0, -1]]
    np.testing.assert_allclose(raw.outputs.numpy(), expected, atol=1e-6)


def test_raw_is_the_default_as_in_the_post():
    given, raw = write(FORK, length=3), write(FORK, feed="raw", length=3)
    assert torch.equal(given.outputs, raw.outputs)
    assert given != raw  # compared as objects: rows of numbers have no single answer


def test_the_record_says_what_was_read_and_what_came_out():
    record = write(FORK, feed="raw", length=3).steps
    assert [s.letter for s in record] == ["a", "b", "b"]
    assert record[0].fed.tolist() == [0, 0, 1, 0]
    for before, after in pairwise(record):
        assert torch.equal(after.fed, before.output)
    h = 0.0
    for step in record:
        h = math.tanh(0.5 * step.fed[1].item() + 0.9 * h)
        assert step.hidden.tolist() == pytest.approx([h])
    assert h > 0.5
    distances = [math.hypot(0.4, 0.5), 0.1, math.hypot(1, 1)]
    assert [s.distance for s in record] == pytest.approx(distances, abs=1e-6)


@pytest.mark.parametrize("feed", ["argmax", "sample"])
def test_letters_are_fed_back_as_one_hot_rows(feed):
    cell = tiny(start=(0.5, 0.5, 0, 0), a=(0.5, 0.4, 0, 0.1), b=(0.5, 0.4, 0, 0.1))
    record = write(cell, feed=feed, length=20).steps
    for before, after in pairwise(record):
        assert torch.equal(after.fed, one_hot(SMALL.encode(before.letter, marks=False), 4)[0])


@pytest.mark.parametrize("feed", MODES)
def test_the_end_mark_ends_and_is_no_part_of_the_text(feed):
    cell = tiny(start=(1.0, 0, 0, 0), a=(0, 1.0, 0, 0), b=(0, 0, 0, 1.0))
    written = write(cell, feed=feed)
    assert (written.text, written.ended) == ("ab", True)
    assert [s.letter for s in written.steps] == ["a", "b", "$"]
    assert written.outputs.shape == (3, 4)


@pytest.mark.parametrize("feed", MODES)
def test_without_an_end_mark_the_length_ends(feed):
    cell = tiny(start=(1.0, 0, 0, 0), a=(1.0, 0, 0, 0))
    written = write(cell, feed=feed, length=7)
    assert (written.text, written.ended, len(written.steps)) == ("a" * 7, False, 7)
    assert len(write(cell, feed=feed).text) == 100


def test_the_end_mark_on_the_last_allowed_step_still_ends():
    cell = tiny(start=(1.0, 0, 0, 0), a=(0, 0, 0, 1.0))
    assert write(cell, length=2).ended
    assert not write(cell, length=1).ended


def test_length_nought_writes_nothing():
    written = write(FORK, length=0)
    assert (written.text, written.steps, written.ended) == ("", (), False)
    assert len(written.outputs) == 0


def test_a_start_mark_that_is_chosen_is_a_step_but_no_letter():
    cell = tiny(start=(0, 0, 1.0, 0))
    written = write(cell, length=3)
    assert (written.text, [s.letter for s in written.steps]) == ("", ["^"] * 3)


def test_no_gradient_is_kept_and_the_cell_is_left_alone():
    cell = tiny(start=(1.0, 0, 0, 0))
    before = [p.clone() for p in cell.parameters()]
    written = write(cell, length=2, noise=0.1)
    assert not written.outputs.requires_grad
    assert all(torch.equal(p, q) for p, q in zip(cell.parameters(), before, strict=True))


def test_a_long_record_does_not_flood_the_page():
    assert repr(write(FORK, length=3)) == "Generation(text='abb', ended=False)"


def test_float64_cells_write_too():
    assert write(copy.deepcopy(FORK).double(), length=3).text == "abb"


# --- the same letters as by PyTorch ---------------------------------------------------------------


@torch.no_grad()
def slowly(cell, length, feed, temperature, noise, seed):
    """The text and the scores by PyTorch alone: its layers, its power, its multinomial."""
    generator, eye, letters = torch.Generator().manual_seed(seed), torch.eye(35), []
    x, h, scores = eye[33:34], torch.zeros(1, cell.hidden_size), []
    while len(letters) < length and letters[-1:] != [34]:
        y, h = cell(x, h)
        scores.append(y[0])
        chances = y[0].double().clamp(min=0)
        chances = (chances / chances.max()) ** (1 / temperature)
        if feed == "sample":
            letters.append(int(torch.multinomial(chances / chances.sum(), 1, generator=generator)))
        else:
            letters.append(int(y.argmax()))
        x = y if feed == "raw" else eye[letters[-1:]]
        if noise:
            x = x + noise * torch.randn(1, 35, generator=generator)
    return "".join(Vocabulary().letters[i] for i in letters if i < 33), torch.stack(scores)


@pytest.mark.parametrize("wiring", [PostCell, LinearCell, NewStateCell])
def test_an_untaught_cell_of_any_wiring_writes_as_by_pytorch(wiring):
    torch.manual_seed(6)
    cell = wiring(35, 20)
    settings = {"length": 60, "feed": "sample", "temperature": 1.0, "noise": 0.0, "seed": 5}
    assert generate(cell, **settings).text == slowly(cell, **settings)[0]


@pytest.fixture(scope="module")
def half_taught():
    return train(epochs=30, progress=False)[0]


@pytest.mark.parametrize("feed", MODES)
@pytest.mark.parametrize(
    ("temperature", "noise", "seed"), [(1.0, 0.0, 0), (0.4, 0.0, 1), (2.5, 0.0, 2), (1.0, 0.2, 3)]
)
def test_the_letters_are_those_by_pytorch(half_taught, feed, temperature, noise, seed):
    settings = {"feed": feed, "temperature": temperature, "noise": noise, "seed": seed}
    written = generate(half_taught, length=200, **settings)
    text, scores = slowly(half_taught, 200, **settings)
    assert written.text == text
    torch.testing.assert_close(written.outputs, scores, rtol=1e-4, atol=1e-5)


# --- sampling -------------------------------------------------------------------------------------


def test_samples_follow_the_probabilities():
    cell = tiny(start=(0.25, 0.5, -3.0, 0.25))
    drawn = Counter(
        write(cell, feed="sample", length=1, seed=s).steps[0].letter for s in range(800)
    )
    assert set(drawn) == {"a", "b", "$"}
    for letter, p in (("a", 0.25), ("b", 0.5), ("$", 0.25)):
        assert abs(drawn[letter] / 800 - p) < 4 * math.sqrt(p * (1 - p) / 800)


def test_the_same_seed_draws_the_same_text_and_leaves_torchs_generator_alone():
    cell = tiny(start=(0.5, 0.5, 0, 0), a=(0.5, 0.5, 0, 0), b=(0.5, 0.5, 0, 0))
    torch.manual_seed(1)
    state = torch.get_rng_state()
    texts = [write(cell, feed="sample", length=60, seed=s).text for s in (3, 3, 4)]
    assert texts[0] == texts[1] != texts[2]
    assert torch.equal(torch.get_rng_state(), state)


def test_cold_samples_are_the_argmax_and_hot_ones_an_even_choice_among_positive_scores():
    cell = tiny(start=(0.3, 0.31, -1.0, 0.01))
    cold = {write(cell, feed="sample", length=1, temperature=1e-6, seed=s).text for s in range(50)}
    assert cold == {"b"}
    hot = Counter(
        write(cell, feed="sample", length=1, temperature=1e6, seed=s).steps[0].letter
        for s in range(600)
    )
    assert set(hot) == {"a", "b", "$"}
    assert min(hot.values()) > 150


@pytest.mark.parametrize(
    ("temperature", "expected"),
    [
        (1.0, [0, 0.2, 0.6, 0.2]),
        (0.5, [0, 0.04 / 0.44, 0.36 / 0.44, 0.04 / 0.44]),
        (1e-6, [0, 0, 1, 0]),
        (1e6, [0, 1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_probabilities_by_hand(temperature, expected):
    scores = torch.tensor([-1.0, 0.2, 0.6, 0.2])
    assert probabilities(scores, temperature).tolist() == pytest.approx(expected, abs=1e-5)
    # Only ratios count.
    assert probabilities(7 * scores, temperature).tolist() == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("scores", [[0.0, 0.0], [-1.0, -2.0]])
def test_scores_that_say_nothing_give_an_even_guess(scores):
    assert probabilities(torch.tensor(scores)).tolist() == [0.5, 0.5]


@given(
    st.lists(st.floats(-1e3, 1e3, width=32), min_size=1, max_size=40),
    st.floats(1e-6, 1e6),
)
def test_probabilities_are_probabilities_and_keep_the_order(scores, temperature):
    p = probabilities(torch.tensor(scores), temperature)
    assert p.sum().item() == pytest.approx(1)
    assert (p >= 0).all()
    order = np.argsort(scores, kind="stable")
    assert (np.diff(p.numpy()[order]) >= 0).all()


@pytest.mark.parametrize("temperature", [0.0, -1.0, math.nan, math.inf])
def test_temperatures_that_cannot_be_are_refused(temperature):
    with pytest.raises(ValueError, match="temperature"):
        probabilities(torch.ones(3), temperature)
    with pytest.raises(ValueError, match="temperature"):
        write(FORK, feed="sample", temperature=temperature)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_scores_that_are_no_numbers_are_refused(bad):
    with pytest.raises(ValueError, match="nan or inf"):
        probabilities(torch.tensor([1.0, bad]))


# --- nudges and refusals --------------------------------------------------------------------------


@pytest.mark.parametrize("feed", MODES)
def test_noise_is_normal_of_the_given_size_on_every_row_but_the_first(feed):
    torch.manual_seed(2)
    cell = PostCell()
    with torch.no_grad():
        cell.input_to_output.weight.mul_(0.1)
        cell.input_to_output.bias[34] = -1  # never end
    record = generate(cell, feed=feed, length=60, noise=0.2, seed=1).steps
    assert torch.equal(record[0].fed, one_hot(torch.tensor([33]), 35)[0])
    added = []
    for before, after in pairwise(record):
        letter = Vocabulary().letters.index(before.letter)
        clean = before.output if feed == "raw" else one_hot(torch.tensor([letter]), 35)[0]
        added.append(after.fed - clean)
    added = torch.stack(added)
    assert added.std().item() == pytest.approx(0.2, rel=0.06)
    assert abs(added.mean().item()) < 0.02
    again, other = (generate(cell, feed=feed, length=60, noise=0.2, seed=s) for s in (1, 2))
    assert torch.equal(again.outputs, torch.stack([s.output for s in record]))
    assert not torch.equal(other.outputs, again.outputs)


@pytest.mark.parametrize("feed", MODES)
@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_diverged_cell_is_refused_in_every_mode(feed, bad):
    cell = tiny(start=(1.0, 0, 0, 0))
    with torch.no_grad():
        cell.input_to_output.weight[1, 2] = bad
    with pytest.raises(ValueError, match="step 0 holds nan or inf"):
        write(cell, feed=feed)


@pytest.mark.filterwarnings("error")
def test_raw_feedback_that_runs_away_is_told_apart_from_text():
    cell = tiny(start=(1.0, 0, 0, 0), a=(1e10, 0, 0, 0))
    with pytest.raises(ValueError, match=r"step 4 holds nan or inf.*feed='argmax'"):
        write(cell)
    assert write(cell, feed="argmax", length=9).text == "a" * 9


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"length": -1}, "length.*-1"),
        ({"noise": -0.1}, "noise.*-0.1"),
        ({"noise": math.nan}, "noise.*nan"),
        ({"feed": "onehot"}, "'raw', 'argmax', 'sample'.*'onehot'"),
        ({"vocabulary": Vocabulary()}, "4 letters.*35"),
    ],
)
def test_settings_out_of_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        generate(FORK, **{"vocabulary": SMALL, **settings})
