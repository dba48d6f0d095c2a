"""The cost model beside sums worked out by hand, and beside a fit with a known answer."""

import numpy as np
import pytest
from nonsense import HUGE, NEGATIVE, NONSENSE, refused

from charrnn.experiments import cost, scaling
from charrnn.experiments.cost import StepCost
from charrnn.layers.model import CharModel

# A step of H = 10 and B rows takes 0.1 + 0.02 + B (0.001 + 0.003) seconds.
EASY = StepCost(0.1, 2e-4, 1e-4, 3e-5)


def test_a_step_by_hand():
    assert EASY.parts(10, 5) == pytest.approx((0.1, 0.02, 0.02))
    assert EASY.seconds(10, 5) == pytest.approx(0.14)


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_what_is_exchanged_are_the_weights_of_the_model(kind):
    found = cost.bill(EASY, kind, 1000, hidden=7, batch=2, machines=2)
    weights = sum(p.numel() for p in CharModel(64, 7, kind).parameters())
    assert found.parts["exchange"] == pytest.approx(4 * weights / 125e6)


def test_what_is_exchanged_by_hand():
    # Of 125 million numbers, four bytes each, two machines send and receive as many each.
    assert cost.exchange_seconds(125_000_000, 2) == pytest.approx(4.0)
    # Four machines: 2 * 3 / 4 times as many.
    assert cost.exchange_seconds(125_000_000, 4) == pytest.approx(6.0)
    assert cost.exchange_seconds(125_000_000, 1) == 0


def test_a_bill_by_hand():
    found = cost.bill(EASY, "rnn", 32 * 8 * 100 + 1, hidden=10, batch=8, price=2.0)
    assert found.steps == 101  # one for the letter left over
    assert found.parts == pytest.approx(
        {"fixed": 0.1, "weights": 0.02, "arithmetic": 0.032, "exchange": 0}
    )
    assert found.limit == "fixed" and found.faster == pytest.approx(1)
    assert found.hours == pytest.approx(101 * 0.152 / 3600)
    assert found.money == pytest.approx(2 * found.hours)


def test_machines_share_the_rows_and_nothing_else():
    found = cost.bill(EASY, "rnn", 32 * 8 * 100, hidden=10, batch=8, machines=4, price=2.0)
    numbers = 10 * 64 + 100 + 20 + 10 * 64 + 64
    exchange = 2 * 3 / 4 * 4 * numbers / 125e6
    assert found.parts["arithmetic"] == pytest.approx(0.008)  # two rows each
    assert found.parts["exchange"] == pytest.approx(exchange)
    assert found.steps == 100 and found.machines == 4
    assert found.faster == pytest.approx(0.152 / (0.128 + exchange))
    assert found.money == pytest.approx(100 * (0.128 + exchange) / 3600 * 4 * 2)


def test_no_more_machines_work_than_there_are_rows():
    found = cost.bill(EASY, "gru", 10_000, hidden=10, batch=8, machines=100)
    assert found.machines == 8
    assert found == cost.bill(EASY, "gru", 10_000, hidden=10, batch=8, machines=8)
    uneven = cost.bill(EASY, "gru", 10_000, hidden=10, batch=8, machines=3)
    assert uneven.parts["arithmetic"] == pytest.approx(3 * 0.004)  # of the one that has most


@pytest.mark.parametrize("kind", ["gru", "lstm"])
def test_the_exchange_limits_what_is_wide_and_far_apart(kind):
    wide = cost.bill(StepCost(1e-3, 0, 0, 1e-9), kind, 10**9, hidden=1000, batch=64, machines=64)
    assert wide.limit == "exchange" and wide.faster < 1


