"""Whose words each turn of an interview holds, on both sides, where only one side says so.

    attributed(made)   the same alignments of one source, with speakers and roles filled in

Evidence, strongest first; what is printed is never overruled:

1. A printed label. `Q:` and `Marroquín:` become the name that the metadata give to the role or to
   the person, where there is one; a label that means only question or answer becomes the one name
   that the text itself prints for that role.
2. The beads: a paragraph whose first segment translates the first one of a labelled turn is that
   person's turn.
3. Typography: a paragraph that is bold as a whole asks, and what is printed plainly after it
   answers; where turns open with dashes and questions alternate with answers, the same, and without
   any marks where the metadata name the one who asks and the one who answers (`alternating`).
4. The paragraph before: speech goes on until somebody else speaks or a heading stands. After the last
   turn, where narration and credits stand too, and in a translation where the source has nothing,
   only what the beads say counts.

A voice that is known by its role alone has the role as its name ("interviewer"), unless the metadata
or the other side name one person for it. `Paragraph.label` stays: what is printed is the text's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from aligner.model import Alignment, Document, Paragraph
from aligner.text.alternating import with_alternating_turns
from aligner.text.speaker_names import is_part, renamed, with_one_name
from aligner.text.speakers import (
    ANSWERER,
    ASKER,
    SURE,
    is_generic,
    known_roles,
    name_of,
    with_roles,
)
from aligner.text.turns import asks

__all__ = ["attributed"]

_ROLES = (ASKER, ANSWERER)
_SPOKEN = frozenset({"turn", "para"})
# what is a turn where its translation is one
_BECOMES = frozenset({"para", "item", "heading"})
_AGREE = 0.75  # share of what is linked that one voice has
_ASKING, _ANSWERING = 0.6, 0.34  # shares of questions among turns that alternate
_ALTERNATE = 4  # turns behind dashes that show an interview
_SPARSE = 0.2  # share of turns among paragraphs below which speech is not the rule
_DENSE = 0.6  # share of turns among the paragraphs between the first and the last dash


@dataclass(slots=True)
class _Side:
    """What is known of one document, a value a paragraph: who speaks ("" nobody known), whether the
    paragraph opens a turn, whether the page prints the name. `loose`: speech only because speech
    stands before; `shown`: the role that typography shows of a turn; `roles`: those of the names that the page prints, `names`; `mixed`: paragraphs of several voices, which one name would give to one.
    """

    document: Document
    roles: Mapping[str, str]
    who: list[str]
    opens: list[bool]
    printed: list[bool]
    loose: set[int] = field(default_factory=set)
    shown: dict[int, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    mixed: set[int] = field(default_factory=set)

    def give(self, number: int, who: str, *, opens: bool) -> None:
        """Somebody speaks this paragraph, and that is settled."""
        self.who[number] = who
        self.opens[number] = opens
        self.loose.discard(number)

    def name(self, other: str, role: str) -> str:
        """How to call here whom the other page calls `other`: as this page prints it; `Q` means
        nothing in another language, but its role does.
        """
        mine = self.names
        if other in mine:
            return other
        same = [name for name in mine if is_part(other, name) or is_part(name, other)]
        if len(same) == 1:
            return same[0]
        if not is_generic(other) or role not in _ROLES:
            return other
        same = [name for name in mine if self.roles.get(name_of(name)) == role]
        return same[0] if len(same) == 1 else role

    def takes(self, number: int) -> bool:
        """Whether nothing but its translation or its typography could say who speaks."""
        kind = self.document.paragraphs[number].kind
        return not self.printed[number] and kind in _SPOKEN | _BECOMES


@dataclass(frozen=True, slots=True)
class _Links:
    """Paragraphs of two documents: pairs whose first segments translate each other, and how many
    pairs of segments lie in beads together.
    """

    openings: tuple[tuple[int, int], ...]
    shared: Mapping[tuple[int, int], int]

    def flipped(self) -> _Links:
        """Seen from the other document."""
        return _Links(
            tuple((j, i) for i, j in self.openings),
            {(j, i): count for (i, j), count in self.shared.items()},
        )


def attributed(made: Sequence[Alignment]) -> list[Alignment]:
    """The same alignments (of one source): turns on both sides with `speaker`, and `kind` turn where
    the other side has one; metadata that name those who ask and those who answer.
    """
    documents = [made[0].source, *(one.target for one in made)]
    if not any(p.kind == "turn" for document in documents for p in document.paragraphs):
        documents = with_alternating_turns(documents)
        if not any(p.kind == "turn" for document in documents for p in document.paragraphs):
            return with_roles(made)
    joined = [with_one_name(document) for document in documents]
    pairs = [
        replace(one, source=joined[0], target=target)
        for one, target in zip(made, joined[1:], strict=True)
    ]
    sides = [_own(*named) for named in map(_named, joined, known_roles(pairs))]
    source, targets = sides[0], sides[1:]
    between = list(zip(targets, (_links(one) for one in made), strict=True))
    # from each document: the others, and how it is linked with them
    around = [between, *([(source, links.flipped())] for _, links in between)]
    for side, linked in zip(sides, around, strict=True):
        for other, links in linked:
            _take_openings(side, other, links, printed=True)
    for side, linked in zip(sides, around, strict=True):
        _name_roles(side, linked)
    for side, linked in zip(sides, around, strict=True):
        for other, links in linked:
            _take_openings(side, other, links, printed=False)
    for side, linked in zip(sides, around, strict=True):
        _doubt(side, linked)
    for _ in range(2):  # what the first text settles tells of the others, and they of it
        for side, linked in zip(sides, around, strict=True):
            _settle(side, linked, original=side is source)
    filled = [_filled(side) for side in sides]
    return with_roles(
        [
            replace(one, source=filled[0], target=target)
            for one, target in zip(made, filled[1:], strict=True)
        ]
    )


def _named(document: Document, roles: Mapping[str, str]) -> tuple[Document, dict[str, str]]:
    """Printed labels as names: those of the metadata, or the one that the text prints itself; and
    the role of each name.
    """
    labels = list(dict.fromkeys(name_of(p.speaker) for p in document.paragraphs if p.speaker))
    given = {
        role: [n for n in document.metadata.get(role, ()) if n not in _ROLES] for role in _ROLES
    }
    names: dict[str, str] = {}
    people = dict.fromkeys(
        name for key in (*_ROLES, "author") for name in document.metadata.get(key, ())
    )
    for label in labels:
        whole_names = [name for name in people if is_part(label, name)]
        if len(whole_names) == 1:
            names[label] = whole_names[0]
    for role in _ROLES:
        mine = [label for label in labels if roles.get(label) == role]
        printed = list(dict.fromkeys(names.get(x, x) for x in mine if not is_generic(x)))
        only = given[role] if len(given[role]) == 1 else printed
        for label in mine:
            # of two who answer, the one that is not the person of the metadata keeps her own name
            if len(only) == 1 and label not in names and (is_generic(label) or len(printed) == 1):
                names[label] = only[0]
    by_name = {names.get(label, label): roles.get(label, "") for label in labels}
    return renamed(document, names), by_name


def _own(document: Document, roles: Mapping[str, str]) -> _Side:
    """What the page itself shows. `roles` are those of the names it prints."""
    paragraphs = document.paragraphs
    side = _Side(
        document,
        roles,
        [p.speaker or "" for p in paragraphs],
        [bool(p.speaker) and p.kind == "turn" for p in paragraphs],
        [bool(p.speaker) for p in paragraphs],
        names=frozenset(p.speaker for p in paragraphs if p.speaker),
    )
    answers = any(role != ASKER for name, role in roles.items() if name not in _ROLES)
    dashes = _dashes_alternate(paragraphs)
    before, answer_is_due = "", False
    for number, paragraph in enumerate(paragraphs):
        if paragraph.kind in ("heading", "title") and not paragraph.speaker:
            before, answer_is_due = "", False
        elif paragraph.speaker:
            before = paragraph.speaker
            answer_is_due = before == ASKER or (roles.get(name_of(before)) == ASKER and not answers)
        elif paragraph.kind == "turn":
            before = _turn(paragraph, roles.get(name_of(before), "") or before, dashes=dashes)
            side.give(number, before, opens=True)
            side.shown[number] = before
            answer_is_due = before == ASKER
        elif paragraph.kind == "para" and answer_is_due:
            before, answer_is_due = ANSWERER, False
            side.give(number, ANSWERER, opens=True)
            side.shown[number] = ANSWERER
        elif paragraph.kind == "para" and before:
            side.who[number] = before
            side.loose.add(number)
    return side


def _turn(paragraph: Paragraph, before: str, *, dashes: bool) -> str:
    """The role of a turn that prints no name, after somebody's; "" where nothing shows it."""
    if _is_set_apart(paragraph):
        return ASKER
    if paragraph.label is not None and not dashes and not before:
        return ""  # a conversation in a story
    if before == ASKER:
        return ANSWERER
    return ASKER if before == ANSWERER or dashes or asks(paragraph.text) else ""


