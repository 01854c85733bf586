"""Text and inline codes in the order of a file -> the text of a variant, and codes at places of it.

The text is under the policy for characters (`text.rich`), each stretch between two codes for itself:
white space beside a code stays, for "you have <ph/> letters" has to become that again. White space
at the ends of the whole text is none of it, but where a code stands before or after it.
"""

from __future__ import annotations

import re

from aligner.model import Code, Pairs
from aligner.text.rich import clean

__all__ = ["CodedText"]

_SPACE = re.compile(r"[ \t\r\n]+")  # white space of XML
_LONE = {"open": "begin", "close": "end"}


class CodedText:
    """Builds one variant. `preserve`: white space is told apart from what stands for it."""

    def __init__(self, *, preserve: bool = False) -> None:
        self._preserve = preserve
        self._items: list[str | Code] = []
        self._keys: list[tuple[str, str]] = []  # of the codes: family and name of their pair
        self.changed = False

    def add(self, text: str | None) -> None:
        """Text as the file has it."""
        if text:
            self._items.append(text)

    def code(
        self,
        role: str,
        *,
        id: str = "",  # noqa: A002 - the word of the standards
        kind: str = "",
        markup: str = "",
        element: str = "",
        attributes: Pairs = (),
        content: str = "",
        pair: tuple[str, str] = ("", ""),
    ) -> None:
        """A code here. `open` and `close` with one `pair` (a family of elements, a name) belong
        together; one whose partner is not in this text becomes `begin` or `end`.
        """
        self._items.append(Code(0, role, id, kind, markup, element, attributes, content))
        self._keys.append(pair)

    def build(self) -> tuple[str, tuple[Code, ...]]:
        """The text and its codes. `changed` says then whether the text is another one than that of
        the file, white space set aside that does not count.
        """
        partners = self._partners()
        pieces: list[str] = []
        codes: list[Code] = []
        length = 0
        raw = self._merged()
        for number, item in enumerate(raw):
            if isinstance(item, str):
                piece = self._piece(item, first=number == 0, last=number == len(raw) - 1)
                pieces.append(piece)
                length += len(piece)
                continue
            order = len(codes)
            role, name, kind = item.role, item.id, item.kind
            if role in _LONE:
                partner = partners.get(order)
                if partner is None:
                    role = _LONE[role]
                elif role == "close":
                    name = codes[partner].id or name
                    kind = kind or codes[partner].kind
            codes.append(item._replace(place=length, role=role, id=name, kind=kind))
        return "".join(pieces), tuple(codes)

    def _merged(self) -> list[str | Code]:
        """The items, neighbouring texts joined."""
        merged: list[str | Code] = []
        for item in self._items:
            if isinstance(item, str) and merged and isinstance(merged[-1], str):
                merged[-1] += item
            else:
                merged.append(item)
        return merged

    def _piece(self, raw: str, *, first: bool, last: bool) -> str:
        if raw.isascii() and raw.isprintable() and "  " not in raw:
            piece = raw
        else:
            # the bars are no white space: what stands at the ends becomes one space
            piece = clean(f"|{raw}|")[1:-1]
            self.changed |= piece != (raw if self._preserve else _SPACE.sub(" ", raw))
        kept = piece.lstrip() if first else piece
        kept = kept.rstrip() if last else kept
        if len(kept) < len(piece):
            self.changed |= self._preserve or _SPACE.sub("", kept) != _SPACE.sub("", piece)
        return kept

    def _partners(self) -> dict[int, int]:
        """Of each code its partner's number, where it has one; the innermost open one of its pair."""
        codes = [item for item in self._items if isinstance(item, Code)]
        opened: dict[tuple[str, str], list[int]] = {}
        partners: dict[int, int] = {}
        for number, (code, pair) in enumerate(zip(codes, self._keys, strict=True)):
            if code.role == "open":
                opened.setdefault(pair, []).append(number)
            elif code.role == "close" and opened.get(pair):
                partner = opened[pair].pop()
                partners[partner], partners[number] = number, partner
        return partners
