"""What the state of a translation means, in XLIFF 1.x and 2.x and in the words of the tools.

    where it stands            finished by a person                 not to be relied on
    trans-unit approved        yes
    target state (1.x)         final, signed-off                    new, needs-*
    target state-qualifier                                          fuzzy-match, *-suggestion
    segment state (2.x)        reviewed, final                      initial
    sdl:seg conf (Studio)      Approved*; Translated by hand        Draft, Rejected*
    mq:status (memoQ)          *Confirmed, Proofread                PartiallyEdited, Rejected ...
    m:confirmed (Phrase)       1                                    0

`accepted` is what a person decided on, `edited` the same where our own writer says that words were
changed. What is not to be relied on gets the label that gettext has for it, `fuzzy`: a memory never
takes it for an exact match. Everything else is `auto`.

All that reads, writes or fills a state asks here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from aligner.model import Pairs

__all__ = [
    "PEOPLE",
    "UNSURE",
    "StateMeaning",
    "judged",
    "marks",
    "marks_2",
    "people",
    "target_marks",
    "updated",
]

UNSURE = "fuzzy"
# names of TMX for dates and people, which the dialects of XLIFF write each in its own way
PEOPLE = ("creationdate", "creationid", "changedate", "changeid")
_OWN = {"accepted": "signed-off", "edited": "final"}
_FINISHED = frozenset(["final", "signed-off", "reviewed"])
_UNFINISHED = re.compile(r"new|initial|needs-.+")
_GUESSED = frozenset(["fuzzy-match", "mt-suggestion", "leveraged-mt", "tm-suggestion"])
_CONFIRMED = re.compile(r"(?:Manually)?Confirmed|Proofread|Reviewer\d?Confirmed")
_UNCONFIRMED = re.compile(
    r"Rejected|PartiallyEdited|NotStarted|Pretranslated|MachineTranslated|Assembled.*"
)
_PEOPLE_WORDS = {
    "created_on": "creationdate",
    "created_by": "creationid",
    "modified_on": "changedate",
    "last_modified_by": "changeid",
    "mq:lastchangedtimestamp": "changedate",
    "mq:lastchanginguser": "changeid",
    "m:created-at": "creationdate",
    "m:created-by": "creationid",
    "m:modified-at": "changedate",
    "m:modified-by": "changeid",
}
_NEVER = "0001-01-01"  # what memoQ writes for no date


@dataclass(frozen=True, slots=True)
class StateMeaning:
    """`status` as in `Bead`; `unsure`: the file itself doubts the translation."""

    status: str
    unsure: bool


def judged(words: Mapping[str, str], *, ours: bool = False) -> StateMeaning:
    """What a unit's words say of its translation: attributes of the unit, its target, its segment
    and of the tool's own element for it, by name. `ours`: our writer wrote them.
    """
    state = words.get("state", "")
    if words.get("subState", "") == "aligner:edited" or (ours and state == _OWN["edited"]):
        return StateMeaning("edited", unsure=False)
    conf, memoq, confirmed = (
        words.get("conf", ""),
        words.get("mq:status", ""),
        words.get("m:confirmed"),
    )
    by_hand = conf == "Translated" and words.get("origin") == "interactive"
    accepted = (
        words.get("approved") == "yes"
        or state in _FINISHED
        or conf.startswith("Approved")
        or by_hand
        or _CONFIRMED.fullmatch(memoq) is not None
        or confirmed == "1"
    )
    if accepted:
        return StateMeaning("accepted", unsure=False)
    unsure = not ours and (
        _UNFINISHED.fullmatch(state) is not None
        or words.get("state-qualifier", "") in _GUESSED
        or conf == "Draft"
        or conf.startswith("Rejected")
        or _UNCONFIRMED.fullmatch(memoq) is not None
        or confirmed == "0"
    )
    return StateMeaning("auto", unsure=unsure)


def marks(status: str, *, unsure: bool, machine: bool) -> dict[str, str]:
    """`approved` of a 1.2 unit and `state` of its target; `machine`: an aligner linked the texts."""
    if status in _OWN:
        return {"approved": "yes", "state": _OWN[status]}
    return {"state": "needs-review-translation" if unsure or machine else "translated"}


def marks_2(status: str, *, has_target: bool, unsure: bool) -> dict[str, str]:
    """`state` and `subState` of a 2.x segment."""
    if not has_target:
        return {"state": "initial"}
    if status in _OWN:
        return {"state": "final", "subState": f"aligner:{status}"}
    return {"state": "initial" if unsure else "translated"}


def updated(words: Mapping[str, str], status: str, *, unsure: bool) -> dict[str, str]:
    """The words of a 1.x unit that have to change so that they say what was decided since: in the
    place where the tool that wrote them looks. "" for a word that has to go.
    """
    decided = status in _OWN
    if "conf" in words:
        return {"conf": "ApprovedTranslation" if decided else "Draft" if unsure else "Translated"}
    if "mq:status" in words:
        return {"mq:status": "Proofread" if decided else "PartiallyEdited" if unsure else "Edited"}
    if "m:confirmed" in words:
        return {"m:confirmed": "1" if decided else "0"}
    words_now = marks(status, unsure=unsure, machine=False)
    if not decided and "approved" in words:
        words_now["approved"] = ""
    return words_now | ({"state-qualifier": ""} if "state-qualifier" in words else {})


def target_marks(*, exact: bool) -> dict[str, str]:
    """`state` and `state-qualifier` of a 1.x target that a memory filled."""
    if exact:
        return {"state": "translated", "state-qualifier": "exact-match"}
    return {"state": "needs-review-translation", "state-qualifier": "fuzzy-match"}


def people(words: Mapping[str, str]) -> Pairs:
    """Dates and people, under the names and in the form of TMX (`20240131T120000Z`)."""
    known: dict[str, str] = {}
    for word, name in _PEOPLE_WORDS.items():
        value = words.get(word, "")
        if name.endswith("date"):
            value = _date(value)
        if value:
            known.setdefault(name, value)
    return tuple((name, known[name]) for name in PEOPLE if name in known)


def _date(value: str) -> str:
    """A moment as TMX writes it, in UTC; "" for what is none."""
    if not value or value.startswith(_NEVER):
        return ""
    if value.isdigit():  # milliseconds, as Phrase writes them
        try:
            moment = datetime.fromtimestamp(int(value) / 1000, UTC)
        except (OverflowError, ValueError, OSError):
            return ""
        return f"{moment:%Y%m%dT%H%M%SZ}"
    for form in ("%m/%d/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S"):
        try:
            return f"{datetime.strptime(value, form):%Y%m%dT%H%M%SZ}"  # noqa: DTZ007 - it is UTC
        except ValueError:
            continue
    return ""
