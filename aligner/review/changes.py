"""Patches: what an edit does to a state, forward and back, and as JSON.

    Splice   some beads next to each other become others
    Marks    beads (in runs) get another status
    Wording  a paragraph gets another text, or other segments
    Links    the crossings and cuts of a pair

Every change holds what was there before, so that it can be turned round and so that one that does
not fit the state is noticed. The journal is a list of patches, and the page gets the same JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aligner.model import Crossing, InternalError, Paragraph, Reading, Span
from aligner.review.state import Item, PairBeads, State
from aligner.review.texts import Passage, Piece

__all__ = [
    "Change",
    "Links",
    "Marks",
    "Patch",
    "Splice",
    "Wording",
    "apply_patch",
    "from_json",
    "inverse",
    "to_json",
]


@dataclass(frozen=True, slots=True)
class Splice:
    """`items[start : start + len(before)]` of a pair become `after`."""

    pair: int
    start: int
    before: tuple[Item, ...]
    after: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Items in `runs` (first, stop) go from one status to another."""

    pair: int
    runs: tuple[tuple[int, int], ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage of a text becomes another: its words, segments, spans, label."""

    text: int
    number: int
    before: Passage
    after: Passage


@dataclass(frozen=True, slots=True)
class Links:
    """Crossings and cuts of a pair."""

    pair: int
    before: tuple[tuple[Crossing, ...], tuple[tuple[int, int], ...]]
    after: tuple[tuple[Crossing, ...], tuple[tuple[int, int], ...]]


Change = Splice | Marks | Wording | Links


@dataclass(frozen=True, slots=True)
class Patch:
    """`name` is the word for it ("merge"); `focus` the pair and bead where it can be seen."""

    name: str
    changes: tuple[Change, ...]
    focus: tuple[int, int] = field(default=(0, 0))


def apply_patch(state: State, patch: Patch, *, check: bool = True) -> State:
    """The state after the patch. Raises InternalError where the patch is for another state.

    Without `check` the promises of the whole state are not looked at (many patches in a row).
    """
    for change in patch.changes:
        state = _apply(state, change)
    return state.check() if check else state


def inverse(patch: Patch) -> Patch:
    """The patch that takes `patch` back, so that applying both changes nothing."""
    return Patch(patch.name, tuple(map(_turned, reversed(patch.changes))), patch.focus)


def _turned(change: Change) -> Change:
    turned: Change = replace(change, before=change.after, after=change.before)  # type: ignore[arg-type]
    return turned


def _apply(state: State, change: Change) -> State:
    if isinstance(change, Wording):
        text = state.texts[change.text]
        _fits(text.passages[change.number] == change.before, "the paragraph")
        changed = text.with_passage(change.number, change.after)
        texts = (*state.texts[: change.text], changed, *state.texts[change.text + 1 :])
        return replace(state, texts=texts)
    pair = _changed(state.pairs[change.pair], change)
    return replace(
        state, pairs=(*state.pairs[: change.pair], pair, *state.pairs[change.pair + 1 :])
    )


def _changed(pair: PairBeads, change: Splice | Marks | Links) -> PairBeads:
    if isinstance(change, Splice):
        stop = change.start + len(change.before)
        _fits(pair.items[change.start : stop] == change.before, "the beads")
        items = (*pair.items[: change.start], *change.after, *pair.items[stop:])
        return replace(pair, items=items)
    if isinstance(change, Marks):
        marked = list(pair.items)
        for first, stop in change.runs:
            for number in range(first, stop):
                _fits(marked[number].status == change.before, "the status")
                marked[number] = replace(marked[number], status=change.after)
        return replace(pair, items=tuple(marked))
    _fits((pair.crossings, pair.cuts) == change.before, "the crossings")
    return replace(pair, crossings=change.after[0], cuts=change.after[1])


def _fits(condition: bool, what: str) -> None:
    if not condition:
        raise InternalError(f"an edit does not fit {what} that it is about")


def to_json(patch: Patch) -> dict[str, Any]:
    """A patch as plain values."""
    return {
        "name": patch.name,
        "focus": list(patch.focus),
        "changes": [_change_to(change) for change in patch.changes],
    }


def from_json(value: Any) -> Patch:
    """A patch from plain values. Raises KeyError, TypeError or ValueError where it is none."""
    pair, bead = value["focus"]
    changes = tuple(map(_change_from, value["changes"]))
    return Patch(_text(value["name"]), changes, (_whole(pair), _whole(bead)))


def _change_to(change: Change) -> dict[str, Any]:
    if isinstance(change, Splice):
        return {
            "kind": "splice",
            "pair": change.pair,
            "start": change.start,
            "before": [item_to(item) for item in change.before],
            "after": [item_to(item) for item in change.after],
        }
    if isinstance(change, Marks):
        return {
            "kind": "marks",
            "pair": change.pair,
            "runs": [list(run) for run in change.runs],
            "before": change.before,
            "after": change.after,
        }
    if isinstance(change, Wording):
        return {
            "kind": "wording",
            "text": change.text,
            "number": change.number,
            "before": _passage_to(change.before),
            "after": _passage_to(change.after),
            # what stays whatever the words: enough to make the paragraph again
            "paragraph": _paragraph_to(change.before),
        }
    return {
        "kind": "links",
        "pair": change.pair,
        "before": _links_to(change.before),
        "after": _links_to(change.after),
    }


def _change_from(value: Any) -> Change:
    kind = value["kind"]
    if kind == "splice":
        place = _whole(value["pair"]), _whole(value["start"])
        return Splice(*place, _items(value["before"]), _items(value["after"]))
    if kind == "marks":
        runs = tuple((_whole(first), _whole(stop)) for first, stop in value["runs"])
        return Marks(_whole(value["pair"]), runs, _text(value["before"]), _text(value["after"]))
    if kind == "wording":
        before, after = (
            _passage_from(value["paragraph"], value[when]) for when in ("before", "after")
        )
        return Wording(_whole(value["text"]), _whole(value["number"]), before, after)
    if kind == "links":
        return Links(
            _whole(value["pair"]), _links_from(value["before"]), _links_from(value["after"])
        )
    raise ValueError(f"no change is called {kind!r}")


def item_to(item: Item) -> dict[str, Any]:
    """An item as plain values; what has its usual value is left out."""
    return {
        "sizes": list(item.sizes),
        **({} if item.score == 0.0 else {"score": item.score}),
        **({} if item.confidence is None else {"confidence": item.confidence}),
        **({} if None in (item.quality, item.confidence) else {"quality": item.quality}),
        **({} if item.status == "auto" else {"status": item.status}),
        **({"labels": list(item.labels)} if item.labels else {}),
        **({"comment": item.comment} if item.comment else {}),
        **({"pinned": True} if item.pinned else {}),
        **_other_to(item),
    }


def _other_to(item: Item) -> dict[str, Any]:
    """The other reading and what a person reads of it; nothing once a person changed the bead."""
    other = item.other
    if other is None or item.confidence is None:
        return {}
    numbers = [other.beads, [list(size) for size in other.sizes], other.posterior, other.here]
    return {"other": numbers, "reading": str(other)}


def _other_from(value: Any) -> Reading | None:
    if value is None:
        return None
    beads, sizes, posterior, here = value
    return Reading(beads, tuple((a, b) for a, b in sizes), posterior, here)


def _items(values: Sequence[Any]) -> tuple[Item, ...]:
    return tuple(
        Item(
            (_whole(value["sizes"][0]), _whole(value["sizes"][1])),
            _number(value.get("score", 0.0)),
            None if value.get("confidence") is None else _number(value["confidence"]),
            _text(value.get("status", "auto")),
            tuple(map(_text, value.get("labels", ()))),
            _text(value.get("comment", "")),
            value.get("pinned", False) is True,
            _other_from(value.get("other")),
            None if value.get("quality") is None else _number(value["quality"]),
        )
        for value in values
    )


def _whole(value: Any) -> int:
    """A count or a place. Raises TypeError or ValueError for what is none."""
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    if value < 0:
        raise ValueError(f"{value} is below 0")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _passage_to(passage: Passage) -> dict[str, Any]:
    own = passage.paragraph
    return {
        "text": own.text,
        "pieces": [
            [piece.start, piece.end, *([] if piece.original is None else [piece.original])]
            for piece in passage.pieces
        ],
        "spans": [[span.start, span.end, span.kind, span.value] for span in own.spans],
        "label": None if own.label is None else list(own.label),
    }


def _paragraph_to(passage: Passage) -> dict[str, Any]:
    own = passage.paragraph
    return {
        "index": own.index,
        "kind": own.kind,
        "speaker": own.speaker,
        "level": own.level,
        "times": None if own.times is None else list(own.times),
        "key": own.key,
    }


def _passage_from(fixed: Any, value: Any) -> Passage:
    label, times, speaker = value["label"], fixed["times"], fixed["speaker"]
    paragraph = Paragraph(
        index=_whole(fixed["index"]),
        kind=_text(fixed["kind"]),
        text=_text(value["text"]),
        speaker=None if speaker is None else _text(speaker),
        label=None if label is None else (_whole(label[0]), _whole(label[1])),
        level=_whole(fixed["level"]),
        spans=tuple(
            Span(_whole(start), _whole(end), _text(kind), _text(more))
            for start, end, kind, more in value["spans"]
        ),
        times=None if times is None else (_whole(times[0]), _whole(times[1])),
        key=_text(fixed["key"]),
    )
    pieces = tuple(
        Piece(_whole(start), _whole(end), *map(_text, original))
        for start, end, *original in value["pieces"]
    )
    return Passage(paragraph, pieces)


def _links_to(
    links: tuple[tuple[Crossing, ...], tuple[tuple[int, int], ...]],
) -> dict[str, Any]:
    return {
        "crossings": [
            [c.source.start, c.source.stop, c.target.start, c.target.stop, c.confidence]
            for c in links[0]
        ],
        "cuts": [list(cut) for cut in links[1]],
    }


def _links_from(value: Any) -> tuple[tuple[Crossing, ...], tuple[tuple[int, int], ...]]:
    return (
        tuple(
            Crossing(range(a, b), range(c, d), _number(p)) for a, b, c, d, p in value["crossings"]
        ),
        tuple((_whole(i), _whole(j)) for i, j in value["cuts"]),
    )
