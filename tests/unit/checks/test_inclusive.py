"""Both genders named, or people in general, where the other language has one word."""

from __future__ import annotations

import pytest

from aligner.checks.coverage import is_inclusive


@pytest.mark.parametrize(
    ("lang", "text", "run", "other"),
    [
        ("es", "Se espera a una mentora o un mentor.", "una mentora o un", "A mentor is expected."),
        ("es", "Lo firman los y las usuarias.", "los y las usuarias", "The users sign it."),
        ("es", "Una guía para autores y autoras.", "y autoras", "A guide for authors."),
        ("pt", "Os leitores e as leitoras escreveram.", "e as leitoras", "The readers wrote."),
        ("fr", "Pour les utilisateur·rice·s finaux·les.", "rice·s finaux·les", "For end users."),
        (
            "es",
            "Gracias a las personas que remaron.",
            "las personas que remaron",
            "Thank the rowers.",
        ),
    ],
)
def test_one_word_there(lang: str, text: str, run: str, other: str) -> None:
    start = text.index(run)
    assert is_inclusive(text, start, start + len(run), lang, other, "en")


@pytest.mark.parametrize(
    ("text", "run", "other"),
    [
        ("El alcalde, que llegó tarde, no habló.", "que llegó tarde", "The mayor did not speak."),
        ("Vinieron las vecinas y los bomberos.", "y los bomberos", "The neighbours came."),
        (
            "Las personas que remaron, mojadas y hambrientas, cantaron.",
            "mojadas y hambrientas",
            "The people who rowed sang.",
        ),
    ],
)
def test_something_is_left_out(text: str, run: str, other: str) -> None:
    start = text.index(run)
    assert not is_inclusive(text, start, start + len(run), "es", other, "en")
