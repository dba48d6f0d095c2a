"""Chapter 13: how many b are still to come."""

from charrnn.exercises.check import Slip, Task
from charrnn.experiments.probes import remaining_b


def _owed(text: str) -> list[int]:
    return [int(count) for count in remaining_b(text)]


def _never_down(text: str) -> list[int]:
    counts, n = [], 0
    for letter in text:
        n = {"a": n + 1, "b": n}.get(letter, 0)
        counts.append(n)
    return counts


def _before_the_letter(text: str) -> list[int]:
    return [0, *_owed(text)][: len(text)]


def _never_reset(text: str) -> list[int]:
    counts, n = [], 0
    for letter in text:
        n += (letter == "a") - (letter == "b")
        counts.append(n)
    return counts


TASKS = {
    "owed": Task(
        solution=_owed,
        cases=[("aabb\nab\n",), ("aaabbb\n",), ("aab\nab\n",), ("aaa",), ("",)],
        slips=[
            Slip(
                _never_down,
                ko="`b`를 읽어도 수가 줄지 않았습니다. `b`가 하나 나오면 하나가 줄어듭니다.",
                en="A `b` did not lower the number. With each `b` that comes, one fewer is left.",
            ),
            Slip(
                _before_the_letter,
                ko="글자를 읽기 전의 수를 적었습니다. 읽은 다음의 수를 적습니다.",
                en="The number before each letter was written down. It is the one after it.",
            ),
            Slip(
                _never_reset,
                ko="줄이 바뀌어도 앞줄에서 남은 수를 이어 셌습니다. 새 줄은 0에서 시작합니다.",
                en="What was left over from one line was carried into the next. A new line "
                "starts at 0.",
            ),
        ],
    )
}
