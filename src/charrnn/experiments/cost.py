"""Chapter 14. What it costs to read a text once: steps, seconds, machines, money.

`scaling` measures what a `StepCost` holds; lab/arithmetic/cost.js computes the same in the page.

Shapes: B rows side by side, T letters in a segment, H hidden units, V letters known, N machines.
"""

from dataclasses import dataclass, fields
from math import ceil
from typing import Literal

from charrnn.arguments import instance, one_of, real, whole
from charrnn.layers.model import LAYERS, count_weights

STEPS = 32  # T: a step reads B rows of so many letters
VOCAB = 64  # V
BANDWIDTH = 125e6  # bytes a second between two machines: a network of one gigabit
NUMBER = 4  # bytes of a gradient's number, float32
MOST_LETTERS, MOST_HIDDEN, MOST_BATCH, MOST_MACHINES = 10**15, 2**20, 2**20, 2**20
MOST_NUMBERS = 10**15  # exchanged
MOST_PRICE = 1e6
MOST_SECONDS = 1e6  # of a step: more are a slip

Part = Literal["fixed", "weights", "arithmetic", "exchange"]


@dataclass(frozen=True)
class StepCost:
    """Seconds of one step of training on one machine.

    fixed + weights H² + B (linear H + square H²)

    ``fixed`` is what a step takes however little it computes: calling its T small operations, one
    after another. ``weights`` is for each weight of the state, whatever the rows: to fetch it from
    memory and to correct it. The rest grows with the rows, and in each with the products: H times V
    of input and output, H times H of the state.

    Raises:
        TypeError: a part that is no number.
        ValueError: a part outside 0 to `MOST_SECONDS`, or none above 0: a step takes some time.
    """

    fixed: float
    weights: float
    linear: float
    square: float

    def __post_init__(self) -> None:
        for part in fields(self):
            value = real(part.name, getattr(self, part.name), least=0, most=MOST_SECONDS)
            object.__setattr__(self, part.name, value)  # as the dataclass itself does, frozen
        if not any(vars(self).values()):
            raise ValueError("fixed, weights, linear and square must not all be 0.")

    def seconds(self, hidden: int, batch: int) -> float:
        """Seconds of one step with H hidden units and B rows."""
        return sum(self.parts(hidden, batch))

    def parts(self, hidden: int, batch: int) -> tuple[float, float, float]:
        """These seconds: fixed, for the weights, and for the rows."""
        rows = batch * (self.linear * hidden + self.square * hidden**2)
        return self.fixed, self.weights * hidden**2, rows


@dataclass(frozen=True)
class Bill:
    """What reading a text once costs.

    ``parts`` are the seconds of one step; of ``machines`` those that have a row to read work.
    """

    steps: int
    machines: int
    parts: dict[Part, float]
    faster: float
    hours: float
    money: float

    @property
    def limit(self) -> Part:
        """The largest part of a step."""
        return max(self.parts, key=self.parts.__getitem__)


def exchange_seconds(count: int, machines: int) -> float:
    """Seconds that machines in a ring take to average ``count`` numbers that each of them has.

    Each sends and receives 2 (N - 1) / N times as many (Patarasuk and Yuan 2009); the delay of each
    message is left out.

    Raises:
        TypeError, ValueError: a number out of range.
    """
    count = whole("count", count, least=0, most=MOST_NUMBERS)
    machines = whole("machines", machines, least=1, most=MOST_MACHINES)
    return 2 * (machines - 1) / machines * NUMBER * count / BANDWIDTH


def bill(
    cost: StepCost, kind: str, letters: int, *, hidden: int, batch: int, machines: int = 1,
    price: float = 0.0,
) -> Bill:  # fmt: skip
    """What it costs to read a text once, its rows shared out evenly among machines.

    Args:
        cost: of a step on one machine, for this kind.
        kind: ``"rnn"``, ``"gru"`` or ``"lstm"``.
        letters: of the text, 1 to 10**15.
        hidden: H.
        batch: B, the rows of all machines together.
        machines: N; no more than there are rows can work.
        price: of a machine for an hour.

    Raises:
        TypeError: no `StepCost`, or what is no number.
        ValueError: a number out of range, or another kind.
    """
    instance("cost", cost, StepCost)
    one_of("kind", kind, LAYERS)
    letters = whole("letters", letters, least=1, most=MOST_LETTERS)
    hidden = whole("hidden", hidden, least=1, most=MOST_HIDDEN)
    batch = whole("batch", batch, least=1, most=MOST_BATCH)
    machines = min(whole("machines", machines, least=1, most=MOST_MACHINES), batch)
    price = real("price", price, least=0, most=MOST_PRICE)
    steps = ceil(letters / (batch * STEPS))
    rows = ceil(batch / machines)  # of the machine that has most
    fixed, weights, arithmetic = cost.parts(hidden, rows)
    parts: dict[Part, float] = {
        "fixed": fixed,
        "weights": weights,
        "arithmetic": arithmetic,
        "exchange": exchange_seconds(count_weights(VOCAB, hidden, kind), machines),
    }
    step = sum(parts.values())
    hours = steps * step / 3600
    return Bill(
        steps, machines, parts, cost.seconds(hidden, batch) / step, hours, hours * machines * price
    )
