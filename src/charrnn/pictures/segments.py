"""The picture of truncated backpropagation through time: the state goes on, the gradient ends."""

from charrnn.arguments import quoted, string, whole
from charrnn.pictures.checks import sign
from charrnn.pictures.diagrams import arrow, box, canvas, formula, label
from charrnn.pictures.picture import BLUE, STATE, Picture
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
    gap, count = 0.55, len(cuts[0])
    width = (8.4 - gap * (count - 1)) / count
    most = max(1, int((34.5 * width - 8) / 12))  # letters beside one another in a box
    lines = -(-steps // most)
    high = 0.35 + 0.45 * lines
    each = high + 1.15  # a row with its gradients
    picture, axes = canvas(10, 1.9 + each * batch)
    xs = [1.5 + width / 2 + (width + gap) * k for k in range(count)]
    top = 1.3 + each * batch
    for k, x in enumerate(xs, start=1):
        label(axes, x, top + 0.3, choose(f"토막 {k}", f"segment {k}"))
    for i, pieces in enumerate(cuts):
        y = top - 0.05 - high / 2 - each * i
        formula(axes, 0.4, y, "$h_0$")
        below = y - high / 2 - 0.35
        for k, (piece, x) in enumerate(zip(pieces, xs, strict=True)):
            left, right = x - width / 2, x + width / 2
            box(axes, x, y, "", width, high)
            lined = [piece[at : at + most] for at in range(0, len(piece), most)]
            label(axes, x, y, "\n".join("".join(map(sign, line)) for line in lined), 12)
            arrow(axes, (left - gap if k else 0.75, y), (left, y), STATE, width=1.8)
            arrow(axes, (right, below), (left, below), BLUE)
            axes.plot([left, left], [below - 0.25, below + 0.25], color=BLUE, lw=2.4)
    arrow(axes, (0.2, 0.75), (1.0, 0.75), STATE, width=1.8)
    arrow(axes, (6.0, 0.75), (5.2, 0.75), BLUE)
    axes.plot([5.2, 5.2], [0.5, 1.0], color=BLUE, lw=2.4)
    label(axes, 1.2, 0.75, choose("상태: 이어 줌", "state: carried on"), ha="left")
    label(axes, 6.2, 0.75, choose("기울기: 여기서 끝", "gradient: ends here"), ha="left")
    formula(axes, 1.2, 0.2, "$h_0 = 0$", ha="left")
    shown = "; ".join(" | ".join("".join(map(sign, piece)) for piece in row) for row in cuts)
    alt = choose(
        f"나란한 {batch}줄을 토막 {len(xs)}개로 나눈 글: {shown}. 은닉 상태는 다음 토막으로 "
        "이어지고, 기울기는 토막의 첫 글자에서 끝납니다.",
        f"A text in {batch} rows, cut into {len(xs)} segments: {shown}. The hidden state is "
        "carried on into the next segment, the gradient ends at the first letter of each.",
    )
    return Picture(picture.figure, alt)
