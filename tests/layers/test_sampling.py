"""Temperature, top-k, nucleus and writing, against values worked out apart."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from charrnn import CharModel, VocabularyError
from charrnn.layers import sampling
from charrnn.text import corpus

TEXT = "hello changhoon"
ALPHABET = corpus.alphabet(TEXT)
scores = st.lists(st.floats(-30, 30), min_size=1, max_size=40)


def fresh(seed=0):
    torch.manual_seed(seed)
    return CharModel(ALPHABET.size, 8, "gru")


def test_a_model_that_has_diverged_is_refused():
    model = fresh()
    model.output.bias.data[2] = math.nan
    with pytest.raises(ValueError, match="diverged"):
        sampling.generate(model, ALPHABET, "h", 3)


@given(scores, st.floats(0.05, 20))
def test_distribution_is_softmax_over_temperature(logits, temperature):
    got = sampling.distribution(torch.tensor(logits, dtype=torch.float64), temperature)
    wanted = np.exp(np.array(logits) / temperature - max(logits) / temperature)
    assert np.allclose(got.numpy(), wanted / wanted.sum(), rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("temperature", [1e-300, 1e-8])
def test_a_temperature_near_zero_takes_the_largest(temperature):
    got = sampling.distribution(torch.tensor([1.0, 3.0, 2.0]), temperature)
    assert got.tolist() == [0, 1, 0]


@given(scores, st.integers(1, 50))
def test_top_k_keeps_the_k_largest_in_proportion(logits, k):
    full = sampling.distribution(torch.tensor(logits))
    cut = sampling.distribution(torch.tensor(logits), top_k=k)
    kept = cut > 0
    largest = sorted(full.tolist(), reverse=True)[:k]
    assert cut.sum().item() == pytest.approx(1)
    assert kept.sum() <= k
    assert full[kept].sum().item() == pytest.approx(sum(largest))
    assert torch.allclose(cut[kept], full[kept] / full[kept].sum())


@given(scores, st.floats(0.01, 1))
def test_nucleus_is_the_smallest_set_that_reaches_p(logits, p):
    full = sampling.distribution(torch.tensor(logits))
    cut = sampling.distribution(torch.tensor(logits), top_p=p)
    kept = cut > 0
    inside = full[kept]
    assert cut.sum().item() == pytest.approx(1)
    assert inside.sum().item() >= p - 1e-9
    # Without its least letter the set would fall short.
    assert inside.sum().item() - inside.min().item() < p + 1e-9
    # Nothing left out is likelier than what stayed.
    left_out = full[~kept]
    assert not len(left_out) or left_out.max() <= inside.min()


def test_hand_computed_cuts():
    chances = torch.tensor([0.5, 0.2, 0.2, 0.1], dtype=torch.float64)
    logits = chances.log()
    close = {"rel": 1e-12}
    assert sampling.distribution(logits, top_k=2).tolist() == pytest.approx(
        [5 / 7, 2 / 7, 0, 0], **close
    )
    assert sampling.distribution(logits, top_p=0.8).tolist() == pytest.approx(
        [5 / 9, 2 / 9, 2 / 9, 0], **close
    )
    # First top-k, then the nucleus of what is left: 5/7 alone reaches 0.7.
    assert sampling.distribution(logits, top_k=2, top_p=0.7).tolist() == [1, 0, 0, 0]


@pytest.mark.parametrize(
    "wrong",
    [{"temperature": 0}, {"temperature": -1}, {"temperature": math.inf}, {"temperature": math.nan},
     {"top_k": 0}, {"top_p": 0}, {"top_p": 1.1}, {"top_p": math.nan}],
)  # fmt: skip
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        sampling.distribution(torch.zeros(3), **wrong)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_scores_that_are_no_numbers_are_refused(bad):
    with pytest.raises(ValueError, match="diverged"):
        sampling.distribution(torch.tensor([0.0, bad]))


def test_writing_is_reading_what_was_written():
    """Each letter is the likeliest after all before it, read anew from the start."""
    model = fresh()
    wrote = sampling.generate(model, ALPHABET, "hell", 12, top_k=1)
    text = "hell"
    for letter in wrote:
        with torch.no_grad():
            logits = model(ALPHABET.encode(text, marks=False)[None])[0][0, -1]
        assert letter == ALPHABET.letters[logits[: ALPHABET.start].argmax()]
        text += letter


def test_writing_keeps_its_seed_and_leaves_the_generator():
    torch.manual_seed(3)
    before = torch.get_rng_state()
    first = sampling.generate(fresh(), ALPHABET, "h", 50, seed=1)
    torch.manual_seed(3)
    assert first == sampling.generate(fresh(), ALPHABET, "h", 50, seed=1)
    assert first != sampling.generate(fresh(), ALPHABET, "h", 50, seed=2)
    torch.manual_seed(3)
    model = fresh()
    state = torch.get_rng_state()
    sampling.generate(model, ALPHABET, "h", 5)
    assert torch.equal(torch.get_rng_state(), state)
    assert len(first) == 50
    assert len(before)


def test_marks_are_never_written():
    model = fresh()
    model.output.bias.data[ALPHABET.start :] = 100
    assert not set(sampling.generate(model, ALPHABET, "h", 60)) & set(corpus.MARKS)


def test_writing_refuses_what_it_cannot_do():
    model = fresh()
    assert sampling.generate(model, ALPHABET, "h", 0) == ""
    with pytest.raises(ValueError, match="length"):
        sampling.generate(model, ALPHABET, "h", -1)
    with pytest.raises(VocabularyError, match="'x'"):
        sampling.generate(model, ALPHABET, "x")
    with pytest.raises(VocabularyError, match="empty"):
        sampling.generate(model, ALPHABET, "")
    with pytest.raises(ValueError, match="letters"):
        sampling.generate(CharModel(5, 4), ALPHABET, "h")


def test_the_nucleus_stops_where_p_is_reached_exactly():
    halves = torch.tensor([0.25, 0.5, 0.25], dtype=torch.float64)
    assert sampling.keep_top_p(halves, 0.5).tolist() == [0, 1, 0]
    assert sampling.keep_top_p(halves, 0.75).tolist() == pytest.approx([1 / 3, 2 / 3, 0])
    assert sampling.keep_top_p(halves, 1.0).tolist() == halves.tolist()


def test_of_equals_the_earlier_letter_stays():
    even = torch.full((40,), 1 / 40, dtype=torch.float64)
    assert sampling.keep_top_k(even, 3).tolist() == pytest.approx([1 / 3] * 3 + [0.0] * 37)
    assert sampling.keep_top_p(even, 0.051).nonzero().flatten().tolist() == [0, 1, 2]


def test_scores_of_two_axes_are_not_taken_over_time():
    with pytest.raises(ValueError, match="logits must have the shape"):
        sampling.distribution(torch.zeros(3, 5))


@torch.no_grad()
def slowly(model, prompt, length, seed, temperature=1.0, top_k=None, top_p=None):
    """Writing by PyTorch alone: its layers, its softmax, its sorting, its multinomial."""
    text, generator = prompt, torch.Generator().manual_seed(seed)
    while len(text) < len(prompt) + length:
        logits = model(ALPHABET.encode(text, marks=False)[None])[0][0, -1, : ALPHABET.start]
        chances, order = (logits.double() / temperature).softmax(0).sort(descending=True)
        if top_k is not None:
            chances[top_k:] = 0
            chances /= chances.sum()
        if top_p is not None:
            chances[chances.cumsum(0) - chances >= top_p] = 0
            chances /= chances.sum()
        letters = torch.zeros_like(chances).scatter(0, order, chances)
        text += ALPHABET.letters[int(torch.multinomial(letters, 1, generator=generator))]
    return text[len(prompt) :]


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize(
    "settings",
    [{}, {"temperature": 0.3}, {"temperature": 2.0}, {"temperature": 0.7, "top_k": 4},
     {"top_p": 0.8}, {"top_k": 6, "top_p": 0.6}],
)  # fmt: skip
def test_the_letters_are_those_by_pytorch(kind, settings):
    torch.manual_seed(2)
    model = CharModel(ALPHABET.size, 12, kind)
    for p in model.parameters():
        p.data *= 3  # so that the letters before matter
    wrote = sampling.generate(model, ALPHABET, "hell", 40, seed=7, **settings)
    assert wrote == slowly(model, "hell", 40, seed=7, **settings)
