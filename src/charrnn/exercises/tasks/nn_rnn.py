"""Chapter 8: the loop inside nn.RNN."""

import torch
from torch import Tensor
from torch.func import functional_call

from charrnn.exercises.check import Slip, Task

_Case = tuple[Tensor, Tensor, Tensor, Tensor]


def _rnn_states(rows: Tensor, w_x: Tensor, w_h: Tensor, b: Tensor) -> Tensor:
    """The states ``(T, H)`` that PyTorch's own layer gives."""
    rnn = torch.nn.RNN(rows.shape[1], len(b))
    weights = {
        "weight_ih_l0": w_x,
        "weight_hh_l0": w_h,
        "bias_ih_l0": b,
        "bias_hh_l0": torch.zeros_like(b),
    }
    states: Tensor = functional_call(rnn, weights, (rows,))[0]
    return states.detach()


def _no_memory(rows: Tensor, w_x: Tensor, w_h: Tensor, b: Tensor) -> Tensor:
    return torch.tanh(rows @ w_x.T + b)


def _not_bent(rows: Tensor, w_x: Tensor, w_h: Tensor, b: Tensor) -> Tensor:
    h, states = torch.zeros(len(b)), []
    for row in rows:
        h = w_x @ row + w_h @ h + b
        states.append(h)
    return torch.stack(states)


def _last_only(rows: Tensor, w_x: Tensor, w_h: Tensor, b: Tensor) -> Tensor:
    return _rnn_states(rows, w_x, w_h, b)[-1]


def _with_the_first(rows: Tensor, w_x: Tensor, w_h: Tensor, b: Tensor) -> Tensor:
    return torch.cat((torch.zeros(1, len(b)), _rnn_states(rows, w_x, w_h, b)))


def _one_step_late(rows: Tensor, w_x: Tensor, w_h: Tensor, b: Tensor) -> Tensor:
    return _with_the_first(rows, w_x, w_h, b)[:-1]


def _in_a_list(rows: Tensor, w_x: Tensor, w_h: Tensor, b: Tensor) -> list[Tensor]:
    return list(_rnn_states(rows, w_x, w_h, b))


def _case(steps: int, letters: int, units: int, seed: int) -> _Case:
    """A text drawn at random, and weights of one decimal place."""
    dice = torch.Generator().manual_seed(seed)
    drawn = torch.randint(letters, (steps,), generator=dice)
    rows = torch.nn.functional.one_hot(drawn, letters).float()
    sizes = ((units, letters), (units, units), (units,))
    w_x, w_h, b = (torch.randint(-9, 10, size, generator=dice) / 10 for size in sizes)
    return rows, w_x, w_h, b


TASKS = {
    "rnn_states": Task(
        solution=_rnn_states,
        cases=[
            _case(steps=2, letters=2, units=1, seed=0),
            _case(steps=3, letters=2, units=3, seed=1),
            _case(steps=5, letters=4, units=2, seed=2),
            _case(steps=1, letters=3, units=2, seed=3),
            (torch.eye(2), torch.zeros(2, 2), torch.ones(2, 2), torch.ones(2)),
        ],
        slips=[
            Slip(
                _no_memory,
                ko="이전 상태가 빠졌습니다. `W_h`에는 무엇을 곱할까요?",
                en="The old state is missing. What is `W_h` multiplied by?",
            ),
            Slip(
                _not_bent,
                ko="합까지는 맞습니다. 그 합은 다음 단계로 가기 전에 tanh를 지납니다.",
                en="The sums are right. They go through tanh before the next step.",
            ),
            Slip(
                _last_only,
                ko="마지막 상태만 돌려주었습니다. 단계마다 한 행씩 있어야 합니다.",
                en="Only the last state came back. There is a row for each step.",
            ),
            Slip(
                _with_the_first,
                ko="맨 앞의 0까지 돌려주었습니다. `nn.RNN`은 글자를 읽은 다음의 상태만 줍니다.",
                en="The zeros in front came back too. `nn.RNN` gives only the states after a "
                "letter was read.",
            ),
            Slip(
                _one_step_late,
                ko="상태가 한 단계 늦습니다. 글자를 읽기 전이 아니라 읽은 다음에 담습니다.",
                en="The states are one step late. Keep each one after its letter is read, not "
                "before.",
            ),
            Slip(
                _in_a_list,
                ko="리스트를 돌려주었습니다. `torch.stack`으로 행렬 하나를 만듭니다.",
                en="A list came back. `torch.stack` makes one matrix of it.",
            ),
        ],
    )
}
