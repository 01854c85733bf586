"""What CLDR knows of a language: months, weekdays, units, currencies, territories (Babel).

Every table goes from a tuple of folded words to what it means, grouped by first word and longest
first, the form in which `longest_entry` looks things up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from aligner.checks.common.tokens import Word, base, words
from aligner.checks.common.word_lists import word_list, word_table
from aligner.files.shipped import shipped_json

__all__ = [
    "Measure",
    "currency_names",
    "date_names",
    "longest_entry",
    "measure_of",
    "territory_names",
    "unit_names",
]

_Value = TypeVar("_Value")
Entries = Mapping[str, Sequence[tuple[tuple[str, ...], _Value]]]

# regional forms of one language that a text may use
_REGIONS = {
    "en": ("en_GB", "en_AU"),
    "es": ("es_MX", "es_419"),
    "pt": ("pt_PT",),
    "zh": ("zh_Hant",),
    "fr": ("fr_CA",),
    "de": ("de_CH",),
}
_MEASURED = frozenset(
    (
        "length",
        "area",
        "volume",
        "mass",
        "speed",
        "temperature",
        "duration",
        "energy",
        "power",
        "pressure",
        "digital",
        "frequency",
        "electric",
    )
)
_PER = frozenset(
    [
        "por",
        "per",
        "par",
        "pro",
        "/",
        "на",
        "в",
        "每",
        "a",
        "al",
        "an",
        "à",
        "im",
        "je",
        "all",
        "il",
        "al'",
    ]
)
_SHORTEST = 2  # letters of an abbreviation that may stand without digits before it
# currencies that a text may name without their country
_COMMON = (
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "MXN",
    "CNY",
    "RUB",
    "TRY",
    "INR",
    "BRL",
    "CHF",
    "KRW",
    "SEK",
    "PLN",
    "ILS",
    "ARS",
    "COP",
    "CLP",
    "GTQ",
    "HNL",
    "CRC",
    "PEN",
    "VES",
    "DKK",
    "ZAR",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure: base value = factor * value + offset; `dimension` says what compares."""

    code: str
    dimension: str
    factor: float
    offset: float


@lru_cache(maxsize=1)
def _factors() -> dict[str, Measure]:
    raw = shipped_json("aligner.checks.common", "units.json")
    return {code: Measure(code, *row) for code, row in raw.items()}


def measure_of(code: str) -> Measure:
    """The unit of a CLDR code."""
    return _factors()[code]


