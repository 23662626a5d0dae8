"""How wide words are, without a font at hand: widths as in Arial and in the fonts made to its measure.

Arial, Helvetica, Liberation Sans and Arimo give every letter the same width, and most machines have one of them; so
what is told here is what is seen there, or up to six parts in a hundred more: letters that are about as wide as each
other have one width, that of the widest, and pairs of letters that move together are not known.
"""

# ruff: noqa: RUF001

import unicodedata
from functools import cache

FAMILY = "Liberation Sans, Arial, Arimo, Helvetica, sans-serif"
OTHER_SCRIPTS = (
    "Noto Sans, DejaVu Sans, Arial Unicode MS, Arial, sans-serif"  # for texts with letters beyond the tables
)
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

# Thousandths of the font size, and the letters that are that wide; an accented letter is as wide as the bare one.
REGULAR = {
    191: "'",
    223: "ijlłſιіј‘’",
    278: " !,./:;I[\\]ft|¦ìíîïĩīĭıŧ·ΙІї",
    292: "ľ",
    355: '"()-`r{}¡¨²³´·¸¹ŀ“”•',
    384: "ªºťΊг",
    400: "*°τ",
    459: "ĳεζξзкт",
    482: "^ς",
    521: "JcksvxyzĸγκλνЈсухчьэєѕ",
    549: "±¶÷υχГвпя",
    573: "#$0123456789?L_abdeghnopqu¢£¤¥§«¯»ðþđħĿŁŋΓδηθορабеинорцђћџ–€",
    584: "+<=>~¬µ×αβμКдл",
    625: "FTZ¿ßøďŉŦΖΣΤσЗТъ",
    657: "ΞφБЛУЬ",
    690: "&ABEKPSVXYÞΑΒΔΕΚΛΡΥΧπЅАВДЕРХЧжм",
    737: "CDHNRUw©®ÐĐĦĲŊΗΝΠψЄЏИНПСЭЯы",
    761: "ΩФЦю",
    798: "GOQØΈΘΟΦωОЪ",
    823: "фшщњ",
    856: "Mm¼½¾ΉΎΜΨЋМ",
    886: "ЂЫ",
    907: "%æљ",
    938: "ЖШЩ",
    944: "Wœ",
    1016: "@ÆŒЊЮ—…",
    1073: "Љ№",
}
BOLD = {
    238: "'",
    280: " ,./I\\ijl|¦ıłſΙιІіј‘’",
    351: "!()-:;[]`ft¡¨²³´·¸¹ŧ·•",
    390: "*r{}ªºľ",
    417: "°г",
    461: "ζξτ",
    498: '"ŀťΊεзт',
    521: "zςк“”",
    558: "#$0123456789J_aceksvxy¢£¤¥§«¯±¶»÷ĳĸγθκλνЈаесухэєѕ–€",
    584: "+<=>^~¬µ×υχГчя",
    623: "?FLTZbdghnopqu¿ßðøþđħĿŁŋŦΓΖΣΤαβδημορКТУбвинопрцьђћџ",
    644: "ΞЗдл",
    685: "EPSVXYÞΕΛΡΥΧσЅЕРХ",
    724: "&ABCDHKNRUÐďĐĦŉŊΑΒΔΗΚΝΠφЄЏАБВДИЛНПСЧЬЭЯж",
    740: "©®Цмъ",
    766: "πψ",
    802: "GOQwØĲΘΟΩО",
    834: "MΌΜΦΨМ",
    855: "¼½¾ΈΏωФшщыю",
    890: "%mæЂЋЪф",
    928: "ΉΎЖњ",
    944: "Wœ",
    980: "@Ыљ",
    1020: "ÆŒШЩ—…",
    1032: "Ю",
    1063: "Њ",
    1115: "Љ№",
}
WIDE, USUAL = 1000, 620  # a letter that the tables lack, of scripts with wide letters and of others


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text in a font size.

    >>> width_of("museum", 10), width_of("museum", 10, bold=True), width_of("muséum", 10)
    (39.5, 41.4, 39.5)
    """
    return round(sum(_letter(letter, bold) for letter in text) * size / 1000, 1)


def has_all(text: str) -> bool:
    """True if the fonts of `FAMILY` have every letter of a text.

    >>> has_all("Łódź, Москва"), has_all("日本")
    (True, False)
    """
    return all(letter in _widths(False) or unicodedata.normalize("NFD", letter)[0] in _widths(False) for letter in text)


@cache
def _letter(letter: str, bold: bool) -> int:
    known = _widths(bold)
    bare = unicodedata.normalize("NFD", letter)[0]
    if letter in known or bare in known:
        return known.get(letter) or known[bare]
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    return WIDE if unicodedata.east_asian_width(letter) in "WF" else USUAL


@cache
def _widths(bold: bool) -> dict[str, int]:
    return {letter: width for width, letters in (BOLD if bold else REGULAR).items() for letter in letters}


def wrapped(text: str, size: float, room: float, *, most: int, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines that fit; what does not fit into the last of them gives way to an ellipsis.

    >>> wrapped("World Federation of UNESCO Clubs", 10, 100, most=2)
    ('World Federation of', 'UNESCO Clubs')
    >>> wrapped("World Federation of UNESCO Clubs", 10, 100, most=1)
    ('World Federation…',)
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] += ELLIPSIS
    return tuple(_cut(line, size, room, bold) for line in kept)


def _cut(line: str, size: float, room: float, bold: bool) -> str:
    """Shorten one line until it fits, by whole words if it has several."""
    while len(line) > 2 and width_of(line, size, bold=bold) > room:
        kept = line.removesuffix(ELLIPSIS)
        line = (kept.rpartition(" ")[0] or kept[:-1]).rstrip(",;: ") + ELLIPSIS
    return line


def halved(text: str, size: float) -> tuple[str, ...]:
    """Break a text in two at the space that makes the longer line shortest.

    >>> halved("World Federation of UNESCO Clubs", 10)
    ('World Federation', 'of UNESCO Clubs')
    """
    words = text.split()
    breaks = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return min(breaks, key=lambda lines: max(width_of(line, size) for line in lines), default=(text,))
