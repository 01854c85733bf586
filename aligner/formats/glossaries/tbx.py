"""TBX: version 3 (ISO 30042:2019, styles DCA and DCT) and version 2 (ISO 30042:2008, martif).

`conceptEntry` or `termEntry` with `langSec` or `langSet`; a term whose administrative status is
deprecated, superseded or forbidden must not be used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aligner.files.xml import XML_LANG
from aligner.formats.glossaries.terms import Term
from aligner.languages.tags import primary
from aligner.model import Malformed

__all__ = ["tbx_terms"]

_BAD = ("deprecated", "forbidden", "superseded", "notrecommended")


def tbx_terms(content: bytes, name: str, langs: tuple[str, str]) -> Iterator[Term]:
    """A term for every concept that has both languages, whatever their regions.

    Raises Malformed for broken XML, and where no concept has both.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Malformed(
            f"damaged XML, {error.msg}", context=name, line=error.lineno or 0
        ) from error
    asked = [primary(lang) for lang in langs]
    is_empty = True
    for entry in root.iter("{*}conceptEntry", "{*}termEntry"):
        by_lang: dict[str, tuple[list[str], list[str]]] = {}
        for section in entry.iter("{*}langSec", "{*}langSet"):
            lang = str(section.get(XML_LANG, section.get("lang", "")))  # `lang` is of the oldest
            good, bad = by_lang.setdefault(primary(lang.replace("_", "-")), ([], []))
            for group in section.iter("{*}termSec", "{*}tig", "{*}ntig"):
                text = "".join(_text(one) for one in group.iter("{*}term")).strip()
                if text:
                    (bad if _is_bad(group) else good).append(text)
        source, target = (by_lang.get(lang, ([], [])) for lang in asked)
        if any(source) and any(target):
            is_empty = False
            yield Term((*source[0], *source[1]), tuple(target[0]), tuple(target[1]))
    if is_empty:
        raise Malformed(
            f"no term has both languages, {asked[0]} and {asked[1]}",
            context=name,
            hint="check the xml:lang of the glossary, and -s and -t",
        )


def _is_bad(group: Any) -> bool:
    status = " ".join(
        f"{one.get('type', '')} {_text(one)}"
        for one in group.iter("{*}termNote", "{*}administrativeStatus")
    ).lower()
    return any(word in status for word in _BAD)


def _text(element: Any) -> str:
    return "".join(map(str, element.itertext()))
