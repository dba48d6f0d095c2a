"""The gate: all languages, the notebooks, the contents and the settings agree: `make check`.

model      the book as the rules are given it, and a finding
rules      the rules, each a function of the book that yields its findings
prose      parses a prose cell into the parts that are compared
twins      in what two texts must agree
numerals   numbers in words
korean     endings, translationese, English left in Korean
particles  Korean particles that do not fit
usage      whether the glossary's terms are used
shown      Korean that a cell of code would show
wording    texts outside the chapters
"""
