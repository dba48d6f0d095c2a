"""Chapter 1: a matrix back to the text."""

import torch

from charrnn.exercises.check import Slip, Task
from charrnn.text.vocabulary import LETTERS, Vocabulary

_vocabulary = Vocabulary()


def _text_of(matrix: torch.Tensor) -> str:
    """The text of a one-hot matrix ``(T, V)``, without its marks."""
    return _vocabulary.decode(matrix.argmax(dim=1))


def _with_marks(matrix: torch.Tensor) -> str:
    return "".join(LETTERS[i] for i in matrix.argmax(dim=1))


def _by_column(matrix: torch.Tensor) -> str:
    return "".join(LETTERS[i] for i in matrix.argmax(dim=0) if i < len(LETTERS) - 2)


def _first_and_last_gone(matrix: torch.Tensor) -> str:
    return "".join(LETTERS[i] for i in matrix.argmax(dim=1)[1:-1])


TASKS = {
    "text_of": Task(
        solution=_text_of,
        cases=[
            (_vocabulary.one_hot("hello"),),
            (_vocabulary.one_hot("hello", marks=False),),
            (_vocabulary.one_hot("what a nice day"),),
            (_vocabulary.one_hot("a", marks=False),),
            (torch.zeros(0, len(LETTERS)),),
        ],
        slips=[
            Slip(
                _with_marks,
                ko="표시까지 글자로 적었습니다. 글자 `0`과 `1`은 시작과 끝을 알릴 뿐입니다.",
                en="The marks were written as letters. The letters `0` and `1` only say where the "
                "text starts and ends.",
            ),
            Slip(
                _by_column,
                ko="1의 자리를 열마다 찾았습니다. 글자는 행마다 하나씩 있습니다.",
                en="The 1 was looked for in each column. There is one letter to a row.",
            ),
            Slip(
                _first_and_last_gone,
                ko="첫 행과 마지막 행을 늘 뺐습니다. 표시 없이 만든 행렬에서는 그것도 글자입니다.",
                en="The first and the last row were always left out. In a matrix made without "
                "marks they are letters too.",
            ),
        ],
    )
}
