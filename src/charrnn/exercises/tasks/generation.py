"""Chapter 4: the loop in which what came out is read next."""

import torch

from charrnn.exercises.check import Slip, Task
from charrnn.scratch.cell import PostCell
from charrnn.scratch.generation import generate
from charrnn.text.vocabulary import Vocabulary

_Table = dict[str, str]

_vocabulary = Vocabulary()
_MARKS = {"⊢": _vocabulary.start, "⊣": _vocabulary.end}


def _follow(after: _Table, length: int) -> str:
    """What the package's loop writes with a cell whose output layer is the table."""
    cell = PostCell()
    with torch.no_grad():
        for numbers in cell.parameters():
            numbers.zero_()
        for letter, following in after.items():
            cell.input_to_output.weight[_index(following), _index(letter)] = 1
    return generate(cell, feed="argmax", length=length).text


def _index(letter: str) -> int:
    return _MARKS.get(letter, _vocabulary.letters.find(letter))


def _mark_in_front(after: _Table, length: int) -> str:
    text, letter = "", "⊢"
    while letter != "⊣" and len(text) < length:
        text, letter = text + letter, after[letter]
    return text


def _end_written(after: _Table, length: int) -> str:
    text, letter = "", "⊢"
    while letter != "⊣" and len(text) < length:
        letter = after[letter]
        text += letter
    return text


def _never_read(after: _Table, length: int) -> str:
    first = after["⊢"]
    return "" if first == "⊣" else first * length


def _one_too_many(after: _Table, length: int) -> str:
    return _follow(after, length + 1)


TASKS = {
    "follow": Task(
        solution=_follow,
        cases=[
            ({"⊢": "h", "h": "i", "i": "⊣"}, 10),
            ({"⊢": "h", "h": "a", "a": "h"}, 7),
            ({"⊢": "d", "d": "a", "a": "y", "y": "⊣"}, 2),
            ({"⊢": "⊣"}, 5),
            ({"⊢": "a", "a": "a"}, 0),
        ],
        slips=[
            Slip(
                _mark_in_front,
                ko="시작 표시까지 적었습니다. 글에 들어가는 것은 표시 다음에 나온 글자부터입니다.",
                en="The start mark was written too. The text begins with the letter that comes "
                "after it.",
            ),
            Slip(
                _end_written,
                ko="끝 표시까지 적었습니다. 글에 붙이기 전에 끝 표시인지 살펴봅시다.",
                en="The end mark was written too. Look whether it is one before you add it.",
            ),
            Slip(
                _never_read,
                ko="첫 글자만 되풀이됩니다. 나온 글자를 다음번에 읽어야 합니다.",
                en="The first letter comes again and again. What came out has to be read next.",
            ),
            Slip(
                _one_too_many,
                ko="한 글자를 더 썼습니다. 글이 `length`글자가 되면 바로 멈춥니다.",
                en="It wrote one letter too many. It stops as soon as there are `length` letters.",
            ),
        ],
    )
}
