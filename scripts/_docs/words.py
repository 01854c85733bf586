"""Sentences of the code in the language of a page.

English is what the code says. For another language a sentence is looked up in the catalogue of the
command line, where there is one, then in docs/LANG/words.po, which holds what only the pages need.
A sentence that neither has stays English on the page and is remembered: the tests ask for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

__all__ = ["DOCS", "LANGUAGES", "ROOT", "Words", "escaped"]

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LANGUAGES = {"en": "English"}
_MARKS = re.compile(r"([\\*_\[\]<>|#])")


class Words:
    """`say(text)` is the text in `lang`; `missing` what had no translation, in order."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.missing: dict[str, None] = {}
        self.used: dict[str, None] = {}
        self._catalogues = [_read(path) for path in _catalogues(lang)]

    def say(self, text: str) -> str:
        """The sentence in this language, or as it is where nobody translated it."""
        if self.lang == "en" or not re.search(r"[^\W\d_]", text):
            return text
        self.used[text] = None
        for catalogue in self._catalogues:
            message = catalogue.get(text)
            if message is not None and message.string and not message.fuzzy:
                return str(message.string)
        self.missing[text] = None
        return text

    def paragraphs(self, text: str) -> Iterator[str]:
        """Each paragraph of a text, its lines joined, or the text as one where it is known whole."""
        for part in re.split(r"\n[ \t]*\n", text.strip()):
            yield self.say(" ".join(part.split()))

    def asked(self) -> bytes:
        """What is missing, as entries of a catalogue to fill in."""
        from io import BytesIO

        made, out = Catalog(locale=self.lang), BytesIO()
        for text in self.missing:
            made.add(text)
        write_po(out, made, width=0, omit_header=True)
        return out.getvalue()

    def idle(self) -> list[str]:
        """Entries of the pages' own catalogue that no page uses."""
        own = self._catalogues[-1] if self._catalogues else Catalog()
        return [str(one.id) for one in own if one.id and one.id not in self.used]


def _catalogues(lang: str) -> list[Path]:
    places = [*(ROOT / "aligner").glob(f"**/{lang}/LC_MESSAGES/*.po"), DOCS / lang / "words.po"]
    return [path for path in places if path.is_file()]


def _read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream)


def escaped(text: str) -> str:
    """Plain text as Markdown, what stands between backquotes as it is."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _MARKS.sub(r"\\\1", text).replace("`", "\\`")
    for number in range(0, len(parts), 2):
        parts[number] = _MARKS.sub(r"\\\1", parts[number])
    return "`".join(parts)
