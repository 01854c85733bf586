"""Make the data files of `aligner/checks` from ICU, CLDR and pint; run when those move on.

    python scripts/make_check_data.py        needs: pip install icu4py pint babel

numerals.json  number words of a language: ICU spells numbers out in every rule set (gender, case,
               ordinals, years) and the spellings are turned round. Languages that ICU does not
               know are answered in English; that is detected, and they are left out.
units.json     CLDR unit code -> dimension, factor to the base unit, offset (pint).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from icu4py.messageformat import MessageFormat

from aligner.checks.common import word_list
from aligner.checks.common.tokens import fold, words

DATA = Path(__file__).resolve().parent.parent / "aligner" / "checks"
LANGUAGES = [
    "en",
    "es",
    "fr",
    "de",
    "it",
    "pt",
    "nl",
    "ca",
    "gl",
    "ro",
    "pl",
    "ru",
    "uk",
    "cs",
    "sk",
    "bg",
    "el",
    "hu",
    "fi",
    "sv",
    "da",
    "nb",
    "tr",
    "ar",
    "he",
    "fa",
    "id",
    "vi",
    "ko",
    "zh",
    "ja",
    "hr",
    "sl",
    "lt",
    "lv",
    "et",
    "sr",
    "mk",
    "eo",
]
_GENDERS = ("", "-masculine", "-feminine", "-neuter", "-common", "-reale")
_CASES = (
    "",
    "-genitive",
    "-dative",
    "-accusative",
    "-instrumental",
    "-locative",
    "-prepositional",
    "-ablative",
    "-sinokorean",
    "-native",
    "-attributive",
    "-adjective",
)
_SCALES = (10**3, 10**6, 10**9, 10**12)
_ORDINALS = (*range(1, 32), *range(40, 110, 10))
_PROBE = (2, 3, 7, 8, 11, 12)  # spelled alike in two languages never all six


def numerals(lang: str) -> dict[str, Any]:
    closed = len(_words(_format(lang, "", 345))) == 1  # one word, as in German
    values = range(1000) if closed else (*range(101), *range(200, 1000, 100), 101)
    cardinals = _spelled(lang, "cardinal", values)
    if not cardinals:
        return {}
    if lang in ("zh", "ja", "yue"):
        return {"digits": _characters(lang)}
    thousand = {word for value in (200, 2000) for word in _words(_format(lang, "", value))[1:]}
    cardinals |= {k: v for k, v in _years(lang).items() if not thousand.intersection(k)}
    ordinals = {
        key: value
        for key, value in _spelled(lang, "ordinal", _ORDINALS).items()
        if key not in cardinals
    }
    scales = _scales(lang, cardinals)
    _add_hundred(lang, cardinals, scales)
    alone = {key[0] for key in (*cardinals, *ordinals) if len(key) == 1} | set(scales)
    inside = {word for key in cardinals if len(key) > 1 for word in key}
    for value in (1005, 2001, 101):
        inside |= set(_words(_format(lang, "", value)))
        inside |= set(_words(_format(lang, "%spellout-numbering-verbose", value)))
    connectors = inside - alone - set(word_list(lang, "number_noise"))
    return {
        "cardinals": {" ".join(key): value for key, value in cardinals.items()},
        "ordinals": {" ".join(key): value for key, value in ordinals.items()},
        "scales": scales,
        "connectors": sorted(word for word in connectors if len(word) <= 3),
    }


def _add_hundred(lang: str, cardinals: dict[tuple[str, ...], int], scales: dict[str, int]) -> None:
    """ "hundred" counts like a scale; "ciento" and "cento" are 100 before something else."""
    two = _words(_format(lang, "", 200))
    if len(two) == 2 and two[:1] in cardinals and cardinals[two[:1]] == 2:
        scales.setdefault(two[1], 100)
    more = _words(_format(lang, "", 201))  # "deux cents", but "deux cent un"
    if len(more) > 2 and more[:1] in cardinals and cardinals[more[:1]] == 2:
        scales.setdefault(more[1], 100)
    more = _words(_format(lang, "", 101))
    if len(more) > 1 and more[:1] not in cardinals and more[0] not in scales:
        cardinals[more[:1]] = 100


def _spelled(lang: str, kind: str, values: Iterable[int]) -> dict[tuple[str, ...], int]:
    """All spellings of the values in the rule sets of that kind; {} where ICU has none."""
    names = [f"%spellout-{kind}{gender}{case}" for gender in _GENDERS for case in _CASES]
    if kind == "cardinal":
        if lang != "en" and _probe(lang, "") == _probe("en", ""):
            return {}
        names = ["", "%spellout-numbering-verbose", "%spellout-cardinal-verbose", *names]
    default = _probe(lang, "")
    found: dict[tuple[str, ...], int] = {}
    seen = set()
    for name in names:
        probe = _probe(lang, name)
        if (name and probe == default) or probe in seen:
            continue
        seen.add(probe)
        formatter = _formatter(lang, name)
        for value in values:
            if value > 101 and value % 100 and len(seen) > 1:
                break  # closed compounds: the inflected forms of large numbers are rare
            key = _words(formatter.format({"n": value}))
            if key and all(word.isalpha() for word in key):
                found.setdefault(key, value)
    return found


def _years(lang: str) -> dict[tuple[str, ...], int]:
    name = "%spellout-numbering-year"
    if _format(lang, name, 1999) == _format(lang, "", 1999):
        return {}
    formatter = _formatter(lang, name)
    return {_words(formatter.format({"n": value})): value for value in range(1100, 2100)}


def _scales(lang: str, cardinals: dict[tuple[str, ...], int]) -> dict[str, int]:
    """Words for a thousand and its powers: what remains of "two million" without "two"."""
    from babel import Locale

    found: dict[str, int] = {}
    for scale in _SCALES:
        for many in (1, 2, 3, 5, 7):
            for name in (
                "",
                *(
                    f"%spellout-cardinal{gender}{case}"
                    for gender in _GENDERS[:4]
                    for case in _CASES[:7]
                ),
            ):
                rest = _words(_format(lang, name, many * scale))
                if len(rest) == 1 and rest not in cardinals and scale == _SCALES[0] and many == 1:
                    found.setdefault(rest[0], scale)
                elif len(rest) == 2 and rest[0].isalpha() and rest[:1] in cardinals:
                    found.setdefault(rest[1], scale)
    try:
        patterns = Locale.parse(lang).compact_decimal_formats["long"]
    except (UnknownLocaleError, ValueError, KeyError):
        return found
    for forms in patterns.values():
        for power, pattern in forms.items():
            left = int(power) // 10 ** (str(pattern.pattern).count("0") - 1)
            parts = _words(str(pattern.pattern).replace("0", " "))
            if len(parts) == 1 and len(parts[0]) > 2:
                found.setdefault(parts[0], left)
    return found


def _characters(lang: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in (*range(10), 10, 100, 1000, 10**4, 10**8):
        for name in ("", "%spellout-cardinal", "%spellout-cardinal-alternate2"):
            found.setdefault(_format(lang, name, value)[-1], value)
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.key for w in words(text.replace("\u00ad", "")) if w.is_word)


@lru_cache(maxsize=4096)
def _probe(lang: str, name: str) -> tuple[str, ...]:
    formatter = _formatter(lang, name)
    return tuple(fold(formatter.format({"n": value})) for value in (1, *_PROBE, 21, 200))


def _format(lang: str, name: str, value: int) -> str:
    return str(_formatter(lang, name).format({"n": value}))


@lru_cache(maxsize=4096)
def _formatter(lang: str, name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 (ICU's class)
    # no space after the comma: ICU would take it as part of the rule set's name
    return MessageFormat(f"{{n,spellout,{name}}}" if name else "{n,spellout}", lang)


def units() -> dict[str, Any]:
    import pint

    registry: Any = pint.UnitRegistry()
    special = {
        "mile-scandinavian": "10 km",
        "stone": "14 lb",
        "barrel": "oil_bbl",
        "gallon-imperial": "imperial_gallon",
        "ton": "short_ton",
        "tonne": "metric_ton",
        "pound-force": "lbf",
        "fahrenheit": "degF",
        "celsius": "degC",
        "foodcalorie": "kcal",
        "calorie": "cal",
        "kilocalorie": "kcal",
        "bit": "bit",
        "light-year": "light_year",
        "ounce-troy": "troy_ounce",
        "horsepower": "hp",
        "nautical-mile": "nautical_mile",
        "dunam": "1000 m^2",
        "fluid-ounce": "fluid_ounce",
        "millimeter-ofhg": "mmHg",
        "inch-ofhg": "inHg",
        "pint-metric": "0.5 l",
        "cup-metric": "0.25 l",
        "quarter": "0.25 year",
        "acre-foot": "acre_foot",
        "pound-force-per-square-inch": "psi",
        "knot": "knot",
        "meter-per-second": "m/s",
        "decade": "10 year",
        "century": "100 year",
        "year-person": "year",
        "month-person": "month",
        "week-person": "week",
        "day-person": "day",
        "megaliter": "1e6 l",
    }
    months = {
        "year": 12,
        "month": 1,
        "decade": 120,
        "century": 1200,
        "quarter": 3,
        "year-person": 12,
        "month-person": 1,
    }
    found: dict[str, Any] = {}
    for code in Locale.parse("en")._data["unit_patterns"]:  # noqa: SLF001
        kind, _, name = code.partition("-")
        if kind == "duration" and name in months:
            found[code] = ["months", float(months[name]), 0.0]
            continue
        text = special.get(name) or re.sub(r"square-(\w+)", r"\1**2", name.replace("-per-", "/"))
        text = re.sub(r"cubic-(\w+)", r"\1**3", text).replace("-", "_")
        try:
            quantity = registry.parse_expression(text)
            if isinstance(quantity, (int, float)):
                continue
            if text.startswith("deg"):
                zero = registry.Quantity(0, text).to("kelvin").magnitude
                first = registry.Quantity(1, text).to("kelvin").magnitude
                found[code] = ["temperature", first - zero, zero]
                continue
            one = (
                registry.Quantity(1, quantity)
                if not hasattr(quantity, "to_base_units")
                else quantity
            )
            one = one.to_base_units()
            found[code] = [str(one.dimensionality), float(one.magnitude), 0.0]
        except Exception as error:  # noqa: BLE001 (a unit that pint lacks is left out, and named)
            print("left out:", code, error)
    return found


def main() -> None:
    made = {lang: numerals(lang) for lang in LANGUAGES}
    made = {lang: value for lang, value in made.items() if value}
    (DATA / "quantities" / "numerals.json").write_text(
        json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    )
    (DATA / "common" / "units.json").write_text(
        json.dumps(units(), indent=0, sort_keys=True) + "\n"
    )
    print(len(made), "languages;", set(LANGUAGES) - set(made), "unknown to ICU")


if __name__ == "__main__":
    main()
