"""Who speaks in what role, and who is who across languages: from evidence, never guessed.

    roles(document)       label -> interviewer | interviewee | a role of the metadata | unknown
    known_roles(made)     the same for all texts of a set, each helping the others
    same_speakers(a)      pairs of labels that name one person in the two texts of an alignment
    with_roles(made)      alignments whose documents' metadata name interviewer and interviewee

Evidence for a role, strongest first: what the metadata say of a name; a pair of labels that means
question and answer (`P:` `R:`, `Q:` `A:`, `问：` `答：`); somebody asks in most turns while others
answer. Labels are paired where the turns that they open are aligned with each other, twice or more
and nearly always, or once if they share a word. A role known on one side then holds on the other.

Knows documents and alignments, and nothing of formats.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from aligner.model import Alignment, Document, Paragraph

__all__ = ["ANSWERER", "ASKER", "QUESTION_AND_ANSWER", "SURE", "UNKNOWN", "WORDED_LABELS"]
__all__ += ["is_generic", "known_roles", "name_of", "roles", "same_speakers", "with_roles"]

UNKNOWN = "unknown"
ASKER, ANSWERER = "interviewer", "interviewee"
# labels that mean question and answer, by themselves
QUESTION_AND_ANSWER = (
    ("P", "R"),
    ("Q", "A"),
    ("F", "A"),
    ("D", "R"),
    ("V", "A"),
    ("В", "О"),
    ("Е", "А"),
    ("问", "答"),
    ("問", "答"),
    ("س", "ج"),
)
# keys of Document.metadata that are no role of somebody who speaks
_NO_ROLES = frozenset(
    [
        *("author", "translator", "editor", "date", "outlet", "url", "licence", "description"),
        *("relation", "title", "publisher"),
    ]
)
# the same written out, as the first turns often are
WORDED_LABELS = (
    ("Pregunta", "Respuesta"),
    ("Question", "Answer"),
    ("Question", "Réponse"),
    ("Frage", "Antwort"),
    ("Domanda", "Risposta"),
    ("Pergunta", "Resposta"),
    ("Pregunta", "Resposta"),
    ("Vraag", "Antwoord"),
    ("Pytanie", "Odpowiedź"),
    ("Întrebare", "Răspuns"),
    ("Kérdés", "Válasz"),
    ("Soru", "Cevap"),
    ("Вопрос", "Ответ"),
    ("Питання", "Відповідь"),
)
_AROUND = " \t\xa0\u2009\u202f:：,;-‐‑–—―()[]"
_INITIAL = re.compile(r"[.\s][^\W\d_]$")  # one letter after other words or letters
_ASKS = re.compile(r"[?？؟]")
_LETTERS = frozenset(label for pair in QUESTION_AND_ANSWER for label in pair)
_WORDS = {
    label.casefold(): role
    for pair in WORDED_LABELS
    for label, role in zip(pair, (ASKER, ANSWERER), strict=True)
}
_MOST, _FEW = 0.7, 0.34  # shares of turns that ask
_TURNS = 2  # fewer say nothing about a role
_AGREE = 0.8  # share of aligned turns that agree on who is who
SURE = 0.5  # confidence of a bead that counts


def name_of(label: str) -> str:
    """A printed label without its punctuation: `P:` and `— P.` name the same person; the last of several
    initials keeps its dot (`M. O.:`).
    """
    bare = label.strip(_AROUND + ".")
    name = label.strip(_AROUND)
    name = name[name.index(bare) :] if bare else name
    dotted = name.startswith(f"{bare}.") and _INITIAL.search(bare) is not None
    return (f"{bare}." if dotted else bare) or label.strip()


def is_generic(label: str) -> bool:
    """True for a label that says question, answer or a role, and names nobody."""
    return label in _LETTERS or label.casefold() in _WORDS or label in (ASKER, ANSWERER)


def roles(document: Document) -> dict[str, str]:
    """The role of every name that speaks in a document, `UNKNOWN` without evidence."""
    turns = _turns(document)
    names = dict.fromkeys(name for name, _ in turns)
    by_name = dict.fromkeys(names, UNKNOWN)
    for name in names:
        # who is known by the role alone is called by it
        by_name[name] = name if name in (ASKER, ANSWERER) else _role_of(document, name)
    for asker, answerer in QUESTION_AND_ANSWER:
        if asker in names and answerer in names:
            by_name[asker], by_name[answerer] = ASKER, ANSWERER
    for name in names:
        by_name[name] = _WORDS.get(name.casefold(), by_name[name])
    return _alone(turns, _by_asking(turns, by_name))


def same_speakers(alignment: Alignment) -> tuple[tuple[str, str], ...]:
    """(name in the source, name in the target) of those who are one person."""
    counts: Counter[tuple[str, str]] = Counter()
    sides = (alignment.source, alignment.target)
    for bead, source, target in alignment.pairs():
        if bead.is_null or (bead.confidence is not None and bead.confidence < SURE):
            continue
        first = sides[0].paragraphs[source[0].paragraph]
        second = sides[1].paragraphs[target[0].paragraph]
        opens = first.segments[0] == source[0] and second.segments[0] == target[0]
        if first.speaker and second.speaker and opens:
            counts[name_of(first.speaker), name_of(second.speaker)] += 1
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (a, b), times in counts.items():
        left[a] += times
        right[b] += times
    return tuple(
        (a, b)
        for (a, b), times in counts.items()
        if (times >= _TURNS or _share_a_word(a, b))
        and (times >= _AGREE * left[a] or times >= _AGREE * right[b])
    )


def known_roles(made: Sequence[Alignment]) -> list[dict[str, str]]:
    """The roles of the source and of each target, by name: a role known on one side holds on the
    other.
    """
    source = roles(made[0].source)
    targets = [roles(alignment.target) for alignment in made]
    for alignment, target in zip(made, targets, strict=True):
        for a, b in same_speakers(alignment):
            # of a label that opens no turn nothing is known
            known = {source.get(a, UNKNOWN), target.get(b, UNKNOWN)} - {UNKNOWN}
            if len(known) == 1:
                source[a] = target[b] = known.pop()
    return [source, *targets]


def with_roles(made: Sequence[Alignment]) -> list[Alignment]:
    """The same alignments (of one source), the metadata of every document naming those who ask and
    those who answer. Names that a file or the user gave stay; initials are no names.
    """
    source, *targets = known_roles(made)
    first = _described(made[0].source, source)
    return [
        replace(alignment, source=first, target=_described(alignment.target, target))
        for alignment, target in zip(made, targets, strict=True)
    ]


def _turns(document: Document) -> list[tuple[str, bool]]:
    """(name, whether the turn asks) of every turn with a printed label; a turn goes on over the
    paragraphs without one that follow it.
    """
    return [
        (name_of(p.speaker), _asks(p))
        for p in document.paragraphs
        if p.speaker and p.kind in ("turn", "cue")
    ]


def _asks(paragraph: Paragraph) -> bool:
    start = paragraph.label[1] if paragraph.label else 0
    return _ASKS.search(paragraph.text, start) is not None


def _role_of(document: Document, name: str) -> str:
    """What the metadata say: by the whole name or, for a label, its last words."""
    others = [k for k in document.metadata if k not in _NO_ROLES and not k.startswith("edition-")]
    for role in dict.fromkeys((ASKER, ANSWERER, *others)):
        for person in document.metadata.get(role, ()):
            whole, part = person.casefold(), name.casefold()
            if whole == part or whole.endswith(f" {part}"):
                return role
    return UNKNOWN


def _by_asking(turns: list[tuple[str, bool]], by_name: dict[str, str]) -> dict[str, str]:
    counts = Counter(name for name, _ in turns)
    asking = Counter(name for name, asks in turns if asks)
    askers = {
        name
        for name, times in counts.items()
        if times > _TURNS and asking[name] >= _MOST * times and by_name[name] in (UNKNOWN, ASKER)
    }
    after = Counter(
        name
        for (before, _), (name, _) in pairwise(turns)
        if before != name and (before in askers or by_name[before] == ASKER)
    )
    answerers = {
        name
        for name, times in counts.items()
        if times >= _TURNS and asking[name] <= _FEW * times and 2 * after[name] >= times
    }
    if answerers:
        by_name.update((name, ASKER) for name in askers if by_name[name] == UNKNOWN)
    if any(role == ASKER for role in by_name.values()):
        by_name.update((name, ANSWERER) for name in answerers if by_name[name] == UNKNOWN)
    return by_name


def _alone(turns: list[tuple[str, bool]], by_name: dict[str, str]) -> dict[str, str]:
    """Labels that mean question or answer without their counterpart: `A:` that always asks is the
    initial of somebody who does.
    """
    for pair in QUESTION_AND_ANSWER:
        for label, role in zip(pair, (ASKER, ANSWERER), strict=True):
            asking = {asks for name, asks in turns if name == label}
            if by_name.get(label) == UNKNOWN and len(asking) == 1:
                by_name[label] = ASKER if True in asking else role if role == ANSWERER else UNKNOWN
    return by_name


def _share_a_word(a: str, b: str) -> bool:
    words = {word.casefold() for word in a.split() if len(word) > 2}
    return bool(words & {word.casefold() for word in b.split()})


def _described(document: Document, by_name: Mapping[str, str]) -> Document:
    known = dict(document.metadata)
    for role in (ASKER, ANSWERER):
        names = [n for n, r in by_name.items() if r == role and len(n) > 2 and n != role]
        new = [n for n in names if _role_of(document, n) != role]
        if new:
            known[role] = (*known.get(role, ()), *new)
    return document if known == dict(document.metadata) else replace(document, metadata=known)
