"""Alt texts say what the numbers are: each is held by sums done here, from random data."""

import re
import statistics

import numpy as np
import pytest
import torch
from every_picture import FALL, PICTURES, both_say, said, written
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from charrnn import History, pictures
from charrnn.scratch.training import loss_spikes

# No seed is simpler than another: to shrink a failing one would draw for minutes.
few = settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])
seeds = st.integers(0, 10_000)
NUMBER = re.compile(r"(?<![A-Za-z\d.])-?\d+(?:\.\d+)?(?:e[-+]\d+)?")


@pytest.mark.parametrize("name", PICTURES)
def test_both_languages_tell_the_same_numbers(name):
    korean, english = said(PICTURES[name])
    assert sorted(NUMBER.findall(korean)) == sorted(NUMBER.findall(english))


@few
@given(seeds)
def test_the_curve_tells_first_lowest_count_and_spikes(seed):
    rng = np.random.default_rng(seed)
    losses = (10.0 ** rng.uniform(-6, 1, rng.integers(3, 60))).tolist()
    losses += [min(losses) * 7]  # it ends higher than its lowest, and need not start highest
    korean, english = said(lambda: pictures.loss_curve(History(losses)))
    first, lowest, count = f"{losses[0]:.3g}", f"{min(losses):.1e}", len(losses)
    tops = len(loss_spikes(losses))
    assert f"손실이 {first}에서 시작해 {count} 에포크 동안 가장 낮게는 {lowest}까지" in korean
    assert (f"{tops}번 튀어" if tops else "튀어 오르지 않습니다") in korean
    assert f"starts at {first}, reaches {lowest} at its lowest in {count} epochs" in english
    assert f"spikes {tops} time{'' if tops == 1 else 's'}" in english


def test_the_curve_names_each_run_and_each_level():
    both_say(
        lambda: pictures.loss_curve({"A": FALL, "B": FALL}, {"C": 0.25}), "A: ", "B: ", "C 0.25"
    )


@few
@given(seeds)
def test_hidden_states_tell_their_counts_and_both_ends(seed):
    states = torch.randn(4, 7, generator=torch.Generator().manual_seed(seed)) - 0.7
    low, high = min(states.flatten().tolist()), max(states.flatten().tolist())
    korean, english = said(lambda: pictures.hidden_states(states, "abcd"))
    assert "글자 4개를 읽는 동안 은닉 유닛 7개" in korean
    assert "파란색은 음수, 주황색은 양수" in korean
    assert f"{low:.2f}에서 {high:.2f} 사이" in korean
    assert "7 hidden units over 4 letters" in english
    assert f"blue is negative, orange positive, from {low:.2f} to {high:.2f}." in english


def test_the_matrix_tells_its_rows_and_columns():
    korean, english = said(lambda: pictures.one_hot_matrix("hello"))
    assert "'hello'의" in korean
    assert "행 7개, 열 35개" in korean
    assert "'hello': 7 rows, 35 columns" in english


def test_scores_tell_the_lowest_and_the_highest_of_the_best_and_stand_the_right_way_up():
    made = written(length=9)
    best = [max(step.output.tolist()) for step in made.steps]
    korean, english = said(lambda: pictures.output_scores(made))
    assert f"{len(best)}단계마다 글자 35개" in korean
    assert f"{min(best):.2f}에서 {max(best):.2f} 사이" in korean
    assert f"all 35 letters at each of {len(best)} steps" in english
    assert f"between {min(best):.2f} and {max(best):.2f}." in english
    axes = pictures.output_scores(made).figure.axes[0]
    image, (ring,) = axes.images[0].get_array(), axes.lines
    for column, row in zip(ring.get_xdata(), ring.get_ydata(), strict=True):
        # the ringed letter is the one chosen, its square coloured by its own score
        score = made.steps[int(column)].output[int(row)].item()
        assert image[int(row), int(column), 3] == pytest.approx(min(abs(score), 1) ** 0.8, abs=1e-6)
        assert axes.get_yticklabels()[int(row)].get_text() == pictures.visible(
            made.steps[int(column)].letter
        )
    assert axes.get_ylim()[0] > axes.get_ylim()[1]  # row 0 on top, as its tick says


@few
@given(seeds)
def test_lines_tell_median_and_spread_at_both_ends(seed):
    rows = np.random.default_rng(seed).normal(0, 50, (5, 4))
    ends = []
    for column in (rows[:, 0].tolist(), rows[:, -1].tolist()):
        middle = statistics.median(column)
        ends.append(f"{middle:.3g} ({min(column):.3g}–{max(column):.3g})")
    draw = lambda: pictures.lines([2, 3, 5, 9], {"A": rows}, "epoch", "loss", level=("C", -7.5))  # noqa: E731
    both_say(draw, f"A: {ends[0]} → {ends[1]}", "; C: -7.5.")
    korean, english = said(draw)
    assert "가로축은 에포크, 세로축은 손실입니다. 2에서 9까지" in korean
    assert "시드들의 가운데 값(가장 낮은 값–가장 높은 값)" in korean
    assert english.startswith("loss against epoch from 2 to 9; median (lowest–highest)")


