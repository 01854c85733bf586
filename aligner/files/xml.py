"""XML that cannot hurt: entities within bounds, nothing from outside, bounded depth.

Standard: XML 1.0. Entities that a file declares are texts within the bounds of `entities`, else the
file is refused. An external DTD is never loaded; HTML's named characters are known without it. Depth is
bounded by libxml2 at 256 elements, which also bounds the recursion of our readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from aligner.files.entities import Entities, EntityError, declared_entities
from aligner.files.xml_encoding import head_text, utf8_xml
from aligner.model import Malformed
from aligner.text.decoding import decode

__all__ = ["as_named", "attribute", "few_attributes", "local", "parse_xml", "root_of", "texts_of"]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]{1,60}:)?([\w.-]{1,60})")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_INNER = re.compile(rb"(<!DOCTYPE\s+[^\s\[>]+)\s*\[")
_MAX_ATTRIBUTES = 2000
_LONG_TAG = re.compile(rb"<[A-Za-z_:\x80-\xff][^<]{4000,}")
_ATTRIBUTE = re.compile(
    rb"""\s[^\s=<>"'/]+(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>=]+))?|>.*""", re.DOTALL
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_xml(data: bytes, name: str, encoding: str | None = None, *, whole: bool = False) -> Any:
    """The root element of `data`, without comments and processing instructions; under `whole` with
    them, for a file that is written again.

    Raises Malformed, with line and column, for what is not well formed, declares entities that are no
    short texts or is nested too deep; UsageError for an encoding that does not exist.
    """
    from lxml import etree

    data = utf8_xml(data, name) if encoding is None else as_named(data, name, encoding)
    few_attributes(data, name)
    entities = Entities()
    if b"<!ENTITY" in data:
        entities, refused, line = declared_entities(data)
        if refused:
            raise Malformed(
                refused,
                context=name,
                line=line,
                hint="write their text out and remove the <!ENTITY> lines",
            )
        # as if there were a DTD elsewhere: HTML's names are no error beside the file's own
        data = _INNER.sub(rb'\1 SYSTEM "-" [', data, count=1)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=not whole,
        remove_pis=not whole,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise Malformed(
            f"not well-formed XML, {_one_line(error.msg)}", context=name, line=line, column=column
        ) from None
    except ValueError as error:
        raise Malformed(f"not XML ({_one_line(str(error))})", context=name) from None
    _fill_entities(root, name, entities)
    return root


def as_named(data: bytes, name: str, encoding: str) -> bytes:
    """The bytes as UTF-8, from the encoding that the user names, whatever their declaration says.

    Raises as `text.decoding.decode`.
    """
    text = decode(data, name, encoding=encoding)
    return _DECLARATION.sub("", text).encode("utf-8", errors="replace")


def few_attributes(data: bytes, name: str) -> None:
    """Raise Malformed for an element with thousands of attributes: libxml2 compares each with each."""
    for tag in _LONG_TAG.finditer(data):
        if sum(1 for _ in _ATTRIBUTE.finditer(tag[0])) > _MAX_ATTRIBUTES:
            raise Malformed(
                f"an element with more than {_MAX_ATTRIBUTES} attributes",
                context=name,
                line=data.count(b"\n", 0, tag.start()) + 1,
            )


def _one_line(message: str | None) -> str:
    return " ".join((message or "").split())


def _fill_entities(root: Any, name: str, entities: Entities) -> None:
    """References to the file's own entities and to HTML's named characters become their texts."""
    from lxml import etree

    references = list(root.iter(etree.Entity))
    try:  # all of them before the first is filled in: they may come to too much
        texts = [entities.text(reference.name) for reference in references]
    except EntityError as error:
        raise Malformed(str(error), context=name) from None
    for entity, filled in zip(references, texts, strict=True):
        text = filled + (entity.tail or "")
        parent, before = entity.getparent(), entity.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        entity.tail = None
        parent.remove(entity)


def root_of(data: bytes) -> str:
    """Local name of the root element, read from the first bytes without a parser; "" if none."""
    text = head_text(data)
    if not text.lstrip().startswith("<"):
        return ""
    at = text.find("<")
    while at >= 0:  # each step goes on where the one before ended, so that none is long
        if root := _ROOT.match(text, at):
            return root[1]
        if text.startswith("<!--", at):
            end = text.find("-->", at)
        elif text.startswith("<?", at):
            end = text.find("?>", at)
        elif text.startswith("<!DOCTYPE", at):
            doctype = _DOCTYPE.match(text, at)
            end = doctype.end() if doctype else -1
        else:
            end = at + 1
        at = text.find("<", end) if end >= 0 else -1
    return ""


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """The value of the attribute of this local name in any namespace, "" where it is absent."""
    value = element.get(name)
    if value is None:
        value = next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
    return str(value)


def texts_of(root: Any, *names: str) -> Iterator[str]:
    """The text of every element below with one of these local names, white space collapsed."""
    for element in root.iter():
        if local(element) in names:
            text = " ".join("".join(element.itertext()).split())
            if text:
                yield text
