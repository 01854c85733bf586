"""The codes: what each means, its class in MQM, and what measurement says of it."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.model import UsageError

__all__ = ["CODES", "Code", "known_codes"]


@dataclass(frozen=True, slots=True)
class Code:
    """`mqm` is the error type of MQM (themqm.org); `help` one sentence for the reader."""

    name: str
    mqm: str
    help: str


CODES = {
    code.name: code
    for code in (
        Code("omitted-segment", "accuracy/omission", "A segment of the source has no translation."),
        Code("added-segment", "accuracy/addition", "A segment of the translation has no source."),
        Code("omitted-clause", "accuracy/omission", "A part of a segment is not translated."),
        Code("added-clause", "accuracy/addition", "A part of a translation has no source."),
        Code("number", "accuracy/mistranslation/number", "A figure differs."),
        Code("number-word", "accuracy/mistranslation/number", "A number in words differs."),
        Code("date", "accuracy/mistranslation/date-time", "A day, month or date differs."),
        Code("time", "accuracy/mistranslation/date-time", "A time of day differs."),
        Code("percentage", "accuracy/mistranslation/number", "A percentage differs."),
        Code("currency", "accuracy/mistranslation/number", "An amount or its currency differs."),
        Code(
            "unit", "accuracy/mistranslation/unit-conversion", "A measure is not the same amount."
        ),
        Code("name", "accuracy/mistranslation/entity", "A name became another name."),
        Code("acronym", "accuracy/mistranslation/entity", "An acronym became another one."),
        Code("negation", "accuracy/mistranslation", "A negation was dropped or put in."),
        Code("question", "accuracy/mistranslation", "A question became a statement, or back."),
        Code("quotation", "style/quotation", "Quoted speech lost or gained its marks."),
        Code("speaker", "accuracy/mistranslation/entity", "A turn is given to somebody else."),
        Code("turn-order", "accuracy/mistranslation", "Turns or segments stand in another order."),
        Code("untranslated", "accuracy/untranslated", "Text was left in the source's language."),
        Code("wrong-language", "accuracy/untranslated", "Text is in a third language."),
        Code("brackets", "accuracy/omission", "An editor's insertion stands on one side only."),
        Code("link", "accuracy/omission", "A link or an address differs."),
        Code("length", "accuracy", "A segment is far longer or shorter than its like."),
        Code("terminology", "terminology/inconsistent-with-resource", "A glossary is not kept to."),
        Code("inconsistent", "terminology/inconsistent-use", "One text, several translations."),
        Code("repeated", "accuracy/addition", "A segment of the translation stands twice."),
        Code("divergent", "accuracy/mistranslation", "The two texts hardly mean the same."),
    )
}


def known_codes(names: list[str]) -> frozenset[str]:
    """The codes of an option, "number,date" or repeated. Raises UsageError for an unknown one."""
    wanted = [part.strip() for name in names for part in name.split(",") if part.strip()]
    for name in wanted:
        if name not in CODES:
            import difflib

            close = difflib.get_close_matches(name, CODES, n=1)
            guess = f"did you mean {close[0]!r}? " if close else ""
            raise UsageError(
                f"there is no check {name!r}", hint=f"{guess}known: {', '.join(CODES)}"
            )
    return frozenset(wanted)