def test_lines_tell_where_a_curve_turns_and_of_none_that_does_not():
    korean, english = said(
        lambda: pictures.lines(
            [1, 2, 5, 9],
            {
                "A": [[4, 1, 0, 3], [6, 3, 0, 5], [5, 2, 0, 4]],
                "B": [2, 7, -1, 3],
                "C": [1, 2, 3, 3],
            },
            "epoch",
            "loss",
        )
    )
    assert english.endswith(
        "A: 5 (4–6) → 4 (3–5), lowest 0 at 5; B: 2 → 3, lowest -1 at 5, highest 7 at 2; C: 1 → 3."
    )
    assert "→ 4 (3–5), 가장 낮은 곳은 5에서 0; " in korean
    assert "2 → 3, 가장 낮은 곳은 5에서 -1, 가장 높은 곳은 2에서 7; C: 1 → 3." in korean


@few
@given(seeds)
def test_dots_tell_median_and_spread_of_each_row(seed):
    a, b = np.random.default_rng(seed).normal(0, 50, (2, 5)).tolist()
    parts = [
        f"{name} {statistics.median(x):.3g} ({min(x):.3g}–{max(x):.3g})"
        for name, x in (("A", a), ("B", b))
    ]
    both_say(lambda: pictures.strip_plot({"A": a, "B": b}, "loss"), "; ".join(parts) + ".")


@few
@given(seeds)
def test_heat_tells_both_ends_and_the_number_farthest_from_zero(seed):
    table = np.random.default_rng(seed).normal(0, 1, (3, 4))
    row, column = seed % 3, seed % 4
    table[row, column] = -9.5  # signed, this is the lowest
    table[(row + 1) % 3, column] = 7
    korean, english = said(lambda: pictures.heat(table, "ab c", ["x", " ", "1"], "letter", "loss"))
    x, y = ["a", "b", "␣", "c"][column], ["x", "␣", "끝"][row]
    assert "손실 3개, 글자 4개의 값" in korean
    assert f"-9.5에서 7 사이입니다. 0에서 가장 먼 것은 행 '{y}', 열 '{x}'의 -9.5" in korean
    y = ["x", "␣", "end"][row]
    assert "loss (3) over letter (4)" in english
    assert f"from -9.5 to 7. The farthest from 0 is in row '{y}', column '{x}': -9.5." in english


def test_heat_speaks_of_no_blue_where_nothing_is_below_zero():
    korean, english = said(lambda: pictures.heat([[0, 0.5]], "ab", ["x"], "letter", "loss"))
    assert "주황색이 짙을수록 크고 0에서 0.5 사이입니다" in korean
    assert "the deeper the orange, the larger, from 0 to 0.5." in english
    assert "파란색" not in korean
    assert "blue" not in english


@few
@given(seeds)
def test_chances_tell_how_many_are_left_and_the_five_likeliest(seed):
    rng = np.random.default_rng(seed)
    before = rng.dirichlet(np.ones(9))
    after = np.where(before >= np.sort(before)[3], before, 0)  # three are cut
    after = after / after.sum()
    best = sorted(zip("abcdefghi", after.tolist(), strict=True), key=lambda pair: -pair[1])[:5]
    listed = ", ".join(f"{letter} {chance:.2f}" for letter, chance in best)
    korean, english = said(lambda: pictures.next_letter_probabilities("abcdefghi", before, after))
    assert "9글자 가운데 6글자가 남아" in korean
    assert f"가장 높은 것은 {listed}입니다" in korean
    assert f"6 of 9 letters are left. The highest: {listed}." in english


@few
@given(seeds)
def test_a_tinted_text_tells_the_lowest_first_and_then_the_highest(seed):
    values = np.random.default_rng(seed).permutation(np.linspace(-0.9, 0.8, 6)).tolist()
    ends = [
        f"{v:.2f} ('{['q', '␣', '⏎', '0', '1', 'z'][values.index(v)]}', {values.index(v) + 1})"
        for v in (min(values), max(values))
    ]
    korean, english = said(lambda: pictures.activations_on_text("q \n01z", values, "U"))
    assert "은닉 유닛 U의 값으로 물들인 글자 6개. 파란색은 음수" in korean
    assert f"가장 낮은 값과 가장 높은 값, 괄호 안은 글자와 그 차례: {', '.join(ends)}." in korean
    assert "6 letters tinted by the value of hidden unit U; blue is negative" in english
    assert f"Lowest and highest value, with letter and place: {', '.join(ends)}." in english


def test_syllables_are_told_with_and_without_a_tail():
    both_say(lambda: pictures.syllables("한가x"),
             "한 = ㅎ + ㅏ + ㄴ (U+D55C); 가 = ㄱ + ㅏ (U+AC00); x U+0078.")  # fmt: skip


@pytest.mark.parametrize(
    ("chapter", "ko", "en"),
    list(zip(range(1, 15),
        ["원-핫", "셀", "학습", "생성", "시간을 거슬러", "왜 튀어 오르는가", "확률과 놀라움",
         "nn.RNN", "LSTM GRU", "더 긴 글", "글쓰기", "한글", "속 들여다보기", "더 크게"],
        ["one-hot", "cell", "training", "generation", "through time", "why it spikes", "surprise",
         "nn.RNN", "LSTM GRU", "longer text", "writing", "Hangul", "looking inside",
         "bigger"], strict=True)),
)  # fmt: skip
def test_the_map_names_the_chapter_that_is_lit(chapter, ko, en):
    korean, english = said(lambda: pictures.book_map(chapter))
    assert f"지금은 {chapter}장, {ko}입니다." in korean
    assert english.endswith(f"Lit now: chapter {chapter}, {en}.")
    axes = pictures.book_map(chapter).figure.axes[0]
    shown = [text.get_text() for text in axes.texts]
    first = 1 if chapter <= 4 else 5
    numbers = [str(n) for n in range(first, first + (4 if first == 1 else 10))]
    assert [text for text in shown if text.isdecimal()] == numbers
