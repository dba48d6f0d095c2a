"""Chapter 5: gradients that are cut to a length."""

import torch

from charrnn.exercises.check import Slip, Task


def _clipped(gradients: list[float], limit: float) -> list[float]:
    """What PyTorch's own clipping leaves of them."""
    numbers = torch.nn.Parameter(torch.zeros(len(gradients), dtype=torch.float64))
    numbers.grad = torch.tensor(gradients, dtype=torch.float64)
    torch.nn.utils.clip_grad_norm_([numbers], limit)
    cut: list[float] = numbers.grad.tolist()
    return cut


def _length(gradients: list[float]) -> float:
    return float(torch.tensor(gradients, dtype=torch.float64).norm())


def _each_alone(gradients: list[float], limit: float) -> list[float]:
    return [max(-limit, min(limit, number)) for number in gradients]


def _always(gradients: list[float], limit: float) -> list[float]:
    return [number * limit / (_length(gradients) or 1) for number in gradients]


def _to_one(gradients: list[float], limit: float) -> list[float]:
    length = _length(gradients)
    return [number / length for number in gradients] if length > limit else gradients


def _root_forgotten(gradients: list[float], limit: float) -> list[float]:
    squares = _length(gradients) ** 2
    return [number * limit / squares for number in gradients] if squares > limit else gradients


def _sum_as_length(gradients: list[float], limit: float) -> list[float]:
    total = sum(abs(number) for number in gradients)
    return [number * limit / total for number in gradients] if total > limit else gradients


TASKS = {
    "clipped": Task(
        solution=_clipped,
        cases=[
            ([3.0, 4.0], 1.0),
            ([0.3, -0.4], 1.0),
            ([-6.0, 8.0], 5.0),
            ([0.0, 0.0], 1.0),
            ([2.0, -1.0, 2.0], 2.5),
        ],
        slips=[
            Slip(
                _each_alone,
                ko="수마다 따로 잘랐습니다. 그러면 화살표의 방향이 바뀝니다.",
                en="Each number was cut on its own. That turns the arrow another way.",
            ),
            Slip(
                _always,
                ko="한계보다 짧은 화살표까지 늘렸습니다. 그런 것은 그대로 둡니다.",
                en="Arrows shorter than the limit were stretched to it. Leave those as they are.",
            ),
            Slip(
                _to_one,
                ko="길이를 언제나 1로 줄였습니다. 줄일 길이는 `limit`입니다.",
                en="The length was cut to 1 whatever the limit. It should become `limit`.",
            ),
            Slip(
                _root_forgotten,
                ko="제곱의 합을 길이로 썼습니다. 제곱근을 씌우는 일이 남았습니다.",
                en="The sum of the squares was taken as the length. Its square root is left to "
                "take.",
            ),
            Slip(
                _sum_as_length,
                ko="크기를 그냥 더해 길이로 썼습니다. 3과 4의 화살표는 길이가 7이 아니라 5입니다.",
                en="The sizes were just added up. The arrow of 3 and 4 is 5 long, not 7.",
            ),
        ],
    )
}
