r"""The lines of a gettext catalogue as entries: what `msgfmt` and `msgcat` take a line for.

    # of a translator      #. of the programmer      #: places      #, flags      #| before
    msgctxt "menu"
    msgid "%d file"        msgid_plural "%d files"
    msgstr[0] "..."        msgstr[1] "..."
    #~ msgid "obsolete"

Strings are parts on one line or several. An obsolete entry ends where a live one begins, whatever
stands between them; comments before it are its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aligner.model import Malformed

__all__ = ["Comment", "Entry", "charset_of", "entries", "escaped", "string_lines"]

_LINE = re.compile(
    r"\s*(?:(?P<word>msgctxt|msgid_plural|msgid|msgstr|domain)\s*(?:\[\s*(?P<number>\d{1,3})\s*\])?)?"
    r'(?P<strings>(?:\s*"(?:[^"\\]|\\.)*")*)\s*$'
)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9A-Fa-f]{1,2})|(?P<sign>.))")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "v": "\v", "f": "\f"}
_ESCAPED = str.maketrans(
    {"\\": "\\\\", '"': '\\"'} | {sign: f"\\{name}" for name, sign in _SIGNS.items()}
)
_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_HEAD = 20_000  # bytes of a catalogue in which its header is
_MARKERS = ("#,", "#:", "#.", "#|", "#=", "#~")
_PART = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Comment:
    """A line before an entry: its marker (`#`, `#.`, `#:`, `#,`, `#|`), the rest of it as it is, and
    its number, counted from 0.
    """

    marker: str
    text: str
    line: int


@dataclass(slots=True)
class Entry:
    """One entry. `texts` by keyword (`msgid`, `msgstr`, `msgstr[1]` ...), unescaped; `lines` where
    each of them stands, from and to (0-based, half-open).
    """

    comments: list[Comment] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    obsolete: bool = False

    @property
    def line(self) -> int:
        """The number of its first keyword, else of its first comment, counted from 1."""
        starts = [start for start, _ in self.lines.values()]
        starts = starts or [comment.line for comment in self.comments]
        return min(starts, default=0) + 1

    @property
    def is_header(self) -> bool:
        """Whether it is the entry that holds the header."""
        return not self.obsolete and self.texts.get("msgid") == "" and "msgctxt" not in self.texts

    @property
    def is_plural(self) -> bool:
        """Whether it has a form for several."""
        return "msgid_plural" in self.texts

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags, such as `fuzzy` and `c-format`."""
        texts = (comment.text for comment in self.comments if comment.marker == "#,")
        return tuple(flag.strip() for text in texts for flag in text.split(",") if flag.strip())

    @property
    def forms(self) -> list[str]:
        """Keywords of the translations in order: `msgstr`, or `msgstr[0]` and on."""
        return sorted(
            (word for word in self.texts if word.startswith("msgstr")),
            key=lambda word: int(word[7:-1]) if word.endswith("]") else -1,
        )


def charset_of(data: bytes) -> str:
    """The charset that the header of a catalogue declares; "" where it says none."""
    match = _CHARSET.search(data[:_HEAD])
    name = match[1].decode("ascii", "ignore") if match else ""
    return "" if name == "CHARSET" else name


def entries(lines: Sequence[str], name: str) -> Iterator[Entry]:
    """All entries in order, obsolete ones too; comments that no entry follows are one without texts.

    Raises Malformed, with its line, for what is no line of a catalogue.
    """
    entry = Entry()
    word = ""
    for number, line in enumerate(lines):
        bare = line.strip()
        obsolete = bare.startswith("#~")
        rest = bare[2:].strip() if obsolete else bare
        if not bare or (obsolete and not rest):
            continue
        if bare.startswith("#") and (not obsolete or rest.startswith("|")):
            # of the next entry, where this one has its translation
            if entry.forms or (entry.obsolete and entry.texts and not obsolete):
                yield entry
                entry, word = Entry(), ""
            entry.comments.append(_comment(line.strip("\r\n").lstrip(), number))
            continue
        match = _LINE.match(rest)
        if match is None or not (match["word"] or (match["strings"].strip() and word)):
            raise Malformed(
                "not a line of a catalogue", context=name, line=number + 1, excerpt=bare[:60]
            )
        if match["word"]:
            here = match["word"] + (f"[{int(match['number'])}]" if match["number"] else "")
            if _begins(entry, here, obsolete=obsolete):
                yield entry
                entry = Entry()
            word = here
            entry.obsolete = obsolete
            entry.texts[word] = ""
            entry.lines[word] = (number, number)
        entry.texts[word] += "".join(map(_unescaped, _STRING.findall(match["strings"])))
        entry.lines[word] = (entry.lines[word][0], number + 1)
    if entry.texts or entry.comments:
        yield entry


def _begins(entry: Entry, word: str, *, obsolete: bool) -> bool:
    """Whether a keyword is that of another entry than the one before it."""
    if not entry.texts:
        return False
    if entry.obsolete != obsolete or word in entry.texts or word == "domain":
        return True
    return word in ("msgctxt", "msgid") and ("msgid" in entry.texts or bool(entry.forms))


def _comment(text: str, line: int) -> Comment:
    marker = text[:2] if text.startswith(_MARKERS) else "#"
    return Comment(marker, text[len(marker) :], line)


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match["octal"]:
            return chr(int(match["octal"], 8))
        if match["hex"]:
            return chr(int(match["hex"], 16))
        return _SIGNS.get(match["sign"], match["sign"])

    return _ESCAPE.sub(character, text) if "\\" in text else text


def escaped(text: str) -> str:
    """The text as it stands between quotes."""
    return text.translate(_ESCAPED)


def string_lines(word: str, text: str) -> list[str]:
    r"""A keyword and its text as lines: one, or one for each line of the text that is `\n` apart."""
    parts = _PART.findall(text)
    if len(parts) < 2:
        return [f'{word} "{escaped(text)}"']
    return [f'{word} ""', *(f'"{escaped(part)}"' for part in parts)]
