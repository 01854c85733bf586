"""Entities that an XML file declares itself: short texts, within bounds, as old editions have them.

`<!ENTITY ed "Editorial House">` is a text, perhaps with references to others that stand before it. What
is outside the file (SYSTEM, PUBLIC, parameters), holds markup, refers to what comes later or grows
beyond a bound is refused: that is how a file shows another one of this machine, or fills its memory.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from typing import Any
from xml.parsers import expat

__all__ = ["Entities", "EntityError", "declared_entities"]

_LONGEST = 4_000  # characters of one entity, those that it refers to counted
_MOST = 4_000  # entities of a file
_GROWTH = 1_000_000  # characters that all references of a file may come to
_REFERENCE = re.compile(r"&(#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[^\s&;#]{1,60});")
_PREDEFINED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class EntityError(Exception):
    """A file that declares what is refused, or uses what nobody declares."""


class Entities:
    """The entities of one file."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._grown = 0

    def declare(
        self,
        name: str,
        is_parameter: bool,
        value: str | None,
        base: str | None,
        system: str | None,
        public: str | None,
        notation: str | None,
    ) -> None:
        """A declaration, as expat tells it. Raises EntityError for one that is refused."""
        del base
        if is_parameter or value is None or system or public or notation:
            raise EntityError(
                f"the file declares entities that are not texts of its own ({name!r})"
            )
        if name in self._texts:  # the first one counts
            return
        text = self._expanded(name, value)
        if "<" in value:
            raise EntityError(f"the file declares entities with markup inside ({name!r})")
        if len(text) > _LONGEST or len(self._texts) >= _MOST:
            raise EntityError(
                f"the file declares entities that grow too large ({name!r}: more than {_LONGEST:,} "
                f"characters, or more than {_MOST:,} entities)"
            )
        self._texts[name] = text

    def _expanded(self, name: str, value: str) -> str:
        """The text of a value; cut where it is too long, so that nothing grows here."""
        pieces: list[str] = []
        at = length = 0
        for match in _REFERENCE.finditer(value):
            text = self._known(match[1])
            if text is None:
                raise EntityError(
                    f"the file declares entities of what nobody declares before ({name!r}: {match[0]})"
                )
            pieces += [value[at : match.start()], text]
            length += len(pieces[-2]) + len(text)
            at = match.end()
            if length > _LONGEST:
                break
        return "".join([*pieces, value[at:]])

    def _known(self, name: str) -> str | None:
        if name.startswith("#"):
            return unescape(f"&{name};")
        return self._texts.get(name, _PREDEFINED.get(name, html5.get(f"{name};")))

    def text(self, name: str) -> str:
        """What a reference stands for, one of HTML's too. Raises EntityError for an unknown one, and
        where all references together have become too long.
        """
        text = self._texts.get(name)
        if text is None:
            text = html5.get(f"{name};")
            if text is None:
                raise EntityError(f"nobody declares the entity &{name};")
            return text
        self._grown += len(text)
        if self._grown > _GROWTH:
            raise EntityError("the file declares entities that come to too much text")
        return text


class _Root(Exception):
    """The root element begins: all declarations are over."""


def declared_entities(data: bytes) -> tuple[Entities, str, int]:
    """The entities of a file in UTF-8; why it is refused ("" where it is not), and the line."""
    entities = Entities()
    parser = expat.ParserCreate("utf-8")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.EntityDeclHandler = entities.declare

    def started(*_: Any) -> None:
        raise _Root

    parser.StartElementHandler = started
    try:
        parser.Parse(data, True)
    except EntityError as error:
        return entities, str(error), parser.CurrentLineNumber
    except (expat.ExpatError, _Root):  # what is not well-formed is said by whoever reads it
        pass
    return entities, "", 0
