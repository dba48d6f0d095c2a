"""The picture of truncated backpropagation through time: the state goes on, the gradient ends."""

from charrnn.arguments import quoted, string, whole
from charrnn.pictures.checks import sign
from charrnn.pictures.diagrams import arrow, box, canvas, formula
from charrnn.pictures.picture import BLUE, VERMILION, Picture
from charrnn.pictures.style import styled
from charrnn.translations import choose

MOST_LETTERS = 12  # in a box


@styled
def truncated_bptt(text: str, batch: int, steps: int) -> Picture:
    """A text in ``batch`` rows side by side, cut into segments of ``steps`` letters.

    Drawn are the letters that are read, the state that is carried on and the gradients that end.

    Args:
        text: what is read; what does not fill the rows is left out.
        batch: B, rows, at most 3.
        steps: T, letters in a segment, at most 12; the last segment may be shorter.

    Raises:
        TypeError: no text, or numbers that are no whole ones.
        ValueError: numbers out of range, or a text that does not give 2 to 4 segments.
    """
    string("text", text)
    batch, steps = whole("batch", batch, least=1, most=3), whole("steps", steps, least=1)
    length = len(text) // batch
    rows = [text[at : at + length] for at in range(0, length * batch, max(length, 1))]
    # The last letter of a row is an answer only.
    cuts = [[row[at : min(at + steps, length - 1)] for at in range(0, length - 1, steps)]
            for row in rows]  # fmt: skip
    if steps > MOST_LETTERS or not cuts or not 2 <= len(cuts[0]) <= 4:
        raise ValueError(
            f"text, batch and steps must give 2 to 4 segments of at most {MOST_LETTERS} letters, "
            f"got {len(text)} letters, batch={batch} and steps={quoted(steps)}."
        )
    picture, axes = canvas(11, 1.9 + 2.0 * batch)
    width, gap = (9.6 - 0.6 * len(cuts[0])) / len(cuts[0]), 0.6
    xs = [1.3 + gap + width / 2 + (width + gap) * k for k in range(len(cuts[0]))]
    top = 1.0 + 2.0 * batch
    for k, x in enumerate(xs, start=1):
        name = choose(f"토막 {k}", f"segment {k}")
        axes.text(x, top + 0.45, name, ha="center", va="center", fontsize=11)
    for i, pieces in enumerate(cuts):
        y = top - 0.75 - 2.0 * i
        formula(axes, 0.75, y, "$h_0 = 0$")
        for k, (piece, x) in enumerate(zip(pieces, xs, strict=True)):
            left, right = x - width / 2, x + width / 2
            box(axes, x, y, "", width, 0.8)
            axes.text(x, y, "".join(map(sign, piece)), ha="center", va="center", fontsize=12)
            arrow(axes, (left - gap if k else 1.35, y), (left, y), VERMILION)
            arrow(axes, (right, y - 0.7), (left, y - 0.7), BLUE)
            axes.plot([left, left], [y - 0.95, y - 0.45], color=BLUE, lw=2.4)
    arrow(axes, (1.5, 0.4), (2.3, 0.4), VERMILION)
    arrow(axes, (6.5, 0.4), (5.7, 0.4), BLUE)
    axes.plot([5.7, 5.7], [0.15, 0.65], color=BLUE, lw=2.4)
    axes.text(2.5, 0.4, choose("상태: 이어 줌", "state: carried on"), va="center", fontsize=11)
    axes.text(6.7, 0.4, choose("기울기: 여기서 끝", "gradient: ends here"), va="center",
              fontsize=11)  # fmt: skip
    shown = "; ".join(" | ".join("".join(map(sign, piece)) for piece in row) for row in cuts)
    alt = choose(
        f"나란한 {batch}줄을 토막 {len(xs)}개로 나눈 글: {shown}. 은닉 상태는 다음 토막으로 "
        "이어지고, 기울기는 토막의 첫 글자에서 끝납니다.",
        f"A text in {batch} rows, cut into {len(xs)} segments: {shown}. The hidden state is "
        "carried on into the next segment, the gradient ends at the first letter of each.",
    )
    return Picture(picture.figure, alt)
