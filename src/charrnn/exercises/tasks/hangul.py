"""Chapter 12: the leads of a Korean text, as a phone is searched by them."""

import unicodedata

from charrnn.exercises.check import Slip, Task
from charrnn.text import hangul


def _leads(text: str) -> str:
    """The lead of each syllable, by the Unicode standard's own table; all else as it is."""
    return "".join(
        hangul.LEADS[ord(unicodedata.normalize("NFD", x)[0]) - 0x1100]
        if hangul.is_syllable(x)
        else x
        for x in text
    )


def _others_dropped(text: str) -> str:
    return "".join(hangul.parts(x)[0] for x in text if hangul.is_syllable(x))


def _all_parts(text: str) -> str:
    return hangul.to_jamo(text)


def _all_taken_apart(text: str) -> str:
    return "".join(hangul.parts(x)[0] for x in text)


def _first_only(text: str) -> str:
    for x in text:
        return hangul.parts(x)[0] if hangul.is_syllable(x) else x
    return ""


def _in_a_list(text: str) -> list[str]:
    return list(_leads(text))


TASKS = {
    "leads": Task(
        solution=_leads,
        cases=[
            ("김철수",),
            ("가는 날이 장날이다.",),
            ("꿩 대신 닭",),
            ("힣",),
            ("아ㅋㅋ, nice day!",),
            ("",),
        ],
        slips=[
            Slip(
                _others_dropped,
                ko="음절이 아닌 것은 버렸습니다. 빈칸, 문장 부호, 홀로 선 자모는 그대로 둡니다.",
                en="What is no syllable was dropped. Spaces, commas and jamo that stand by "
                "themselves stay as they are.",
            ),
            Slip(
                _all_parts,
                ko="자모를 모두 남겼습니다. `hangul.parts`가 돌려주는 셋 가운데 첫째만 씁니다.",
                en="All the jamo were kept. Of the three that `hangul.parts` returns, only the "
                "first is wanted.",
            ),
            Slip(
                _all_taken_apart,
                ko="음절이 아닌 것까지 나누려고 했습니다. 먼저 `hangul.is_syllable`로 물어봅시다.",
                en="What is no syllable was taken apart too. Ask `hangul.is_syllable` first.",
            ),
            Slip(
                _first_only,
                ko="첫 글자에서 끝났습니다. `return`이 반복문 안에 있지 않나요?",
                en="It ended at the first letter. Does `return` stand inside the loop?",
            ),
            Slip(
                _in_a_list,
                ko="리스트를 돌려주었습니다. 이어 붙여 글 하나로 돌려줍시다.",
                en="A list came back. Join it into one text.",
            ),
        ],
    )
}
