"""Softmax, cross-entropy and its gradient in the page beside torch's."""

import pytest
import torch
from torch.nn import functional


def drawn(seed, *shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("scale", [1, 30, 700])
@pytest.mark.parametrize("seed", range(3))
def test_softmax_cross_entropy_and_gradient_are_torchs(call, seed, scale):
    scores = (scale * drawn(seed, 6)).requires_grad_()
    loss = functional.cross_entropy(scores, torch.tensor(seed))
    loss.backward()
    theirs = call(
        "const { scores, answer } = data, { softmax, crossEntropy, gradient } = arithmetic;"
        "return [softmax(scores), [crossEntropy(scores, answer)], gradient(scores, answer)]",
        scores=scores.tolist(),
        answer=seed,
    )
    for got, wanted in zip(theirs, (scores.softmax(0), loss[None], scores.grad), strict=True):
        assert got == pytest.approx(wanted.tolist(), rel=1e-9, abs=1e-12)
