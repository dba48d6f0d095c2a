"""The words inside pictures and tables, in the page's language.

The setup cell of every notebook calls `set_language` once; nothing else chooses a language.
"""

LANGUAGES = ("ko", "en")
_language = "en"

_WORDS = {  # key: (Korean, English)
    "and": ("와", "and"),
    "cell": ("셀", "cell"),
    "chosen": ("고른 글자", "chosen letter"),
    "end": ("끝", "end"),
    "epoch": ("에포크", "epoch"),
    "generation": ("생성", "generation"),
    "hidden unit": ("은닉 유닛", "hidden unit"),
    "letter read": ("읽은 글자", "letter read"),
    "letter": ("글자", "letter"),
    "letter of the vocabulary": ("어휘의 글자", "letter of the vocabulary"),
    "linear": ("선형", "linear"),
    "loss": ("손실", "loss"),
    "lowest": ("가장 낮은 값", "lowest"),
    "new state": ("새 상태", "new state"),
    "old state": ("이전 상태", "old state"),
    "one-hot": ("원-핫", "one-hot"),
    "output": ("출력", "output"),
    "score": ("점수", "score"),
    "silence": ("침묵(모두 0)", "silence (all zeros)"),
    "spike": ("튀어 오른 곳", "spike"),
    "start": ("시작", "start"),
    "step": ("단계", "step"),
    "text": ("문장", "sentence"),
    "text again": ("다시 문장", "sentence again"),
    "training": ("학습", "training"),
    "value": ("값", "value"),
}


def set_language(language: str) -> None:
    """Choose the language of all pictures and tables from here on: ``"ko"`` or ``"en"``.

    Raises:
        ValueError: another language.
    """
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {LANGUAGES}, got {language!r}.")
    _language = language


def get_language() -> str:
    """The language in force."""
    return _language


def word(key: str) -> str:
    """The word for ``key`` in the language in force; KeyError if the table lacks it."""
    return choose(*_WORDS[key])


def choose(ko: str, en: str) -> str:
    """The one of two texts that is in the language in force."""
    return ko if _language == "ko" else en