def _is_set_apart(paragraph: Paragraph) -> bool:
    """True where bold, or italic, covers every letter after the label."""
    start = paragraph.label[1] if paragraph.label else 0
    if not any(map(str.isalnum, paragraph.text[start:])):
        return False
    for kind in ("bold", "italic"):
        plain = [character.isalnum() for character in paragraph.text]
        for span in paragraph.spans:
            if span.kind == kind:
                plain[span.start : span.end] = [False] * len(plain[span.start : span.end])
        if not any(plain[start:]):
            return True
    return False


def _dashes_alternate(paragraphs: Sequence[Paragraph]) -> bool:
    """True where turns that open with a dash are questions and answers by turns: every second one
    asks, or each is a question that plain paragraphs answer. The conversations of a story are not.
    """
    turns = [p for p in paragraphs if p.kind == "turn" and p.label is not None and not p.speaker]
    if len(turns) < _ALTERNATE:
        return False
    questions = [asks(turn.text) for turn in turns]
    places = [turn.index for turn in turns]
    if all(b - a > 1 for a, b in pairwise(places)):
        return sum(questions) >= _ASKING * len(questions)
    between = [p for p in paragraphs[places[0] : places[-1] + 1] if p.kind in _SPOKEN]
    few, many = sorted(sum(half) / len(half) for half in (questions[::2], questions[1::2]))
    dense = len(turns) >= _DENSE * len(between)
    return dense and few <= _ANSWERING and many >= _ASKING


