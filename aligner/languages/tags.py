"""Language tags: how BCP 47 (RFC 5646) writes them, which fit one another (RFC 4647), and why a tag
is none.

    canonical("EN_us")                     en-US
    matches("en", "en-GB")                 True: a language names all its regions
    matches("en-GB", "en-US")              False: a region names itself only
    lookup("en-US", ["es", "en-GB"])       1: the nearest of the same language
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["canonical", "lookup", "matches", "primary", "same_language", "wrong_tag"]

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|[xXiI](-[A-Za-z0-9]{1,8})+")
# RFC 5646, 2.2: an extension needs a subtag after its letter, variants have four characters or more
_SINGLETON_AT_END = re.compile(r"-[A-Za-z0-9]$")

_SHAPE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_REGION, _SCRIPT = 2, 4  # letters of a subtag


@lru_cache(maxsize=4096)
def canonical(tag: str) -> str:
    """The tag in the case of BCP 47 (RFC 5646, 2.1.1) with hyphens: `en-US`, `zh-Hant`, `es-419`;
    white space around it is gone. What has not the shape of a tag stays as it is.
    """
    tag = tag.strip().replace("_", "-")
    if _SHAPE.fullmatch(tag) is None:
        return tag
    first, *rest = tag.split("-")
    parts = [first.lower()]
    for part in rest:
        after_singleton = len(parts[-1]) == 1
        if len(part) == _REGION and part.isalpha() and not after_singleton:
            parts.append(part.upper())
        elif len(part) == _SCRIPT and part.isalpha() and not after_singleton:
            parts.append(part.title())
        else:
            parts.append(part.lower())
    return "-".join(parts)


def primary(tag: str) -> str:
    """The language without script and region: `zh` of `zh-Hant-TW`."""
    return tag.strip().replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=4096)
def matches(asked: str, tag: str) -> bool:
    """Whether the range `asked` names `tag` (RFC 4647, 3.3.2, extended filtering): `en` names every
    `en-*`, `en-GB` only itself and what is more special, `zh-TW` also `zh-Hant-TW`; "" and `*` name
    all. Case and `_` do not count.
    """
    wanted = asked.strip().replace("_", "-").lower().split("-")
    there = tag.strip().replace("_", "-").lower().split("-")
    if wanted[0] not in ("", "*", there[0]):
        return False
    rest = iter(there[1:])
    for part in wanted[1:]:
        if part == "*":
            continue
        for candidate in rest:
            if candidate == part:
                break
            if len(candidate) == 1:  # behind a singleton a subtag means something else
                return False
        else:
            return False
    return True


def lookup(asked: str, tags: Sequence[str]) -> int | None:
    """Number of the tag that serves best for the language `asked`; None where none is of it.

    RFC 4647, 3.4: the same tag, then `asked` shortened from its end (`en-US`, `en`); behind that
    what `asked` names (`en-US` for `en`) and the same language in another region, but in no other
    script. The first of equals wins.
    """
    known = [canonical(tag) for tag in tags]
    wanted = canonical(asked)
    while wanted:
        if wanted in known:
            return known.index(wanted)
        wanted = wanted.rpartition("-")[0]
        while wanted[-2:-1] == "-":  # a singleton says nothing alone
            wanted = wanted[:-2]
    for fits in (matches, same_language):
        for number, tag in enumerate(known):
            if fits(asked, tag):
                return number
    return None


@lru_cache(maxsize=4096)
def same_language(one: str, other: str) -> bool:
    """One language, whatever the region; not in two scripts (`zh-Hant`, `zh-Hans`)."""
    tags = [canonical(tag).lower().split("-") for tag in (one, other)]
    if tags[0][0] != tags[1][0]:
        return False
    scripts = [
        {part for part in tag[1:] if len(part) == _SCRIPT and part.isalpha()} for tag in tags
    ]
    return not all(scripts) or scripts[0] == scripts[1]


def wrong_tag(tag: str) -> tuple[str, str] | None:
    """(reason, advice) where `tag` is no language tag that tools understand; None where it is one."""
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
