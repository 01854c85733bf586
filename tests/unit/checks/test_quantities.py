"""Numbers, dates, times, amounts and measures as they stand in text."""

from __future__ import annotations

import pytest

from aligner.checks.quantities.comparing import check_quantities
from aligner.checks.quantities.reading import Quantity, quantities


def only(text: str, lang: str) -> Quantity:
    found = [one for one in quantities(text, lang) if one.strong]
    assert len(found) == 1, [(text[q.start : q.end], q) for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("es", "Tenía catorce años", 14),
        ("es", "dos mil cuatrocientos treinta y cinco casas", 2435),
        ("es", "medio millón de votos", 500_000),
        ("es", "30 mil folios", 30_000),
        ("es", "ciento cinco", 105),
        ("en", "two thousand four hundred and thirty-five houses", 2435),
        ("en", "nineteen ninety-nine", 1999),
        ("en", "a hundred and five people", 105),
        ("en", "$2.8bn", 2.8e9),
        ("fr", "quatre-vingt-dix-sept maisons", 97),
        ("fr", "vingt et un millions d'euros", 21e6),
        ("de", "zweitausenddreihundert Euro", 2300),
        ("de", "einundzwanzig Jahre", 21),
        ("de", "2,5 Mrd. Euro", 2.5e9),
        ("it", "ventuno giorni", 21),
        ("it", "milleduecento euro", 1200),
        ("pt", "cento e cinco mil reais", 105_000),
        ("ru", "двадцать один миллион долларов", 21e6),
        ("zh", "三十二亿美元", 3.2e9),
        ("ja", "二万五千円", 25_000),
        ("ar", "ثلاثة وعشرون مليون دولار", 23e6),
        ("tr", "iki milyon beş yüz bin lira", 2_500_000),
    ],
)
def test_numbers_in_words(lang: str, text: str, value: float) -> None:
    assert value in only(text, lang).values


@pytest.mark.parametrize(
    ("lang", "text", "kind", "value"),
    [
        ("es", "el martes", "weekday", 1),
        ("en", "on Tuesday", "weekday", 1),
        ("de", "am Samstagnachmittag", "weekday", 5),
        ("ru", "в понедельник", "weekday", 0),
        ("fr", "en août", "month", 8),
        ("zh", "三月", "month", 3),
        ("en", "at 3:30", "time", 210),
        ("en", "at 3 p.m.", "time", 180),
        ("fr", "à 15 h 45", "time", 225),
        ("de", "um 14.30 Uhr", "time", 150),
        ("es", "el 38 %", "percent", 38),
        ("zh", "百分之五", "percent", 5),
        ("en", "in the 1990s", "decade", 1990),
    ],
)
def test_dates_times_and_percentages(lang: str, text: str, kind: str, value: float) -> None:
    found = only(text, lang)
    assert (found.kind, found.value) == (kind, value)


def test_a_numeral_may_have_two_readings() -> None:
    assert set(only("1,412 cajas", "es").values) == {1412, 1.412}
    assert only("1.234,5 kilos", "es").values == (1234.5,)
    assert only("0,125", "es").values == (0.125,)
    assert only("1,234,567", "en").values == (1_234_567,)


def test_a_measure_in_two_units_is_one_quantity() -> None:
    assert only("6 feet 2 inches", "en").value == pytest.approx(6 + 2 / 12)
    assert only("a year and three months", "en").value == pytest.approx(1.25)
    assert only("un dólar con veinticinco centavos", "es").value == 1.25


def test_a_range_shares_its_unit() -> None:
    found = quantities("entre 2 y 5 centímetros", "es")
    assert [one.unit for one in found] == ["length-centimeter"] * 2


def test_articles_and_ordinals_are_weak() -> None:
    assert not any(one.strong for one in quantities("un perro y una segunda casa", "es"))


def test_figures_inside_a_word_are_no_number() -> None:
    assert [one.kind for one in quantities("el virus H1N1", "es")] == ["name", "name"]


def hits(source: str, target: str, langs: str = "es-en") -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in check_quantities(source, target, *langs.split("-"))]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Tiene catorce hijos", "He has 14 children"),
        ("Durante quince meses", "For a year and three months"),
        ("30 mil folios", "30,000 pages"),
        ("en la temporada 2017-18", "in the 2017/2018 season"),
        ("el siglo XXI", "the 21st century"),
        ("llame al 116 123", "call 116123"),
        ("a las tres y media", "at half past three, 3:30"),
        ("a las 3:30:15", "at 3:30:15"),
        ("Un año y tres meses después", "15 months later"),
        ("15 meses después", "A year and three months later"),
        ("5 dólares con 50 centavos", "$5.50"),
        ("el 38 y el 30 %", "38 and 30 percent"),
        ("Llame al 22-551-099", "Call 225 51099"),
        ("la segunda vez y la tercera", "the third time and the second"),
        ("1 1/2 tazas", "1½ cups"),
        ("marzo de 2020", "03/2020"),
        ("varias horas", "several hours"),
        ("20 °C", "68 °F"),
    ],
)
def test_the_same_in_another_form_is_no_finding(source: str, target: str) -> None:
    assert [one for one in hits(source, target) if one[1] != "note"] == []


