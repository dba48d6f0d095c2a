"""The figure of cost: what it takes to read a text once, from a measured step of training."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import traitlets as t

from charrnn import arguments, pictures
from charrnn.arguments import instance, one_of, quoted, real, whole
from charrnn.experiments.cost import MOST_HIDDEN, MOST_PRICE, StepCost, bill
from charrnn.lab import traits
from charrnn.lab.widget import Figure
from charrnn.layers.model import LAYERS
from charrnn.pictures.picture import Picture

KINDS = tuple(LAYERS)
# Where the sliders stop: 1, 2 and 5 of each power of ten, and powers of two.
LETTERS = [m * 10**power for power in range(3, 13) for m in (1, 2, 5)] + [10**13]
HIDDEN = [2**power for power in range(5, 13)]
BATCH = [2**power for power in range(13)]
MACHINES = [2**power for power in range(13)]
WIDEST = 512  # hidden units measured in the chapter
BATCHES_DRAWN = (16, 128, 1024)


def _stop(stops: list[int], name: str, value: Any) -> int:
    if whole(name, value) not in stops:
        raise ValueError(f"{name} must be where a slider stops, such as {stops[:4]}, got {value}.")
    return int(value)


class Cost(Figure):
    """The figure that `cost` makes."""

    module = "cost"
    costs = traits.listed(
        arguments.real, "Of a step of RNN, GRU and LSTM in turn: fixed, weights, linear, square."
    )
    kind = traits.word("gru", choices=KINDS)
    letters = traits.Checked(10**6, partial(_stop, LETTERS), "Of the text that is read once.")
    hidden = traits.Checked(256, partial(_stop, HIDDEN), "Hidden units.")
    batch = traits.Checked(64, partial(_stop, BATCH), "Rows of all machines together.")
    machines = traits.Checked(1, partial(_stop, MACHINES), "That share the rows.")
    price = traits.real(0.05, "Of a machine for an hour.", least=0, most=MOST_PRICE)
    widest = traits.whole(
        WIDEST, "Hidden units of the widest model measured.", least=1, most=MOST_HIDDEN
    )

    @t.validate("costs")
    def _four_of_each(self, proposal: Any) -> Any:
        costs = proposal["value"]
        if len(costs) != 4 * len(KINDS):
            raise ValueError(
                f"costs must be 4 numbers for each of {len(KINDS)} kinds, got {quoted(costs)}."
            )
        for kind, at in zip(KINDS, range(0, len(costs), 4), strict=True):
            try:
                StepCost(*costs[at : at + 4])
            except ValueError as error:
                raise ValueError(f"costs of {kind}: {error}") from error
        return costs


def cost(
    costs: Mapping[str, StepCost], *, kind: str = "gru", letters: int = 10**6, hidden: int = 256,
    batch: int = 64, machines: int = 1, price: float = 0.05, widest: int = WIDEST,
) -> Cost:  # fmt: skip
    """What it costs to read a text once: hours and money, and what limits them.

    ``result`` tells the seconds of a step by its parts, hours, money, and how many times as fast as
    one machine all of them are.

    Args:
        costs: of a step, by kind: ``"rnn"``, ``"gru"`` and ``"lstm"``, each with a `StepCost`.
        kind: of the model to begin with.
        letters: 1, 2 or 5 times a power of ten, 1000 to 10**13.
        hidden: units, a power of two from 32 to 4096.
        batch: rows of all machines together, a power of two up to 4096.
        machines: that share the rows, a power of two up to 4096.
        price: of a machine for an hour, 0 to 1,000,000.
        widest: hidden units of the widest model that the costs were fitted to: the figure says of
            wider ones that none was measured.

    Raises:
        TypeError: no dict of `StepCost`, or what is no number.
        ValueError: another kind, a kind without its cost, or a number that no slider shows.
    """
    if not isinstance(costs, Mapping):
        raise TypeError(f"costs must be a dict of StepCost by kind, got {quoted(costs)}.")
    if set(costs) != set(KINDS):
        raise ValueError(f"costs must be by {', '.join(KINDS)}, got {quoted(list(costs))}.")
    steps = {name: instance("costs, each of them,", costs[name], StepCost) for name in KINDS}
    one_of("kind", kind, KINDS)
    letters, hidden = _stop(LETTERS, "letters", letters), _stop(HIDDEN, "hidden", hidden)
    batch, machines = _stop(BATCH, "batch", batch), _stop(MACHINES, "machines", machines)
    price = real("price", price, least=0, most=MOST_PRICE)
    widest = whole("widest", widest, least=1, most=MOST_HIDDEN)

    def picture() -> Picture:
        faster = {
            f"B = {rows}": [
                bill(steps[kind], kind, letters, hidden=hidden, batch=rows, machines=many).faster
                for many in MACHINES[:9]
            ]
            for rows in BATCHES_DRAWN
        }
        return pictures.lines(
            MACHINES[:9], faster, "machines", "times as fast", log_x=True, log_y=True
        )

    numbers = [n for s in steps.values() for n in (s.fixed, s.weights, s.linear, s.square)]
    return Cost(
        picture, costs=numbers, kind=kind, letters=letters, hidden=hidden, batch=batch,
        machines=machines, price=price, widest=widest,
    )  # fmt: skip


def example() -> Cost:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return cost(
        {
            "rnn": StepCost(1.7e-3, 5e-9, 1.6e-6, 1.6e-8),
            "gru": StepCost(3.8e-3, 1.5e-8, 3e-6, 4.2e-8),
            "lstm": StepCost(1.3e-3, 2e-8, 4e-6, 4.5e-8),
        }
    )
