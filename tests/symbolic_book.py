"""A small book with symbols in formulas, code and a picture, and with terms of a glossary."""

from small_book import PAGES, build

SYMBOLS = """\
- {formula: h, ko: 은닉 상태, en: hidden state, shape: "(1, H)", colour: state,
   code: {h: [1], h_t: [1]}}
- {formula: x, ko: 입력, en: input, shape: "(1, V)", colour: letter}
- {formula: x, in: [1], ko: 거리, en: distance, shape: number}
- {formula: W_h, ko: 가중치, en: weights, shape: "(H, V + H)", colour: weight}
- {formula: "\\\\eta", ko: 학습률, en: learning rate, shape: number}
- {formula: f, in: [9], ko: 게이트, en: gate, shape: "(1, H)", colour: gate}
"""
GLOSSARY = """\
- {en: hidden state, ko: 은닉 상태, means: {ko: 수의 줄., en: Numbers in a row.}}
- {en: network, ko: 신경망, means: {ko: 잇는 것., en: "Joins: \\"things\\" <up>."}}
"""
PICTURE = """\
<svg role="img" aria-label="A cell" class="charrnn-picture" width="200" height="60">
<g data-symbol="h_{t-1}"><text x="20" y="30">h</text></g>
<g data-symbol="[x_t, h_t]"><text x="80" y="30">both</text></g>
<g data-symbol="q"><text x="160" y="30">q</text></g>
</svg>"""
CELL = f"""\
# {{title}}

The hidden state $h_{{{{t-1}}}}$ of a network 은닉 상태, 신경망; $q$, $h_0$, $y^{{{{h_t}}}}$.

$$h_t = W_h [x_t, h_{{{{t-1}}}}] + \\eta y_{{{{t,i}}}}$$

Between `h` and `h_t` is `W_h`.

$$1 + 1 = 2$$

```python
h_t = cell.h(h, x, h_t=h.h)
```

{PICTURE.replace("{", "{{").replace("}", "}}")}
"""
WORDS = "# {}\n\nAll.\n\n- <a id='network'></a>**network**<br>Joins.\n"
SYMBOLIC = PAGES | {
    "symbols.yml": SYMBOLS,
    "glossary.yml": GLOSSARY,
    "chapters/ko/01_cell.md": CELL.format(title="셀"),
    "chapters/en/01_cell.md": CELL.format(title="Cell"),
    "chapters/ko/92_glossary.md": WORDS.format("말"),
    "chapters/en/92_glossary.md": WORDS.format("Words"),
}


def built(folder):
    """The book, built in a folder."""
    return build(folder, SYMBOLIC)
