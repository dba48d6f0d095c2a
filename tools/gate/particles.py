"""Korean particles that do not fit the word before them: 손실를, LSTM는, `train`는, 3를.

A particle follows how the word is read: 손실을, 엘에스티엠은, 트레인은, 삼을. Where that reading or
the particle is not sure, nothing is said.
"""

import re
from collections.abc import Iterable, Iterator

from gate.prose import CODE, Text

OPEN, RIEUL, CLOSED = "a vowel", "ㄹ", "a consonant"  # what a word ends in
FITS = {
    "이라는": (RIEUL, CLOSED), "라는": (OPEN,), "이라고": (RIEUL, CLOSED), "라고": (OPEN,),
    "이랑": (RIEUL, CLOSED), "랑": (OPEN,), "으로": (CLOSED,), "로": (OPEN, RIEUL),
    "은": (RIEUL, CLOSED), "는": (OPEN,), "이": (RIEUL, CLOSED), "가": (OPEN,),
    "을": (RIEUL, CLOSED), "를": (OPEN,), "과": (RIEUL, CLOSED), "와": (OPEN,),
}  # fmt: skip
BEHIND = re.compile(
    rf"({CODE}|(?<![\w.])\d+(?:[.,]\d+)*|(?<!\w)[A-Za-z][A-Za-z0-9.-]*)"
    rf"({'|'.join(FITS)})(?:는|도|만)?(?![가-힣])",
    re.ASCII,
)
HANGUL = re.compile(r"(?<![가-힣A-Za-z0-9])[가-힣]+")

# How Latin words are read whose letters do not tell it.
READ = dict.fromkeys(
    ["colab", "fit", "git", "init", "set", "top", "step", "bit", "name", "time", "line"], CLOSED
)
SILENT_E = re.compile(r"[lmn]e$")  # scale 스케일, but cube 큐브
DIGITS = dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True))
LETTERS = {"l": RIEUL, "r": RIEUL, "m": CLOSED, "n": CLOSED}  # 엘, 알, 엠, 엔; 에이, 비, 시

# Words that end in a particle's syllable without being a noun with a particle.
QUESTION = re.compile(r"[은는인든던른]가$")
WHOLE = re.compile(
    r"(무언가|언젠가|누군가|평가|국가|전문가|증가|작가|물가|정가|가을|마을|노을|효과|결과|사과|초과|투과|"
    r"학과|교과|말라는|경로|통로|진로|선로|항로|종로|미로)$"
    r"|^(나|모|지|이|부|그|고)[은을]$"  # 낫다, 모으다, 짓다, 잇다
)
ONLY_AFTER_NOUNS = ("는", "이")  # 먹는 and 높이 are words of their own
NOUN = re.compile(r"(?<![가-힣])([가-힣]+?)(의|에서|부터|까지|마다|처럼|보다|에게)(?![가-힣])")


def faults(text: Text, nouns: frozenset[str]) -> Iterator[str]:
    """Each word whose particle does not fit, with what it ends in; `nouns` as nouns_in has them."""
    for match in BEHIND.finditer(text.words):
        word, particle = match[1], match[2]
        if word == CODE:
            word = text.spoken[text.words.count(CODE, 0, match.start())]
        sound = ending(word)
        if sound and sound not in FITS[particle]:
            yield f"{word}{particle}: {word} is read with {sound} at its end"
    for match in HANGUL.finditer(text.words):
        if misfit := particle_of(match[0], nouns):
            yield f"{match[0]}: {misfit} does not fit"


def nouns_in(texts: Iterable[str]) -> frozenset[str]:
    """Korean words that stand somewhere with a particle which no verb takes."""
    return frozenset(word for text in texts for word, _ in NOUN.findall(text))


def particle_of(word: str, nouns: frozenset[str]) -> str | None:
    """The particle at the end of a Korean word if it does not fit, else None."""
    if QUESTION.search(word) or WHOLE.search(word):
        return None
    for particle, fitting in FITS.items():
        stem = word.removesuffix(particle)
        if stem in ("", word) or (particle in ONLY_AFTER_NOUNS and stem not in nouns):
            continue
        # 나이라는 is 나이 with 라는, so a 이 that does not fit proves nothing.
        if particle in ("이라는", "이라고", "이랑"):
            return None
        return None if syllable(stem[-1]) in fitting else particle
    return None


def ending(spoken: str) -> str | None:
    """What code, a formula, a number or a Latin word ends in when it is read; None if unsure."""
    if spoken.startswith("$"):
        last = re.search(r"(?<![\\^*A-Za-z{])([A-Za-z0-9])[$\])]*$", spoken[:-1])
        return _letter(last[1]) if last and not spoken.endswith("))$") else None
    bare = re.sub(r"[()\[\]_'\"]+$", "", spoken)
    last = re.search(r"[A-Za-z]+$|(?<!\*\* )[0-9]$|[가-힣]$", bare)
    if last is None:
        return None
    word = last[0]
    if "가" <= word <= "힣":
        return syllable(word)
    if len(word) == 1 or word.isupper():
        return _letter(word[-1])
    return READ.get(word.lower()) or _word(word.lower())


def _word(word: str) -> str | None:
    """A word of small letters, read as an English one."""
    if word.endswith(("m", "n", "ng")):
        return CLOSED
    if word.endswith("l"):
        return RIEUL
    if word.endswith(("b", "c", "k", "p", "q", "t")) or SILENT_E.search(word):
        return None  # 웹 but 튜브, 스텝 but 루프
    return OPEN


def _letter(letter: str) -> str:
    return syllable(DIGITS[letter]) if letter in DIGITS else LETTERS.get(letter.lower(), OPEN)


def syllable(syllable: str) -> str:
    """What a Hangul syllable ends in; ㄹ is the eighth of 28 endings."""
    tail = (ord(syllable) - ord("가")) % 28
    return OPEN if tail == 0 else RIEUL if tail == 8 else CLOSED
