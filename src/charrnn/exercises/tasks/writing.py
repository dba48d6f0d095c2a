"""Chapter 11: top-k by hand."""

import torch

from charrnn.exercises.check import Slip, Task
from charrnn.layers.sampling import keep_top_k


def _keep_likeliest(chances: torch.Tensor, k: int) -> torch.Tensor:
    """The package's own top-k, in the numbers that went in."""
    return keep_top_k(chances, k).to(chances)


def _not_scaled(chances: torch.Tensor, k: int) -> torch.Tensor:
    return torch.where(_keep_likeliest(chances, k) > 0, chances, torch.zeros_like(chances))


def _first_k(chances: torch.Tensor, k: int) -> torch.Tensor:
    kept = torch.zeros_like(chances)
    kept[:k] = chances[:k]
    return kept / kept.sum()


def _least_likely(chances: torch.Tensor, k: int) -> torch.Tensor:
    kept = torch.zeros_like(chances)
    places = chances.argsort()[:k]
    kept[places] = chances[places]
    return kept / kept.sum()


def _out_of_place(chances: torch.Tensor, k: int) -> torch.Tensor:
    kept = _keep_likeliest(chances, k)
    return kept.sort(descending=True).values


def _alike(chances: torch.Tensor, k: int) -> torch.Tensor:
    kept = (_keep_likeliest(chances, k) > 0).to(chances)
    return kept / kept.sum()


def _softmax_again(chances: torch.Tensor, k: int) -> torch.Tensor:
    return _not_scaled(chances, k).softmax(dim=0)


TASKS = {
    "keep_likeliest": Task(
        solution=_keep_likeliest,
        cases=[
            (torch.tensor([0.5, 0.3, 0.15, 0.05]), 3),
            (torch.tensor([0.1, 0.2, 0.4, 0.3]), 2),
            (torch.tensor([0.05, 0.6, 0.15, 0.2]), 1),
            (torch.tensor([0.3, 0.7]), 5),
            (torch.tensor([1.0]), 1),
        ],
        slips=[
            Slip(
                _not_scaled,
                ko="합으로 나누지 않았습니다. 남은 확률의 합이 다시 1이 되어야 합니다.",
                en="They were cut but not divided by their sum. What is left has to make 1 again.",
            ),
            Slip(
                _first_k,
                ko="앞에 있는 `k`개를 남겼습니다. 확률이 높은 글자가 늘 앞에 있지는 않습니다.",
                en="The first `k` were kept. The likeliest letters need not stand in front.",
            ),
            Slip(
                _least_likely,
                ko="확률이 낮은 쪽을 남겼습니다. `argsort`가 어느 쪽부터 늘어놓는지 살펴봅시다.",
                en="The least likely were kept. Look at which end `argsort` begins.",
            ),
            Slip(
                _out_of_place,
                ko="큰 차례로 늘어놓았습니다. 확률은 저마다 제 글자의 자리에 있어야 합니다.",
                en="They came back sorted. Each probability has to stay in its letter's place.",
            ),
            Slip(
                _alike,
                ko="남은 글자의 확률이 모두 같아졌습니다. 크고 작은 것은 그대로 두어야 합니다.",
                en="All that are left came out alike. The larger ones have to stay larger.",
            ),
            Slip(
                _softmax_again,
                ko="소프트맥스에 다시 넣었습니다. 이미 확률이니 합으로 나누기만 하면 됩니다.",
                en="They went through softmax once more. They are probabilities already: "
                "dividing by their sum is enough.",
            ),
        ],
    )
}
