"""Characters of symbol fonts as Unicode.

Symbol, Wingdings and Webdings have no letters: a program stores the byte of the glyph, or that byte
in the private use area (U+F000-F0FF). Sources: Adobe's symbol.txt (all of Symbol), Unicode's
Wingdings proposal (L2/11-052; the glyphs that texts use: bullets, arrows, ticks, boxes, figures).
"""

from __future__ import annotations

__all__ = ["in_unicode", "is_symbol_font", "symbol"]

# 0x20-0x7E and 0xA0-0xFE in order; "\0" where the font has nothing
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u203eαβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
)
_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x23: "✁", 0x24: "👓", 0x25: "🔔", 0x26: "📖", 0x27: "🕯", 0x28: "☎",
    0x29: "✆", 0x2A: "🖂", 0x2B: "🖃", 0x2C: "📪", 0x30: "📁", 0x31: "📂", 0x32: "📄", 0x36: "⌛",
    0x37: "⌨", 0x3E: "✇", 0x3F: "✍", 0x41: "✌", 0x43: "👍", 0x44: "👎", 0x45: "☜", 0x46: "☞",
    0x47: "☝", 0x48: "☟", 0x49: "✋", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x4D: "💣", 0x4E: "☠",
    0x51: "✈", 0x52: "☼", 0x53: "💧", 0x54: "❄", 0x56: "✞", 0x58: "✠", 0x59: "✡", 0x5A: "☪",
    0x5B: "☯", 0x5D: "☸", 0x6A: "&", 0x6B: "&", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□",
    0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧",
    0x7B: "❀", 0x7C: "✿", 0x7D: "❝", 0x7E: "❞", 0x80: "⓪", 0x81: "①", 0x82: "②", 0x83: "③",
    0x84: "④", 0x85: "⑤", 0x86: "⑥", 0x87: "⑦", 0x88: "⑧", 0x89: "⑨", 0x8A: "⑩", 0x8B: "⓿",
    0x8C: "❶", 0x8D: "❷", 0x8E: "❸", 0x8F: "❹", 0x90: "❺", 0x91: "❻", 0x92: "❼", 0x93: "❽",
    0x94: "❾", 0x95: "❿", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA5: "◎",
    0xA7: "▪", 0xA8: "◻", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xAD: "✴", 0xAE: "✹", 0xAF: "✵",
    0xB5: "✪", 0xB6: "✰", 0xC3: "🕐", 0xD5: "⌫", 0xD6: "⌦", 0xD8: "➢", 0xDC: "➲", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙", 0xE6: "↘", 0xE8: "➔",
    0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xF4: "⇳", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x95: "•", 0x97: "●",
    0x98: "●", 0x9D: "◎", 0xA1: "■", 0xA2: "■", 0xA3: "□", 0xAE: "◆", 0xAF: "◇", 0xEA: "⯌",
}  # fmt: skip
_WINGDINGS_3 = {
    0x21: "⭠", 0x22: "⭢", 0x23: "⭡", 0x24: "⭣", 0x70: "▲", 0x71: "▼", 0x72: "△", 0x73: "▽",
    0x74: "◀", 0x75: "▶", 0x76: "◁", 0x77: "▷", 0x7D: "▶",
}  # fmt: skip
_WEBDINGS = {
    0x33: "◀", 0x34: "▶", 0x35: "▲", 0x36: "▼", 0x61: "✔", 0x63: "◻", 0x67: "■", 0x6E: "●",
    0x72: "✖", 0x79: "⛔", 0x97: "🔍", 0xFC: "✉",
}  # fmt: skip
_FONTS = {
    "symbol": {
        first + at: sign
        for first, row in zip((0x20, 0xA0), _SYMBOL, strict=True)
        for at, sign in enumerate(row)
        if sign != "\0"
    },
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


def is_symbol_font(font: str) -> bool:
    """True for a font without letters whose glyphs are known here."""
    return font.strip().lower() in _FONTS


def symbol(font: str, code: int) -> str:
    """The character of a glyph, "" where it is not known; of a font with letters the letter."""
    glyphs = _FONTS.get(font.strip().lower())
    private = 0xF000 <= code <= 0xF0FF
    if glyphs is None:
        return "" if private or not 0x20 <= code <= 0x10FFFF else chr(code)
    return glyphs.get(code - 0xF000 if private else code, "")


def in_unicode(text: str, font: str) -> tuple[str, list[str]]:
    """`text` with the private characters of a symbol font as Unicode, and those that are not known
    ("Wingdings U+F0A7"), which are left out.
    """
    if not any("\uf000" <= character <= "\uf0ff" for character in text):
        return text, []
    kept, unknown = [], []
    for character in text:
        if "\uf000" <= character <= "\uf0ff":
            sign = symbol(font, ord(character))
            if sign or is_symbol_font(font):
                kept.append(sign)
                unknown += [] if sign else [f"{font} U+{ord(character):04X}"]
                continue
        kept.append(character)
    return "".join(kept), unknown
