"""Language codes as rule files know them."""

from __future__ import annotations

__all__ = ["spellings", "two_letters"]

# ISO 639-2/3 codes, and members of macrolanguages, to the two-letter code that rule files use
_TWO_LETTERS = {
    code: two
    for two, codes in {
        "ar": "ara arb arz apc", "as": "asm", "be": "bel", "bn": "ben", "br": "bre", "ca": "cat",
        "cs": "ces cze", "da": "dan", "de": "deu ger gsw", "el": "ell gre", "en": "eng",
        "eo": "epo", "es": "spa", "et": "est ekk", "fa": "fas per pes", "fi": "fin",
        "fr": "fra fre", "ga": "gle", "gl": "glg", "gu": "guj", "hi": "hin", "hu": "hun",
        "is": "isl ice", "it": "ita", "ja": "jpn", "kn": "kan", "lt": "lit", "lv": "lav lvs",
        "ml": "mal", "mr": "mar", "nl": "nld dut", "or": "ori ory", "pa": "pan", "pl": "pol",
        "pt": "por", "ro": "ron rum mol mo", "ru": "rus", "sk": "slk slo", "sl": "slv",
        "sr": "srp", "sv": "swe", "ta": "tam", "te": "tel", "tl": "tgl fil", "uk": "ukr",
        "zh": "zho chi cmn yue wuu hak nan lzh",
    }.items()
    for code in codes.split()
}  # fmt: skip


def two_letters(lang: str) -> str:
    """The primary subtag of a BCP 47 code, in two letters where there are two: spa-MX -> es."""
    primary = lang.replace("_", "-").partition("-")[0].lower()
    return _TWO_LETTERS.get(primary, primary)


def spellings(lang: str) -> tuple[str, ...]:
    """What a languagepattern may have been written for: es-MX, es_MX, ES-MX, ES_MX, es, ES.

    SRX 2.0 leaves the form of language codes to the file; all these are met in real ones.
    """
    primary = two_letters(lang)
    rest = lang.replace("_", "-").partition("-")[2]
    codes = [f"{primary}-{rest}", f"{primary}_{rest}"] if rest else []
    codes.append(primary)
    upper = [code.upper() for code in codes]
    return tuple(dict.fromkeys([*codes, *upper]))
