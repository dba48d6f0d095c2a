"""What a checkpoint keeps of a training run: of its kind, and fitting a model and its optimizer.

What does not is refused with a TypeError or ValueError, which names it.
"""

import copy
import math
from typing import Any

import torch
from torch import Tensor, nn

from charrnn.arguments import instance, quoted

PLAIN = (str, int, float, bool, type(None))  # what settings may hold
CURVES = ("training", "validation")


def check_run(model: Any, optimizer: Any) -> None:
    """Refuse what is no model or no optimizer."""
    instance("model", model, nn.Module)
    instance("optimizer", optimizer, torch.optim.Optimizer)


def check_settings(name: str, settings: Any) -> None:
    """Refuse settings that are not plain values by name."""
    if not isinstance(settings, dict):
        raise TypeError(f"{name} must be a dict, got {quoted(settings)}.")
    for key, value in settings.items():
        # By type: NumPy's float64 is a float to isinstance, but cannot be read back.
        if type(key) is not str or type(value) not in PLAIN:
            raise TypeError(
                f"{name} must hold strings and Python's own numbers by name, "
                f"got {quoted(key)}: {quoted(value)}."
            )


def check_curves(name: str, curves: Any, settings: dict[str, Any]) -> None:
    """Refuse curves that are not a loss for each epoch, of both texts where there are two."""
    if not isinstance(curves, dict) or set(curves) != set(CURVES):
        raise TypeError(f"{name} must be a dict of training and validation, got {quoted(curves)}.")
    for key in CURVES:
        losses = curves[key]
        if type(losses) is not list or not all(
            type(loss) is float and math.isfinite(loss) for loss in losses
        ):
            raise TypeError(f"{name} must hold lists of finite losses, got {quoted(losses)}.")
    wanted = len(curves["training"]) if settings.get("validation") is not None else 0
    if len(curves["validation"]) != wanted:
        raise TypeError(
            f"{name} must hold {wanted} losses of validation for {len(curves['training'])} epochs, "
            f"got {len(curves['validation'])}."
        )


def check_same_form(name: str, found: Any, wanted: Any) -> None:
    """Refuse what has other keys, kinds, shapes or number types than ``wanted``."""
    if isinstance(wanted, Tensor):
        same = isinstance(found, Tensor) and found.device.type == "cpu" and (
            (found.shape, found.dtype, found.layout) == (wanted.shape, wanted.dtype, wanted.layout)
        )  # fmt: skip
        if not same:
            raise ValueError(f"{name} is {quoted(found)}, not {quoted(wanted)}.")
    elif isinstance(wanted, dict):
        if not isinstance(found, dict) or found.keys() != wanted.keys():
            raise ValueError(f"{name} holds {quoted(found)}, not {quoted(list(wanted))}.")
        for key, value in wanted.items():
            check_same_form(f"{name}, {key}", found[key], value)
    elif type(found) is not type(wanted):
        raise ValueError(f"{name} is {quoted(found)}, not {quoted(wanted)}.")


def checked_optimizer(
    found: Any, optimizer: torch.optim.Optimizer, stepped: bool
) -> dict[str, Any]:
    """The state that an optimizer left, once it is known to be one with the same settings.

    ``stepped``: whether it has made a step, so that there are averages.
    """
    twin = copy.deepcopy(optimizer)  # with weights of its own
    if stepped:
        for group in twin.param_groups:
            for weight in group["params"]:
                weight.grad = torch.zeros_like(weight)
        twin.step()
    wanted = twin.state_dict()
    check_same_form("optimizer", {**found, "param_groups": 0}, {**wanted, "param_groups": 0})
    for theirs, ours in zip(found["param_groups"], wanted["param_groups"], strict=True):
        for key in {"params", "lr"} | (theirs.keys() & ours.keys()):  # other torch, other keys
            if theirs[key] != ours[key]:
                raise ValueError(
                    f"optimizer has {key} {quoted(theirs[key])}, here it is {quoted(ours[key])}."
                )
    return {"state": found["state"], "param_groups": wanted["param_groups"]}
