"""Chapter 10: a text cut into segments."""

from charrnn.exercises.check import Slip, Task


def _segments_of(text: str, steps: int) -> list[str]:
    return [text[at : at + steps + 1] for at in range(0, len(text) - 1, steps)]


def _without_the_answer(text: str, steps: int) -> list[str]:
    return [text[at : at + steps] for at in range(0, len(text), steps)]


def _apart(text: str, steps: int) -> list[str]:
    return [text[at : at + steps + 1] for at in range(0, len(text) - 1, steps + 1)]


def _whole_only(text: str, steps: int) -> list[str]:
    return [text[at : at + steps + 1] for at in range(0, len(text) - steps, steps)]


TASKS = {
    "segments_of": Task(
        solution=_segments_of,
        cases=[("hello world", 3), ("abcdefg", 3), ("abcdefgh", 3), ("ab", 5), ("a", 5)],
        slips=[
            Slip(
                _without_the_answer,
                ko="토막의 마지막 글자에 답이 없습니다. `steps`개를 읽으려면 글자가 하나 더 있어야 "
                "합니다.",
                en="The last letter of a segment has no answer. To read `steps` letters it takes "
                "one more.",
            ),
            Slip(
                _apart,
                ko="토막 사이에서 글자 하나를 읽지 않고 건너뛰었습니다. 마지막 글자는 다음 토막의 "
                "첫 글자이기도 합니다.",
                en="Between two segments a letter is never read. The last letter of one is also "
                "the first of the next.",
            ),
            Slip(
                _whole_only,
                ko="짧은 마지막 토막을 버렸습니다. 거기에도 읽을 글자와 답이 있습니다.",
                en="The last, shorter segment was dropped. It too has letters to read and answers.",
            ),
        ],
    )
}
