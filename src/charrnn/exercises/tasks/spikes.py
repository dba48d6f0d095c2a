"""Chapter 6: what Adam divides a step by."""

import math

import torch

from charrnn.exercises.check import Slip, Task


def _divisor(gradients: list[float], keep: float) -> float:
    """PyTorch's Adam with one parameter takes these steps; what it divided the last one by."""
    number = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    adam = torch.optim.Adam([number], betas=(0.0, keep), eps=0.0)
    for gradient in gradients:
        number.grad = torch.tensor([gradient], dtype=torch.float64)
        adam.step()
    average = adam.state[number]["exp_avg_sq"].item()
    return math.sqrt(average / (1 - keep ** len(gradients)))


def _average(numbers: list[float], keep: float) -> float:
    average = 0.0
    for number in numbers:
        average = keep * average + (1 - keep) * number
    return average


def _squares(gradients: list[float]) -> list[float]:
    return [gradient**2 for gradient in gradients]


def _not_corrected(gradients: list[float], keep: float) -> float:
    return float(_average(_squares(gradients), keep) ** 0.5)


def _no_root(gradients: list[float], keep: float) -> float:
    return float(_average(_squares(gradients), keep) / (1 - keep ** len(gradients)))


def _no_squares(gradients: list[float], keep: float) -> float:
    return float(_average(gradients, keep) / (1 - keep ** len(gradients)))


def _first_correction(gradients: list[float], keep: float) -> float:
    return float((_average(_squares(gradients), keep) / (1 - keep)) ** 0.5)


TASKS = {
    "divisor": Task(
        solution=_divisor,
        cases=[
            ([3.0, 4.0], 0.9),
            ([2.0, 2.0, 2.0], 0.999),
            ([-0.5], 0.999),
            ([1.0, 0.0, 0.0, 0.0], 0.5),
            ([1.0] * 10 + [0.001] * 90, 0.999),
        ],
        slips=[
            Slip(
                _not_corrected,
                ko="평균이 0에서 시작한 것을 고치지 않았습니다. 기울기가 늘 2라면 답도 2입니다.",
                en="The start at 0 was not corrected. If every gradient is 2, so is the divisor.",
            ),
            Slip(
                _no_root,
                ko="제곱의 평균까지는 맞습니다. 제곱근을 씌우는 일이 남았습니다.",
                en="The average of the squares is right. Its square root is left to take.",
            ),
            Slip(
                _no_squares,
                ko="기울기를 제곱하지 않고 평균했습니다. 그것은 다른 평균, `exp_avg`입니다.",
                en="The gradients were averaged without squaring them. That is the other average, "
                "`exp_avg`.",
            ),
            Slip(
                _first_correction,
                ko="첫걸음의 수로 고쳤습니다. $t$걸음째에는 `keep`을 $t$번 곱합니다.",
                en="That is the correction of the first step. At step $t$, `keep` is multiplied "
                "$t$ times.",
            ),
        ],
    )
}
