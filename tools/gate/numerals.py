"""Numbers in words, 스물세 번 and twenty-three times, so that both languages can be compared."""

import re
from decimal import Decimal

UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
TENS = ["ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
TEENS = [
    *["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"],
    *["eighteen", "nineteen"],
]
POWERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
SMALL = (
    {word: n for words in (UNITS, ORDINALS) for n, word in enumerate(words, 1)}
    | {word: 10 * n for n, word in enumerate(TENS, 1)}
    | {word: n for n, word in enumerate(TEENS, 10)}
    | {"tenth": 10, "dozen": 12}
)
ENGLISH = re.compile(
    rf"\b(?:({'|'.join(TENS)})[- ])?({'|'.join(SMALL)})?(?:[- ]|\b)({'|'.join(POWERS)})?(?:th)?\b"
)

# What may stand behind 세, 열 or 만, which alone are also a tax, a column and only.
COUNTED = "개|번(?!호)|가지|글자|자|칸|배|명|살|줄|행|단계|걸음|시간|분|초|시드|에포크|사람|방법"
KOREAN_ONES = {
    1: "하나|한", 2: "둘|두", 3: "셋|세|석", 4: "넷|네|넉", 5: "다섯", 6: "여섯", 7: "일곱",
    8: "여덟", 9: "아홉",
}  # fmt: skip
KOREAN_TENS = {10: "열", 20: "스물|스무", 30: "서른", 40: "마흔", 50: "쉰"}
KOREAN_POWERS = {100: "백", 1000: "천", 10_000: "만", 1_000_000: "백만"}


def _named(numbers: dict[int, str]) -> dict[str, int]:
    return {word: n for n, words in numbers.items() for word in words.split("|")}


ONES, TENS_KO, POWERS_KO = map(_named, (KOREAN_ONES, KOREAN_TENS, KOREAN_POWERS))
ANY = "|".join
COUNT = rf"(?= (?:{COUNTED}))"  # but 열 번호 is the number of a column
ALONE = rf"(?:(?<=[셋넷섯곱덟홉])|{COUNT}|(?=째)|(?<=[세네])(?= [가-힣]))"
KOREAN = re.compile(
    rf"(?<![가-힣])(?:({ANY(TENS_KO)})({ANY(ONES)})"
    rf"|({ANY(ONES)}){ALONE}|({ANY(TENS_KO)})(?:{COUNT}|(?=째|까지))"
    rf"|({ANY(sorted(POWERS_KO, key=len, reverse=True))})(?:{COUNT}|(?=분의))"
    r"|두(세)(?= )|(서너)(?= ))"
)

LARGE = {
    "만": 10**4, "억": 10**8, "조": 10**12,
    " thousand": 10**3, " million": 10**6, " billion": 10**9, " trillion": 10**12,
}  # fmt: skip
# 3만 alone is also "only 3": what is counted behind it tells.
MYRIAD = rf"만(?= ?(?:{COUNTED}|권|대|바이트|토큰))"
PART = rf"\d[\d,]*(?:\.\d+)?(?:[조억]|{MYRIAD}| (?:thousand|[mb]illion|trillion)\b)"
IN_DIGITS = re.compile(rf"(?<![\d.,]){PART}(?: {PART})*")


def in_digits(text: str) -> str:
    """A text in which 5600억 and 560 billion are 560000000000."""

    def product(match: re.Match[str]) -> str:
        parts = re.findall(rf"([\d,.]+)({ANY(LARGE)})", match[0])
        return str(int(sum(Decimal(n.replace(",", "")) * LARGE[word] for n, word in parts)))

    return IN_DIGITS.sub(product, text)


def english(text: str) -> set[int]:
    """The numbers from three on that an English text says in words.

    One and two are left out: both, a pair and 둘 다 stand in one language alone.
    """
    found = set()
    for tens, small, power in ENGLISH.findall(text.lower()):
        number = SMALL.get(tens, 0) + SMALL.get(small, 0)
        found.add((number or 1) * POWERS.get(power, 1) if number or power else 0)
    return {n for n in found if n > 2}


def korean(text: str) -> set[int]:
    """The numbers from three on that a Korean text says in words of its own, not Chinese ones."""
    found = set()
    for tens, one, alone, ten, power, three, four in KOREAN.findall(text):
        found.add(TENS_KO.get(tens or ten, 0) + ONES.get(one or alone, 0))
        found.add(POWERS_KO.get(power, 0))
        found |= {3} if three else {3, 4} if four else set()
    return {n for n in found if n > 2}
