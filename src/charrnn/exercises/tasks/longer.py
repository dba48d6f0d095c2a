"""Chapter 10: the epoch at which training has been best when it stops."""

import torch

from charrnn.exercises.check import Slip, Task


def _epoch_to_keep(losses: list[float], patience: int) -> int:
    """By PyTorch's own counter of epochs that were no better: it lowers the rate at its limit."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, patience=patience - 1, threshold=0.0
    )
    for loss in losses:
        plateau.step(loss)
        if optimizer.param_groups[0]["lr"] < 1:
            break
    return losses.index(plateau.best) + 1


def _never_stopped(losses: list[float], patience: int) -> int:
    return losses.index(min(losses)) + 1


def _from_zero(losses: list[float], patience: int) -> int:
    return _epoch_to_keep(losses, patience) - 1


def _of_the_stop(losses: list[float], patience: int) -> int:
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best == patience:
            return epoch + 1
    return len(losses)


def _counted_on(losses: list[float], patience: int) -> int:
    best, bad = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        else:
            bad += 1
        if bad == patience:
            break
    return best + 1


def _equal_is_better(losses: list[float], patience: int) -> int:
    best = 0
    for epoch, loss in enumerate(losses):
        if loss <= losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best + 1


TASKS = {
    "epoch_to_keep": Task(
        solution=_epoch_to_keep,
        cases=[
            ([3.0, 2.0, 1.5, 1.8, 2.1], 2),
            ([3.0, 2.0, 2.5, 2.6, 1.0], 2),
            ([3.0, 2.0, 2.5, 1.9, 2.5, 1.8], 2),
            ([2.0, 1.0, 1.0, 1.5], 2),
            ([3.0, 2.0, 1.0], 1),
            ([2.0], 3),
        ],
        slips=[
            Slip(
                _never_stopped,
                ko="학습이 멈춘 뒤의 손실까지 보았습니다. 멈춘 다음의 에포크는 없는 것입니다.",
                en="Losses after the stop were looked at too. Once training has stopped, there are "
                "no more epochs.",
            ),
            Slip(
                _from_zero,
                ko="에포크를 0부터 셌습니다. 첫 에포크는 1입니다.",
                en="The epochs were counted from 0. The first is 1.",
            ),
            Slip(
                _of_the_stop,
                ko="멈춘 에포크를 돌려주었습니다. 그 모델은 가장 나았던 때의 모델이 아닙니다.",
                en="That is the epoch at which it stopped. Its model is no longer the best one.",
            ),
            Slip(
                _counted_on,
                ko="나아지지 않은 에포크를 모두 더했습니다. 새로 낮아지면 처음부터 다시 셉니다.",
                en="All epochs without a new lowest were added up. After a new lowest the count "
                "starts again.",
            ),
            Slip(
                _equal_is_better,
                ko="똑같은 값을 새로 낮아진 것으로 셌습니다.",
                en="A value that is just equal was taken for a new lowest.",
            ),
        ],
    )
}
