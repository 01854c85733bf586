r"""Rich Text Format (.rtf), as Word, LibreOffice, TextEdit and WordPad write it.

Standard: RTF Specification 1.9.1, the part that carries text. Headings by `\outlinelevel` or the
style's name, cells by `\intbl`, items by `\ls`, footnotes and endnotes as `note` paragraphs at the
end with their anchors, bold and italic as spans, characters of symbol fonts as Unicode; a drop cap
runs on into its paragraph. Tracked deletions, hidden text, headers, footers and comments go (listed
in `Document.dropped`), fields' codes and pictures too.

Own reader: `striprtf`, the small permissive library, gives flat text with the notes glued in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from aligner.documents.office.package import Collector, Style, set_formats
from aligner.documents.office.rtf_tokens import CHARSETS, RtfToken, decoded, rtf_tokens
from aligner.documents.office.rtf_words import (
    ASIDE,
    CHARACTERS,
    DRAWING,
    ENDS,
    KEPT_STARS,
    PLACES,
    SIGNS,
    SKIPPED,
    SYMBOL_FIELD,
    TOGGLES,
)
from aligner.documents.office.symbols import in_unicode, is_symbol_font, symbol
from aligner.model import Declined, Document, Malformed, ReadOptions, Source, UsageError
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Rich

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".rtf",)

_MAX_DEPTH = 1000


@dataclass(slots=True)
class _Group:
    """What a brace saves and its end restores."""

    place: str = "text"  # text, skip, upr, aside, fonts, styles, field, title, author
    formats: tuple[str, ...] = ()
    lost: str = ""  # why text here is not kept
    skip: int = 1  # characters after \u that stand for it
    encoding: str = "cp1252"
    font: int = 0
    note: str = ""
    box: bool = False
    around: str = "text"  # the place around what is written twice (\\upr)


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for what is no RTF, Malformed for groups nested past reason, ReadError for a
    file without text, UsageError for segmented text, which is plain text.
    """
    if not source.data.lstrip()[:5].lower().startswith(b"{\\rtf"):
        raise Declined(f"does not open with {{\\rtf (suffix {suffix_of(source.name) or '(none)'})")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("rich text is not segmented text", hint="export it as .txt first")
    reader = _Reader(source.name, options.include)
    for token in rtf_tokens(source.data):
        reader.take(token)
    reader.end("par")
    title = reader.information["title"].strip()
    reader.collected.properties([title])
    drafts = reader.collected.all(title)
    if any(draft.kind == "title" for draft in drafts):
        title = ""
    author = reader.information["author"].strip()
    return make_document(
        source,
        drafts,
        title=title,
        metadata={"author": (author,)} if author else {},
        dropped=reader.collected.dropped,
    )


