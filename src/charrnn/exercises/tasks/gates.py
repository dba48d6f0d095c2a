"""Chapter 9: what a memory with taps holds."""

import math
from collections.abc import Sequence

from charrnn.exercises.check import Slip, Task

_Numbers = Sequence[float]


def _cell_states(forgets: _Numbers, inputs: _Numbers, candidates: _Numbers) -> list[float]:
    """What was written at each letter, times all the forget gates that it passes later."""
    return [
        sum(inputs[k] * candidates[k] * math.prod(forgets[k + 1 : t + 1]) for k in range(t + 1))
        for t in range(len(candidates))
    ]


def _all_through_the_tap(forgets: _Numbers, inputs: _Numbers, candidates: _Numbers) -> list[float]:
    c, states = 0.0, []
    for f, i, g in zip(forgets, inputs, candidates, strict=True):
        c = f * (c + i * g)
        states.append(c)
    return states


def _gates_swapped(forgets: _Numbers, inputs: _Numbers, candidates: _Numbers) -> list[float]:
    return _cell_states(inputs, forgets, candidates)


def _nothing_kept(forgets: _Numbers, inputs: _Numbers, candidates: _Numbers) -> list[float]:
    return [i * g for i, g in zip(inputs, candidates, strict=True)]


def _all_written(forgets: _Numbers, inputs: _Numbers, candidates: _Numbers) -> list[float]:
    return _cell_states(forgets, [1.0] * len(inputs), candidates)


def _as_its_name_says(forgets: _Numbers, inputs: _Numbers, candidates: _Numbers) -> list[float]:
    return _cell_states([1 - f for f in forgets], inputs, candidates)


def _last_only(forgets: _Numbers, inputs: _Numbers, candidates: _Numbers) -> float:
    return [0.0, *_cell_states(forgets, inputs, candidates)][-1]


TASKS = {
    "cell_states": Task(
        solution=_cell_states,
        cases=[
            ([0.5, 1.0], [1.0, 0.5], [0.8, -0.6]),
            ([0.0, 0.9, 0.9, 0.9], [1.0, 0.0, 0.0, 0.0], [0.8, 0.3, -0.2, 0.5]),
            ([0.2, 1.0, 0.0, 0.75], [0.5, 1.0, 1.0, 0.25], [0.4, 0.4, -1.0, 0.8]),
            ([0.3], [0.5], [-0.4]),
            ([], [], []),
        ],
        slips=[
            Slip(
                _all_through_the_tap,
                ko="새로 적은 것까지 망각 게이트를 지났습니다. 이 게이트는 있던 것에만 곱합니다.",
                en="What was just written went through the forget gate too. That gate is for what "
                "was there before.",
            ),
            Slip(
                _gates_swapped,
                ko="두 게이트가 바뀌었습니다. 있던 것에 곱하는 것은 어느 쪽일까요?",
                en="The two gates are swapped. Which one is for what was there before?",
            ),
            Slip(
                _nothing_kept,
                ko="있던 것이 빠졌습니다. 남긴 것에 적은 것을 더합니다.",
                en="What was there before is missing. What is written is added to what is kept.",
            ),
            Slip(
                _all_written,
                ko="후보를 모두 적었습니다. 얼마나 적을지는 입력 게이트가 정합니다.",
                en="The whole candidate was written. How much of it is up to the input gate.",
            ),
            Slip(
                _as_its_name_says,
                ko="망각 게이트만큼 지웠습니다. 이름과 달리 클수록 많이 남깁니다.",
                en="The forget gate took away its share. In spite of the name, the larger it is, "
                "the more is kept.",
            ),
            Slip(
                _last_only,
                ko="마지막 상태만 돌려주었습니다. 글자마다 하나씩 있어야 합니다.",
                en="Only the last state came back. There is one for each letter.",
            ),
        ],
    )
}
