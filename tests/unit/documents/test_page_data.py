"""What a page says of itself in JSON-LD, well and badly."""

from __future__ import annotations

import json
from typing import Any

import lxml.html
import pytest

from aligner.documents.html import metadata
from aligner.documents.html.metadata import page_text, page_titles


def page(*scripts: str) -> Any:
    held = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    return lxml.html.fromstring(f"<html><head><title>T</title>{held}</head><body/></html>")


BODY = {"@type": "NewsArticle", "headline": "A headline", "articleBody": "One.<br>Two &amp; three."}


@pytest.mark.parametrize(
    "data", [BODY, [BODY, "x", 3], {"@graph": [{"@type": "Person"}, {"deep": [[BODY]]}]}]
)
def test_the_text_wherever_it_stands(data: object) -> None:
    assert page_text(page(json.dumps(data), '{"@type": "Thing"}')) == "One.\nTwo & three."


@pytest.mark.parametrize(
    "script", ['{"articleBody": ', '{"articleBody": 4}', "[" * 100_000 + '"articleBody"']
)
def test_what_is_broken_says_nothing(script: str) -> None:
    assert page_text(page(script)) == ""
    assert page_titles(page(script, "[4]", json.dumps(BODY))) == ["T", "A headline"]


def test_what_is_too_long_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "_MAX_JSON", 50)
    assert page_text(page(json.dumps(BODY))) == ""
    assert page_titles(page(json.dumps(BODY))) == ["T"]


def test_not_more_texts_than_a_page_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "_MAX_TEXTS", 2)
    assert page_text(page(json.dumps([BODY] * 5))).count("One.") == 2
