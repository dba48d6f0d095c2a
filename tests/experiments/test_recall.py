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


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm", "lstm, gate open"])
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


@pytest.mark.parametrize("kind", recall.KINDS)
def test_seeds_side_by_side_learn_what_each_learns_alone(kind):
    shares, models = recall.train_seeds(kind, 2, seeds=3, rounds=25, hidden_size=6)
    alone = [recall.recall_accuracy(kind, 2, seed, rounds=25, hidden_size=6) for seed in range(3)]
    assert shares == pytest.approx(alone)
    for seed, model in enumerate(models):
        generator = torch.Generator().manual_seed(seed)
        for _ in range(25):
            recall.sample_batch(2, 32, generator)
        texts, answers = recall.sample_batch(2, 500, generator)
        said = model(texts)[0][:, -1, :4].argmax(1)
        assert (said == answers).double().mean().item() == pytest.approx(shares[seed])


def test_kinds_of_one_layer_differ_in_one_gate_alone():
    blocks = {"input": 0, "forget": 1, "output": 3, "update": 1}  # in PyTorch's order
    for kind, (gate, bias) in recall.STARTS.items():
        block = blocks[gate]
        usual = recall.fresh_model(kind.split(",")[0], 4, 5)
        other = recall.fresh_model(kind, 4, 5)
        place = slice(5 * block, 5 * block + 5)
        for name, weight in usual.named_parameters():
            found = other.get_parameter(name)
            if "bias" in name and "recurrent" in name:
                assert (found[place] == (bias if "ih" in name else 0)).all()
                found = torch.cat((found[: place.start], found[place.stop :]))
                weight = torch.cat((weight[: place.start], weight[place.stop :]))
            assert torch.equal(found, weight)


def test_a_gate_that_stands_still_keeps_its_power():
    for kind, block in (("lstm", 1), ("gru", 1)):
        model = recall.fresh_model(kind, 0, 3)
        with torch.no_grad():
            for weight in model.recurrent.parameters():
                weight.zero_()
            model.recurrent.bias_ih_l0[3 * block : 3 * block + 3] = 2.0
        kept = recall.kept_over_fillers(model, 7)
        assert kept.tolist() == pytest.approx([torch.tensor(2.0).sigmoid().item() ** 7] * 3)
    with pytest.raises(ValueError, match="GRU or an LSTM"):
        recall.kept_over_fillers(recall.fresh_model("rnn"), 7)


def test_the_gradient_at_the_first_letter_is_that_of_a_nudge():
    model = recall.fresh_model("gru", 1, 4).double()
    texts, answers = recall.sample_batch(3, 100, torch.Generator().manual_seed(2))
    rows = torch.eye(9, dtype=torch.float64)[texts]

    def losses_of(given):
        logits = model.output(model.recurrent(given)[0][:, -1])[:, :4]
        return torch.nn.CrossEntropyLoss(reduction="none")(logits, answers).detach() / 100

    norms = []
    for place in (0, 4):
        slopes = torch.zeros(100, 9)  # a nudge of one text leaves the others' losses alone
        for letter in range(9):
            up, down = rows.clone(), rows.clone()
            up[:, place, letter] += 1e-4
            down[:, place, letter] -= 1e-4
            slopes[:, letter] = (losses_of(up) - losses_of(down)) / 2e-4
        norms.append(slopes.norm(dim=1).mean().item())
    found = recall.gradient_at_first_letter(model, 3, seed=2)
    assert found == pytest.approx(norms[0] / norms[1], rel=1e-3)
