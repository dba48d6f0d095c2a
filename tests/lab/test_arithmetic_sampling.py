"""Temperature, top-k and nucleus in the page beside PyTorch, and draws beside their chances."""

import math

import pytest
import torch
from torch import nn


def by_torch(logits, temperature=1.0, top_k=None, top_p=None):
    """Probabilities as one writes them with tensors, the slow and plain way."""
    shares = torch.softmax(torch.tensor(logits, dtype=torch.float64) / temperature, dim=0)
    order = sorted(range(len(logits)), key=lambda i: -logits[i])
    kept = torch.zeros_like(shares)
    kept[order[:top_k]] = shares[order[:top_k]]
    kept = nn.functional.normalize(kept, p=1, dim=0)
    if top_p is not None and top_p < 1:
        count = next(n for n in range(1, len(order) + 1)
                     if kept[order[:n]].sum() >= top_p - 1e-12 or n == len(order))  # fmt: skip
        kept[order[count:]] = 0
        kept = nn.functional.normalize(kept, p=1, dim=0)
    return kept.tolist()


def by_page(call, cases):
    return call(
        "return data.cases.map(([logits, t, k, p]) => {"
        "  const made = arithmetic.distribution(logits,"
        "    { temperature: t, topK: k ?? undefined, topP: p ?? undefined });"
        "  return { ...made, uncut: [...made.uncut], probabilities: [...made.probabilities] } })",
        cases=cases,
    )


def random_cases(seed, count=200):
    draw = torch.Generator().manual_seed(seed)
    cases = []
    for _ in range(count):
        size = int(torch.randint(1, 60, (1,), generator=draw))
        logits = (torch.randn(size, generator=draw, dtype=torch.float64) * 4).tolist()
        temperature, p = torch.rand(2, generator=draw, dtype=torch.float64).tolist()
        k = int(torch.randint(1, size + 5, (1,), generator=draw))
        cut = int(torch.randint(0, 4, (1,), generator=draw))
        cases.append([logits, 0.05 + 2.95 * temperature, k if cut & 1 else None,
                      max(0.01, p) if cut & 2 else None])  # fmt: skip
    return cases


@pytest.mark.parametrize("seed", range(3))
def test_random_logits(call, seed):
    cases = random_cases(seed)
    for case, made in zip(cases, by_page(call, cases), strict=True):
        logits, temperature, k, _ = case
        assert made["probabilities"] == pytest.approx(by_torch(*case), abs=1e-12)
        assert made["uncut"] == pytest.approx(by_torch(logits, temperature), abs=1e-12)
        assert sum(made["probabilities"]) == pytest.approx(1)
        assert made["order"] == sorted(range(len(logits)), key=lambda i: -logits[i])
        for why, chance in zip(made["cutBy"], made["probabilities"], strict=True):
            assert (chance == 0) == bool(why)
        assert made["cutBy"].count("k") == max(0, len(logits) - (k or len(logits)))


@pytest.mark.parametrize(
    ("logits", "temperature", "k", "p", "chances"),
    [
        ([1.0, 2, 3], 1e-300, None, None, [0, 0, 1]),
        ([1.0, 2, 3], 1e300, None, None, [1 / 3] * 3),
        ([3.0, 3, 1], 1e-9, None, None, [0.5, 0.5, 0]),  # a tie, near 0
        ([3.0, 3, 3], 1, 1, None, [1, 0, 0]),  # of a tie the first
        ([3.0, 3, 3], 1, 2, None, [0.5, 0.5, 0]),
        ([0.0, 0, 0, 0], 1, None, 0.5, [0.5, 0.5, 0, 0]),  # exactly p is enough
        ([0.0, 0, 0, 0], 1, None, 0.51, [1 / 3, 1 / 3, 1 / 3, 0]),
        ([0.0, 0, 0, 0], 1, None, 1, [0.25] * 4),
        ([0.0, 0, 0, 0], 1, None, 1e-9, [1, 0, 0, 0]),  # one always stays
        ([0.0, 0, 0, 0], 1, 2, 0.6, [0.5, 0.5, 0, 0]),  # p counts among those top-k left
        ([0.0, 0, 0, 0], 1, 99, None, [0.25] * 4),
        ([7.0], 1, 1, 0.1, [1]),
        ([1000.0, -1000], 1, None, None, [1, 0]),
        ([-1e30, 1e30], 0.05, None, 0.5, [0, 1]),
    ],
)
def test_values_at_the_edge(call, logits, temperature, k, p, chances):
    (made,) = by_page(call, [[logits, temperature, k, p]])
    assert made["probabilities"] == pytest.approx(chances, abs=1e-12)
    assert made["probabilities"] == pytest.approx(by_torch(logits, temperature, k, p), abs=1e-12)


def test_at_p_1_even_the_rarest_stays(call):
    (made,) = by_page(call, [[[0.0, -40, -80], 1, None, 1]])
    assert made["cutBy"] == ["", "", ""]
    assert made["probabilities"][2] == pytest.approx(math.exp(-80), rel=1e-9)


def test_letters_come_as_often_as_their_chances_say(call):
    chances, count = [0.5, 0.0, 0.3, 0.2], 20_000
    made = call(
        "return arithmetic.sampleIndices(data.chances, 7, data.n)", chances=chances, n=count
    )
    again = call("return arithmetic.sampleIndices(data.chances, 7, 30)", chances=chances)
    other = call("return arithmetic.sampleIndices(data.chances, 8, 30)", chances=chances)
    assert again == made[:30] != other
    for letter, p in enumerate(chances):  # five standard deviations
        spread = 5 * math.sqrt(count * p * (1 - p))
        assert abs(made.count(letter) - count * p) <= spread
