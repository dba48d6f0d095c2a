"""The memory task: what is drawn, what is tested on, and training restated."""

import pytest
import torch

from charrnn import CharModel
from charrnn.experiments import recall
from charrnn.layers import gates


def test_what_is_tested_was_not_trained_on(monkeypatch):
    drawn, real = [], recall.sample_batch
    monkeypatch.setattr(recall, "sample_batch", lambda *a: drawn.append(real(*a)) or drawn[-1])
    recall.recall_accuracy("rnn", 12, rounds=5)
    assert [len(texts) for texts, _ in drawn] == [32] * 5 + [500]
    rows = [tuple(row.tolist()) for texts, _ in drawn for row in texts]
    assert not set(rows[: 5 * 32]) & set(rows[5 * 32 :])


@pytest.mark.parametrize("kind", recall.KINDS)
def test_remembered_is_the_plain_loop(kind):
    torch.manual_seed(3)
    model = CharModel(9, 6, kind.split(",")[0])
    if "open" in kind:
        gates.set_forget_bias(model.recurrent, 3.0)
    generator = torch.Generator().manual_seed(3)
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(12):
        texts, answers = recall.sample_batch(2, 32, generator)
        loss = torch.nn.CrossEntropyLoss()(model(texts)[0][:, -1, :4], answers)
        model.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
    texts, answers = recall.sample_batch(2, 500, generator)
    wanted = (model(texts)[0][:, -1, :4].argmax(1) == answers).double().mean().item()
    got = recall.recall_accuracy(kind, 2, seed=3, rounds=12, hidden_size=6)
    assert got == pytest.approx(wanted)


def test_gradients_are_clipped_at_1_in_each_round(monkeypatch):
    norms, real = [], torch.nn.utils.clip_grad_norm_

    def clip(parameters, norm):
        norms.append(norm)
        return real(parameters, norm)

    monkeypatch.setattr(recall.nn.utils, "clip_grad_norm_", clip)
    recall.recall_accuracy("rnn", 1, rounds=4)
    assert norms == [1.0] * 4
