"""The words inside pictures and tables, in the page's language.

The setup cell of every notebook calls `set_language` once; nothing else chooses a language.
"""

from charrnn.arguments import one_of, quoted, string

LANGUAGES = ("ko", "en")
_language = "en"

_WORDS = {  # key: (Korean, English)
    "answer": ("답", "answer"),
    "argmax, right of 20": ("argmax, 20번 중 맞게 쓴 횟수", "argmax, right of 20"),
    "as in the post": ("블로그 글의 설정", "as in the post"),
    "by index": ("번호의 차이", "by index"),
    "by one-hot row": ("원-핫 행의 거리", "by one-hot row"),
    "cell": ("셀", "cell"),
    "chosen": ("고른 글자", "chosen letter"),
    "compared": ("비교한 것", "compared"),
    "distance from one-hot": ("원-핫까지의 거리", "distance from one-hot"),
    "distance of the states": ("두 상태의 거리", "distance of the states"),
    "echo": ("따라 하기", "echo"),
    "end": ("끝", "end"),
    "end mark": ("끝 표시", "end mark"),
    "epoch": ("에포크", "epoch"),
    "epochs": ("에포크", "epochs"),
    "epsilon 0.001": ("엡실론 0.001", "epsilon 0.001"),
    "even guess": ("고르게 찍기", "even guess"),
    "farthest from one-hot": ("원-핫까지의 가장 긴 거리", "farthest from one-hot"),
    "fed back": ("되먹임", "fed back"),
    "first loss": ("첫 손실", "first loss"),
    "generation": ("생성", "generation"),
    "gradient": ("기울기", "gradient"),
    "gradient, finite differences": ("기울기, 유한 차분", "gradient, finite differences"),
    "hidden unit": ("은닉 유닛", "hidden unit"),
    "its score": ("그 글자의 점수", "its score"),
    "learning rate 0.001": ("학습률 0.001", "learning rate 0.001"),
    "letter": ("글자", "letter"),
    "letter chosen": ("고른 글자", "letter chosen"),
    "letter of the vocabulary": ("어휘의 글자", "letter of the vocabulary"),
    "letter read": ("읽은 글자", "letter read"),
    "letters": ("글자", "letters"),
    "letters right, five tries": ("다섯 번 쓸 때마다 맞은 글자 수", "letters right, five tries"),
    "linear": ("선형", "linear"),
    "lowest": ("가장 낮은 값", "lowest"),
    "loss": ("손실", "loss"),
    "no": ("아니요", "no"),
    "noise": ("잡음", "noise"),
    "one-hot": ("원-핫", "one-hot"),
    "output, nn.RNN": ("출력, nn.RNN", "output, nn.RNN"),
    "previous": ("앞 글자", "previous"),
    "raw": ("날것", "raw"),
    "raw, right of 20": ("날것, 20번 중 맞게 쓴 횟수", "raw, right of 20"),
    "read": ("읽는 글자", "read"),
    "relative difference": ("상대 차이", "relative difference"),
    "same": ("같은가", "same"),
    "same, one step late": ("한 단계 늦게", "same, one step late"),
    "sample": ("뽑기", "sample"),
    "score": ("점수", "score"),
    "second best score": ("두 번째로 높은 점수", "second best score"),
    "seed": ("시드", "seed"),
    "setting": ("설정", "setting"),
    "should say": ("정답", "should say"),
    "silence": ("침묵", "silence"),
    "spikes": ("튀어 오른 횟수", "spikes"),
    "spikes, five seeds": ("다섯 시드에서 튀어 오른 횟수", "spikes, five seeds"),
    "start": ("시작", "start"),
    "state, nn.RNN": ("상태, nn.RNN", "state, nn.RNN"),
    "step": ("단계", "step"),
    "step taken": ("걸음", "step"),
    "step, epsilon 1e-3": ("걸음, 엡실론 0.001", "step, epsilon 0.001"),
    "task": ("과제", "task"),
    "text": ("문장", "sentence"),
    "the post": ("블로그 글", "the post"),
    "this run": ("이번 실행", "this run"),
    "training": ("학습", "training"),
    "under 0.001 at epoch": ("0.001 아래로 내려간 에포크", "under 0.001 at epoch"),
    "untrained cell": ("학습 전의 셀", "untrained cell"),
    "what it writes": ("쓴 글", "what it writes"),
    "yes": ("예", "yes"),
    # chapter 5
    "Adam forgets faster": ("Adam이 더 빨리 잊음", "Adam forgets faster"),
    "a decaying rate": ("줄어드는 학습률", "a decaying rate"),
    "a larger epsilon": ("큰 엡실론", "a larger epsilon"),
    "a smaller learning rate": ("작은 학습률", "a smaller learning rate"),
    "as drawn": ("뽑은 그대로", "as drawn"),
    "clipped at 0.01": ("0.01에서 자름", "clipped at 0.01"),
    "clipped at 1": ("1에서 자름", "clipped at 1"),
    "distance in letters": ("글자 거리", "distance in letters"),
    "left of the gradient": ("남은 기울기", "left of the gradient"),
    "first spike at epoch": ("처음 튀어 오른 에포크", "first spike at epoch"),
    "limit": ("한계", "limit"),
    "lowest loss": ("가장 낮은 손실", "lowest loss"),
    "memory times 2.5": ("기억의 가중치 2.5배", "memory times 2.5"),
    "memory times 10": ("기억의 가중치 10배", "memory times 10"),
    "over the limit at epoch": ("한계를 넘은 에포크", "over the limit at epoch"),
    "spikes in 1000 epochs": ("1000 에포크 동안 튀어 오른 횟수", "spikes in 1000 epochs"),
    "steepness": ("가파른 정도", "steepness"),
    "trained": ("학습한 셀", "trained"),
    "untrained": ("학습 전", "untrained"),
    # chapter 6
    "cross-entropy": ("교차 엔트로피", "cross-entropy"),
    "difference of the losses": ("손실의 차이", "difference of the losses"),
    "epochs needed": ("모두 맞히는 데 걸린 에포크", "epochs needed"),
    "gradients by hand": ("기울기를 손으로", "gradients by hand"),
    "hoisted": ("입력을 밖으로", "input hoisted out"),
    "learning rate": ("학습률", "learning rate"),
    "letter by letter": ("한 글자씩", "letter by letter"),
    "milliseconds an epoch": ("한 에포크에 걸린 밀리초", "milliseconds an epoch"),
    "probability": ("확률", "probability"),
    "slowest, largest rate": ("가장 느린 시드, 큰 학습률", "slowest, largest rate"),
    "slowest, middle rate": ("가장 느린 시드, 중간 학습률", "slowest, middle rate"),
    "squared error": ("제곱 오차", "squared error"),
    "surprise": ("놀람", "surprise"),
    "times as fast": ("몇 배 빠른가", "times as fast"),
    "way": ("방법", "way"),
    # chapter 7
    "10 letters away": ("10글자 거리", "10 letters away"),
    "20 letters away": ("20글자 거리", "20 letters away"),
    "cell state": ("셀 상태", "cell state"),
    "forget gate": ("망각 게이트", "forget gate"),
    "left after 20 letters": ("20글자 뒤에 남는 비율", "left after 20 letters"),
    "lstm, gate open": ("LSTM, 게이트 열림", "LSTM, gate open"),
    "parameters": ("매개변수", "parameters"),
    "share of right answers": ("맞힌 비율", "share of right answers"),
    "the gate keeps": ("게이트가 남기는 비율", "the gate keeps"),
    # chapter 8
    "64 letters": ("64글자씩", "64 letters at a time"),
    "English": ("영어", "English"),
    "English, training": ("영어, 배운 글", "English, training"),
    "English, validation": ("영어, 처음 보는 글", "English, validation"),
    "Korean": ("한국어", "Korean"),
    "Korean, training": ("한국어, 배운 글", "Korean, training"),
    "Korean, validation": ("한국어, 처음 보는 글", "Korean, validation"),
    "carried on": ("이어 줌", "carried on"),
    "from zeros": ("0에서 시작", "from zeros"),
    "language": ("언어", "language"),
    "letters of text": ("글의 글자 수", "letters of text"),
    "memory kept, MB": ("간직한 메모리(MB)", "memory kept, MB"),
    "no cut": ("자르지 않음", "no cut"),
    "next letter": ("다음 글자", "next letter"),
    "nucleus, p = 0.9": ("뉴클리어스, p = 0.9", "nucleus, p = 0.9"),
    "perplexity": ("혼란도", "perplexity"),
    "seconds an epoch": ("에포크마다 걸린 시간(초)", "seconds an epoch"),
    "so far": ("지금까지 읽은 글", "so far"),
    "stretch 1": ("토막 1", "stretch 1"),
    "stretch 2": ("토막 2", "stretch 2"),
    "stretch 3": ("토막 3", "stretch 3"),
    "text learned": ("배운 글", "text learned"),
    "text never seen": ("처음 보는 글", "text never seen"),
    "top-k, k = 5": ("top-k(다섯 개)", "top-k, k = 5"),
    "whole text": ("글 전체", "whole text"),
    # chapter 9
    "bits per character": ("본래 글자마다 비트", "bits per character"),
    "broken bytes": ("글자가 못 된 바이트", "broken bytes"),
    "bytes": ("바이트", "bytes"),
    "codes": ("코드", "codes"),
    "composed": ("모은 것", "composed"),
    "jamo": ("자모", "jamo"),
    "jamo left alone": ("홀로 남은 자모", "jamo left alone"),
    "lead": ("첫소리", "lead"),
    "left alone": ("홀로 남은 것", "left alone"),
    "length": ("길이", "length"),
    "only in the unseen text": ("처음 보는 글에만 있는 것", "only in the unseen text"),
    "spelling": ("적는 방법", "spelling"),
    "syllable": ("음절", "syllable"),
    "syllables": ("음절", "syllables"),
    "tail": ("끝소리", "tail"),
    "temperature": ("온도", "temperature"),
    "vocabulary size": ("어휘의 크기", "vocabulary size"),
    "vowel": ("가운뎃소리", "vowel"),
    "written as": ("적은 방법", "written as"),
    # chapter 10
    "after learning": ("배운 뒤", "after learning"),
    "all 32 letters": ("글자 32개", "all 32 letters"),
    "b still owed": ("남은 b의 수", "b still owed"),
    "before learning": ("배우기 전", "before learning"),
    "components kept": ("남긴 성분의 수", "components kept"),
    "first component": ("첫째 성분", "first component"),
    "goes on with": ("이어서 쓴 글", "goes on with"),
    "inside quotes": ("따옴표 안", "inside quotes"),
    "letters since a space": ("낱말의 몇 번째 글자", "letters since a space"),
    "line ends foreseen": ("맞힌 줄 끝", "line ends foreseen"),
    "saliency": ("돌출도", "saliency"),
    "second component": ("둘째 성분", "second component"),
    "state before space": ("빈칸 앞의 상태", "state before space"),
    "the five spaces": ("다섯 빈칸", "the five spaces"),
    "what": ("무엇", "what"),
    "wrong place": ("엉뚱한 자리", "wrong place"),
    # after the chapters
    "attention": ("어텐션", "attention"),
    "last loss": ("마지막 손실", "last loss"),
    "letters compared": ("견준 글자 수", "letters compared"),
    "letters read": ("읽은 글자 수", "letters read"),
    "longer": ("더 긴 글", "longer"),
    "of": ("전체", "of"),
    "right": ("맞은 글자 수", "right"),
    # the lab
    "gate open": ("열린 게이트", "gate open"),
    "half open": ("반만 열린 게이트", "half open"),
    "left of the memory": ("남은 기억", "left of the memory"),
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
    if not isinstance(key, str) or key not in _WORDS:
        raise ValueError(f"key must be a word that charrnn.translations has, got {quoted(key)}.")
    return choose(*_WORDS[key])


def translated(text: str) -> str:
    """The text in the language in force if the table has it, else the text as it is.

    Raises:
        TypeError: no string.
    """
    string("text", text)
    return word(text) if text in _WORDS else text


def choose(ko: str, en: str) -> str:
    """The one of two texts that is in the language in force."""
    return ko if _language == "ko" else en