@pytest.mark.parametrize("truth", [EASY, StepCost(3e-3, 0, 4e-6, 4e-8), StepCost(0, 1e-7, 0, 2e-8)])
def test_a_fit_finds_what_the_steps_were_made_with(truth):
    grid = {(h, b): truth.seconds(h, b) for h in (32, 128, 512) for b in (1, 16, 128)}
    found = scaling.fit(grid)
    for name in ("fixed", "weights", "linear", "square"):
        assert getattr(found, name) == pytest.approx(getattr(truth, name), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("seconds", [scaling.TICK, scaling.DAY])
@pytest.mark.parametrize(
    ("least", "batch"), [(1, 1), (scaling.MOST_HIDDEN - 3, scaling.MOST_BATCH)]
)
def test_a_fit_at_the_ends_of_its_ranges_is_a_cost(seconds, least, batch):
    found = scaling.fit({(least + n, batch): seconds for n in range(4)})
    assert found.seconds(least, batch) == pytest.approx(seconds, rel=1e-3)


def test_no_part_of_a_fit_is_below_0():
    # Wider is faster: without the limit a slope would be below 0.
    found = scaling.fit({(10, 1): 2.0, (20, 1): 1.5, (40, 1): 1.0, (80, 1): 0.5})
    assert min(found.fixed, found.weights, found.linear, found.square) == 0 < found.fixed
    assert found.seconds(10, 1) == found.seconds(80, 1)


def test_a_fit_weighs_errors_by_their_share():
    # More rows and more units take less, so no part but the fixed one can serve: it is the c for
    # which (c / 3 - 1)² + 3 (c - 1)² is smallest. By seconds it would be their mean, 1.5.
    found = scaling.fit({(1, 1): 3.0, (1, 2): 1.0, (2, 1): 1.0, (2, 2): 1.0})
    assert (found.weights, found.linear, found.square) == (0, 0, 0)
    assert found.fixed == pytest.approx((1 / 3 + 3) / (1 / 9 + 3))


@pytest.mark.parametrize("name", ["fixed", "weights", "linear", "square"])
def test_a_cost_is_made_of_numbers_from_0_on(name):
    parts = dict.fromkeys(("fixed", "weights", "linear", "square"), 0.5)
    for bad in [*NONSENSE["real"], *NEGATIVE, *HUGE]:
        refused(name, StepCost, **{**parts, name: bad})
    refused(name, StepCost, **dict.fromkeys(parts, 0))
    alone = StepCost(**{**dict.fromkeys(parts, 0), name: np.float32(0.5)})
    assert type(getattr(alone, name)) is float and sum(alone.parts(1, 1)) == 0.5


CALLS = {
    "cost": (NONSENSE["object"], lambda bad: cost.bill(bad, "gru", 100, hidden=4, batch=2)),
    "kind": (NONSENSE["word"], lambda bad: cost.bill(EASY, bad, 100, hidden=4, batch=2)),
    "letters": (
        [*NONSENSE["whole"], *HUGE[1:]],
        lambda bad: cost.bill(EASY, "gru", bad, hidden=4, batch=2),
    ),
    "hidden": (
        [*NONSENSE["whole"], *HUGE],
        lambda bad: cost.bill(EASY, "gru", 9, hidden=bad, batch=2),
    ),
    "batch": (
        [*NONSENSE["whole"], *HUGE],
        lambda bad: cost.bill(EASY, "gru", 9, hidden=4, batch=bad),
    ),
    "machines": (
        [*NONSENSE["whole"], *HUGE, 0, -1],
        lambda bad: cost.bill(EASY, "gru", 9, hidden=4, batch=2, machines=bad),
    ),
    "price": (
        [*NONSENSE["real"], *HUGE, -1],
        lambda bad: cost.bill(EASY, "gru", 9, hidden=4, batch=2, price=bad),
    ),
    "count": ([*NONSENSE["whole"], *HUGE[1:], -1], lambda bad: cost.exchange_seconds(bad, 2)),
    "measured": (
        [None, [], {}, {(1, 1): 1.0}, {n: 1.0 for n in range(4)}, {(n, 0): 1.0 for n in range(4)},
         *({(n + 1, 1): bad for n in range(4)} for bad in [0.0, -1.0, 1e-320, *HUGE]),
         *({(bad, n + 1): 1.0 for n in range(4)} for bad in HUGE),
         *({(n + 1, bad): 1.0 for n in range(4)} for bad in HUGE)],
        scaling.fit,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_nonsense_is_refused_by_name(name):
    values, call = CALLS[name]
    for bad in values:
        refused(name, call, bad)
