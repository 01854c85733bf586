"""Parts of files of XLIFF 2 for tests: `u` is a unit, `s` a segment, `one` a file of one of each."""

from __future__ import annotations

__all__ = [
    "DATA",
    "FIRST",
    "ITEM",
    "ITS_ON",
    "NEXT",
    "PAIR",
    "PLAIN",
    "PROFILES",
    "ROOT",
    "S1",
    "changes",
    "document",
    "glossary",
    "match",
    "one",
    "resource",
    "rule",
    "s",
    "sized",
    "u",
]

URN = "urn:oasis:names:tc:xliff:"
MODULES = " ".join(
    f'xmlns:{prefix}="{URN}{name}"'
    for prefix, name in (
        ("mtc", "matches:2.0"),
        ("gls", "glossary:2.0"),
        ("fs", "fs:2.0"),
        ("mda", "metadata:2.0"),
        ("res", "resourcedata:2.0"),
        ("ctr", "changetracking:2.0"),
        ("slr", "sizerestriction:2.0"),
        ("val", "validation:2.0"),
        ("itsm", "itsm:2.1"),
    )
)
ROOT = f'xmlns="{URN}document:2.0" {MODULES} xmlns:its="http://www.w3.org/2005/11/its" xmlns:own="urn:own"'


def document(
    content: str, *, version: str = "2.1", target: str = ' trgLang="es"', more: str = ""
) -> str:
    """A file around `content`, which stands in <file>."""
    return (
        f'<xliff {ROOT} version="{version}" srcLang="en"{target}{more}>'
        f'<file id="f1">{content}</file></xliff>'
    )


def u(content: str, attributes: str = "", name: str = "u1") -> str:
    return f'<unit id="{name}"{attributes}>{content}</unit>'


def s(source: str, target: str | None = None, attributes: str = "") -> str:
    there = "" if target is None else f"<target>{target}</target>"
    return f"<segment{attributes}><source>{source}</source>{there}</segment>"


def one(source: str, target: str | None = None, head: str = "", attributes: str = "") -> str:
    """A file of one unit of one segment."""
    return document(u(head + s(source, target, attributes)))


DATA = '<originalData><data id="d1">x</data></originalData>'
PLAIN = u(s("Wind.", "Viento."))
FIRST = 'canReorder="firstNo" canCopy="no" canDelete="no"'
NEXT = 'canReorder="no" canCopy="no" canDelete="no"'
ITS_ON = ' its:version="2.0"'


def match(content: str, attributes: str = 'ref="#s1"') -> str:
    return document(
        u(f"<mtc:matches><mtc:match {attributes}>{content}</mtc:match></mtc:matches>" + S1)
    )


S1 = s("Wind.", None, ' id="s1"')
PAIR = "<source>Wind.</source><target>Viento.</target>"


def glossary(content: str) -> str:
    return document(u(f"<gls:glossary>{content}</gls:glossary>" + S1))


def resource(content: str, attributes: str = ' mimeType="image/png"') -> str:
    held = f"<res:resourceItem{attributes}>{content}</res:resourceItem>"
    return document(u(f"<res:resourceData>{held}</res:resourceData>" + S1))


def rule(attributes: str) -> str:
    return document(u(f"<val:validation><val:rule {attributes}/></val:validation>" + S1))


PROFILES = '<slr:profiles generalProfile="xliff:codepoints" storageProfile="xliff:utf8"/>'


def sized(attributes: str, profiles: str = PROFILES) -> str:
    return document(profiles + u(S1, attributes))


def changes(content: str) -> str:
    notes = '<notes><note id="n1" category="a">x</note><note id="n2">y</note></notes>'
    return document(u(f"<ctr:changeTrack>{content}</ctr:changeTrack>{notes}" + S1))


ITEM = '<ctr:revision version="r1"><ctr:item property="content">x</ctr:item></ctr:revision>'
