"""Chapter 14: the gradient of a whole batch from those of workers with unequal shares."""

from charrnn.exercises.check import Slip, Task


def _whole_gradient(gradients: list[list[float]], letters: list[int]) -> list[float]:
    """Each worker's gradient weighs as much as the letters that it read."""
    share = [count / sum(letters) for count in letters]
    return [
        sum(s * g for s, g in zip(share, place, strict=True))
        for place in zip(*gradients, strict=True)
    ]


def _plain_mean(gradients: list[list[float]], letters: list[int]) -> list[float]:
    return [sum(place) / len(gradients) for place in zip(*gradients, strict=True)]


def _sum(gradients: list[list[float]], letters: list[int]) -> list[float]:
    return [
        sum(n * g for n, g in zip(letters, place, strict=True))
        for place in zip(*gradients, strict=True)
    ]


def _by_workers(gradients: list[list[float]], letters: list[int]) -> list[float]:
    return [total / len(gradients) for total in _sum(gradients, letters)]


def _other_axis(gradients: list[list[float]], letters: list[int]) -> list[float]:
    return [sum(row) / len(row) for row in gradients]


TASKS = {
    "whole_gradient": Task(
        solution=_whole_gradient,
        cases=[
            ([[0.5, -1.0], [0.1, 3.0]], [32, 32]),
            ([[0.5, -1.0], [0.1, 3.0]], [96, 32]),
            ([[1.0], [2.0], [6.0]], [1, 2, 1]),
            ([[0.25, 0.5, -2.0]], [64]),
            ([[4.0, 0.0], [0.0, 4.0], [4.0, 4.0]], [10, 30, 60]),
        ],
        slips=[
            Slip(
                _plain_mean,
                ko="워커를 똑같이 쳤습니다. 많이 읽은 워커의 기울기는 그만큼 무겁습니다.",
                en="All workers count the same here. One that has read more letters counts for "
                "more.",
            ),
            Slip(
                _sum,
                ko="글자 수를 곱해 더하기만 했습니다. 모두 몇 글자인지로 나누어야 평균이 됩니다.",
                en="That is the sum, each gradient times its letters. Divide by the letters of all "
                "to make a mean of it.",
            ),
            Slip(
                _by_workers,
                ko="워커의 수로 나누었습니다. 글자 수를 곱했으니 글자의 수로 나누어야 합니다.",
                en="That was divided by the number of workers. What was multiplied by letters has "
                "to be divided by letters.",
            ),
            Slip(
                _other_axis,
                ko="워커 하나의 기울기 안에서 평균을 냈습니다. 자리마다 여러 워커의 수를 더합니다.",
                en="That is a mean within each worker's gradient. At each place, put the workers' "
                "numbers together.",
            ),
        ],
    )
}
