"""The map of the book: its chapters as boxes, the reader's own lit."""

from charrnn.arguments import whole
from charrnn.pictures.diagrams import arrow, box, canvas, label
from charrnn.pictures.picture import BLUE, INK, Picture
from charrnn.pictures.style import styled
from charrnn.translations import choose, word


@styled
def book_map(chapter: int) -> Picture:
    """The way through the book, the part that ``chapter`` (1 to 14) teaches lit.

    Chapters 1 to 4 see the way of a sentence through the network, the later ones what follows.

    Raises:
        TypeError, ValueError: another chapter.
    """
    chapter = whole("chapter", chapter, least=1, most=14)
    return _first_map(chapter) if chapter <= 4 else _second_map(chapter)


def _first_map(chapter: int) -> Picture:
    picture, axes = canvas(10, 4.1)
    parts = ["one-hot", "cell", "training", "generation"]
    places = [(2.3, 2.4), (4.75, 2.4), (6.1, 0.8), (7.65, 2.4)]
    label(axes, 0.55, 2.4, word("text"))
    label(axes, 9.75, 2.4, "…", 13)
    for number, (name, (x, y)) in enumerate(zip(parts, places, strict=True), start=1):
        lit = number == chapter
        box(axes, x, y, word(name), 1.9, 0.95, BLUE if lit else INK, lit)
        label(axes, x, y - 0.72, str(number))
    for start, end in ((0.95, 1.35), (3.25, 3.8), (5.7, 6.7), (8.6, 9.4)):
        arrow(axes, (start, 2.4), (end, 2.4))
    memory, fed, learning = (BLUE if chapter == n else INK for n in (2, 4, 3))
    arrow(axes, (5.05, 2.88), (4.45, 2.88), memory, "arc3,rad=1.1")
    arrow(axes, (7.65, 2.88), (5.4, 2.88), fed, "arc3,rad=0.32")
    arrow(axes, (5.3, 1.92), (5.65, 1.28), learning)
    arrow(axes, (5.15, 0.8), (4.1, 1.92), learning, "arc3,rad=-0.35")
    label(axes, 4.0, 3.45, choose("기억", "memory"))
    label(axes, 6.75, 3.62, choose("쓴 글자", "letter written"))
    alt = choose(
        "책의 지도: 문장이 원-핫을 지나 셀로 들어가고, 셀은 기억을 자기에게 넘깁니다. 학습이 셀을 "
        "고치고, 생성이 쓴 글자는 셀로 되돌아갑니다. "
        f"지금은 {chapter}장, {word(parts[chapter - 1])}입니다.",
        "Map of the book: a sentence passes through one-hot into the cell, which hands its memory "
        "to itself. Training corrects the cell, and each letter that generation writes goes back "
        f"into it. Lit now: chapter {chapter}, {word(parts[chapter - 1])}.",
    )
    return Picture(picture.figure, alt)


def _second_map(chapter: int) -> Picture:
    picture, axes = canvas(10, 5.8)
    parts = [
        choose("시간을\n거슬러", "through\ntime"), choose("왜 튀어\n오르는가", "why it\nspikes"),
        choose("확률과\n놀라움", "surprise"), "nn.RNN", "LSTM\nGRU",
        choose("더 긴 글", "longer\ntext"), choose("글쓰기", "writing"), choose("한글", "Hangul"),
        choose("속\n들여다보기", "looking\ninside"), choose("더 크게", "bigger"),
    ]  # fmt: skip
    before = choose("글자\n하나씩", "letter\nby letter")
    places = [
        (1.5 + 2.45 * column, y)
        for y, columns in ((5.1, 4), (3.1, 4), (1.1, 3))
        for column in range(columns)
    ]
    for number, (name, (x, y)) in enumerate(zip([before, *parts], places, strict=True), start=4):
        lit = number == chapter
        box(axes, x, y, name, 1.95, 1.2, BLUE if lit else INK, lit)
        label(axes, x, y - 0.85, str(number) if number > 4 else "1–4")
        if number > 4:
            arrow(axes, (x - 1.475, y), (x - 0.975, y))
    names = [name.replace("\n", " ") for name in parts]
    alt = choose(
        f"책의 지도: 글자를 하나씩 읽고 쓴 네 장 다음에 {', '.join(names)} 차례로 이어집니다. "
        f"지금은 {chapter}장, {names[chapter - 5]}입니다.",
        f"Map of the book: after four chapters, letter by letter, come {', '.join(names)}. "
        f"Lit now: chapter {chapter}, {names[chapter - 5]}.",
    )
    return Picture(picture.figure, alt)
