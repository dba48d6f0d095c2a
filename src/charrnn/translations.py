"""The words inside pictures and tables, in the page's language.

The setup cell of every notebook calls `set_language` once; nothing else chooses a language.
"""

from charrnn.arguments import one_of, quoted, string

LANGUAGES = ("ko", "en")
_language = "en"

_KOREAN = {  # the English text, which is the key, and the Korean one
    "answer": "답",
    "as in the post": "블로그 글의 설정",
    "by index": "인덱스의 차이",
    "by one-hot row": "원-핫 행의 거리",
    "cell": "셀",
    "chosen": "고른 글자",
    "compared": "비교한 것",
    "distance of the states": "두 상태의 거리",
    "echo": "따라 하기",
    "end": "끝",
    "end mark": "끝 표시",
    "epoch": "에포크",
    "epochs": "에포크",
    "even guess": "고르게 찍기",
    "expected": "나와야 할 것",
    "fed back": "되먹임",
    "first loss": "첫 손실",
    "generation": "생성",
    "got": "나온 것",
    "gradient": "기울기",
    "hidden unit": "은닉 유닛",
    "input": "넣은 것",
    "letter": "글자",
    "letter of the vocabulary": "어휘의 글자",
    "letter read": "읽은 글자",
    "letters": "글자",
    "linear": "선형",
    "lowest": "가장 낮은 값",
    "loss": "손실",
    "no": "아니요",
    "noise": "잡음",
    "one-hot": "원-핫",
    "previous": "앞 글자",
    "raw": "날것",
    "read": "읽는 글자",
    "relative difference": "상대 차이",
    "same": "같은가",
    "same, one step late": "한 단계 늦게",
    "sample": "뽑기",
    "score": "점수",
    "seed": "시드",
    "should say": "정답",
    "silence": "침묵",
    "spikes": "튀어 오른 횟수",
    "start": "시작",
    "step": "단계",
    "task": "과제",
    "text": "글",
    "training": "학습",
    "under 0.001 at epoch": "0.001 아래로 내려간 에포크",
    "untrained cell": "학습 전의 셀",
    "what it writes": "쓴 글",
    "yes": "예",
    # through time, spikes
    "Adam forgets faster": "더 빨리 잊는 Adam",
    "a decaying rate": "줄어드는 학습률",
    "a larger epsilon": "큰 엡실론",
    "a smaller learning rate": "작은 학습률",
    "as drawn": "뽑은 그대로",
    "limit": "한계",
    "sharpness": "가파른 정도",
    "trained": "학습한 셀",
    "untrained": "학습 전",
    # surprise, nn.RNN
    "cross-entropy": "교차 엔트로피",
    "difference of the losses": "손실의 차이",
    "epochs needed": "모두 맞히는 데 걸린 에포크",
    "gradients by hand": "기울기를 손으로",
    "hoisted": "입력을 밖으로",
    "learning rate": "학습률",
    "letter by letter": "한 글자씩",
    "prepared once": "준비는 한 번만",
    "probability": "확률",
    "squared error": "제곱 오차",
    "surprise": "놀람",
    "times as fast": "몇 배 빠른가",
    "way": "방법",
    # LSTM and GRU
    "cell state": "셀 상태",
    "forget gate": "망각 게이트",
    "lstm, gate open": "LSTM, 게이트 열림",
    # longer text, writing
    "English": "영어",
    "Korean": "한국어",
    "carried on": "이어 줌",
    "from zeros": "0에서 시작",
    "language": "언어",
    "letters of text": "글의 글자 수",
    "next letter": "다음 글자",
    "perplexity": "혼란도",
    "text learned": "배운 글",
    "text never seen": "처음 보는 글",
    # Hangul
    "bits per character": "본래 글자마다 비트",
    "bytes": "바이트",
    "jamo": "자모",
    "lead": "초성",
    "length": "길이",
    "spelling": "적는 방법",
    "syllable": "음절",
    "syllables": "음절",
    "tail": "종성",
    "temperature": "온도",
    "vowel": "중성",
    # looking inside
    "after learning": "배운 뒤",
    "before learning": "배우기 전",
    "first component": "첫째 성분",
    "goes on with": "이어서 쓴 글",
    "inside quotes": "따옴표 안",
    "letters since a space": "낱말의 몇 번째 글자",
    "line ends foreseen": "맞힌 줄 끝",
    "saliency": "돌출도",
    "second component": "둘째 성분",
    "wrong place": "엉뚱한 자리",
    # bigger
    "letters a second": "초당 글자",
    "machines": "기계",
    # after the chapters
    "last loss": "마지막 손실",
    "letters read": "읽은 글자 수",
    "right": "맞은 글자 수",
    # the lab
    "gate open": "열린 게이트",
    "half open": "반만 열린 게이트",
    "left of the memory": "남은 기억",
    "letters later": "몇 글자 뒤인가",
}
_ENGLISH = {  # where the key is not the English text itself
    "chosen": "chosen letter",
    "hoisted": "input hoisted out",
    "lstm, gate open": "LSTM, gate open",
}


def set_language(language: str) -> None:
    """Choose the language of all pictures and tables from here on: ``"ko"`` or ``"en"``.

    Raises:
        ValueError: another language.
    """
    global _language
    _language = one_of("language", language, LANGUAGES)


def get_language() -> str:
    """The language in force."""
    return _language


def word(key: str) -> str:
    """The word for ``key`` in the language in force.

    Raises:
        ValueError: the table lacks it.
    """
    if not isinstance(key, str) or key not in _KOREAN:
        raise ValueError(f"key must be a word that charrnn.translations has, got {quoted(key)}.")
    return choose(_KOREAN[key], _ENGLISH.get(key, key))


def translated(text: str) -> str:
    """The text in the language in force if the table has it, else the text as it is.

    Raises:
        TypeError: no string.
    """
    string("text", text)
    return word(text) if text in _KOREAN else text


def choose(ko: str, en: str) -> str:
    """The one of two texts that is in the language in force."""
    return ko if _language == "ko" else en