def _links(alignment: Alignment) -> _Links:
    openings: list[tuple[int, int]] = []
    shared: Counter[tuple[int, int]] = Counter()
    first, last = (
        {p.segments[0].index for p in side.paragraphs if p.segments}
        for side in (alignment.source, alignment.target)
    )
    for bead, source, target in alignment.pairs():
        if bead.is_null or (bead.confidence is not None and bead.confidence < SURE):
            continue
        if source[0].index in first and target[0].index in last:
            openings.append((source[0].paragraph, target[0].paragraph))
        shared.update((one.paragraph, other.paragraph) for one in source for other in target)
    return _Links(tuple(openings), shared)


def _take_openings(side: _Side, other: _Side, links: _Links, *, printed: bool) -> None:
    """The turns of the other side are turns here. `printed`: names that the other page prints hold
    against what typography shows; else only what is not known here is taken.
    """
    for here, there in links.openings:
        known = other.who[there] and other.opens[there] and there not in other.loose
        if not (known and side.takes(here)):
            continue
        if other.printed[there] if printed else (not side.who[here] or here in side.loose):
            who = other.who[there]
            side.give(here, side.name(who, other.roles.get(name_of(who), "")), opens=True)


def _name_roles(side: _Side, linked: Sequence[tuple[_Side, _Links]]) -> None:
    """The one person who asks, and the one who answers, by name."""
    for role in _ROLES:
        name = _name_of_role(role, side, linked)
        if name:
            side.who = [name if who == role else who for who in side.who]


