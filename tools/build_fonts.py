"""Make the site's web fonts in var/fonts from the variable TTFs of two packages.

Each face becomes a file for each script, so that a page of English never loads the letters of a
Russian quotation or of a Turkish name. The stylesheet's @font-face rules name the ranges again, as
unicode-range. The same packages always give the same bytes.

Fonts that are newer than this file and their TTF are kept.
"""

import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "var" / "fonts"

# Inclusive ranges of code points.
SCRIPTS = {
    "latin": [
        (0x0020, 0x007E),
        (0x00A0, 0x00FF),
        (0x0131, 0x0131),
        (0x0152, 0x0153),
        (0x02C6, 0x02DC),
        (0x0301, 0x0301),
        (0x2002, 0x200B),
        (0x2010, 0x2015),
        (0x2018, 0x2022),
        (0x2026, 0x2026),
        (0x202F, 0x2033),
        (0x2039, 0x203A),
        (0x2044, 0x2044),
        (0x20AC, 0x20AC),  # euro, hryvnia, rouble
        (0x20B4, 0x20B4),
        (0x20BD, 0x20BD),
        (0x2116, 0x2116),
        (0x2122, 0x2122),
        (0x2190, 0x2193),
        (0x2212, 0x2212),
    ],
    # Names such as Erdoğan and Wałęsa.
    "latin-ext": [(0x0100, 0x0130), (0x0132, 0x0151), (0x0154, 0x017F), (0x0218, 0x021B)],
    "cyrillic": [(0x0400, 0x045F), (0x0490, 0x0491)],
}
FEATURES = ["ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "onum", "tnum"]


@dataclass(frozen=True)
class Face:
    name: str
    package: str
    ttf: str
    axes: dict[str, float | tuple[float, float]]


FACES = [
    Face(
        "serif-400-600",
        "fontpkg_source_serif_4",
        "SourceSerif4[opsz,wght].ttf",
        {"opsz": 14, "wght": (400, 600)},
    ),
    Face(
        "sans-400-700",
        "fontpkg_source_sans_3",
        "SourceSans3[wght].ttf",
        {"wght": (400, 700)},
    ),
]


def build(ttf: Path, face: Face, ranges: list[tuple[int, int]]) -> TTFont:
    options = Options(layout_features=FEATURES, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in ranges for c in range(first, last + 1)])
    # The time of the build must not get into the file.
    font = TTFont(ttf, recalcTimestamp=False)
    # Subset first: instancing the whole font fails on glyphs that we do not keep.
    subsetter.subset(font)
    font = instantiateVariableFont(font, face.axes)
    font.flavor = "woff2"
    return font


def is_fresh(target: Path, *sources: Path) -> bool:
    return target.exists() and all(
        target.stat().st_mtime >= source.stat().st_mtime for source in sources
    )


def main() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        spec = find_spec(face.package)
        if spec is None or spec.origin is None:
            sys.exit(f"{face.package} is not installed: see requirements/runtime.txt")
        package = Path(spec.origin).parent
        ttf = package / "files" / face.ttf
        # The Open Font License travels with the fonts.
        shutil.copyfile(package / "LICENSE", FONTS / f"{face.name}-LICENSE.txt")
        for script, ranges in SCRIPTS.items():
            target = FONTS / f"{face.name}-{script}.woff2"
            if not is_fresh(target, ttf, Path(__file__)):
                unfinished = target.with_suffix(".part")
                build(ttf, face, ranges).save(unfinished)
                unfinished.replace(target)
            print(f"  {target.name}  {target.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
