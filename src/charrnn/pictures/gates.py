"""Drawings of one step of the two gated cells, in one manner."""

from matplotlib.axes import Axes

from charrnn.pictures.diagrams import arrow, box, canvas, formula, label
from charrnn.pictures.picture import GATE, INK, LETTER, STATE, Picture
from charrnn.pictures.style import styled
from charrnn.translations import choose

ROAD, GATES, FEED = (
    7.3,
    3.3,
    0.95,
)  # heights: of what is carried on, of the gates, of what feeds them
WIDE, HIGH = 1.72, 1.75  # a gate


def _gate_row(axes: Axes, gates: dict[float, tuple[str, str, str]]) -> None:
    """Letter and old state at the left, and from them each gate (lit) or candidate.

    ``gates`` holds symbol, name and colour by the place along the row; below each stands the
    function that makes it.
    """
    for y, symbol, colour in ((1.45, "$x_t$", LETTER), (0.45, "$h_{t-1}$", STATE)):
        box(axes, 0.7, y, "", 1.3, 0.85, colour)
        formula(axes, 0.7, y, symbol)
        axes.plot([1.35, 1.5], [y, FEED], color=colour, lw=1.4)
    axes.plot([1.5, max(gates)], [FEED, FEED], color=INK, lw=1.4)
    for x, (symbol, name, colour) in gates.items():
        lit = colour == GATE
        box(axes, x, GATES, "", WIDE, HIGH, colour, lit)
        label(axes, x, GATES + 0.3, name)
        formula(axes, x, GATES - 0.52, symbol)
        label(axes, x + 0.14, 1.7, "σ" if lit else "tanh", 13, ha="left")
        arrow(axes, (x, FEED), (x, GATES - HIGH / 2))


def _signs(axes: Axes, *places: tuple[float, float, str]) -> None:
    """Where two numbers meet, and what is done with them."""
    for x, y, does in places:
        box(axes, x, y, does, 0.6, 0.6, size=13)


@styled
def lstm_diagram() -> Picture:
    """One step of an LSTM: the cell state above, the gates that touch it below."""
    picture, axes = canvas(10, 7.8)
    top = GATES + HIGH / 2
    _gate_row(axes, {
        2.55: ("$f_t$", choose("망각\n게이트", "forget\ngate"), GATE),
        4.4: ("$i_t$", choose("입력\n게이트", "input\ngate"), GATE),
        6.25: ("$g_t$", choose("후보", "candidate"), INK),
        8.15: ("$o_t$", choose("출력\n게이트", "output\ngate"), GATE),
    })  # fmt: skip
    formula(axes, 0.65, ROAD, "$c_{t-1}$")
    formula(axes, 9.65, ROAD, "$c_t$")
    formula(axes, 9.65, 5.3, "$h_t$")
    _signs(axes, (2.55, ROAD, "×"), (5.3, ROAD, "+"), (5.3, 5.6, "×"), (8.15, 5.3, "×"))
    box(axes, 8.75, 6.3, "tanh", 1.2, 0.62)
    for start, end in ((1.2, 2.25), (2.85, 5.0), (5.6, 9.3)):
        arrow(axes, (start, ROAD), (end, ROAD), width=2.6)
    arrow(axes, (2.55, top), (2.55, ROAD - 0.3), GATE)
    arrow(axes, (4.4, top), (5.1, 5.3), GATE)
    arrow(axes, (6.25, top), (5.5, 5.3))
    arrow(axes, (5.3, 5.9), (5.3, ROAD - 0.3))
    arrow(axes, (8.15, top), (8.15, 5.0), GATE)
    arrow(axes, (8.75, ROAD), (8.75, 6.61))
    arrow(axes, (8.6, 5.99), (8.3, 5.6))
    arrow(axes, (8.45, 5.3), (9.3, 5.3), STATE)
    alt = choose(
        "LSTM의 한 단계. 셀 상태가 위쪽 길을 곧게 지나면서 망각 게이트와 곱해지고, 입력 게이트와 "
        "후보를 곱한 것이 더해집니다. 은닉 상태는 셀 상태의 tanh를 출력 게이트와 곱한 것입니다. "
        "게이트 셋과 후보는 모두 글자와 이전 은닉 상태에서 나옵니다.",
        "One step of an LSTM. The cell state goes straight along the top, is multiplied by the "
        "forget gate, and the product of input gate and candidate is added. The hidden state is "
        "the tanh of the cell state times the output gate. All three gates and the candidate come "
        "from the letter and the old hidden state.",
    )
    return Picture(picture.figure, alt)


@styled
def gru_diagram() -> Picture:
    """One step of a GRU: the hidden state above, the gates that touch it below."""
    picture, axes = canvas(10, 7.8)
    top = GATES + HIGH / 2
    _gate_row(axes, {
        2.55: ("$z_t$", choose("갱신\n게이트", "update\ngate"), GATE),
        5.1: ("$r_t$", choose("재설정\n게이트", "reset\ngate"), GATE),
        7.7: ("$n_t$", choose("후보", "candidate"), INK),
    })  # fmt: skip
    formula(axes, 0.65, ROAD, "$h_{t-1}$")
    formula(axes, 9.65, ROAD, "$h_t$")
    _signs(axes, (2.55, ROAD, "×"), (7.7, ROAD, "+"), (7.7, 5.6, "×"))
    box(axes, 5.1, 5.6, "", 1.7, 0.8, GATE)
    formula(axes, 5.1, 5.6, "$1 - z_t$")
    for start, end in ((1.2, 2.25), (2.85, 7.4), (8.0, 9.3)):
        arrow(axes, (start, ROAD), (end, ROAD), STATE, width=2.6)
    arrow(axes, (2.55, top), (2.55, ROAD - 0.3), GATE)
    arrow(axes, (3.1, top), (4.25, 5.4), GATE)
    arrow(axes, (5.95, 5.6), (7.4, 5.6), GATE)
    arrow(axes, (5.1 + WIDE / 2, GATES), (7.7 - WIDE / 2, GATES), GATE)
    arrow(axes, (7.7, top), (7.7, 5.3))
    arrow(axes, (7.7, 5.9), (7.7, ROAD - 0.3))
    alt = choose(
        "GRU의 한 단계. 은닉 상태가 위쪽 길을 곧게 지나면서 갱신 게이트와 곱해지고, 1에서 갱신 "
        "게이트를 뺀 수와 후보를 곱한 것이 더해집니다. 재설정 게이트는 후보를 만드는 데 쓰입니다. "
        "두 게이트와 후보는 모두 글자와 이전 은닉 상태에서 나옵니다.",
        "One step of a GRU. The hidden state goes straight along the top, is multiplied by the "
        "update gate, and the product of 1 minus the update gate and the candidate is added. The "
        "reset gate helps to make the candidate. Both gates and the candidate come from the letter "
        "and the old hidden state.",
    )
    return Picture(picture.figure, alt)