def _name_of_role(role: str, side: _Side, linked: Sequence[tuple[_Side, _Links]]) -> str:
    """From the metadata of this text; else the name that most turns of the role got from their
    translations; else from the metadata of the other texts.
    """
    own = _given(side, role)
    if len(own) == 1:
        return own[0]
    counts = Counter(
        other.who[there]
        for other, links in linked
        for here, there in links.openings
        if other.printed[there] and other.opens[there] and side.shown.get(here) == role
    )
    if counts:
        name, times = counts.most_common(1)[0]
        known = times >= _AGREE * counts.total() and name not in _ROLES
        return side.name(name, role) if known else ""
    others = {name for other, _ in linked for name in _given(other, role)}
    return others.pop() if len(others) == 1 and not own else ""


def _given(side: _Side, role: str) -> list[str]:
    return [name for name in side.document.metadata.get(role, ()) if name not in _ROLES]


def _doubt(side: _Side, linked: Sequence[tuple[_Side, _Links]]) -> None:
    """A paragraph that is several turns on the other page (a question run into its answer) is nobody's,
    unless this page says whose it is.
    """
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for other, links in linked:
        for (here, there), count in links.shared.items():
            voice = other.who[there]
            if other.printed[there] and side.opens[here] and not side.printed[here]:
                role = other.roles.get(name_of(voice), "")
                votes[here][side.name(voice, role)] += count
    for number, voices in votes.items():
        if 2 * voices[side.who[number]] <= voices.total():
            side.give(number, "", opens=False)
            side.mixed.add(number)


def _settle(side: _Side, linked: Sequence[tuple[_Side, _Links]], *, original: bool) -> None:
    """Paragraphs that go on: by the beads, else as the one before where a turn still follows."""
    turns = [number for number, opens in enumerate(side.opens) if opens]
    last = max(turns, default=-1)
    zone = side.document.paragraphs[min(turns, default=0) : last + 1]
    # where few paragraphs are turns, those between are narration
    dense = len(turns) >= _SPARSE * sum(p.kind in _SPOKEN for p in zone)
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for other, links in linked:
        for (here, there), count in links.shared.items():
            spoken = other.document.paragraphs[there].kind in _SPOKEN
            if there not in other.loose and (other.who[there] or not spoken):
                votes[here][other.who[there]] += count
    in_both = {here for _, links in linked for here, _ in links.shared}
    for number, paragraph in enumerate(side.document.paragraphs):
        open_ = number in side.loose or not side.who[number]
        if paragraph.kind != "para" or not open_ or number in side.mixed:
            continue
        voices = votes[number]
        voice, times = voices.most_common(1)[0] if voices else ("", 0)
        if voices and times >= _AGREE * voices.total():
            role = next((r for other, _ in linked if (r := other.roles.get(name_of(voice)))), "")
            side.give(number, voice and side.name(voice, role), opens=False)
        elif number > last or not dense or (number not in in_both and not original):
            side.give(number, "", opens=False)
        side.loose.discard(number)


def _filled(side: _Side) -> Document:
    paragraphs = []
    for paragraph, who, opens in zip(side.document.paragraphs, side.who, side.opens, strict=True):
        if not who or who == paragraph.speaker:
            paragraphs.append(paragraph)
        elif opens and paragraph.kind in _BECOMES:
            paragraphs.append(replace(paragraph, speaker=who, kind="turn", level=0))
        else:
            paragraphs.append(replace(paragraph, speaker=who))
    return replace(side.document, paragraphs=tuple(paragraphs))
