"""Roles of those who speak, and who is who in two languages."""

from __future__ import annotations

from dataclasses import replace

from aligner.model import Alignment, Bead, Document, Source
from aligner.segmenting import segment
from aligner.text.speaker_names import with_one_name
from aligner.text.speakers import UNKNOWN, name_of, roles, same_speakers, with_roles
from aligner.workflows.metadata import apply_metadata, parse_metadata
from aligner.workflows.reading import read

SPANISH = """EL BOTE: ¿Desde cuándo pesca?

Ruiz: Desde niño.

EL BOTE: ¿Y le gusta?

Ruiz: Mucho. ¿A quién no?

EL BOTE: ¿Volverá mañana?

Ruiz: Siempre.
"""
ENGLISH = """Q: Since when do you fish?

A: Since I was a boy.

Q: And do you like it?

A: Very much. Who doesn't?

Q: Back tomorrow?

A: Always.
"""
FRENCH = """Bateau — Depuis quand pêchez-vous ?

Ruiz — Depuis toujours.

Bateau — Et vous aimez ?

Ruiz — Beaucoup. Qui non ?

Bateau — Demain ?

Ruiz — Toujours.
"""
MONOLOGUES = "Ana: Salí temprano.\n\nLuis: Yo no.\n\nAna: Llovía.\n\nLuis: Aquí también.\n"


def document(text: str, lang: str) -> Document:
    return segment(read(Source(f"{lang}.txt", text.encode())).with_lang(lang))


def aligned(one: Document, other: Document) -> Alignment:
    """One bead a paragraph."""
    beads = [
        Bead(
            range(p.segments[0].index, p.segments[-1].index + 1),
            range(q.segments[0].index, q.segments[-1].index + 1),
            confidence=0.9,
        )
        for p, q in zip(one.paragraphs, other.paragraphs, strict=True)
    ]
    return Alignment(one, other, tuple(beads))


def test_who_asks_and_who_answers() -> None:
    assert roles(document(SPANISH, "es")) == {"EL BOTE": "interviewer", "Ruiz": "interviewee"}
    assert roles(document(ENGLISH, "en")) == {"Q": "interviewer", "A": "interviewee"}


def test_without_evidence_nothing_is_guessed() -> None:
    assert roles(document(MONOLOGUES, "es")) == {"Ana": UNKNOWN, "Luis": UNKNOWN}
    made = with_roles([aligned(document(MONOLOGUES, "es"), document(MONOLOGUES, "gl"))])
    assert made[0].source.metadata == made[0].target.metadata == {}


def test_labels_are_mapped_across_languages() -> None:
    alignment = aligned(document(SPANISH, "es"), document(ENGLISH, "en"))
    assert same_speakers(alignment) == (("EL BOTE", "Q"), ("Ruiz", "A"))


def test_a_role_known_on_one_side_holds_on_the_other() -> None:
    one = document(SPANISH.replace("?", "."), "es")  # nobody asks
    assert set(roles(one).values()) == {UNKNOWN}
    (made,) = with_roles([aligned(one, document(ENGLISH, "en"))])
    assert made.source.metadata["interviewer"] == ("EL BOTE",)
    assert made.source.metadata["interviewee"] == ("Ruiz",)
    assert "interviewer" not in made.target.metadata  # Q is no name


def test_a_label_that_opens_no_turn() -> None:
    """A paragraph may keep a label without being a turn; nothing is known of who speaks then."""
    one, other = document(SPANISH, "es"), document(ENGLISH, "en")
    plain = replace(other, paragraphs=tuple(replace(p, kind="para") for p in other.paragraphs))
    (made,) = with_roles([aligned(one, plain)])
    assert made.source.metadata["interviewer"] == ("EL BOTE",)


def test_three_languages_share_one_source() -> None:
    one = document(SPANISH, "es")
    made = with_roles([aligned(one, document(ENGLISH, "en")), aligned(one, document(FRENCH, "fr"))])
    assert made[0].source == made[1].source
    assert made[1].target.metadata["interviewer"] == ("Bateau",)


def test_the_users_word_comes_first() -> None:
    meta = parse_metadata(
        '[[speakers]]\nname = "Ana Paz"\nrole = "interviewer"\nlabels = ["Ana"]\n'
        '[[speakers]]\nname = "Luis Sol"\nrole = "pilot"\nlabels = ["Luis"]\n',
        "m.toml",
    )
    one = apply_metadata(document(MONOLOGUES, "es"), meta)
    assert roles(one)["Ana Paz"] == "interviewer"
    assert one.metadata["pilot"] == ("Luis Sol",)
    (made,) = with_roles([aligned(one, document(MONOLOGUES, "gl"))])
    assert made.source.metadata["interviewer"] == ("Ana Paz",)


def test_a_label_of_answers_that_asks_is_an_initial() -> None:
    text = (
        "Ada: Is it far?\n\nK: No.\n\nA: Is it deep?\n\nK: Yes.\n\nAda: Why?\n\nK: Nobody knows.\n"
    )
    assert roles(document(text, "en"))["A"] == "interviewer"
    # without a question the label means what it says
    assert (
        roles(document("Ada: Far?\n\nA: No.\n\nAda: Deep?\n\nA: Yes.\n", "en"))["A"]
        == "interviewee"
    )


def test_the_last_of_several_initials_keeps_its_dot() -> None:
    names = ("M. O.:", "M.O.", "J. R. R. —", "P.", "— P.:", "P.-", "Soto.", "[EV]", "E. P:")
    assert [name_of(name) for name in names] == [
        *("M. O.", "M.O.", "J. R. R.", "P", "P", "P", "Soto", "EV", "E. P")
    ]


def test_initials_of_a_name_that_the_text_prints() -> None:
    lines = [
        *(
            "Preguntó Rita Sanz de Luna esa tarde.",
            "R. S. L.: ¿Quién cavó el pozo?",
            "Gil: Un vecino.",
        ),
        *("R. S. L.: ¿Y cuándo?", "Gil: En 1870."),
    ]
    told = with_one_name(read(Source("a.txt", "\n\n".join(lines).encode())))
    assert [p.speaker for p in told.paragraphs if p.speaker] == ["Rita Sanz de Luna", "Gil"] * 2
    # two have the same initials: nobody knows which of them it is
    lines[0] = "Preguntaron Rita Sanz Lago y Rosa Soto Lima esa tarde."
    told = with_one_name(read(Source("a.txt", "\n\n".join(lines).encode())))
    assert [p.speaker for p in told.paragraphs if p.speaker] == ["R. S. L.", "Gil"] * 2
    # letters of a paper are initials of anything, unless a label says whose
    text = "Visto en la Torre Alta.\n\nTA: ¿Quién?\n\nGil: Yo.\n\nTA: ¿Sí?\n\nGil: Sí.\n"
    told = with_one_name(read(Source("a.txt", text.encode())))
    assert [p.speaker for p in told.paragraphs if p.speaker] == ["TA", "Gil"] * 2
