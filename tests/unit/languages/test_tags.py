"""Language tags: their case, which of them fit one another, which serves best."""

from __future__ import annotations

import pytest

from aligner.languages.tags import canonical, lookup, matches, primary, same_language


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("EN-us", "en-US"), ("pt_br", "pt-BR"), (" zh_hant_hk ", "zh-Hant-HK"), ("ES-419", "es-419"),
        ("de-x-AB", "de-x-ab"), ("sl-ROZAJ", "sl-rozaj"), ("", ""), ("English (US)", "English (US)"),
    ],
)  # fmt: skip
def test_case(tag: str, expected: str) -> None:
    assert canonical(tag) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    ("asked", "tag", "expected"),
    [
        ("en", "en-GB", True), ("EN", "en_gb", True), ("en-GB", "en", False), ("en-GB", "en-US", False),
        ("en-GB", "en-GB-oxendict", True), ("en", "enm", False), ("", "fr", True), ("*", "fr", True),
        ("zh-TW", "zh-Hant-TW", True), ("zh-Hans", "zh-Hant", False), ("*-CH", "de-CH", True),
        ("de-DE", "de-x-DE", False),
    ],
)  # fmt: skip
def test_what_a_range_names(asked: str, tag: str, expected: bool) -> None:
    assert matches(asked, tag) is expected


@pytest.mark.parametrize(
    ("asked", "tags", "expected"),
    [
        ("en-US", ["es", "en", "en-us"], 2),
        ("en-US", ["en-GB", "en"], 1),
        ("en-US", ["es", "en-GB"], 1),
        ("en", ["es", "en-GB", "en-US"], 1),
        ("zh-Hant-TW", ["zh-Hans", "zh-Hant"], 1),
        ("zh-Hans", ["zh-Hant"], None),
        ("en-x-a-b", ["en-x", "en"], 1),
        ("fr", ["es", "en"], None),
    ],
)
def test_which_serves_best(asked: str, tags: list[str], expected: int | None) -> None:
    assert lookup(asked, tags) == expected


def test_one_language() -> None:
    assert same_language("es", "es-MX")
    assert not same_language("sr-Latn", "sr-Cyrl-RS")
    assert primary("PT_br") == "pt"