@pytest.mark.parametrize(
    ("langs", "source", "target"),
    [
        ("de-en", "zweitausenddreihundert Euro", "2,300 euros"),
        ("de-en", "tausend Euro", "1,000 euros"),
        ("de-en", "um 14.30 Uhr", "at half past two"),
        ("zh-en", "第三百次", "the 300th time"),
        ("zh-en", "百分之三十", "30 percent"),
        ("tr-en", "yüzde 30", "30 percent"),
        ("ja-en", "12月に", "in December"),
        ("en-es", "1.234.567 people", "1234567 personas"),
        ("en-es", "in the '90s", "en los noventa"),
    ],
)
def test_other_languages_in_another_form(langs: str, source: str, target: str) -> None:
    assert hits(source, target, langs) == []


@pytest.mark.parametrize(
    ("langs", "source", "target", "code", "severity"),
    [
        ("es-en", "El 70 % de los votos", "70 points of the votes", "percentage", "minor"),
        ("es-en", "Pesaba tres kilos", "It was three metres", "unit", "minor"),
        ("es-en", "ambos murieron", "the three died", "number-word", "minor"),
        ("en-es", "a dozen eggs", "diez huevos", "number-word", "minor"),
        ("zh-en", "百分之三十", "40 percent", "percentage", "major"),
        ("en-es", "on Monday", "el martes", "date", "major"),
    ],
)
def test_what_is_another_amount(
    langs: str, source: str, target: str, code: str, severity: str
) -> None:
    assert hits(source, target, langs) == [(code, severity)]


def test_each_change_stands_by_what_it_changed() -> None:
    source, target = "Corrió 5 km en 20 minutos, luego 3 km", "He ran 5 km in 25 minutes, then 4 km"
    assert [
        (source[slice(*one.source[0])], target[slice(*one.target[0])])
        for one in check_quantities(source, target, "es", "en")
    ] == [("20 minutos", "25 minutes"), ("3 km", "4 km")]


def test_a_rounding_is_a_note_and_more_precision_is_none() -> None:
    assert hits("unas 9.800 personas", "about 10,000 people") == [("number", "note")]
    assert hits("unas 10.000 personas", "about 10,004 people") == [("number", "major")]


def test_a_figure_that_is_only_missing_is_a_note_and_one_put_in_a_finding() -> None:
    assert hits("Llegaron 12 testigos", "The witnesses arrived") == [("number", "note")]
    assert hits("Llegaron los testigos", "The 12 witnesses arrived") == [("number", "minor")]
    assert hits("Llegaron el lunes", "They arrived") == [("date", "note")]


def test_the_same_figure_in_another_unit_is_named_with_its_conversion() -> None:
    (found,) = check_quantities("Anduvo 5 kilómetros", "He walked 5 miles", "es", "en")
    assert found.code == "unit"
    assert "3.107 mile" in found.message


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("el 6 de abril", "on April 16", "date"),
        ("el 38 % de ellos", "28 percent of them", "percentage"),
        ("2,3 millones de dólares", "$3.2 million", "currency"),
        ("300 euros", "300 dollars", "currency"),
        ("a las 2:40", "at 2:50", "time"),
        ("tres guardias", "four guards", "number-word"),
        ("536 cajas", "563 boxes", "number"),
        ("3,26 millones de votos", "3.26 billion votes", "number"),
    ],
)
def test_a_change_has_the_code_of_its_kind(source: str, target: str, code: str) -> None:
    assert [one for one, severity in hits(source, target) if severity != "note"] == [code]


def test_evidence_lies_at_its_spans() -> None:
    source, target = "Murieron 27 mineros", "They buried 72 miners"
    (found,) = check_quantities(source, target, "es", "en")
    assert [source[a:b] for a, b in found.source] == ["27"]
    assert [target[a:b] for a, b in found.target] == ["72"]
    assert found.cause == "27 / 72"


def test_a_language_without_number_words_still_has_figures() -> None:
    assert [one.value for one in quantities("kun 7 katoj", "xx")] == [7]
