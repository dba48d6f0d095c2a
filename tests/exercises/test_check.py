"""The reader's functions: right ones pass, each slip is told by its own words, nothing is lost."""

import re
from pathlib import Path

import pytest
import torch

from charrnn import set_language
from charrnn.exercises import check
from charrnn.exercises.check import all_tasks, chapter_of, outcome, same, shown

TASKS = all_tasks()
SLIPS = [(name, i) for name, task in TASKS.items() for i in range(len(task.slips))]


def named(function, name):
    """The function under another name, as if the reader had written it."""

    def written(*given):
        return function(*given)

    written.__name__ = name
    return written


@pytest.mark.parametrize("name", TASKS)
def test_a_task_knows_the_chapter_that_asks_for_it(name):
    sources = Path(__file__).resolve().parents[2].glob("chapters/*.md")
    asking = [path.stem for path in sources if f"\ncheck({name})" in path.read_text("utf-8")]
    assert [int(stem[:2]) for stem in asking] == [chapter_of(TASKS[name])]


@pytest.mark.parametrize("name", TASKS)
def test_a_right_solution_passes(name):
    report = check(named(TASKS[name].solution, name))
    assert report.passed and "right in all" in report.data


@pytest.mark.parametrize("name", TASKS)
def test_a_task_has_cases_enough_and_two_slips_or_more(name):
    task = TASKS[name]
    assert len(task.cases) >= 3 and len(task.slips) >= 2
    results = [outcome(task.solution, case) for case in task.cases]
    assert not any(isinstance(value, Exception) for value in results)
    assert any(not same(value, results[0]) for value in results[1:])


@pytest.mark.parametrize(("name", "i"), SLIPS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_slip_fails_with_the_words_written_for_it(name, i, language):
    slip = TASKS[name].slips[i]
    set_language(language)
    try:
        report = check(named(slip.wrong, name))
    finally:
        set_language("en")
    assert not report.passed
    words = {"ko": slip.ko, "en": slip.en}
    assert report.data.endswith(words[language])
    assert re.search("[가-힣]", words["ko"]) and not re.search(
        "[가-힣]", words["en"].replace("`", "")
    )


@pytest.mark.parametrize("name", TASKS)
def test_a_body_not_yet_written_is_no_failure(name):
    for result in (None, ...):
        report = check(named(lambda *given, result=result: result, name))
        assert not report.passed and report.data.startswith("Not written yet")


@pytest.mark.parametrize("name", TASKS)
def test_an_error_of_the_readers_is_told(name):
    def written(*given):
        raise IndexError("list index out of range")

    report = check(named(written, name))
    assert "`IndexError`: list index out of range" in report.data
    assert f"wrong in {len(TASKS[name].cases)} of {len(TASKS[name].cases)}" in report.data


def test_a_bar_in_a_value_is_no_edge_of_the_table():
    def text_of(matrix):
        return "a|b\\|c"

    report = check(text_of)
    assert r"`'a\|b&#92;&#92;\|c'`" in report.data
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 4 for line in report.data.splitlines()[2:])


def test_arguments_are_the_readers_own():
    before = [[a.clone() for a in case] for case in TASKS["text_of"].cases]

    def text_of(matrix):
        matrix.fill_(7)
        return ""

    check(text_of)
    for old, case in zip(before, TASKS["text_of"].cases, strict=True):
        assert all(torch.equal(a, b) for a, b in zip(old, case, strict=True))


def test_a_name_that_no_exercise_has_is_refused_with_those_there_are():
    def nonsense():
        return 1

    with pytest.raises(ValueError, match=r"'nonsense'.*text_of"):
        check(nonsense)
    with pytest.raises(TypeError, match="must be a function"):
        check(3)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (1, 1.0, True), (0.33334, 1 / 3, True), (0.334, 1 / 3, False), (True, 1, False),
        (torch.tensor(2.0), 2, True), (2, torch.tensor(2.0), True), ("a", "a", True),
        ("a", "A", False), (None, 0, False), ([1, 2], (1, 2), True), ([1, 2], [1], False),
        ([[1, 2]], torch.tensor([[1.0, 2.0]]), True), ([1, 2], torch.tensor([[1, 2]]), False),
        ("12", torch.tensor([1, 2]), False), (torch.tensor([1, 2]), [1, 2], True),
        (torch.ones(2), torch.ones(2) + 1e-3, False), (ValueError(), ValueError("x"), True),
        (ValueError(), TypeError(), False), (float("nan"), 1.0, False), ({1}, {1}, True),
    ],
)  # fmt: skip
def test_results_are_the_same_to_four_digits_and_in_shape(one, other, alike):
    assert same(one, other) is alike


def test_a_value_is_shown_short_and_with_its_shape():
    assert shown(torch.tensor([[1.0, 0.5]])) == "`[[1, 0.5]]` (1, 2)"
    assert shown(torch.zeros(3)) == "`[0, 0, 0]` (3,)"
    assert shown("`") == "``'`'``"
    assert shown(1 / 3) == "`0.3333`"
    assert len(shown(list(range(1000)))) < 90
