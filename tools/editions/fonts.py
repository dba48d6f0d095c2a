"""The fonts that the PDFs are set in: fetched once into _build/fonts, pinned and checked each time.

Whoever prints the book may have no Korean font, and the one that the package carries has the
letters of its pictures only. Noto Sans KR is complete: all syllables, and the jamo that chapter 12
takes them apart into, which many Korean fonts lack. English prose has a face for long reading.
D2Coding is twice as wide for a Korean letter as for a Latin one, so columns of code stay columns.
What these lack (⊢, �), DejaVu Sans has, which Matplotlib brings along. All may be embedded: SIL
Open Font License, and DejaVu's own, which is as free.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import matplotlib
from vendor import files_of


class Font(NamedTuple):
    family: str
    weight: int
    style: str
    package: str  # of npm; empty for one of Matplotlib's
    path: str  # in there

    @property
    def file(self) -> str:
        """Its name in the folder of fonts."""
        return self.path.rsplit("/", 1)[-1]


SANS = "@embedpdf/fonts-kr@1.0.0"
SERIF = "@fontsource/source-serif-4@5.3.1"
CODE = "d2coding@1.3.2"
SHA512 = {
    SANS: "6e1f3c1d74af3814b9f359209a285663b223a7d841b2f9665e88051b92d2371f"
    "54040a1b45c6a466214c1a279105cd3a8544a4a68ed686368533fcff49f43c75",
    SERIF: "7167130978d862b805f40ebb7d38558abd5549cd253c4626c10ea3038a4fb74d"
    "6cd8c4828bf99a20d51c6680b36aa9d4f1fc9445e0cef7b7867015241e039eba",
    CODE: "83e0e0cb565200a4e05889768e1a6be8ade478589cf1a6a938595587be1ea016"
    "0f6e31aae6531d13300d1b9c3a8455f57f3401b1a03386e4d8202463cade0e70",
}
# Of a package's fonts as they lie in the folder, one after another in the order of FONTS.
SHA256 = {
    SANS: "6ebbfa58f0fabb43672a97244ab9d53c7b2bd7dc27e78b6c2f89232588127f35",
    SERIF: "20d2ca7b2e755c498198faa16484f72d0090c80ca121e9ce4d6ca67c7a00e89a",
    CODE: "c8c148d08007eda28943fd0b099302f7a7ecae6838f3a1ecba0cf33127dbcb84",
}
LATIN = "files/source-serif-4-latin-{}-{}.woff2"
FONTS = (
    Font("Book Sans", 400, "normal", SANS, "fonts/NotoSansKR-Regular.otf"),
    Font("Book Sans", 500, "normal", SANS, "fonts/NotoSansKR-Medium.otf"),
    Font("Book Sans", 700, "normal", SANS, "fonts/NotoSansKR-Bold.otf"),
    Font("Book Serif", 400, "normal", SERIF, LATIN.format(400, "normal")),
    Font("Book Serif", 400, "italic", SERIF, LATIN.format(400, "italic")),
    Font("Book Serif", 700, "normal", SERIF, LATIN.format(700, "normal")),
    Font("Book Code", 400, "normal", CODE, "fonts/d2coding-full.ttf"),
    Font("Book Code", 700, "normal", CODE, "fonts/d2coding-bold-full.ttf"),
    Font("Book Signs", 400, "normal", "", "fonts/ttf/DejaVuSans.ttf"),
    Font("Book Signs", 700, "normal", "", "fonts/ttf/DejaVuSans-Bold.ttf"),
)
FACE = (
    '@font-face {{ font-family: "{0.family}"; font-weight: {0.weight}; font-style: {0.style}; '
    'src: url("/fonts/{0.file}"); }}\n'
)


def checksum(contents: Iterable[bytes]) -> str:
    """The SHA-256 of several files, one after another."""
    return hashlib.sha256(b"".join(contents)).hexdigest()


def put(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: for half a font the browser silently takes another."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")  # another `make` may do the same now
    beside.write_bytes(content)
    beside.replace(file)


def fetch(folder: Path) -> None:
    """Put into the folder the fonts that it lacks, and anew those that are not as they were pinned.

    Raises:
        SystemExit: a package or its fonts are not those that were pinned, or npm, which fetches
            them, is missing or could not.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for package in dict.fromkeys(font.package for font in FONTS):
        fonts = [font for font in FONTS if font.package == package]
        files = [folder / font.file for font in fonts]
        if not package:
            data = Path(matplotlib.get_data_path())
            found = [(data / font.path).read_bytes() for font in fonts]
        elif checksum(file.read_bytes() for file in files if file.is_file()) == SHA256[package]:
            continue
        else:
            print(
                f"Fetching fonts into {folder} (once; about 70 MB in all): {package}.", flush=True
            )
            found = files_of(package, *(font.path for font in fonts), pinned=SHA512)
            if checksum(found) != SHA256[package]:
                raise SystemExit(
                    f"The fonts of {package} have checksum {checksum(found)}, not {SHA256[package]}"
                )
        for file, content in zip(files, found, strict=True):
            put(file, content)


def faces() -> str:
    """The style rules that name the fonts."""
    return "".join(map(FACE.format, FONTS))
