"""Make the files that this repository carries and did not write: `python tools/vendor.py`.

Formulas need a font with a MATH table, which phones lack. This takes STIX Two Math from its npm
package, keeps the signs that this book writes and a few likely ones, and puts them into a style
sheet as data: a page opened from disk may not fetch a font file, and nothing moves when it
arrives. Pages with formulas load it before anything shows, so each sign counts. The tests ask
axe-core whether everyone can use the pages; it is kept as its package has it.

Each package is pinned and checked against its checksum. Needs npm; fontTools, which Matplotlib
brings along; and Brotli (`pip install brotli`), which packs WOFF2. The results are committed; run
this again only to change them.
"""

import base64
import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "_ext" / "bilingual" / "theme" / "static"
TESTS = ROOT / "tests" / "vendor"

FONT = "@fontsource/stix-two-math@5.3.0"
AXE = "axe-core@4.14.1"
SHA512 = {
    FONT: "9de8287a8cf0e954978d9328cf02914a6fdd842413eb672c65cb9e6bd23c298a"
    "8f699abff0a6db041ac0d3664717b032b91e6654c2ffa7eab46f016e4887f619",
    AXE: "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b73"
    "4f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5",
}
# Of the script itself, so that a change by hand is noticed without fetching anything.
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"

LETTERS = "".join(map(chr, range(0x20, 0x7F)))
GREEK = "ηλσϵ"
SIGNS = "±×·′…∂∈∑−√∞≈≠≤≥⊙⋅⋯→\u2061\u2062\u2063"
# MathML draws a lone letter with its italic twin; the italic h and epsilon stand elsewhere.
ITALIC = "".join(map(chr, [*range(0x1D434, 0x1D468), 0x210E, 0x1D716])) + "".join(
    chr(ord(letter) - ord("α") + 0x1D6FC) for letter in GREEK if letter != "ϵ"
)

STYLE = """\
/* STIX Two Math, the signs this book writes. Made by tools/vendor.py from {package}.
   SIL Open Font License 1.1: math-font-LICENSE.txt */
@font-face {{
  font-family: "Book Math";
  src: url(data:font/woff2;base64,{data}) format("woff2");
}}
"""


def download(package: str) -> bytes:
    """The package's archive, from the registry that npm is set up with.

    Raises:
        SystemExit: there is no npm, or it could not get the package and has said why.
    """
    npm = shutil.which("npm")  # on Windows npm.cmd, which is not found by the name npm alone
    if npm is None:
        raise SystemExit(
            f"npm fetches {package}, and there is none here: install Node.js from "
            "https://nodejs.org and try again."
        )
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--loglevel=error", package]
        if subprocess.run(command, cwd=folder, stdout=subprocess.PIPE).returncode:
            raise SystemExit(f"npm could not get {package}; what it says stands above.")
        (archive,) = Path(folder).iterdir()
        return archive.read_bytes()


def files_of(package: str, *names: str, pinned: Mapping[str, str] = SHA512) -> list[bytes]:
    """The contents of a package's files; SystemExit if it is not the package that was pinned."""
    archive = download(package)
    found = hashlib.sha512(archive).hexdigest()
    if found != pinned[package]:
        raise SystemExit(f"{package} has checksum {found}, not {pinned[package]}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        members = [files.extractfile(f"package/{name}") for name in names]
        return [member.read() for member in members if member]


def smaller(font: bytes) -> bytes:
    """The font with the book's signs only, as WOFF2."""
    options = subset.Options(hinting=False, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14])
    options.layout_features = ["ssty", "dtls", "flac", "ccmp"]
    loaded = TTFont(io.BytesIO(font), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS + GREEK + SIGNS + ITALIC)
    subsetter.subset(loaded)
    loaded.flavor = "woff2"
    made = io.BytesIO()
    loaded.save(made)
    return made.getvalue()


def make_font(folder: Path = STATIC) -> None:
    """Write the style sheet with the font, and its licence."""
    font, licence = files_of(FONT, "files/stix-two-math-latin-400-normal.woff", "LICENSE")
    data = base64.b64encode(smaller(font)).decode()
    (folder / "math.css").write_text(STYLE.format(package=FONT, data=data), encoding="utf-8")
    (folder / "math-font-LICENSE.txt").write_bytes(licence)


def make_axe(folder: Path = TESTS) -> None:
    """Write axe-core and its licences."""
    script, licence, others = files_of(AXE, "axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt")
    (folder / "axe.min.js").write_bytes(script)
    (folder / "axe-LICENSE.txt").write_bytes(licence)
    (folder / "axe-LICENSE-3RD-PARTY.txt").write_bytes(others)


if __name__ == "__main__":
    make_font()
    make_axe()
