"""Chapter 7: the perplexity of the probabilities that the right letters were given."""

import math

import torch

from charrnn.exercises.check import Slip, Task


def _perplexity_of(probabilities: list[float]) -> float:
    """By PyTorch's loss: the right letter stands first, all others together second."""
    right = torch.tensor(probabilities, dtype=torch.float64)  # (T,)
    logs = torch.stack([right, 1 - right], dim=1).log()  # (T, 2)
    surprise = torch.nn.functional.nll_loss(logs, torch.zeros(len(right), dtype=torch.long))
    return float(surprise.exp().item())


def _bits(probabilities: list[float]) -> float:
    return sum(-math.log2(p) for p in probabilities)


def _of_the_sum(probabilities: list[float]) -> float:
    return float(2 ** _bits(probabilities))


def _wrong_base(probabilities: list[float]) -> float:
    return math.exp(_bits(probabilities) / len(probabilities))


def _of_the_average(probabilities: list[float]) -> float:
    return len(probabilities) / sum(probabilities)


def _surprise_alone(probabilities: list[float]) -> float:
    return _bits(probabilities) * math.log(2) / len(probabilities)


TASKS = {
    "perplexity_of": Task(
        solution=_perplexity_of,
        cases=[
            ([0.5, 0.25, 0.25],),
            ([1 / 35, 1 / 35],),
            ([1.0, 1.0, 1.0],),
            ([0.1],),
            ([0.9, 0.9, 0.001, 0.9],),
        ],
        slips=[
            Slip(
                _of_the_sum,
                ko="놀람을 모두 더한 값으로 계산했습니다. 글자 수로 나누면 평균이 됩니다.",
                en="That comes from the sum of the surprises. Divided by the number of letters it "
                "is their average.",
            ),
            Slip(
                _wrong_base,
                ko="놀람은 비트로 재고 거듭제곱은 $e$로 했습니다. 둘의 밑이 같아야 합니다.",
                en="The surprise is in bits, but it is $e$ that was taken to its power. Both need "
                "the same base.",
            ),
            Slip(
                _of_the_average,
                ko="확률을 평균했습니다. 평균할 것은 놀람입니다. 크게 놀란 글자 하나가 묻혔습니다.",
                en="The probabilities were averaged. It is the surprises that are: here one great "
                "surprise is drowned out.",
            ),
            Slip(
                _surprise_alone,
                ko="평균 놀람까지는 맞습니다. 그것을 글자 수로 되돌리는 일이 남았습니다.",
                en="The average surprise is right. It is left to be turned back into a number of "
                "letters.",
            ),
        ],
    )
}
