"""The rules of the gate that know a little Korean: numbers in words, particles, leftovers."""

import pytest
from book import agreed, strings
from book.terms import Term
from gate import korean, numerals, particles, prose, shown, twins, usage, wording


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("three cats, the third", {3}),
        ("a twelfth cat", set()),  # not known, so nothing is said
        ("twenty-five times", {25}),
        ("twenty five", {25}),
        ("thirty letters and nineteen more", {30, 19}),
        ("ten thousand, a hundred, three hundred, a millionth", {10_000, 100, 300, 1_000_000}),
        ("Eight", {8}),
        ("one, two, both, a second; often, tension, weight, attend", set()),
        ("tens of thousands", set()),
    ],
)
def test_english_numbers_in_words(text, numbers):
    assert numerals.english(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("고양이 세 마리와 개 넷", {3, 4}),
        ("다섯, 여섯 번, 일곱째, 여덟과 아홉", {5, 6, 7, 8, 9}),
        ("스물다섯 배, 서른세 번, 열셋인", {25, 33, 13}),
        ("열 개와 열째, 열까지", {10}),
        ("만 번, 천 개, 백 번, 백만분의 일", {10_000, 1000, 100, 1_000_000}),
        ("두세 번", {3}),
        ("백 번", {100}),
        ("천 번", {1000}),
        ("서너 번", {3, 4}),
        ("하나, 둘, 두 번", set()),
        ("네, 그렇습니다. 세로로 열에 1을 적고 열 번호를 셉니다.", set()),
        ("하지만 백지에 천천히 만듭니다. 그것만 남습니다.", set()),
        ("마흔셋", {43}),
    ],
)
def test_korean_numbers_in_words(text, numbers):
    assert numerals.korean(text) == numbers


def rules(ko, en):
    return {found.rule for found in twins.differences(prose.parse(ko), prose.parse(en))}


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("고양이 세 마리", "3 cats"),
        ("고양이 3마리", "three cats"),
        ("k는 다섯", "k = 5"),
        ("0으로 채웁니다. 0입니다.", "Filled with zeros."),
        ("1은 1입니다.", "It is one."),
        ("−1에서 1까지", "from -1 to 1"),
        ("1,000마리", "1000 cats"),
        ("1-2쪽", "pages 1-2"),
        ("5600억 토큰, 100만 글자, 5만 권", "560 billion tokens, 1 million letters, 50,000 books"),
        ("1억 2500만 바이트와 1.5조 글자", "125 million bytes and 1.5 trillion letters"),
        ("1만 남습니다.", "Only 1 is left."),
        ("`a`와 `b`", "`b`, `a` and `a`"),
        ("$x + 1$", "$x+1$"),
        ("$x\\text{ 값}$", "$x\\text{ value}$"),
        ("[가](../ko/a.ipynb)", "[a](../en/a.ipynb)"),
        ("| 가 | 2 |\n| --- | --- |\n| 나 | 3 |", "| a | 2 |\n| --- | --- |\n| b | 3 |"),
    ],
)
def test_twins_that_agree(ko, en):
    assert rules(ko, en) == set()


@pytest.mark.parametrize(
    ("ko", "en", "rule"),
    [
        ("-1에서 1까지", "from 0 to 1", "numbers"),
        ("-2도", "2 degrees", "numbers"),
        ("−0.5", "0.5", "numbers"),
        ("0과 1", "1 only", "numbers"),
        ("없음", "0", "numbers"),
        ("200억 글자", "2 billion letters", "numbers"),
        ("2와 2", "2", "numbers"),
        ("세 마리", "four cats", "numerals"),
        ("세 마리", "cats", "numerals"),
        ("마리", "three cats", "numerals"),
        ("세 마리", "4 cats", "numbers"),
        ("[가](a.ipynb) [나](b.ipynb)", "[b](b.ipynb) [a](a.ipynb)", "links"),
        ("[가](a.ipynb) [나](a.ipynb)", "[a](a.ipynb)", "links"),
        ("`a`", "a", "code"),
        ("<p><code>a</code></p>", "<p><code>b</code></p>", "code"),
        ("$x$", "$y$", "formulas"),
        ("$$x$$\n\n$$y$$", "$$y$$\n\n$$x$$", "formulas"),
        ("**가** 나", "a b", "bold"),
        ("가\n\n나", "a", "blocks"),
        ("> 가", "a", "blocks"),
        ("| 가 | 2 |\n| --- | --- |\n| 나 | 3 |", "| a | 3 |\n| --- | --- |\n| b | 2 |", "numbers"),
        ("| 가 | `a` |\n| --- | --- |", "| a | `b` |\n| --- | --- |", "code"),
        ("- 2\n- 3", "- 3\n- 2", "numbers"),
        ("2\n\n3", "3\n\n2", "numbers"),
        ("2\n\n3", "4", "numbers"),
    ],
)
def test_twins_that_differ(ko, en, rule):
    assert rule in rules(ko, en)


