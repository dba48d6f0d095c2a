"""Make the files that the pages carry and this repository did not write: `python tools/vendor.py`.

Formulas need a font with a MATH table, which phones lack. This takes STIX Two Math from its npm
package (pinned, checked against its checksum), keeps the signs a book like this one writes, and
puts them into a style sheet as data: a page opened from disk may not fetch a font file, and
nothing moves when it arrives. It is loaded by pages with formulas only. Needs npm and fontTools,
which Matplotlib brings along. The result is committed; run this again only to change it.
"""

import base64
import hashlib
import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

PACKAGE = "@fontsource/stix-two-math@5.3.0"
SHA512 = (
    "9de8287a8cf0e954978d9328cf02914a6fdd842413eb672c65cb9e6bd23c298a"
    "8f699abff0a6db041ac0d3664717b032b91e6654c2ffa7eab46f016e4887f619"
)
FONT = "package/files/stix-two-math-latin-400-normal.woff"
LICENCE = "package/LICENSE"
STATIC = Path(__file__).resolve().parents[1] / "_ext" / "bilingual" / "theme" / "static"

LETTERS = "".join(map(chr, range(0x20, 0x7F)))
GREEK = "αβγδεζηθικλμνξοπρστυφχψωϵϑϕϱςΓΔΘΛΞΠΣΥΦΨΩ"
# MathML draws a lone letter with its italic twin; the italic h stands elsewhere.
ITALIC = "".join(map(chr, [*range(0x1D434, 0x1D468), 0x210E, *range(0x1D6E2, 0x1D71C)]))
BOLD = "".join(map(chr, range(0x1D400, 0x1D434)))
SIGNS = (
    "±×÷·′″…‖†ℓℝℕℤ𝔼ℒ𝒩∈∉⊂⊆∪∩∅∀∃¬∧∨∂∇∑∏∫√∝∞≈≃≡≠≤≥≪≫∼⊙⊗⊕∘∗⋅⋯⋮⋱←→↑↓↔⇒⇐⇔↦⌊⌋⌈⌉⟨⟩−‐–—∣∥⏞⏟¯ˆ˜˙"
    "\u0302\u0303\u0304\u0307\u20d7\u2061\u2062\u2063\u2064"
)

STYLE = """\
/* STIX Two Math, the signs this book writes. Made by tools/vendor.py from {package}.
   SIL Open Font License 1.1: math-font-LICENSE.txt */
@font-face {{
  font-family: "Book Math";
  src: url(data:font/woff;base64,{data}) format("woff");
}}
"""


def fetch(package):
    """The package's archive, from the registry that npm is set up with."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.PIPE
        )
        (archive,) = Path(folder).iterdir()
        return archive.read_bytes()


def smaller(font):
    """The font with the book's signs only, as WOFF."""
    options = subset.Options(hinting=False, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14])
    options.layout_features = ["ssty", "dtls", "flac", "ccmp"]
    loaded = TTFont(io.BytesIO(font), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS + GREEK + ITALIC + BOLD + SIGNS)
    subsetter.subset(loaded)
    loaded.flavor = "woff"
    made = io.BytesIO()
    loaded.save(made)
    return made.getvalue()


def main():
    archive = fetch(PACKAGE)
    found = hashlib.sha512(archive).hexdigest()
    if found != SHA512:
        raise SystemExit(f"{PACKAGE} has checksum {found}, not {SHA512}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        font = files.extractfile(FONT).read()
        licence = files.extractfile(LICENCE).read()
    data = base64.b64encode(smaller(font)).decode()
    (STATIC / "math.css").write_text(STYLE.format(package=PACKAGE, data=data), encoding="utf-8")
    (STATIC / "math-font-LICENSE.txt").write_bytes(licence)
    print(f"math.css: {len(data):,} bytes")


if __name__ == "__main__":
    main()
