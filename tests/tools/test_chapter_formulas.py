"""What a chapter's formulas say is what the code computes.

A formula that is wrong in both languages alike no rule of the gate sees. So each that stands on a
line of its own is computed here as it is written, beside the package or torch.
"""

import math
import re
from pathlib import Path

import pytest
import torch
from torch import nn

from charrnn import PostCell
from charrnn.experiments import losses
from charrnn.layers import gates
from charrnn.text import hangul

CHAPTERS = sorted((Path(__file__).resolve().parents[2] / "chapters").glob("*.md"))
DISPLAYED = re.compile(r"(?m)^\$\$(.+)\$\$$")
V, H = 5, 3


def numbers(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


X, STATE, MEMORY = numbers(1, V), numbers(1, H), numbers(2, H)[1:]
BOTH = torch.cat((X, STATE), dim=1)[0]  # [x_t, h_{t-1}]
LAYERS = {kind: kind(V, H).double() for kind in (nn.LSTM, nn.GRU)}


def new_state():
    cell = PostCell(V, H).double()
    weight, bias = cell.input_to_hidden.parameters()
    return torch.tanh(weight @ BOTH + bias), cell(X, STATE)[1][0]


def output():
    cell = PostCell(V, H).double()
    weight, bias = cell.input_to_output.parameters()
    return weight @ BOTH + bias, cell(X, STATE)[0][0]


def squared_error():
    scores, answers = numbers(4, V), torch.tensor([0, 4, 2, 2])
    y = [[float(i == answer) for i in range(V)] for answer in answers]
    steps = [sum((scores[t, i] - y[t][i]) ** 2 for i in range(V)) / V for t in range(4)]
    return sum(steps), losses.squared_error(scores, answers)


def two_steps():
    w, u, x, y = 0.7, -1.2, (1.5, -0.4), 0.3
    by_hand = (math.tanh(w * x[1] + u * math.tanh(w * x[0])) - y) ** 2
    layer = nn.RNN(1, 1, bias=False).double()
    for weight, value in zip(layer.parameters(), (w, u), strict=True):
        nn.init.constant_(weight, value)
    states = layer(torch.tensor(x, dtype=torch.float64)[:, None])[0]
    return by_hand, nn.functional.mse_loss(states[1, 0], torch.tensor(y, dtype=torch.float64))


def descent_step():
    rate, steepness, x = 0.1, 21.0, torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    (steepness * x**2 / 2).backward()  # a valley whose gradient at x is steepness times x
    with torch.no_grad():
        torch.optim.SGD([x], lr=rate).step()
    return (1 - rate * steepness) * 0.7, x.detach()


def softmax():
    powers = [math.e**score for score in X[0].tolist()]
    return [power / sum(powers) for power in powers], X[0].softmax(dim=0)


def surprise():
    scores = numbers(1, V)[0]
    quotients = -torch.log(torch.exp(scores) / torch.exp(scores).sum())
    differences = torch.log(torch.exp(scores).sum()) - scores
    each = [losses.cross_entropy(scores[None], torch.tensor([i])) for i in range(V)]
    return torch.stack((quotients, differences)), torch.stack(each).expand(2, V)


def sigmoid():
    return [1 / (1 + math.e**-score) for score in X[0].tolist()], X[0].sigmoid()


def forget_gate():
    w_x, w_h, b_x, b_h = (weights.chunk(4)[1] for weights in LAYERS[nn.LSTM].parameters())
    by_formula = torch.sigmoid(torch.cat((w_x, w_h), dim=1) @ BOTH + b_x + b_h)
    return by_formula, gates.lstm_step(LAYERS[nn.LSTM], X, STATE, MEMORY)[2]["forget"][0]


def lstm_candidate():
    w_x, w_h, b_x, b_h = (weights.chunk(4)[2] for weights in LAYERS[nn.LSTM].parameters())
    by_formula = torch.tanh(torch.cat((w_x, w_h), dim=1) @ BOTH + b_x + b_h)
    return by_formula, gates.lstm_step(LAYERS[nn.LSTM], X, STATE, MEMORY)[2]["candidate"][0]


def gru_candidate():
    w_x, w_h, b_x, b_h = (weights.chunk(3)[2] for weights in LAYERS[nn.GRU].parameters())
    said = gates.gru_step(LAYERS[nn.GRU], X, STATE)[1]
    from_h = w_h @ STATE[0] + b_h
    return torch.tanh(w_x @ X[0] + b_x + said["reset"][0] * from_h), said["candidate"][0]


def cell_state():
    _, (_, new) = LAYERS[nn.LSTM](X, (STATE, MEMORY))
    said = gates.lstm_step(LAYERS[nn.LSTM], X, STATE, MEMORY)[2]
    return said["forget"] * MEMORY + said["input"] * said["candidate"], new


def shown_state():
    _, (shown, new) = LAYERS[nn.LSTM](X, (STATE, MEMORY))
    said = gates.lstm_step(LAYERS[nn.LSTM], X, STATE, MEMORY)[2]
    return said["output"] * torch.tanh(new), shown


def updated_state():
    said = gates.gru_step(LAYERS[nn.GRU], X, STATE)[1]
    return said["update"] * STATE + (1 - said["update"]) * said["candidate"], LAYERS[nn.GRU](
        X, STATE
    )[1]


def syllables():
    found = [
        (21 * hangul.LEADS.index(lead) + hangul.VOWELS.index(vowel)) * 28
        + (hangul.TAILS.index(tail) if tail else 0)
        for lead, vowel, tail in map(hangul.parts, "가힣한글뷁")
    ]
    return found, [ord(letter) - ord("가") for letter in "가힣한글뷁"]


COMPUTED = {
    r"h_t = \tanh(W_h [x_t, h_{t-1}] + b_h)": new_state,
    r"y_t = W_y [x_t, h_{t-1}] + b_y": output,
    r"L = \sum_{t=1}^{T} \frac{1}{V} \sum_{i=1}^{V} (y_{t,i} - x_{t+1,i})^2": squared_error,
    r"h_1 = \tanh(w x_1) \qquad h_2 = \tanh(w x_2 + u h_1) \qquad L = (h_2 - x_3)^2": two_steps,
    r"x - \eta \lambda x = (1 - \eta \lambda) x": descent_step,
    r"p_i = \frac{e^{y_i}}{\sum_j e^{y_j}}": softmax,
    r"-\ln\frac{e^{y_i}}{\sum_j e^{y_j}} = \ln\sum_j e^{y_j} - y_i": surprise,
    r"\sigma(a) = \frac{1}{1 + e^{-a}}": sigmoid,
    r"f_t = \sigma(W_f [x_t, h_{t-1}] + b_f)": forget_gate,
    r"g_t = \tanh(W_g [x_t, h_{t-1}] + b_g)": lstm_candidate,
    r"c_t = f_t \odot c_{t-1} + i_t \odot g_t": cell_state,
    r"h_t = o_t \odot \tanh(c_t)": shown_state,
    r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot n_t": updated_state,
    r"n_t = \tanh(W_{nx} x_t + b_{nx} + r_t \odot (W_{nh} h_{t-1} + b_{nh}))": gru_candidate,
    r"s = (21\,i + j) \times 28 + k": syllables,
}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_displayed_formula_has_its_computation(path):
    text = path.read_text("utf-8")
    found = DISPLAYED.findall(text)
    assert text.count("$$") == 2 * len(found)
    assert [formula for formula in found if formula not in COMPUTED] == []


def test_every_computation_belongs_to_a_formula_of_both_languages():
    found = [one for path in CHAPTERS for one in DISPLAYED.findall(path.read_text("utf-8"))]
    assert {formula: found.count(formula) for formula in COMPUTED} == dict.fromkeys(COMPUTED, 2)


@pytest.mark.parametrize("formula", COMPUTED)
def test_a_formula_is_what_the_code_computes(formula):
    by_formula, by_code = COMPUTED[formula]()
    torch.testing.assert_close(
        torch.as_tensor(by_formula, dtype=torch.float64),
        torch.as_tensor(by_code, dtype=torch.float64),
    )
