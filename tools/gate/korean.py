"""Faults of Korean prose that a machine can tell: endings, translationese, English left in it."""

import re
from collections.abc import Iterator

from gate.prose import Prose

# What ends a sentence. Lists, tables and headings may be short forms; quotes may say anything.
ENDING = re.compile(r"([가-힣]+)[.!?:…]+(?=[\s)\]]|$)")
QUOTE = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"|「[^」]*」|『[^』]*』")
SHORT_FORMS = ("list", "table", "heading", "blockquote")
NOUNS = ("필요", "중요", "개요", "주요", "수요", "강요", "바다")  # end like a verb, are none
BANNED = {
    r"당신": "당신: say it without a subject",
    r"되어[지진질집져졌]": "되어지다: one passive is enough, 되다",
    r"(보여|쓰여|불려|나뉘어|잊혀|읽혀)[지진질집져졌]": "a passive twice",
    r"(가지고|갖고) ?있": "가지고 있다: 있다",
    r"에 대한[^.!?]*에 대한": "에 대한 twice in a sentence",
}
# English stands in brackets behind its term, in quotes, in a link or in italics; else it is a name
# that the English says too, or one of these.
NAMES = {"argmax", "tanh", "top-k", "git", "make", "arXiv", "Adam", "RNN", "LSTM", "GRU"}
BRACKETS = re.compile(r"\([^()]*\)")
# Not nn.RNN, beta2 or 0xAC00, which are code.
LATIN = re.compile(r"(?<![\w.])[A-Za-z][A-Za-z-]*[A-Za-z](?!\.?\w)", re.ASCII)


def faults(parts: Prose) -> Iterator[tuple[int, str]]:
    """Line within the cell and what is wrong there."""
    for text in parts.texts:
        unquoted = QUOTE.sub(" ", text.words)
        if text.place not in SHORT_FORMS:
            for match in ENDING.finditer(unquoted):
                if not polite(match[1]):
                    yield text.line, f"{match[0]} does not end in 합니다체"
        for pattern, why in BANNED.items():
            if re.search(pattern, unquoted):
                yield text.line, why


def latin(ko: Prose, en: Prose) -> Iterator[tuple[int, str]]:
    """Line within the cell and the English that stands in Korean prose; `en` is its twin."""
    said = set(LATIN.findall(" ".join(text.words for text in en.texts)))
    for text in ko.texts:
        for word in LATIN.findall(BRACKETS.sub(" ", QUOTE.sub(" ", text.own_words))):
            if word not in NAMES and (word[0].islower() or word not in said):
                yield text.line, f"{word}: English in Korean prose"


def hangul(en: Prose) -> Iterator[tuple[int, str]]:
    """Line within the cell and the Korean that stands in English prose outside quotes."""
    for text in en.texts:
        for word in re.findall(r"[가-힣ㄱ-ㅣ]+", QUOTE.sub(" ", text.own_words)):
            yield text.line, f"{word}: Korean in English prose"


def polite(word: str) -> bool:
    """Whether the last word of a sentence is 합니다체, or no verb at all.

    A question a text asks itself, 왜 그럴까요?, has no form of its own in 합니다체.
    """
    if word.endswith(("니다", "니까", "시다")):
        return len(word) > 2 and ends_in_b(word[-3])
    return word.endswith((*NOUNS, "까요")) or not word.endswith(("다", "요", "죠", "까"))


def ends_in_b(syllable: str) -> bool:
    """합, 입, 습: the syllable's last consonant is ㅂ, the 17th of 28."""
    return (ord(syllable) - ord("가")) % 28 == 17