def _locales(lang: str) -> list[Any]:
    from babel import Locale, UnknownLocaleError

    locales = []
    for name in (base(lang), *_REGIONS.get(base(lang), ())):
        try:
            locales.append(Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return locales


def _raw(locale: Any, name: str) -> Any:
    """A table of CLDR that Babel keeps but does not name: units in all their forms."""
    return locale._data[name]  # noqa: SLF001


def longest_entry(
    table: Entries[_Value], text: Sequence[Word], place: int, *, joined: bool = False
) -> tuple[_Value, int] | None:
    """The longest entry that begins at word `place`: what it means, and the place behind it.

    `joined`: marks between the words are part of the keys (units) rather than passed over.
    """
    for key, value in table.get(text[place].key, ()):
        at, part = place, 0
        while part < len(key) and at < len(text):
            if text[at].key == key[part]:
                part += 1
                at += 1
            elif part and not joined and text[at].key in "-.\u00ad" and text[at].key:
                at += 1
            else:
                break
        if part == len(key):
            return value, at
    return None


def _group(entries: Iterable[tuple[tuple[str, ...], _Value]]) -> dict[str, Any]:
    kept: dict[tuple[str, ...], _Value] = {}
    for key, value in entries:
        if key:
            kept.setdefault(key, value)
    grouped: dict[str, list[tuple[tuple[str, ...], _Value]]] = {}
    for key, value in kept.items():
        grouped.setdefault(key[0], []).append((key, value))
    return {first: sorted(rows, key=lambda item: -len(item[0])) for first, rows in grouped.items()}


def _keys(text: str) -> tuple[str, ...]:
    return tuple(w.key for w in words(text.replace("{0}", " ")) if w.key != ".")


# what follows a weekday in one word: Freitagmorgen, vrijdagavond
_PARTS = {
    "de": ("morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht", "s", "en"),
    "nl": ("ochtend", "middag", "avond", "nacht"),
    "sv": ("en", "ens", "morgon", "kväll"),
    "da": ("en", "aften", "morgen"),
    "nb": ("en", "kveld", "morgen"),
}
_ENDINGS = {
    "ru": (
        "",
        "а",
        "у",
        "е",
        "ы",
        "и",
        "ом",
        "ои",
        "ам",
        "ах",
        "ов",
        "я",
        "ю",
        "ем",
        "ям",
        "ях",
        "еи",
    ),
    "uk": ("", "а", "у", "і", "и", "ом", "ою", "ам", "ах", "ів", "я", "ю", "ем", "ям", "ях", "ею"),
}


@lru_cache(maxsize=64)
def date_names(lang: str) -> dict[str, Any]:
    """("march",) -> ("month", 3, strong); weekdays count from Monday = 0."""
    weak = set(word_list(lang, "weak_dates"))
    entries = []
    for locale in _locales(lang):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for kind, table in (("month", locale.months), ("weekday", locale.days)):
                    for number, name in table[context].get(width, {}).items():
                        key = _keys(name)
                        if not key or key[0].isdigit() or len("".join(key)) < 2:
                            continue
                        full = width == "wide" or len("".join(key)) > 2
                        strong = full and key[0] not in weak
                        entries += [((*k,), (kind, number, strong)) for k in _inflected(lang, key)]
                        if kind == "weekday" and width == "wide":
                            for part in _PARTS.get(base(lang), ()):
                                entries.append(((f"{key[0]}{part}",), (kind, number, strong)))
                        if kind == "weekday" and width == "wide" and key[0][-1:] != "s":
                            entries.append(((f"{key[0]}s", *key[1:]), (kind, number, strong)))
    return _group(entries)


def _inflected(lang: str, key: tuple[str, ...]) -> list[tuple[str, ...]]:
    endings = _ENDINGS.get(base(lang))
    if not endings or len(key) > 1 or len(key[0]) < 4:
        return [key]
    stem = key[0].rstrip("аеияьі")
    return [key, *((stem + ending,) for ending in endings), (stem + "ье",), (stem + "ья",)]


@lru_cache(maxsize=64)
def unit_names(lang: str) -> dict[str, Any]:
    """Measure names and signs of a language -> (code, whether it needs digits right before it)."""
    entries = []
    for locale in _locales(lang):
        patterns, names = _raw(locale, "unit_patterns"), _raw(locale, "unit_display_names")
        for width in ("long", "short", "narrow"):
            for code in patterns:
                if code not in _factors() or code.partition("-")[0] not in _MEASURED:
                    continue
                forms = patterns[code].get(width, {})
                texts = [text for text in _strings(forms) if "{0}" in text]
                if width == "long" and code in names:
                    texts += _strings(names[code].get(width, ""))
                for text in texts:
                    key = _keys(text)
                    if not key or key[0] in _PER:
                        continue
                    short = width != "long" or sum(map(len, key)) <= _SHORTEST
                    short = short and base(lang) not in ("zh", "ja")
                    entries.append((key, (code, short)))
        if base(lang) in ("zh", "ja"):
            entries = [entry for entry in entries if entry[0] not in (("天",), ("分",))]
    if base(lang) == "de":  # "von 30 Zentimetern"
        entries += [
            ((f"{key[0]}n",), value)
            for key, value in entries
            if len(key) == 1 and key[0][-2:] in ("er", "el", "le", "ar") and not value[1]
        ]
    for text, code in word_table("measures").get(base(lang), {}).items():
        entries.append((_keys(text), (code, False)))
    return _group(entries)


def _strings(forms: Any) -> list[str]:
    if isinstance(forms, str):
        return [forms]
    if isinstance(forms, Mapping) or hasattr(forms, "values"):
        return [text for value in forms.values() for text in _strings(value)]
    return []


@lru_cache(maxsize=64)
def currency_names(lang: str) -> dict[str, Any]:
    """Names, signs and codes of currencies -> their code; "$" and "dollars" are USD."""
    entries: list[tuple[tuple[str, ...], str]] = []
    for locale in _locales(lang):
        plural = _raw(locale, "currency_names_plural")
        for code in _COMMON:
            names = [locale.currencies.get(code, "")]
            names += _strings(plural.get(code, {}))
            for name in names:
                key = _keys(name)
                if key:
                    entries.append((key, code))
                    if len(key) > 1:
                        # "dólares estadounidenses" is "dólares" in most texts
                        bare = (
                            key[0] if base(lang) not in ("en", "de", "ru", "tr", "nl") else key[-1]
                        )
                        entries.append(((bare,), code))
    entries += [
        (("$",), "USD"),
        (("£",), "GBP"),
        (("€",), "EUR"),
        (("¥",), "JPY"),
        (("₽",), "RUB"),
        (("₹",), "INR"),
        (("₺",), "TRY"),
        (("₩",), "KRW"),
    ]
    entries += [((code.lower(),), code) for code in _COMMON if code not in ("TRY", "ARS", "COP")]
    entries += [((word,), code) for word, code in word_table("money").get(base(lang), {}).items()]
    return _group(entries)


@lru_cache(maxsize=64)
def territory_names(lang: str) -> dict[str, Any]:
    """Names of countries, regions and languages -> their CLDR code."""
    entries = []
    for locale in _locales(lang):
        for table in (locale.territories, locale.languages):
            for code, name in table.items():
                for text in {name, name.split(" (")[0]}:
                    key = tuple(w.key for w in words(text) if w.is_word)
                    entries.append((key, f"{'T' if table is locale.territories else 'L'}:{code}"))
        for code, name in word_table("territories").get(base(lang), {}).items():
            entries += [
                (tuple(w.key for w in words(text) if w.is_word), f"T:{code}") for text in name
            ]
    return _group(entries)