class _Reader:
    """Takes tokens, makes paragraphs."""

    def __init__(self, name: str, include: frozenset[str] = frozenset()) -> None:
        self.name = name
        self.collected = Collector(include)
        self.information = {"title": "", "author": ""}
        self._stack: list[_Group] = []
        self._group = _Group()
        self._rich = Rich()
        self._formats: list[str] = []
        self._outer: list[tuple[Rich, list[str], Style, bool, bool]] = []  # texts around notes
        self._bytes = bytearray()
        self._high = ""
        self._pending = 0
        self._star = False
        self._style = Style()
        self._cell = self._item = self._drop_cap = False
        self._lost: tuple[str, str] = ("", "")  # why, and the words so far
        self._name = ""  # of the font that is being defined
        self._field = ""
        self._field_done = False  # its result repeats what its code says
        self._font_names: dict[int, str] = {}
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, Style] = {}
        self._number = 0
        self._style_name: list[str] = []
        self._default = "cp1252"
        self._notes = 0

    def take(self, token: RtfToken) -> None:
        """One token further. Raises Malformed for more than 1,000 open groups."""
        if token.kind in ("byte", "text"):
            self._data(token.data)
            return
        if token.kind == "word" and token.name == "u":
            self._unicode(token.number or 0)
            return
        if self._pending and token.kind in ("word", "sign"):
            self._pending -= 1
            return
        self._settle()
        if token.kind == "open":
            if len(self._stack) >= _MAX_DEPTH:
                raise Malformed(f"groups nested more than {_MAX_DEPTH} deep", context=self.name)
            self._stack.append(self._group)
            self._group = replace(self._group)
            self._pending = 0
        elif token.kind == "close":
            self._close()
        elif token.kind == "sign":
            self._sign(token.name)
        else:
            self._word(token.name, token.number)

    def end(self, word: str) -> None:
        """A paragraph or a cell ends here."""
        self._settle()
        self._flush()
        if self._drop_cap:
            self._drop_cap = False
            return
        style = self._style
        if self._group.box and not self._group.note:
            style = Style("box")
        elif (self._cell or word in ("cell", "nestcell")) and style.kind != "caption":
            style = Style("cell")
        elif self._item and not style.kind:
            style = Style("item")
        self.collected.add(self._rich, style, self._group.note, bullets=True)
        self._rich = Rich()
        self._formats = []

    def _data(self, data: bytes) -> None:
        if self._pending:
            gone = min(self._pending, len(data))
            self._pending -= gone
            data = data[gone:]
        if data:
            self._unpair()
            self._bytes += data

    def _unicode(self, number: int) -> None:
        self._settle(keep_high=True)
        character = chr(number % 65536)
        if "\ud800" <= character <= "\udbff":
            self._unpair()
            self._high = character
        else:
            if self._high and "\udc00" <= character <= "\udfff":
                pair = (self._high + character).encode("utf-16-le", "surrogatepass")
                character = pair.decode("utf-16-le", "replace")
                self._high = ""
            self._unpair()
            self._text(character)
        self._pending = self._group.skip

    def _unpair(self) -> None:
        if self._high:
            self._high = ""
            self._text("\ufffd")

    def _settle(self, *, keep_high: bool = False) -> None:
        """Bytes that wait for the rest of their character become text."""
        if self._bytes:
            data = bytes(self._bytes)
            self._bytes.clear()
            name = self._font_names.get(self._group.font, "")
            if is_symbol_font(name) and self._group.place in ("text", "aside"):
                self._text("".join(chr(0xF000 + byte) if byte > 0x20 else " " for byte in data))
            else:
                self._text(decoded(data, self._group.encoding))
        if not keep_high:
            self._unpair()

    def _text(self, text: str) -> None:
        group = self._group
        if group.place == "text":
            if group.lost:
                self._lose(group.lost, text)
                return
            self._flush()
            text, unknown = in_unicode(text, self._font_names.get(group.font, ""))
            for sign in unknown:
                self.collected.drop("character of a symbol font", sign)
            set_formats(self._rich, self._formats, group.formats)
            self._rich.add(text)
        elif group.place == "aside":
            self._lose(group.lost, text)
        elif group.place == "field":
            self._field += text
        elif group.place == "fonts":
            self._name += text
            if ";" in text:
                self._font_names[self._number] = self._name.split(";")[0].strip()
                self._name = ""
        elif group.place in self.information:
            self.information[group.place] += text
        elif group.place == "styles":
            self._style_name.append(text)
            if ";" in text:
                name = "".join(self._style_name).split(";")[0]
                self._styles[self._number] = Style.named(name)
                self._style_name.clear()

    def _lose(self, why: str, text: str) -> None:
        """Words that are left out wait for the rest of them."""
        if self._lost[0] != why:
            self._flush()
        self._lost = (why, self._lost[1] + text)

    def _flush(self) -> None:
        why, words = self._lost
        self._lost = ("", "")
        # of drawings what describes them, not their numbers and switches
        if why and (why != DRAWING or any(map(str.isalpha, words))):
            self.collected.drop(why, words)

    def _close(self) -> None:
        ended = self._group
        self._pending = 0
        if not self._stack:
            return  # one brace too many: the text goes on
        outer = self._stack[-1]
        if ended.note and ended.note != outer.note:
            self.end("par")
            self._rich, self._formats, self._style, self._cell, self._item = self._outer.pop()
        self._group = self._stack.pop()
        if ended.place == "aside" and self._group.place != "aside":
            self._flush()
        elif ended.place == "field" and self._group.place != "field":
            self._end_field()

    def _end_field(self) -> None:
        """A field that is one character of a symbol font says so in its code."""
        code, self._field = self._field, ""
        match = SYMBOL_FIELD.match(code)
        if match is None:
            self.collected.drop("code of a field", code)
        else:
            sign = symbol(match[2] or "Symbol", int(match[1]))
            self._field_done = True
            self._text(sign)
            if not sign:
                self.collected.drop("character of a symbol font", code)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._star = True
        elif sign in "\r\n":
            self.end("par")
        elif sign in SIGNS:
            self._text(SIGNS[sign])

    def _word(self, word: str, number: int | None) -> None:
        star, self._star = self._star, False
        group = self._group
        if self._goes_to(word, star=star):
            return
        if word == "uc":
            group.skip = min(max(number or 0, 0), 16)
        elif word == "ansicpg" and number:
            self._default = group.encoding = f"cp{number}" if number != 65001 else "utf-8"
        elif word == "mac":
            self._default = group.encoding = "mac_roman"
        elif word == "f" and number is not None:
            self._number = number if group.place == "fonts" else self._number
            group.encoding, group.font = self._fonts.get(number, self._default), number
        elif word == "fcharset" and group.place == "fonts":
            if number in CHARSETS and number != 0:
                self._fonts[self._number] = CHARSETS[number]
        elif word == "s" and group.place == "styles":
            self._number = number or 0
        elif group.place == "text":
            self._text_word(word, number)
        elif group.place == "aside":
            self._text(CHARACTERS.get(word, " " if word in (*ENDS, "line") else ""))

    def _goes_to(self, word: str, *, star: bool) -> bool:
        """True for a word that says where the text of its group goes."""
        group = self._group
        if word in SKIPPED:
            group.place = "skip"
        elif word in PLACES:
            group.around = group.place if word == "upr" else group.around
            group.place = PLACES[word]
        elif word == "ud":  # what \upr says, in Unicode
            group.place = group.around
        elif group.place not in ("text", "aside"):
            return self._informs(word)
        elif word in ASIDE or (star and word not in KEPT_STARS):
            group.place, group.lost = "aside", ASIDE.get(word, f"part of unknown meaning ({word})")
        elif word == "fldrslt" and self._field_done:
            self._field_done, group.place = False, "skip"
        else:
            return self._informs(word)
        return True

    def _informs(self, word: str) -> bool:
        """True for a word before what the file says of itself."""
        if word not in self.information or self._group.lost != ASIDE["info"]:
            return False
        self._group.place = "aside" if self.information[word].strip() else word
        return True

    def _text_word(self, word: str, number: int | None) -> None:
        group = self._group
        if word in CHARACTERS:
            self._text(CHARACTERS[word])
        elif word in ENDS:
            if word != "row":
                self.end(word)
        elif word in ("line", "tab") and not group.lost:
            self._rich.mark("break" if word == "line" else "tab")
        elif word in TOGGLES:
            rest = tuple(kind for kind in group.formats if kind != TOGGLES[word])
            group.formats = rest if number == 0 else (*rest, TOGGLES[word])
        elif word in ("ulnone", "nosupersub"):
            gone = ("underline",) if word == "ulnone" else ("sup", "sub")
            group.formats = tuple(kind for kind in group.formats if kind not in gone)
        elif word == "plain":
            group.formats, group.lost, group.encoding = (), "", self._default
            group.font = -1
        elif word in ("deleted", "v"):
            why = "deleted in the file's tracked changes" if word == "deleted" else "hidden text"
            group.lost = "" if number == 0 else why
        elif word == "footnote":
            self._open_note()
        elif word == "shptxt":
            group.box = True
        else:
            self._paragraph_word(word, number)

    def _paragraph_word(self, word: str, number: int | None) -> None:
        if word == "pard":
            self._style, self._cell, self._item = Style(), False, False
            self._drop_cap = False
        elif word == "dropcapli":
            self._drop_cap = bool(number)
        elif word == "s":
            self._style = self._styles.get(number or 0, Style())
        elif word == "outlinelevel" and number is not None and number < 6:
            if self._style.kind in ("", "heading"):
                self._style = Style("heading", number + 1)
        elif word in ("intbl", "itap"):
            self._cell = number is None or number > 0
        elif word == "ls":
            self._item = bool(number)

    def _open_note(self) -> None:
        self._notes += 1
        label = f"note-{self._notes}"
        self._rich.mark("note", label)
        self._outer.append((self._rich, self._formats, self._style, self._cell, self._item))
        self._group.note = label
        self._group.formats = ()
        self._rich, self._formats = Rich(), []
        self._style, self._cell, self._item = Style(), False, False
