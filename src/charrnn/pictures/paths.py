"""The picture of a state's paths through a plane, a drawing for each."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from charrnn.arguments import array
from charrnn.pictures.checks import series, sign
from charrnn.pictures.picture import INK, SMALL, STATE, Picture, figure
from charrnn.pictures.style import styled
from charrnn.translations import choose, translated

MOST_PATHS = 6


@styled
def state_paths(paths: Mapping[str, ArrayLike], ends: ArrayLike) -> Picture:
    """Paths of a state through a plane, each in a drawing of its own, an arrow for each letter.

    Args:
        paths: by the P letters read, up to `MOST_PATHS`; each ``(P + 1, 2)``, from where it starts
            to where the state stands after the last letter.
        ends: ``(N, 2)``, a place for each path, numbered from 1; all stand in every drawing, the
            path's own in a ring.

    Raises:
        TypeError: no dict, names that are no strings, points that are no numbers.
        ValueError: no paths or too many, points that do not fit the letters, another number of
            places, nan or inf.
    """
    drawn = [
        (letters, array("paths", points, (len(letters) + 1, 2)))
        for (_, points), letters in zip(series("paths", paths, MOST_PATHS), paths, strict=True)
    ]
    aims = array("ends", ends, (len(drawn), 2))
    rows = -(-len(drawn) // 2)
    fig = figure(0.5 + 2.1 * rows)
    every = fig.subplots(rows, 2, sharex=True, sharey=True, squeeze=False).ravel()
    arrow = {"arrowstyle": "-|>", "lw": 1.6, "color": STATE, "shrinkA": 0, "shrinkB": 0}
    spread = np.concatenate([aims, *(at for _, at in drawn)])
    low, high = spread.min(axis=0), spread.max(axis=0)
    margin = 0.14 * (high - low) + 1e-9
    every[0].set(xlim=(low[0] - margin[0], high[0] + margin[0]),
                 ylim=(low[1] - margin[1], high[1] + margin[1]))  # fmt: skip
    for number, (axes, (letters, at)) in enumerate(zip(every, drawn, strict=False), 1):
        for other, aim in enumerate(aims, 1):
            own = other == number
            ring = {"boxstyle": "circle", "fc": "none", "ec": INK} if own else None
            axes.text(
                *aim, str(other), ha="center", va="center", bbox=ring,
                fontsize=13 if own else SMALL, alpha=1 if own else 0.62,
            )  # fmt: skip
        axes.plot(*at[0], "o", color=STATE, ms=5)
        for k in range(len(letters)):
            axes.annotate("", at[k + 1], at[k], arrowprops=arrow)
        axes.set_title("".join(map(sign, letters)), fontsize=13)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set(visible=True, alpha=0.3)
    for axes in every[len(drawn) :]:
        axes.set_visible(False)
    fig.supxlabel(translated("first component"), fontsize=12)
    fig.supylabel(translated("second component"), fontsize=12)
    told = "; ".join(
        f"{number} '{''.join(map(sign, letters))}' ({at[-1, 0]:.1f}, {at[-1, 1]:.1f}) → "
        f"({aim[0]:.1f}, {aim[1]:.1f})"
        for number, ((letters, at), aim) in enumerate(zip(drawn, aims, strict=True), 1)
    )
    alt = choose(
        f"상태가 지나간 길 {len(drawn)}개, 길마다 그림 하나, 글자마다 화살표 하나. 길마다 읽은 "
        f"글자, 길이 끝난 자리, 번호가 놓인 자리: {told}.",
        f"{len(drawn)} paths of the state, a drawing for each, an arrow for each letter read. For "
        f"each: the letters, where the path ends, and where its number stands: {told}.",
    )
    return Picture(fig, alt)
