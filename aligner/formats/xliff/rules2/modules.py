"""Constraints of the modules: candidates, glossary, format style, resources, sizes, rules, changes.

XLIFF 2.1, 5.1 to 5.7; change tracking is 5.6 of XLIFF 2.0 and an extension since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.formats.xliff.rules2.problems import CheckedFile, Problem, within_language
from aligner.formats.xliff.rules2.tree import Node

__all__ = [
    "candidates",
    "entries",
    "resource_sides",
    "resources",
    "revisions",
    "rules",
    "sizes",
    "styles",
]

_TESTS = ("isPresent", "isNotPresent", "startsWith", "endsWith")
_IN_SOURCE = ("isPresent", "startsWith", "endsWith")
_RESTRICTION = re.compile(r"\*|\d+(,(\d+|\*))?")
_WHOLE = re.compile(r"\d+")
_UTF = ("xliff:utf8", "xliff:utf16", "xliff:utf32")


def candidates(match: Node, document: CheckedFile) -> Iterator[Problem]:
    """5.1 `match`: subType with type; the target is in the target language, if no reference."""
    if "subType" in match.attributes and "type" not in match.attributes:
        yield Problem(601, match, "the candidate has subType, but no type", "add type")
    if "xml:lang" in match.attributes:
        yield Problem(
            601, match, "the candidate has an xml:lang", "write it on its source or target"
        )
    pairs = (("source", document.source_language), ("target", document.target_language or ""))
    for name, right in pairs:
        side = match.child(name)
        named = side.get("xml:lang") if side else ""
        free = name == "target" and match.get("reference") == "yes"
        if side and named and right and not free and not within_language(named, right):
            reason = f"the {name} of the candidate is in {named!r}, the file says {right!r}"
            yield Problem(601, side, reason, "make them agree")


def entries(entry: Node, _: CheckedFile) -> Iterator[Problem]:
    """5.2 `glossEntry`: a translation or a definition."""
    if not entry.named("gls:translation", "gls:definition"):
        reason = "the entry has neither translation nor definition"
        yield Problem(602, entry, reason, "add one of the two")


def styles(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """5.3: subFs goes with fs."""
    if "fs:subFs" in node.attributes and "fs:fs" not in node.attributes:
        yield Problem(603, node, "there is fs:subFs, but no fs:fs", "add fs:fs")


def resources(item: Node, _: CheckedFile) -> Iterator[Problem]:
    """5.5 `resourceItem`: a media type where source and target are empty."""
    held = item.named("res:source", "res:target")
    if "mimeType" not in item.attributes and not any(side.filled for side in held):
        yield Problem(605, item, "an item without content has no mimeType", "add mimeType")


def resource_sides(side: Node, document: CheckedFile) -> Iterator[Problem]:
    """5.5 `source`, `target`: content or href, and the language of the file."""
    name = side.name.partition(":")[2]
    if side.filled == ("href" in side.attributes):
        what = "content and href" if side.filled else "neither content nor href"
        yield Problem(605, side, f"the {name} of a resource has {what}", "keep one of the two")
    right = document.source_language if name == "source" else document.target_language or ""
    named = side.get("xml:lang")
    if named and right and not within_language(named, right):
        reason = f"the {name} of the resource is in {named!r}, the file says {right!r}"
        # the samples of the TC hold it both ways for targets
        yield Problem(605 if name == "source" else 615, side, reason, "make them agree")


def rules(rule: Node, _: CheckedFile) -> Iterator[Problem]:
    """5.7 `rule`: one test, and what may go with it."""
    tests = [name for name in _TESTS if name in rule.attributes]
    own = [name for name in rule.attributes if " " in name]
    if len(tests) + bool(own) != 1:
        what = " and ".join(tests + own[:1]) or "no test"
        advice = "one of isPresent, isNotPresent, startsWith, endsWith or a rule of one's own"
        yield Problem(
            607,
            rule,
            f"the rule has {what.rpartition(' ')[2] if own and not tests else what}",
            advice,
        )
    if "occurs" in rule.attributes and "isPresent" not in rule.attributes and not own:
        yield Problem(607, rule, "occurs is there without isPresent", "add isPresent")
    if "existsInSource" in rule.attributes and sum(name in tests for name in _IN_SOURCE) != 1:
        reason = "existsInSource is there without isPresent, startsWith or endsWith"
        yield Problem(607, rule, reason, "add one of them")


def sizes(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """5.6: sizeInfo or sizeInfoRef; values as the profiles of the file read them."""
    if "slr:sizeInfo" in node.attributes and "slr:sizeInfoRef" in node.attributes:
        yield Problem(606, node, "there are both sizeInfo and sizeInfoRef", "keep one")
    given = [name for name in node.attributes if name.startswith("slr:")]
    if not given:
        return
    pointer = node.get("slr:sizeInfoRef")
    if pointer and not _stored(node, pointer):
        reason = f"slr:sizeInfoRef={pointer!r} is no data of what surrounds it"
        yield Problem(606, node, reason, "add it to <slr:data>")
    general, storage = _profiles(node)
    for name in given:
        profile = storage if name in ("slr:equivStorage", "slr:storageRestriction") else general
        if not profile and name != "slr:sizeInfoRef":
            reason = f"{name} is there, but no profile says how to read it"
            yield Problem(616, node, reason, "add <slr:profiles> to the file")
            return
        known = profile == "xliff:codepoints" or profile in _UTF
        wanted = _RESTRICTION if name.endswith("Restriction") else _WHOLE
        if known and name != "slr:sizeInfoRef" and not wanted.fullmatch(node.get(name).strip()):
            reason = f"{name}={node.get(name)!r} means nothing in the profile {profile}"
            advice = "write a number" if wanted is _WHOLE else "write 90, 25,100 or 25,*"
            yield Problem(606, node, reason, advice)


def _stored(node: Node, name: str) -> bool:
    """True where `slr:data` beside the element or beside one around it holds the id."""
    around: Node | None = node
    while around is not None:
        beside = around.parent.named("slr:data") if around.parent else []
        if any(name in data.ids for data in (*beside, *around.named("slr:data"))):
            return True
        around = around.parent
    return False


def _profiles(node: Node) -> tuple[str, str]:
    file = node.up("file")
    profiles = file.child("slr:profiles") if file else None
    if profiles is None:
        return "", ""
    return profiles.get("generalProfile"), profiles.get("storageProfile")


def revisions(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """`revisions` of change tracking: of something that is there, with a current version."""
    current = node.get("currentVersion")
    if current and current not in {one.get("version") for one in node.children}:
        reason = f"currentVersion={current!r} is no version of these revisions"
        yield Problem(608, node, reason, "take the version of one of them")
    scope = node.up("unit", "group", "file")
    if scope is None:
        return
    kind = node.get("appliesTo")
    held = [one for one in scope.walk() if one.name == kind]
    pointer = node.get("ref")
    chosen = next((one for one in held if one.get("id") == pointer), None)
    ids = {one.get("id") for one in scope.walk()}
    if pointer and pointer not in ids:
        yield Problem(608, node, f"ref={pointer!r} is nothing in <{scope.name}>", "correct it")
    elif not pointer and len(held) > 1 and any("id" in one.attributes for one in held):
        reason = f"there are several <{kind}>, and no ref says which one is meant"
        yield Problem(608, node, reason, "add ref")
    if chosen is not None:
        for item in (item for one in node.children for item in one.children):
            name = item.get("property")
            if name != "content" and name not in chosen.attributes:
                reason = f"property={name!r} is no attribute of <{kind} id={pointer!r}>"
                yield Problem(608, item, reason, "write content, or an attribute that it has")
