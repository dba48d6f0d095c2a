"""One letter at a time in NumPy, against PyTorch's own layers over the whole text."""

import pytest
import torch

from charrnn import CharModel
from charrnn.layers import reading

KINDS = ["rnn", "gru", "lstm"]


def a_model(kind, seed=0, spread=1.0):
    torch.manual_seed(seed)
    model = CharModel(11, 7, kind).double()
    for p in model.parameters():
        p.data *= spread
    return model


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("spread", [1.0, 8.0, 1000.0])
@torch.no_grad()
def test_letter_by_letter_the_logits_and_states_are_those_of_the_layers(kind, spread):
    model = a_model(kind, spread=spread)
    letters = torch.randint(11, (1, 30), generator=torch.Generator().manual_seed(1))
    _, begun = model(letters[:, :10])
    state, read = reading.state_of(begun), reading.letter_reader(model)
    for t in range(10, 30):
        logits, state = read(int(letters[0, t]), state)
        wanted, after = model(letters[:, : t + 1])
        torch.testing.assert_close(torch.tensor(logits), wanted[0, -1], rtol=1e-9, atol=1e-9)
        for ours, theirs in zip(state, reading.state_of(after), strict=True):
            torch.testing.assert_close(torch.tensor(ours), torch.tensor(theirs))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_arrays_are_copies_in_a_dtype_that_numpy_has(dtype):
    weights = torch.ones(3, dtype=dtype, requires_grad=True)
    array = reading.as_array(weights)
    assert array.dtype == ("float64" if dtype == torch.float64 else "float32")
    weights.data[0] = 5
    assert array.tolist() == [1, 1, 1]


@pytest.mark.filterwarnings("error")
def test_a_sigmoid_far_out_is_nought_or_one():
    far = torch.tensor([-1e30, -200.0, -2.0, 0.0, 2.0, 200.0, 1e30]).numpy()
    wanted = torch.sigmoid(torch.from_numpy(far).double()).float().numpy()
    assert reading.logistic(far).tolist() == pytest.approx(wanted.tolist(), abs=1e-7)