def test_a_difference_names_the_line_of_its_paragraph():
    found = twins.differences(prose.parse("가\n\n나\n\n2"), prose.parse("a\n\nb\nc\n\n3"))
    assert [(d.ko_line, d.en_line, d.korean, d.english) for d in found] == [(4, 5, "2", "3")]


def misfits(text, *nouns):
    return [
        message
        for t in prose.parse(text).texts
        for message in particles.faults(t, frozenset(nouns))
    ]


# Each of what is read with a vowel, with ㄹ and with another consonant at its end.
OPEN = ["GRU", "BPTT", "MSE", "PyTorch", "NumPy", "loss", "softmax", "MLP", "GPU", "CPU"]
OPEN += ["argmax", "tanh", "top-k", "`scores`", "`.T`", "`forward`", "$h$", "$x_t$", "2", "45", "9"]
OPEN += ["`torch.no_grad()`", "`weights_only=True`", "`float64`", "`batch_first=True`", "`a`"]
RIEUL = ["HTML", "`model`", "`l`", "1", "7", "0.8", "`PostCell`", "$r$", "`top_k=1`", "`글`"]
CLOSED = ["RNN", "LSTM", "CNN", "Colab", "Python", "Adam", "`train`", "`nn.RNN`", "0", "3", "1,000"]
CLOSED += ["epsilon", "`__init__`", "`fit`", "`init_hidden`", "`train(epochs=0)`", "10", "`값`"]
AFTER = {"은": "는", "이": "가", "을": "를", "과": "와", "이라는": "라는", "이라고": "라고"}


@pytest.mark.parametrize("word", OPEN + RIEUL + CLOSED)
def test_particles_follow_the_reading(word):
    closed = word not in OPEN
    for after_consonant, after_vowel in AFTER.items():
        right, wrong = after_consonant, after_vowel
        right, wrong = (right, wrong) if closed else (wrong, right)
        assert misfits(f"{word}{right} 좋습니다.") == []
        assert len(misfits(f"{word}{wrong} 좋습니다.")) == 1
    right, wrong = ("으로", "로") if word in CLOSED else ("로", "으로")
    assert misfits(f"{word}{right}도 {word}{right} 됩니다.") == []
    assert len(misfits(f"{word}{wrong}도 {word}{wrong} 됩니다.")) == 2


@pytest.mark.parametrize(
    "word", ["`scale`", "`loop`", "`seek`", "`logic`", "$x^2$", "$\\ln$", "`@`", "`x ** 2`"]
)
def test_nothing_is_said_where_the_reading_is_not_sure(word):
    assert misfits(f"{word}은 {word}는") == []


@pytest.mark.parametrize(
    "word",
    [
        *["손실를", "글자을", "함수은", "학습로", "셀와", "문장가"],
        *["손실라는", "기울기과", "표으로", "글으로", "글라고", "셀랑"],
    ],
)
def test_particles_after_korean_words(word):
    assert len(misfits(f"그 {word} 봅니다.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "손실을 글자를 함수는 학습으로 셀과 문장이 손실이라는 기울기와 표로 글로 글이라고 셀이랑",
        "무엇인가 하는가 오르는가 언젠가 평가 결과 가을 마을 나은 모은 지을 경로",
        "먹는 읽는 높이 깊이 차이 사이",
        "나이라는 아이라고",
    ],
)
def test_words_that_only_look_like_a_misfit_pass(text):
    assert misfits(text) == []


