"""Language tags as BCP 47 (RFC 5646) writes them, with the reasons why a tag is none."""

from __future__ import annotations

import re

__all__ = ["wrong_tag"]

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|[xXiI](-[A-Za-z0-9]{1,8})+")
# RFC 5646, 2.2: an extension needs a subtag after its letter, variants have four characters or more
_SINGLETON_AT_END = re.compile(r"-[A-Za-z0-9]$")


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
