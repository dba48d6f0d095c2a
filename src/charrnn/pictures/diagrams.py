"""The pictures of the thing itself: the cell, the cell unrolled, and the map of the book."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from charrnn.arguments import flag, quoted, string, whole
from charrnn.pictures.checks import code_point, legible, sign
from charrnn.pictures.picture import BLUE, INK, VERMILION, Picture, figure
from charrnn.pictures.style import styled
from charrnn.scratch.cell import LinearCell, NewStateCell, PostCell
from charrnn.text.hangul import LEADS, TAILS, VOWELS, is_syllable, parts
from charrnn.translations import choose, word


def canvas(width: float, height: float) -> tuple[Picture, Axes]:
    """An empty picture of so many units, with equal axes that are not drawn."""
    fig = figure(0.64 * width, 0.64 * height)
    axes = fig.add_subplot()
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.axis("off")
    return Picture(fig, ""), axes


def box(
    axes: Axes, x: float, y: float, text: str, width: float = 1.8, height: float = 0.9,
    colour: str = INK, lit: bool = False, size: int = 12,
) -> None:  # fmt: skip
    """A box with a text of ours in its middle, formulas between dollars; lit or not."""
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2), width, height,
            boxstyle="round,pad=0,rounding_size=0.14", lw=2.4 if lit else 1.2,
            ec=colour, fc=(*_rgb(colour), 0.22) if lit else "none",
        )
    )  # fmt: skip
    axes.text(x, y, text, ha="center", va="center", fontsize=size, linespacing=1.5,
              parse_math=True)  # fmt: skip


def formula(axes: Axes, x: float, y: float, text: str, **settings: Any) -> None:
    """A formula around a point."""
    axes.text(x, y, text, parse_math=True, **{"ha": "center", "va": "center", **settings})


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float],
    colour: str = INK, bend: str = "arc3",
) -> None:  # fmt: skip
    """An arrow from one point to another."""
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=12, lw=1.4, color=colour,
            connectionstyle=bend, shrinkA=0, shrinkB=0,
        )
    )  # fmt: skip


@styled
def book_map(chapter: int) -> Picture:
    """The way through the book, the part that ``chapter`` (1 to 13) teaches lit.

    Chapters 1 to 4 see the way of a sentence through the network, the later ones what follows.

    Raises:
        TypeError, ValueError: another chapter.
    """
    chapter = whole("chapter", chapter, least=1, most=13)
    return _first_map(chapter) if chapter <= 4 else _second_map(chapter)


def _first_map(chapter: int) -> Picture:
    picture, axes = canvas(11, 4.3)
    parts = ["one-hot", "cell", "training", "generation"]
    places = [(2.75, 2.5), (5.45, 2.5), (7.0, 0.85), (8.6, 2.5)]
    axes.text(0.75, 2.5, word("text"), ha="center", va="center", fontsize=11)
    axes.text(10.7, 2.5, "…", ha="center", va="center", fontsize=13)
    for number, (name, (x, y)) in enumerate(zip(parts, places, strict=True), start=1):
        lit = number == chapter
        box(axes, x, y, word(name), 1.9, 1.0, BLUE if lit else INK, lit, 13 if lit else 12)
        axes.text(x, y - 0.73, str(number), ha="center", va="center", fontsize=11)
    for start, end in (((1.35, 2.5), (1.8, 2.5)), ((3.7, 2.5), (4.5, 2.5)),
                       ((6.4, 2.5), (7.65, 2.5)), ((9.55, 2.5), (10.4, 2.5))):  # fmt: skip
        arrow(axes, start, end)
    memory, fed, learning = (BLUE if chapter == n else INK for n in (2, 4, 3))
    arrow(axes, (5.75, 3.0), (5.15, 3.0), memory, "arc3,rad=1.1")
    arrow(axes, (8.6, 3.0), (6.2, 3.0), fed, "arc3,rad=0.32")
    arrow(axes, (6.1, 2.0), (6.5, 1.35), learning)
    arrow(axes, (6.05, 0.85), (4.8, 2.0), learning, "arc3,rad=-0.35")
    axes.text(4.75, 3.6, choose("기억", "memory"), ha="center", va="center", fontsize=11)
    axes.text(7.5, 3.75, choose("쓴 글자", "letter written"), ha="center", va="center", fontsize=11)
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
    picture, axes = canvas(11.3, 4.5)
    parts = [
        choose("시간을\n거슬러", "through\ntime"), choose("왜 튀어\n오르는가", "why it\nspikes"),
        choose("확률과\n놀라움", "surprise"), "nn.RNN", "LSTM\nGRU",
        choose("더 긴 글", "longer\ntext"), choose("글쓰기", "writing"), choose("한글", "Hangul"),
        choose("속\n들여다보기", "looking\ninside"),
    ]  # fmt: skip
    box(axes, 0.85, 3.5, choose("글자\n하나씩", "letter\nby letter"), 1.5, 1.2, size=11)
    axes.text(0.85, 2.5, "1–4", ha="center", va="center", fontsize=11)
    for number, name in enumerate(parts, start=5):
        # five in the upper row, four below
        x, y = (2.85 + 1.9 * (number - 5), 3.5) if number < 10 else (3.8 + 1.9 * (number - 10), 1.3)
        lit = number == chapter
        box(axes, x, y, name, 1.5, 1.2, BLUE if lit else INK, lit, 11)
        axes.text(x, y - 1.0, str(number), ha="center", va="center", fontsize=11)
        arrow(axes, (x - 1.15 if number > 5 else 1.6, y), (x - 0.75, y))
    names = [name.replace("\n", " ") for name in parts]
    alt = choose(
        f"책의 지도: 글자를 하나씩 읽고 쓴 네 장 다음에 {', '.join(names)} 차례로 이어집니다. "
        f"지금은 {chapter}장, {names[chapter - 5]}입니다.",
        f"Map of the book: after four chapters, letter by letter, come {', '.join(names)}. "
        f"Lit now: chapter {chapter}, {names[chapter - 5]}.",
    )
    return Picture(picture.figure, alt)


@styled
def cell_diagram(cell: PostCell) -> Picture:
    """What one step of ``cell`` computes, with the shapes of this very cell.

    Raises:
        TypeError: no cell of the post's kinds.
    """
    if not isinstance(cell, PostCell):
        raise TypeError(f"cell must be a PostCell or one of its kinds, got {quoted(cell)}.")
    size, hidden = cell.vocab_size, cell.hidden_size
    tanh = "" if isinstance(cell, LinearCell) else " → tanh"
    picture, axes = canvas(11, 5.4)
    box(axes, 1.4, 1.2, f"$x_t$\n(1, {size})", 2.0, 1.3)
    box(axes, 1.4, 4.2, f"$h_{{t-1}}$\n(1, {hidden})", 2.0, 1.3, VERMILION)
    box(axes, 4.3, 2.7, f"$[x_t, h_{{t-1}}]$\n(1, {size + hidden})", 2.2, 1.3)
    box(axes, 7.1, 4.2, f"{word('linear')}{tanh}", 2.4, 1.0, VERMILION)
    box(axes, 9.9, 4.2, f"$h_t$\n(1, {hidden})", 1.8, 1.3, VERMILION)
    box(axes, 7.1, 1.2, word("linear"), 2.4, 1.0, BLUE)
    box(axes, 9.9, 1.2, f"$y_t$\n(1, {size})", 1.8, 1.3, BLUE)
    arrow(axes, (2.4, 1.2), (3.5, 2.05))
    arrow(axes, (2.4, 4.2), (3.5, 3.35), VERMILION)
    arrow(axes, (5.4, 3.1), (6.2, 3.7), VERMILION)
    arrow(axes, (8.3, 4.2), (9.0, 4.2), VERMILION)
    arrow(axes, (8.3, 1.2), (9.0, 1.2), BLUE)
    if isinstance(cell, NewStateCell):
        arrow(axes, (9.6, 3.55), (7.6, 1.7), BLUE)
        reads = choose("새 상태", "the new state")
    else:
        arrow(axes, (5.4, 2.3), (6.2, 1.7), BLUE)
        reads = choose("글자와 이전 상태", "the letter and the old state")
    alt = choose(
        f"셀의 한 단계. 글자 (1, {size})와 이전 상태 (1, {hidden})를 이어 (1, {size + hidden})을 "
        f"만들고, 여기서 새 상태 (1, {hidden})가 나옵니다. 출력 (1, {size})은 "
        f"{reads}에서 나옵니다.",
        f"One step of the cell: letter (1, {size}) and old state (1, {hidden}) are joined to "
        f"(1, {size + hidden}), which gives the new state (1, {hidden}); the output (1, {size}) "
        f"is computed from {reads}.",
    )
    return Picture(picture.figure, alt)


@styled
def unrolled(text: str, fed_back: bool = False) -> Picture:
    """The same cell drawn once per letter of ``text`` (2 to 6 letters), the state passed on.

    Args:
        text: what is read.
        fed_back: draw generation, where each output comes back as the next input.

    Raises:
        TypeError: no text, or a flag that is neither True nor False.
        ValueError: fewer or more letters.
    """
    fed_back = flag("fed_back", fed_back)
    picture, axes, xs = _chain(text)
    formula(axes, 0.75, 2.5, "$h_0 = 0$")
    arrow(axes, (1.35, 2.5), (xs[0] - 0.55, 2.5), VERMILION)
    for i, x in enumerate(xs):
        formula(axes, x + 0.16, 1.35, f"$x_{i + 1}$", ha="left", fontsize=11)
        formula(axes, x, 4.6, f"$y_{i + 1}$", fontsize=13)
        if i:
            between = (xs[i - 1] + x) / 2
            formula(axes, between, 2.85, f"$h_{i}$", va="baseline", fontsize=11)
        if i and fed_back:
            down = x - 0.78  # just before the cell, beside the name of the state
            axes.plot([xs[i - 1] + 0.35, down, down], [4.6, 4.6, 0.45], color=BLUE, lw=1.4, ls="--")
            arrow(axes, (down, 0.45), (x - 0.3, 0.45), BLUE)
    shown = legible(text)
    alt = choose(
        f"'{shown}'의 글자를 따라 펼친 셀. 같은 셀이 {len(text)}번 그려져 있고 은닉 상태가 "
        "왼쪽에서 오른쪽으로 전해집니다.",
        f"The cell unrolled over '{shown}': the same cell {len(text)} times, "
        "the hidden state passed from left to right.",
    )
    if fed_back:
        alt += choose(
            " 출력은 저마다 다음 단계의 입력으로 돌아갑니다.",
            " Each output comes back as the input of the next step.",
        )
    return Picture(picture.figure, alt)


def gate_row(axes: Axes, gates: dict[float, tuple[str, str]], y_gate: float, y_in: float) -> None:
    """Letter and old state at the left, and from them each gate (blue, lit) or candidate.

    ``gates`` holds name and colour by the place along the row; below each stands the function that
    makes it.
    """
    box(axes, 1.2, y_in, "$x_t,\\ h_{t-1}$", 1.8, 0.8)
    axes.plot([2.1, max(gates)], [y_in, y_in], color=INK, lw=1.4)
    for x, (name, colour) in gates.items():
        lit = colour == BLUE
        box(axes, x, y_gate, name, 1.7, 1.0, colour, lit, 10)
        makes = r"$\sigma$" if lit else r"$\tanh$"
        formula(axes, x + 0.15, y_gate - 0.8, makes, ha="left", fontsize=11)
        arrow(axes, (x, y_in), (x, y_gate - 0.5))


@styled
def letter_by_letter(text: str) -> Picture:
    """The game of the book: each letter of ``text`` is read below, the next one guessed above.

    Raises:
        TypeError: no text.
        ValueError: fewer than 2 or more than 6 letters.
    """
    picture, axes, xs = _chain(text)
    rows = (
        (0.45, word("letter read")),
        (2.5, choose("기억", "memory")),
        (4.6, word("next letter")),
    )
    for y, name in rows:
        axes.text(0.8, y, name, ha="center", va="center", fontsize=11)
    following = [*map(sign, text[1:]), "?"]
    for x, letter in zip(xs, following, strict=True):
        axes.text(x, 4.6, letter, ha="center", va="center", fontsize=15)
    told = ", ".join(f"{sign(a)} → {b}" for a, b in zip(text, following, strict=True))
    alt = choose(
        f"글자를 하나 읽고 다음 글자를 맞히는 셀 {len(text)}개. 기억은 왼쪽에서 오른쪽으로 "
        f"전해집니다: {told}.",
        f"{len(text)} cells that read a letter and guess the next one, the memory passed from left "
        f"to right: {told}.",
    )
    return Picture(picture.figure, alt)


def _chain(text: str) -> tuple[Picture, Axes, list[float]]:
    """A cell for each letter, side by side, what goes in and out, and where each cell stands."""
    if not 2 <= len(string("text", text)) <= 6:
        raise ValueError(f"text must have 2 to 6 letters to be unrolled, got {len(text)}.")
    picture, axes = canvas(11, 5.0)
    gap = 9.2 / len(text)
    xs = [1.7 + gap * (i + 0.5) for i in range(len(text))]
    for i, (letter, x) in enumerate(zip(text, xs, strict=True)):
        box(axes, x, 2.5, word("cell"), 1.1, 0.9, VERMILION)
        axes.text(x, 0.45, sign(letter), ha="center", va="center", fontsize=15)
        arrow(axes, (x, 0.85), (x, 2.05))
        arrow(axes, (x, 2.95), (x, 4.2), BLUE)
        if i:
            arrow(axes, (xs[i - 1] + 0.55, 2.5), (x - 0.55, 2.5), VERMILION)
    return picture, axes, xs


@styled
def lstm_diagram() -> Picture:
    """One step of an LSTM: the cell state above, the gates that touch it below."""
    picture, axes = canvas(11.4, 5.6)
    y_c, y_gate, y_in = 4.7, 1.9, 0.6
    formula(axes, 0.7, y_c, "$c_{t-1}$")
    formula(axes, 10.8, y_c, "$c_t$")
    formula(axes, 10.8, 3.0, "$h_t$")
    gates = {
        2.8: (choose("망각 게이트\n$f_t$", "forget gate\n$f_t$"), BLUE),
        4.8: (choose("입력 게이트\n$i_t$", "input gate\n$i_t$"), BLUE),
        6.6: (choose("후보\n$g_t$", "candidate\n$g_t$"), INK),
        8.6: (choose("출력 게이트\n$o_t$", "output gate\n$o_t$"), BLUE),
    }
    gate_row(axes, gates, y_gate, y_in)
    for x, y, does in ((2.8, y_c, "×"), (5.7, y_c, "+"), (5.7, 3.2, "×"), (8.6, 3.0, "×")):
        box(axes, x, y, does, 0.6, 0.6, VERMILION)
    box(axes, 9.6, 3.9, "tanh", 1.0, 0.6, size=10)
    arrow(axes, (1.15, y_c), (2.5, y_c), VERMILION)
    arrow(axes, (3.1, y_c), (5.4, y_c), VERMILION)
    arrow(axes, (6.0, y_c), (10.4, y_c), VERMILION)
    arrow(axes, (2.8, 2.4), (2.8, y_c - 0.3), BLUE)
    arrow(axes, (4.8, 2.4), (5.45, 2.9), BLUE)
    arrow(axes, (6.6, 2.4), (5.95, 2.9))
    arrow(axes, (5.7, 3.5), (5.7, y_c - 0.3))
    arrow(axes, (8.6, 2.4), (8.6, 2.7), BLUE)
    arrow(axes, (9.6, y_c), (9.6, 4.2))
    arrow(axes, (9.4, 3.6), (8.95, 3.15))
    arrow(axes, (8.9, 3.0), (10.4, 3.0))
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
    picture, axes = canvas(11.4, 5.6)
    y_h, y_gate, y_in = 4.7, 1.9, 0.6
    formula(axes, 0.7, y_h, "$h_{t-1}$")
    formula(axes, 10.8, y_h, "$h_t$")
    gates = {
        3.2: (choose("갱신 게이트\n$z_t$", "update gate\n$z_t$"), BLUE),
        5.7: (choose("재설정 게이트\n$r_t$", "reset gate\n$r_t$"), BLUE),
        8.2: (choose("후보\n$n_t$", "candidate\n$n_t$"), INK),
    }
    gate_row(axes, gates, y_gate, y_in)
    for x, y, does in ((3.2, y_h, "×"), (8.2, y_h, "+"), (8.2, 3.3, "×")):
        box(axes, x, y, does, 0.6, 0.6, VERMILION)
    box(axes, 5.7, 3.3, "$1 - z_t$", 1.4, 0.7, BLUE, size=11)
    arrow(axes, (1.25, y_h), (2.9, y_h), VERMILION)
    arrow(axes, (3.5, y_h), (7.9, y_h), VERMILION)
    arrow(axes, (8.5, y_h), (10.4, y_h), VERMILION)
    arrow(axes, (3.2, 2.4), (3.2, y_h - 0.3), BLUE)
    arrow(axes, (3.9, 2.4), (5.0, 3.2), BLUE)
    arrow(axes, (6.4, 3.3), (7.9, 3.3), BLUE)
    arrow(axes, (6.55, y_gate), (7.35, y_gate), BLUE)
    arrow(axes, (8.2, 2.4), (8.2, 3.0))
    arrow(axes, (8.2, 3.6), (8.2, y_h - 0.3))
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


@styled
def syllables(text: str) -> Picture:
    """The first six letters of ``text``, each syllable above its jamo and their places.

    Raises:
        TypeError: no text.
        ValueError: an empty one.
    """
    if not string("text", text):
        raise ValueError("text must have a letter or more to be drawn by syllables.")
    shown = text[:6]
    picture, axes = canvas(11, 5.6)
    rows = {choose("초성", "lead"): 3.0, choose("중성", "vowel"): 2.1,
            choose("종성", "tail"): 1.2}  # fmt: skip
    for name, y in rows.items():
        axes.text(1.5, y, name, ha="right", va="center", fontsize=10)
    gap = 9.2 / len(shown)
    notes = []
    for i, letter in enumerate(shown):
        x, code = 1.7 + gap * (i + 0.5), code_point(letter)
        axes.text(x, 0.35, code, ha="center", va="center", fontsize=10)
        if not is_syllable(letter):
            axes.text(x, 4.85, sign(letter), ha="center", va="center", fontsize=22)
            notes.append(f"{sign(letter)} {code}" if sign(letter) != code else code)
            continue
        box(axes, x, 4.85, letter, 1.1, 1.1, BLUE, True, 22)
        arrow(axes, (x, 4.3), (x, 3.5))
        named = parts(letter)
        for jamo, places, y in zip(named, (LEADS, VOWELS, TAILS), rows.values(), strict=True):
            place = f"{jamo}  {places.index(jamo)}" if jamo else "– 0"
            axes.text(x, y, place, ha="center", va="center", fontsize=13)
        notes.append(f"{letter} = {' + '.join(filter(None, named))} ({code})")
    alt = choose(
        "음절과 그 자모, 자모마다 그 자리에서 몇째인지: ",
        "Syllables, their jamo, and the place of each among those of its kind: ",
    )
    return Picture(picture.figure, f"{alt}{'; '.join(notes)}.")
