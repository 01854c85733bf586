"""Language tags as BCP 47 (RFC 5646) writes them, with the reasons why a tag is none."""

from __future__ import annotations

import re

__all__ = ["canonical", "primary", "wrong_tag"]

# xsd:language, which TEI and XLIFF check
_SUBTAGS = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|[xXiI](-[A-Za-z0-9]{1,8})+")
# RFC 5646, 2.2: an extension needs a subtag after its letter, variants have four characters or more
_SINGLETON_AT_END = re.compile(r"-[A-Za-z0-9]$")


def canonical(tag: str) -> str:
    """A tag as BCP 47 (RFC 5646, 2.1.1) writes it: hyphens, `es-MX`, `zh-Hant`; what is no tag comes
    back without white space around it, otherwise as it is.
    """
    tag = tag.strip().replace("_", "-")
    if not _SUBTAGS.fullmatch(tag):
        return tag
    first, *rest = tag.split("-")
    parts = [first.lower()]
    for part in rest:
        after_singleton = len(parts[-1]) == 1
        if len(part) == 2 and part.isalpha() and not after_singleton:
            parts.append(part.upper())
        elif len(part) == 4 and part.isalpha() and not after_singleton:
            parts.append(part.title())
        else:
            parts.append(part.lower())
    return "-".join(parts)


def primary(tag: str) -> str:
    """The primary language of a tag: `es` of `es-MX`; "" of ""."""
    return tag.strip().replace("_", "-").partition("-")[0].lower()


def wrong_tag(tag: str) -> tuple[str, str] | None:
    """(reason, mend) where `tag` is no language tag that tools understand; None where it is one."""
    if not tag.strip():
        return "the language code is empty", "write a BCP 47 code: es, pt-BR, zh-Hans"
    if "_" in tag:
        better = tag.replace("_", "-")
        return (
            f"the language code {tag!r} has an underscore; tools pass over its units without a word",
            f"write {better!r}",
        )
    if _TAG.fullmatch(tag) is None or _SINGLETON_AT_END.search(tag):
        return (
            f"{tag!r} is not a language code",
            "write a BCP 47 code, two or three letters first: es, pt-BR, zh-Hans",
        )
    return None
