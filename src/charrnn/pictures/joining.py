"""The picture of jamo that become syllables: what each is, and which are left alone."""

from collections.abc import Sequence

from charrnn.arguments import quoted
from charrnn.pictures.checks import letters_of
from charrnn.pictures.diagrams import box, canvas
from charrnn.pictures.picture import BLUE, SMALL, Picture
from charrnn.pictures.style import styled
from charrnn.text.hangul import from_jamo, is_jamo, is_syllable, parts
from charrnn.translations import choose, word

MOST_JAMO, MOST_TEXTS = 7, 4


def _groups(jamo: str) -> list[tuple[str, str]]:
    """What is written, letter by letter, each with the jamo that it is made of."""
    groups, at = [], 0
    for letter in from_jamo(jamo):
        count = len("".join(parts(letter))) if is_syllable(letter) else 1
        groups.append((letter, jamo[at : at + count]))
        at += count
    return groups


@styled
def joined_jamo(texts: Sequence[str]) -> Picture:
    """Jamo in a row, each by its place in the syllable above it; those that fit nowhere alone.

    Args:
        texts: up to 4 rows of 1 to 7 jamo, written apart.

    Raises:
        TypeError: what is no string.
        ValueError: no row, too many, or one with anything else than jamo.
    """
    rows = letters_of("texts", [texts] if isinstance(texts, str) else texts, most=MOST_TEXTS)
    if not rows or not all(1 <= len(row) <= MOST_JAMO and all(map(is_jamo, row)) for row in rows):
        raise ValueError(
            f"texts must be 1 to {MOST_TEXTS} rows of 1 to {MOST_JAMO} jamo each, written apart, "
            f"got {quoted(rows)}."
        )
    names = (word("lead"), word("vowel"), word("tail"))
    picture, axes = canvas(12, 3.9 * len(rows) - 0.3)
    told = []
    for k, row in enumerate(rows):
        y = 3.9 * (len(rows) - k) - 1.2
        at = 6 - 0.8 * len(row) + 0.8
        notes = []
        for letter, jamo in _groups(row):
            lone = not is_syllable(letter)
            xs = [at + 1.6 * i for i in range(len(jamo))]
            middle = (xs[0] + xs[-1]) / 2
            if lone:
                box(axes, middle, y, letter, 1.2, 1.2, size=20)
                notes.append(f"{jamo} {choose('홀로', 'alone')}")
            else:
                box(axes, middle, y, letter, 1.2, 1.2, BLUE, True, 20)
                axes.plot(
                    [xs[0] - 0.6, xs[0] - 0.6, xs[-1] + 0.6, xs[-1] + 0.6],
                    [y - 1.05, y - 0.85, y - 0.85, y - 1.05],
                    color=BLUE,
                    lw=1.6,
                )
                notes.append(f"{' + '.join(jamo)} = {letter}")
            for x, one, name in zip(xs, jamo, names, strict=False):
                axes.text(x, y - 1.5, one, ha="center", va="center", fontsize=18)
                axes.text(x, y - 2.15, choose("홀로", "alone") if lone else name, ha="center",
                          va="center", fontsize=SMALL)  # fmt: skip
            at = xs[-1] + 1.6
        told.append(f"{row} → {from_jamo(row)} ({', '.join(notes)})")
    alt = choose(
        "자모를 음절로 모으는 방법. 음절 아래에 그 자모와 자리가 있습니다: ",
        "Jamo put together: below each syllable its jamo and their places. ",
    )
    return Picture(picture.figure, f"{alt}{'; '.join(told)}.")
