"""Chapter 3: the loss of a text."""

import torch

from charrnn.exercises.check import Slip, Task

_Rows = list[list[float]]


def _sentence_loss(outputs: _Rows, answers: _Rows) -> float:
    """PyTorch's mean squared error of each step, added up."""
    pairs = zip(outputs, answers, strict=True)
    return sum(
        torch.nn.functional.mse_loss(torch.tensor(said), torch.tensor(right)).item()
        for said, right in pairs
    )


def _differences(outputs: _Rows, answers: _Rows) -> torch.Tensor:
    return torch.tensor(outputs) - torch.tensor(answers)


def _not_averaged(outputs: _Rows, answers: _Rows) -> float:
    return float((_differences(outputs, answers) ** 2).sum())


def _averaged_twice(outputs: _Rows, answers: _Rows) -> float:
    if not outputs:
        return 0.0
    return float((_differences(outputs, answers) ** 2).mean())


def _not_squared(outputs: _Rows, answers: _Rows) -> float:
    if not outputs:
        return 0.0
    return float(_differences(outputs, answers).mean(dim=1).sum())


def _signs_dropped(outputs: _Rows, answers: _Rows) -> float:
    if not outputs:
        return 0.0
    return float(_differences(outputs, answers).abs().mean(dim=1).sum())


def _last_step(outputs: _Rows, answers: _Rows) -> float:
    return _sentence_loss(outputs[-1:], answers[-1:])


TASKS = {
    "sentence_loss": Task(
        solution=_sentence_loss,
        cases=[
            ([[0.1, 0.7, 0.2]], [[0.0, 1.0, 0.0]]),
            ([[0.0, 0.0], [0.5, 0.5], [-1.0, 2.0]], [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]),
            ([[0.0, 1.0], [1.0, 0.0]], [[0.0, 1.0], [1.0, 0.0]]),
            ([[0.5]], [[1.0]]),
            ([], []),
        ],
        slips=[
            Slip(
                _not_averaged,
                ko="모두 더하기만 했습니다. 단계마다 칸의 수로 나누어 평균을 냅니다.",
                en="Everything was only added up. At each step the sum is divided by the number "
                "of places.",
            ),
            Slip(
                _averaged_twice,
                ko="단계의 수로도 나누었습니다. 평균은 단계 안에서만 내고, 단계끼리는 더합니다.",
                en="It was divided by the number of steps as well. The average is taken within a "
                "step, and the steps are added up.",
            ),
            Slip(
                _not_squared,
                ko="차이를 제곱하지 않았습니다. 그러면 큰 쪽과 작은 쪽이 서로 지워집니다.",
                en="The differences were not squared, so those above and below cancel.",
            ),
            Slip(
                _signs_dropped,
                ko="부호만 없앴습니다. 제곱하면 크게 틀린 칸을 더 무겁게 칩니다.",
                en="Only the signs were dropped. Squares give more weight to large misses.",
            ),
            Slip(
                _last_step,
                ko="마지막 단계만 남았습니다. 손실은 모든 단계를 더한 것입니다.",
                en="Only the last step was kept. The loss adds up all of them.",
            ),
        ],
    )
}
