"""The one place where lxml writes: a streaming XML file, so that memory does not grow with it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

__all__ = ["XML_ID", "XML_LANG", "xml_file"]

_XML = "{http://www.w3.org/XML/1998/namespace}"
XML_ID = f"{_XML}id"
XML_LANG = f"{_XML}lang"


@contextlib.contextmanager
def xml_file(out: BinaryIO) -> Iterator[Any]:
    """An lxml incremental writer on `out`, the declaration (UTF-8) written."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    with etree.xmlfile(out, encoding="utf-8") as xml:
        yield xml
    out.write(b"\n")