def test_verbs_and_nouns_are_told_apart_by_the_other_particles_of_the_book():
    nouns = particles.nouns_in(["손실의 끝", "표에서", "읽기"])
    assert nouns == {"손실", "표"}
    assert len(misfits("손실는 줄고 표이 깁니다.", *nouns)) == 2
    assert misfits("읽는 까닭") == []


@pytest.mark.parametrize(
    ("ko", "en", "left"),
    [
        ("argmax와 tanh, top-k, RNN", "x", []),
        ('소음(noise)과 "noise", [noise](a.md), *noise*, `noise`, nn.RNN, beta2', "noise", []),
        ("Elman의 글", "by Elman", []),
        ("Elman의 글", "by someone", ["Elman"]),
        ("noise를", "noise", ["noise"]),
        ("a와 b", "a and b", []),
        ("<p><code>noise</code>를</p>", "<p><code>noise</code></p>", []),
        ("- noise", "- noise", ["noise"]),
        ("<p>noise</p>", "<p>noise</p>", ["noise"]),
        ("![noise](a.svg)", "![noise](a.svg)", ["noise"]),
    ],
)
def test_english_left_in_korean(ko, en, left):
    found = korean.latin(prose.parse(ko), prose.parse(en))
    assert [message.split(":")[0] for _, message in found] == left


@pytest.mark.parametrize(
    ("en", "left"),
    [
        ('`값` and "값" and [값](a.md)', []),
        ("A 값.", ["값"]),
        ("## 값", ["값"]),
        ("<p>참고</p>", ["참고"]),
        ("ㄱ", ["ㄱ"]),
    ],
)
def test_korean_left_in_english(en, left):
    assert [message.split(":")[0] for _, message in korean.hangul(prose.parse(en))] == left


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('letters = ["한", "글"]\nprint(len("한글"), parts("한"))', []),
        ('assert "가" in letters', []),
        ("x = 1  # 하나", [0]),
        ('print("하나")', [0]),
        ('x = 1\nprint(f"하나 {x}")', [1]),
        ('table({"손실": [1]})', [0]),
        ('table({"loss": ["하나"]})', [0]),
        ('plots.curve(xs, label="손실")', [0]),
        ('assert x, "틀림"', [0]),
        ('"""하나"""', [0]),
        ('display.Markdown("하나")', [0]),
        ("x =", []),
    ],
)
def test_korean_in_code_that_both_pages_show(code, lines):
    assert sorted({line for line, _ in shown.korean_shown(code)}) == lines


TERMS = [
    Term("gradient", ("기울기",), ("경사(?!로)",), False, ()),
    Term("letter", ("글자",), (), True, ()),
]


def about(ko, en):
    return list(wording.faults(strings.Pair(None, 1, "key", ko, en), TERMS))


@pytest.mark.parametrize(
    ("ko", "en"),
    [
        ("기울기 {n}개", "{n} gradients"),
        ("argmax", "argmax"),
        ("출력, nn.RNN", "output, nn.RNN"),
        ("1초에 {n}글자", "{n} letters a second"),
        ("상태 $h_t$", "state $h_t$"),
        ("{n}을 {n}를 봅니다.", "Look at {n}."),
        ("{n}", "{n}"),
        ("글", "letter"),  # a word with a plain meaning too
    ],
)
def test_texts_that_agree(ko, en):
    assert about(ko, en) == []


@pytest.mark.parametrize(
    ("ko", "en", "message"),
    [
        (None, "loss", "not there in Korean"),
        ("손실", None, "not there in English"),
        ("Loss", "Loss", "the Korean text is English"),
        ("손실 loss", "loss", "loss: English in Korean prose"),
        ("손실", "the 손실", "Korean in English"),
        ("손실 {n}", "loss {m}", "fill in other"),
        ("손실 2", "loss 3", "numbers: Korean has 2, English 3"),
        ("손실 세 번", "four losses", "numerals: Korean has 3, English 4"),
        ("손실을 보세요.", "See the loss.", "합니다체"),
        ("손실를", "loss", "does not fit"),
        ("LSTM는", "LSTM", "is read with"),
        ("비탈", "gradient", "does not say 기울기"),
        ("경사", "slope", "경사: this book says 기울기"),
    ],
)
def test_texts_that_do_not_agree(ko, en, message):
    assert any(message in said for said in about(ko, en))


