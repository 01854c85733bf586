"""Pages in a language that is none: every text that the catalogue gives is between ⟦ and ⟧, so that what is
not between them was never put into the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

import pytest

from aligner.text import speaking
from aligner.text.catalogue import Catalogue

__all__ = ["MarkingCatalogue", "bare", "speak_marked", "visible"]

_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt")


class MarkingCatalogue:
    """Stands for a catalogue, of which it has the texts, each marked."""

    def __init__(self) -> None:
        self._real = Catalogue.of("es")

    def pgettext(self, context: str, text: str) -> str:
        """Marked where the real catalogue knows it."""
        known = self._real.of_context(context)
        return f"⟦{text}⟧" if isinstance(known.get(text), str) else text

    def npgettext(self, context: str, one: str, many: str, count: int) -> str:
        """The same of a form."""
        known = isinstance(self._real.of_context(context).get(one), list)
        text = one if count == 1 else many
        return f"⟦{text}⟧" if known else text

    def message(self, text: str) -> str:
        """Marked where it becomes another text in the real language."""
        return f"⟦{text}⟧" if self._real.message(text) != text else text

    def told(self, error: Any) -> str:
        """The same of an error."""
        return self.message(str(error))

    def of_context(self, context: str) -> dict[str, str | list[str]]:
        """All of them, marked."""
        return {
            key: f"⟦{key}⟧" if isinstance(text, str) else [f"⟦{key}⟧", f"⟦{key}⟧"]
            for key, text in self._real.of_context(context).items()
        }


def speak_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak the language that is none, until the test ends."""
    monkeypatch.setattr(speaking, "_spoken", MarkingCatalogue())
    monkeypatch.setattr(speaking, "_tag", "es")


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._hidden = 0
        self._own: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What attributes say counts too."""
        self._hidden += tag in ("style", "script")
        self.texts += [value for name, value in attrs if name in _ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        """The end of what is not seen."""
        self._hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self._hidden and data.strip():
            self.texts.append(data.strip())


def visible(html: str) -> list[str]:
    """The texts of a page that a person sees or hears."""
    parser = _Visible()
    parser.feed(html)
    return parser.texts


def bare(texts: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    """Texts with words outside the marks that are none of the `known` data of the page."""
    for text in texts:
        rest, before = text, ""
        while rest != before:
            rest, before = _MARKED.sub(" ", rest), rest
        for one in sorted(known, key=len, reverse=True):
            rest = rest.replace(one, " ")
        if _WORD.search(rest):
            yield f"{text!r}: {' '.join(rest.split())!r}"
