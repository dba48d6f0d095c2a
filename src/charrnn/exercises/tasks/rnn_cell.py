"""Chapter 2: one unit of the cell."""

import torch

from charrnn.exercises.check import Slip, Task


def _one_unit(numbers: list[float], weights: list[float], bias: float) -> float:
    """What PyTorch's layer of one unit gives, through tanh."""
    row, matrix = torch.tensor([numbers]).double(), torch.tensor([weights]).double()
    total = torch.nn.functional.linear(row, matrix, torch.tensor([bias]).double())
    return float(torch.tanh(total).item())


def _products(numbers: list[float], weights: list[float]) -> torch.Tensor:
    return torch.tensor(numbers).double() * torch.tensor(weights).double()


def _without_bias(numbers: list[float], weights: list[float], bias: float) -> float:
    return float(_products(numbers, weights).sum().tanh())


def _not_pressed(numbers: list[float], weights: list[float], bias: float) -> float:
    return float(_products(numbers, weights).sum() + bias)


def _bias_after_tanh(numbers: list[float], weights: list[float], bias: float) -> float:
    return float(_products(numbers, weights).sum().tanh() + bias)


def _bias_each_time(numbers: list[float], weights: list[float], bias: float) -> float:
    return float((_products(numbers, weights) + bias).sum().tanh())


TASKS = {
    "one_unit": Task(
        solution=_one_unit,
        cases=[
            ([1.0, 0.0, 0.5, -0.5], [1.0, -1.0, 0.5, 0.0], 0.0),
            ([1.0, 0.0, 0.5, -0.5], [0.5, 0.5, 0.0, -1.0], 0.1),
            ([0.0, 1.0], [3.0, -0.25], 0.5),
            ([0.5], [0.4], -1.0),
            ([], [], 0.3),
        ],
        slips=[
            Slip(
                _without_bias,
                ko="편향이 빠졌습니다. 무엇이 들어오든 늘 더하는 수입니다.",
                en="The bias is missing. It is added whatever comes in.",
            ),
            Slip(
                _not_pressed,
                ko="합까지는 맞습니다. 그 합을 마지막에 어떤 함수에 넣었나요?",
                en="The sum is right. What function does it go through in the end?",
            ),
            Slip(
                _bias_after_tanh,
                ko="편향은 tanh에 넣기 전에 더합니다.",
                en="The bias is added before tanh, not after it.",
            ),
            Slip(
                _bias_each_time,
                ko="편향을 곱마다 더했습니다. 유닛 하나에 편향은 하나입니다.",
                en="The bias was added to each product. A unit has just one.",
            ),
        ],
    )
}