def test_one_korean_word_for_two_english_ones_is_found():
    pairs = [
        strings.Pair(None, n, "key", ko, en)
        for n, (ko, en) in enumerate(
            [("글자", "letter"), ("글자", "letters"), ("다음", "next"), ("다음", "previous")]
        )
    ]
    assert [pair.line for pair, _ in wording.alike(pairs)] == [3]


def test_where_texts_are_found(tmp_path):
    files = {
        "src/charrnn/a.py": 'choose("가", "a")\nchoose(f"나 {x + 1}", f"b {x + 1}")\n'
        'W = {"k": ("다", "c")}\n',
        "_ext/bilingual/b.py": 'W = {"ko": {"k": "라"}, "en": {"k": "d", "only": "e"}}\n',
        "src/charrnn/lab/c.js": (
            'export const words = {\n  ko: {\n    k: "마 \\"x\\"",\n  },\n'
            '  en: {\n    k: "f",\n  },\n};\n'
        ),
        "src/charrnn/lab/d.js": "export const none = 1;\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = [(p.path.name, p.line, p.ko, p.en) for p in strings.read(tmp_path)]
    assert sorted(found, key=str) == [
        ("a.py", 1, "가", "a"),
        ("a.py", 2, "나 {x + 1}", "b {x + 1}"),
        ("a.py", 3, "다", "c"),
        ("b.py", 1, "라", "d"),
        ("b.py", 1, None, "e"),
        ("c.js", 3, '마 "x"', "f"),
    ]


@pytest.mark.parametrize(
    ("korean_form", "english_form"),
    [("기울기", "gradients"), ("활성화 함수", "activation functions"), ("편향", "biases")],
)
def test_plurals_are_terms_too(korean_form, english_form):
    """The plural of an English term asks for its Korean one like the singular."""
    singular = english_form.removesuffix("s").removesuffix("e" if english_form[-2] == "e" else "")
    term = Term(singular, (korean_form,), (), False, ())
    assert list(usage.pair([term], "아무것", f"The {english_form}.")) != []
    assert list(usage.pair([term], korean_form, f"The {english_form}.")) == []
    assert list(usage.pair([term], "아무것", f"A {english_form}ense.")) == []


def test_numbers_in_code_are_its_own_not_those_of_its_texts():
    assert agreed.numbers_in('f(2, x=0.5, on=True)\n"3"  # 4') == ["2", "0.5"]
    assert agreed.numbers_in("%time") == []


@pytest.mark.parametrize("word", ["합니다", "합시다", "합니까", "그럴까요", "필요", "중요", "글"])
def test_endings_that_pass(word):
    assert list(korean.faults(prose.parse(f"이 글이 {word}."))) == []


ENDINGS = [
    "한다",
    "해요",
    "하죠",
    "그렇죠",
    "할까",
    "이다",
    "니다",
    "가니다",
    "하세요",
    "그랬다",
    "개다",
    "간니다",
]


@pytest.mark.parametrize("word", ENDINGS)
@pytest.mark.parametrize("mark", [".", "?", "!", "…", ".)"])
def test_endings_that_do_not_pass(word, mark):
    assert len(list(korean.faults(prose.parse(f"이 글이 {word}{mark}")))) == 1


def test_lists_tables_headings_and_quotes_may_be_short():
    short = "- 간다.\n\n# 간다.\n\n> 간다.\n\n| 간다. |\n| --- |\n\n“간다.” 하고 갔습니다."
    assert list(korean.faults(prose.parse(short))) == []


@pytest.mark.parametrize(
    "words", ["당신은", "되어진", "보여진", "불려집니다", "가지고 있는", "갖고있는"]
)
def test_translationese(words):
    assert len(list(korean.faults(prose.parse(f"- {words} 것")))) == 1
