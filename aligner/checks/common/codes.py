"""The codes: what each means, its class in MQM, and what measurement says of it."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.model import UsageError

__all__ = ["CHECK_CODES", "FIGURES", "ONE_SIDED", "CheckCode", "known_codes"]

# codes of figures and of what they count
FIGURES = frozenset(("number", "number-word", "date", "time", "percentage", "currency", "unit"))
# codes of what one side alone says
ONE_SIDED = frozenset(
    ("omitted-clause", "added-clause", "omitted-segment", "added-segment", "brackets")
)


@dataclass(frozen=True, slots=True)
class CheckCode:
    """`mqm` is the error type of MQM (themqm.org); `help` one sentence for the reader; `on_request`: the
    check is off unless it is named.
    """

    name: str
    mqm: str
    help: str
    on_request: bool = False


CHECK_CODES = {
    code.name: code
    for code in (
        CheckCode(
            "omitted-segment", "accuracy/omission", "A segment of the source has no translation."
        ),
        CheckCode(
            "added-segment", "accuracy/addition", "A segment of the translation has no source."
        ),
        CheckCode("omitted-clause", "accuracy/omission", "A part of a segment is not translated."),
        CheckCode("moved", "accuracy", "A part of the text stands in a neighbouring place."),
        CheckCode("added-clause", "accuracy/addition", "A part of a translation has no source."),
        CheckCode(
            "boilerplate", "other", "Text of the web page beside the article, not of the article."
        ),
        CheckCode("number", "accuracy/mistranslation/number", "A figure differs."),
        CheckCode("number-word", "accuracy/mistranslation/number", "A number in words differs."),
        CheckCode("date", "accuracy/mistranslation/date-time", "A day, month or date differs."),
        CheckCode("time", "accuracy/mistranslation/date-time", "A time of day differs."),
        CheckCode("percentage", "accuracy/mistranslation/number", "A percentage differs."),
        CheckCode(
            "currency", "accuracy/mistranslation/number", "An amount or its currency differs."
        ),
        CheckCode(
            "unit", "accuracy/mistranslation/unit-conversion", "A measure is not the same amount."
        ),
        CheckCode("name", "accuracy/mistranslation/entity", "A name became another name."),
        CheckCode("acronym", "accuracy/mistranslation/entity", "An acronym became another one."),
        CheckCode("negation", "accuracy/mistranslation", "A negation was dropped or put in."),
        CheckCode("question", "accuracy/mistranslation", "A question became a statement, or back."),
        CheckCode("quotation", "style/quotation", "Quoted speech lost or gained its marks."),
        CheckCode("speaker", "accuracy/mistranslation/entity", "A turn is given to somebody else."),
        CheckCode(
            "turn-order", "accuracy/mistranslation", "Turns or segments stand in another order."
        ),
        CheckCode(
            "untranslated", "accuracy/untranslated", "Text was left in the source's language."
        ),
        CheckCode("wrong-language", "accuracy/untranslated", "Text is in a third language."),
        CheckCode(
            "brackets",
            "accuracy/omission",
            "An insertion in brackets or dashes is on one side only.",
        ),
        CheckCode("link", "accuracy/omission", "A link or an address differs."),
        CheckCode("length", "accuracy", "A segment is far longer or shorter than its like."),
        CheckCode(
            "terminology", "terminology/inconsistent-with-resource", "A glossary is not kept to."
        ),
        CheckCode(
            "inconsistent", "terminology/inconsistent-use", "One text, several translations."
        ),
        CheckCode(
            "attribution",
            "accuracy",
            "Who says it is said on one side only.",
            on_request=True,
        ),
        CheckCode(
            "hedge", "accuracy", "A word for doubt stands on one side only.", on_request=True
        ),
        CheckCode(
            "intensity", "accuracy", "A word for degree stands on one side only.", on_request=True
        ),
        CheckCode(
            "explicitation",
            "accuracy/addition",
            "A connective that the source leaves to the reader.",
            on_request=True,
        ),
        CheckCode("repeated", "accuracy/addition", "A segment of the translation stands twice."),
        CheckCode("divergent", "accuracy/mistranslation", "The two texts hardly mean the same."),
    )
}


def known_codes(names: list[str]) -> frozenset[str]:
    """The codes of an option, "number,date" or repeated. Raises UsageError for an unknown one."""
    wanted = [part.strip() for name in names for part in name.split(",") if part.strip()]
    for name in wanted:
        if name not in CHECK_CODES:
            import difflib

            close = difflib.get_close_matches(name, CHECK_CODES, n=1)
            guess = f"did you mean {close[0]!r}? " if close else ""
            raise UsageError(
                f"there is no check {name!r}", hint=f"{guess}known: {', '.join(CHECK_CODES)}"
            )
    return frozenset(wanted)
