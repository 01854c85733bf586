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
LANGUAGES = {"en": "English", "es": "Español"}
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
        if self.lang == "en" or not re.search(r"[^\W\d_]", re.sub("`[^`]*`", "", text)):
            return text
        self.used[text] = None
        known = self.known(text)
        if known is None:
            self.missing[text] = None
        return text if known is None else known

    def known(self, text: str, context: str = "") -> str | None:
        """The translation, None where there is none; for what may stay as it is."""
        for catalogue in self._catalogues:
            message = catalogue.get(text, context or None)
            if message is not None and message.string and not message.fuzzy:
                return str(message.string).replace("{{", "{").replace("}}", "}")
        return None

    def cite(self, text: str) -> str:
        """A name that may have words in it: a clause of a standard, a metavar."""
        self.used[text] = None
        return self.known(text) or self.known(text, "metavar") or text

    def paragraphs(self, text: str) -> Iterator[str]:
        """Each paragraph of a text, its lines joined; a catalogue may know it whole."""
        self.used[text.strip()] = None
        whole = self.known(text.strip())
        for part in re.split(r"\n[ \t]*\n", whole or text.strip()):
            line = " ".join(part.split())
            is_example = re.fullmatch(r"aligner [^A-Z].*", line) is not None
            yield line if whole or is_example else self.say(line)

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
