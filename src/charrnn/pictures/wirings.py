"""Pictures of how a cell is wired: three of them, and the weight matrix cut in two."""

from matplotlib.axes import Axes

from charrnn.arguments import instance
from charrnn.pictures.diagrams import arrow, box, canvas, formula, label
from charrnn.pictures.picture import (
    FORMULA,
    LETTER,
    OUTPUT,
    SMALL,
    STATE,
    Picture,
    figure,
)  # fmt: skip
from charrnn.pictures.style import draw_heat, styled
from charrnn.scratch.cell import PostCell
from charrnn.translations import choose, word

MOST_SQUARES = 300  # a side


@styled
def three_wirings() -> Picture:
    """One step of `LinearCell`, `PostCell` and `NewStateCell`, one above the other."""
    picture, axes = canvas(12, 14.0)
    wirings = {
        "LinearCell": choose("tanh 없음", "no tanh"),
        "PostCell": choose("출력은 글자와 이전 상태에서", "output from letter and old state"),
        "NewStateCell": choose("출력은 새 상태에서", "output from the new state"),
    }
    for k, (name, differs) in enumerate(wirings.items()):
        y = 12.0 - 4.7 * k
        label(axes, 0.2, y + 1.35, f"{name}: {differs}", 12, ha="left")
        _wiring(axes, name, y)
    alt = choose(
        "셀 셋의 한 단계. LinearCell: 글자와 이전 상태를 이은 것에서 tanh 없이 새 상태가 나오고, "
        "출력도 같은 것에서 나옵니다. PostCell: 새 상태는 tanh를 지나고, 출력은 글자와 이전 "
        "상태를 이은 것에서 나옵니다. NewStateCell: 새 상태는 tanh를 지나고, 출력은 그 새 "
        "상태에서 나옵니다.",
        "One step of three cells. LinearCell: letter and old state, joined, give the new state "
        "without a tanh, and the output comes from the same. PostCell: the new state passes a "
        "tanh, the output comes from letter and old state, joined. NewStateCell: the new state "
        "passes a tanh, and the output comes from that new state.",
    )
    return Picture(picture.figure, alt)


def _wiring(axes: Axes, name: str, y: float) -> None:
    """One cell, its new state at the height ``y`` and its output below."""
    low = y - 1.9
    box(axes, 1.1, y + 0.0, "$x_t$", 1.5, 0.95, LETTER, lit=True, size=FORMULA)
    box(axes, 1.1, low, "$h_{t-1}$", 1.5, 0.95, STATE, lit=True, size=FORMULA)
    box(axes, 3.8, (y + low) / 2, "$[x_t, h_{t-1}]$", 2.6, 1.1, size=FORMULA)
    middle = (y + low) / 2
    arrow(axes, (1.85, y), (2.5, middle + 0.3))
    arrow(axes, (1.85, low), (2.5, middle - 0.3))
    box(axes, 11.0, y, "$h_t$", 1.5, 0.95, STATE, lit=True, size=FORMULA)
    box(axes, 11.0, low, "$y_t$", 1.5, 0.95, OUTPUT, lit=True, size=FORMULA)
    if name == "LinearCell":
        arrow(axes, (5.1, middle + 0.3), (10.25, y), STATE)
    else:
        box(axes, 7.9, y, "tanh", 1.7, 0.9, STATE)
        arrow(axes, (5.1, middle + 0.3), (7.05, y), STATE)
        arrow(axes, (8.75, y), (10.25, y), STATE)
    if name == "NewStateCell":
        arrow(axes, (11.0, y - 0.48), (11.0, low + 0.48), OUTPUT)
    else:
        arrow(axes, (5.1, middle - 0.3), (10.25, low), OUTPUT)


@styled
def cut_weights(cell: PostCell) -> Picture:
    """The weights of the state, cut where the letter ends and the old state begins.

    Drawn are the real weights of ``cell``, ``(H, V + H)``, a row for each unit, with what each half
    multiplies above it.

    Raises:
        TypeError: no cell of the post's kinds.
        ValueError: more than 300 letters or hidden units.
    """
    size, hidden = instance("cell", cell, PostCell).vocab_size, cell.hidden_size
    weights = cell.input_to_hidden.weight.detach().numpy()  # (H, V + H)
    if max(size, hidden) > MOST_SQUARES:
        raise ValueError(
            f"cell must have at most {MOST_SQUARES} letters and hidden units to be drawn, "
            f"got {size} and {hidden}."
        )
    limit = float(abs(weights).max()) or 1.0
    fig = figure(3.2)
    left, right = fig.subplots(1, 2, width_ratios=[size, hidden], gridspec_kw={"wspace": 0.12})
    halves = (
        (left, weights[:, :size], LETTER, "$x_t$", f"W[:, :{size}]"),
        (right, weights[:, size:], STATE, "$h_{t-1}$", f"W[:, {size}:]"),
    )
    for axes, half, colour, name, code in halves:
        draw_heat(axes, half, limit)
        axes.spines[:].set(edgecolor=colour, linewidth=2.4)
        formula(axes, (half.shape[1] - 1) / 2, -0.06 * hidden - 0.5, name, va="bottom",
                fontsize=FORMULA)  # fmt: skip
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_xlabel(code, fontsize=12)
    left.set_yticks([0, hidden - 1], ["1", str(hidden)], fontsize=SMALL)
    left.set_ylabel(word("hidden unit"), fontsize=12)
    alt = choose(
        f"셀의 가중치 ({hidden}, {size + hidden})을 세로로 둘로 자른 그림. 왼쪽 ({hidden}, "
        f"{size})은 글자에, 오른쪽 ({hidden}, {hidden})은 이전 상태에 곱합니다. 유닛마다 행 "
        "하나입니다.",
        f"The weights of the cell ({hidden}, {size + hidden}), cut in two from top to bottom: the "
        f"left half ({hidden}, {size}) multiplies the letter, the right half ({hidden}, {hidden}) "
        "the old state. Each unit has a row.",
    )
    return Picture(fig, alt)
