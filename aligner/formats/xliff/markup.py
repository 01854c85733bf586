"""Elements of a file as XML that stands under the root of another file of the same kind.

What XLIFF files hold beside texts (notes with attributes, contexts, definitions of tools, modules)
is kept as strings. Names in the namespace of the root are written bare, others with the prefix of
the file; all of them are declared at the root (`declarations`), so that a string means the same
wherever it is put.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from aligner.files.xml_text import attribute, content
from aligner.model import Pairs

__all__ = ["Markup", "prefixes_of"]

_XML = "http://www.w3.org/XML/1998/namespace"
_DECLARED = re.compile(rb"""\bxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG = re.compile(r"<[^<>]*>")
_QUOTED = re.compile(r'"[^"]*"')
_PREFIX = re.compile(r"(?<![\w.:-])([A-Za-z_][\w.-]*):[\w.-]+")


class Markup:
    """The names of one file: `root` is its root element, `data` its bytes."""

    def __init__(self, root: Any, data: bytes) -> None:
        self.core = _split(root.tag)[0]
        self._prefixes: dict[str, str] = {_XML: "xml"}
        self._names: dict[str, str] = {}
        declared = [(prefix or "", uri) for prefix, uri in root.nsmap.items()]
        # in UTF-16 every second byte of a name is zero
        for prefix, one, other in _DECLARED.findall(data.replace(b"\0", b"")):
            declared.append(
                (prefix.decode("ascii", "ignore"), (one or other).decode(errors="replace"))
            )
        for prefix, uri in declared:
            if uri and uri != self.core and uri not in self._prefixes:
                self._prefixes[uri] = self._free(prefix)

    def _free(self, prefix: str) -> str:
        """A prefix of its own for a namespace."""
        taken = set(self._prefixes.values())
        if prefix and prefix not in taken:
            return prefix
        number = 1
        while f"ns{number}" in taken:
            number += 1
        return f"ns{number}"

    def declarations(self) -> Pairs:
        """`xmlns` attributes of a root under which all names are known."""
        core = (("xmlns", self.core),) if self.core else ()
        others = ((f"xmlns:{prefix}", uri) for uri, prefix in self._prefixes.items() if uri != _XML)
        return (*core, *others)

    def is_core(self, element: Any) -> bool:
        """Whether an element is XLIFF's own."""
        return _split(element.tag)[0] == self.core

    def name(self, tag: str) -> str:
        """The name of an element, which lxml gives as `{uri}local`, with its prefix."""
        known = self._names.get(tag)
        if known is None:
            uri, local = _split(tag)
            bare = uri in ("", self.core)
            known = self._names[tag] = local if bare else self._prefixed(uri, local)
        return known

    def _prefixed(self, uri: str, local: str) -> str:
        prefix = self._prefixes.get(uri)
        if prefix is None:
            prefix = self._prefixes[uri] = self._free("")
        return f"{prefix}:{local}"

    def attributes(self, element: Any, *without: str) -> Pairs:
        """Names and values of an element's attributes in order."""
        return tuple(
            (name, value)
            for tag, value in element.attrib.items()
            if (name := self._attribute(tag)) not in without
        )

    def _attribute(self, tag: str) -> str:
        return self._prefixed(*_split(tag)) if tag[0] == "{" else tag

    def start(self, element: Any, tail: str = ">") -> str:
        """The start tag of an element."""
        name = self.name(element.tag)
        pieces = [f' {n}="{attribute(v)}"' for n, v in self.attributes(element)]
        return f"<{name}{self._scope(element)}{''.join(pieces)}{tail}"

    def _scope(self, element: Any) -> str:
        """The default namespace, where names without a prefix mean something else from here on."""
        if not self.core:
            return ""
        uri, parent = _split(element.tag)[0], element.getparent()
        above = _split(parent.tag)[0] if parent is not None else self.core
        if not uri and above:
            return ' xmlns=""'
        return f' xmlns="{attribute(uri)}"' if uri == self.core and not above else ""

    def end(self, element: Any) -> str:
        """The end tag of an element."""
        return f"</{self.name(element.tag)}>"

    def outer(self, element: Any, keep: Callable[[Any], bool] | None = None) -> str:
        """An element with what is in it: all of it, or those of its children that `keep`."""
        inside = self.inner(element) if keep is None else self._kept(element, keep)
        if not inside:
            return self.start(element, "/>")
        return f"{self.start(element)}{inside}{self.end(element)}"

    def inner(self, element: Any) -> str:
        """What is in an element."""
        pieces = [content(element.text)] if element.text else []
        for child in element:
            if isinstance(child.tag, str):
                pieces.append(self.outer(child))
            if child.tail:
                pieces.append(content(child.tail))
        return "".join(pieces)

    def _kept(self, element: Any, keep: Callable[[Any], bool]) -> str:
        """Some children of an element that holds nothing but elements."""
        return "".join(
            self.outer(child) for child in element if isinstance(child.tag, str) and keep(child)
        )


def prefixes_of(markup: str) -> set[str]:
    """The prefixes of names in a string of XML."""
    tags = " ".join(_QUOTED.sub("", tag) for tag in _TAG.findall(markup))
    return set(_PREFIX.findall(tags)) - {"xml", "xmlns"}


def _split(tag: str) -> tuple[str, str]:
    uri, brace, local = tag.rpartition("}")
    return (uri[1:], local) if brace else ("", local)
