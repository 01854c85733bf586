"""Which words negate, and how often: two sides that say the same count alike, whatever their words."""

from __future__ import annotations

import pytest

from aligner.checks.negation import may_differ, negations
from aligner.checks.negation.counting import said_otherwise, unequal_counts

SAME = [
    # signs of a number
    ("es", "en", "Tornillos n.º 3 y n.º 4.", "Screws No. 3 and No. 4."),
    ("es", "fr", "Véase el cuadro núm. 7.", "Voir le tableau n° 7."),
    ("de", "en", "Siehe Nr. 12.", "See no. 12."),
    # said with a negation or without
    ("es", "en", "No era solo una cuestión de pan.", "It was not only a matter of bread."),
    ("pt", "en", "Escreva a todos (caso contrário, avise).", "Write to all (please tell us if not)."),
    ("es", "en", "No ha cambiado el menú de la cena en ninguno de los barcos.", "The menu is not new."),
    ("en", "fr", "A barge is not the same as a raft.", "Une péniche, c’est autre chose."),
    ("es", "en", "La lluvia no cesaba de caer.", "The rain kept falling."),
    ("es", "en", "No se olvide de cerrar la puerta.", "Be sure to close the door."),
    ("es", "en", "No se olvide de cerrar la puerta.", "Don’t forget to close the door."),
    ("fr", "en", "N’oubliez pas de fermer la porte.", "Remember to close the door."),
    ("es", "en", "No dejes de ver la torre.", "Be sure to see the tower."),
    ("pt", "en", "Não deixe de ver a torre.", "Do not miss the tower."),
    ("en", "es", "I can't help laughing.", "Me da la risa."),
    ("fr", "en", "Ne manquez pas de voir la tour.", "Be sure to see the tower."),
    ("it", "en", "Non dimenticate di chiudere la porta.", "Remember to close the door."),
    ("es", "en", "Los que no son médicos lo saben.", "Non-doctors know it."),
    # one negation of several words
    ("es", "fr", "Tampoco yo lo entendí.", "Je ne l’ai pas compris non plus."),
    ("es", "en", "No comió ni durmió.", "He did not eat or sleep."),
    ("es", "en", "No paga la luz, el agua de los vecinos ni el gas.", "He does not pay for light or gas."),
    ("es", "en", "Nunca le dijo nada a nadie.", "He never told anyone."),
    ("es", "en", "¿No es raro que nadie llamara?", "Isn’t it odd that nobody called?"),
    ("es", "en", "No creo que hoy venga nadie.", "I don’t think anyone will come today."),
    ("fr", "en", "Il n’a jamais vu personne.", "He never saw anyone."),
    ("de", "en", "Er kam weder heute noch gestern.", "He came neither today nor yesterday."),
    # two clauses in one sentence, or in two
    ("es", "en", "Aquello ya no está. Ahora nadie pregunta.", "That is no longer there, and now no one asks."),
    # French particles that negate nothing alone
    ("fr", "en", "Elle n’avait que dix ans.", "She was only ten."),
    ("fr", "en", "Partons avant qu’il ne pleuve.", "Let us go before it rains."),
    ("fr", "en", "On ne travaille plus ici.", "People no longer work here."),
    # an insertion in brackets is a finding of its own
    ("es", "en", "Cuando volvió, cerró.", "When he came back [he had not eaten], he closed."),
]  # fmt: skip
# words that deny by themselves, about where the negation stands
OTHERWISE = [
    ("es", "en", "No es adecuado para niños.", "It is unsuitable for children."),
    ("en", "fr", "The path is not passable.", "Le chemin est impossible à suivre."),
    ("es", "en", "Dejó de cantar a los treinta.", "He did not sing after he was thirty."),
    ("fr", "en", "Le train ne partit qu’à midi.", "The train did not leave until noon."),
    ("de", "en", "Das Museum öffnet erst im Mai.", "The museum does not open until May."),
    ("ru", "en", "Сторож отказался отвечать.", "The watchman would not answer."),
    ("en", "es", "The shelf was bottomless.", "El estante no tenía fondo."),
]
# phrases of several words, with others between them
PHRASES = [
    ("es", "en", "No quedaba más que pan.", "There was only bread left."),
    ("es", "en", "¿No quiere probar la sopa?", "Would you like to try the soup?"),
    ("fr", "en", "Nous n’avions pas d’autre choix.", "We had to do it."),
    ("fr", "en", "Ni le maire ni son frère n’est venu.", "Neither the mayor nor his brother came."),
    ("de", "en", "Uns blieb nichts anderes übrig.", "We had to do it."),
    ("ru", "en", "Никто не заметил лодку.", "Nobody noticed the boat."),
    ("pl", "en", "Nikt nie zauważył łodzi.", "Nobody noticed the boat."),
    ("es", "en", "No pude evitar reírme.", "I couldn’t help laughing."),
]
OTHER = [
    # said with a negation or without, and one of them beside it is gone
    (
        "es",
        "en",
        "No pude evitar pensar que no vendría.",
        "I couldn’t help thinking that he would come.",
    ),
    ("ru", "en", "Никто не заметил лодку.", "Somebody noticed the boat."),
    ("es", "en", "El barco zarpa cuando no hay niebla.", "The boat leaves when there is fog."),
    ("en", "es", "She signed the letter.", "Ella no firmó la carta."),
    ("es", "en", "No sabe que no vendrán.", "She does not know that they will come."),
    ("fr", "en", "Il ne fume pas et ne boit pas.", "He does not smoke but he drinks."),
    ("fr", "en", "Elle ne chante plus.", "She still sings."),
    ("es", "en", "No digo que no.", "I say no."),
    ("de", "en", "Er hat keine Zeit.", "He has time."),
    ("es", "en", "Nadie vino (llovía) a la cita.", "Someone came (it rained) to the meeting."),
]


@pytest.mark.parametrize(("lang", "other", "source", "target"), SAME)
def test_the_same_counts_alike(lang: str, other: str, source: str, target: str) -> None:
    assert not unequal_counts(source, target, (lang, other))
    assert not unequal_counts(target, source, (other, lang))


@pytest.mark.parametrize(("lang", "other", "source", "target"), OTHER)
def test_one_that_was_dropped_or_put_in_counts(
    lang: str, other: str, source: str, target: str
) -> None:
    assert unequal_counts(source, target, (lang, other))


@pytest.mark.parametrize(("lang", "other", "source", "target"), PHRASES)
def test_phrases_that_go_with_a_negation_or_without(
    lang: str, other: str, source: str, target: str
) -> None:
    assert not may_differ(source, target, (lang, other))
    assert not may_differ(target, source, (other, lang))


@pytest.mark.parametrize(("lang", "other", "source", "target"), OTHERWISE)
def test_words_that_say_it_without_a_negation(
    lang: str, other: str, source: str, target: str
) -> None:
    for texts, langs in (((source, target), (lang, other)), ((target, source), (other, lang))):
        assert unequal_counts(*texts, langs)
        assert said_otherwise(*texts, langs)


def test_a_word_far_from_the_negation_does_not_say_it() -> None:
    source = "No firmó el contrato, aunque los abogados pasaron la mañana entera en la oficina del notario."
    near = "He refused the contract, though the lawyers spent the whole morning at the notary’s office."
    far = "He signed the contract, though the lawyers spent the whole morning and some refused to leave."
    assert said_otherwise(source, near, ("es", "en"))
    assert not said_otherwise(source, far, ("es", "en"))


def test_number_signs_are_no_negations() -> None:
    assert negations("No. 5, no. 6 and No 7", "en") == ()
    assert [text for text in ("No vino.", "no 5 de mayo") if negations(text, "es")] == ["No vino."]


@pytest.mark.parametrize(
    ("source_lang", "source", "target", "differs"),
    [
        (
            "es",
            "No se romperá la cuerda, ni se caerá el mástil.",
            "The rope won't break and the mast won't fall.",
            False,
        ),
        ("pt", "Os barcos não devem ter apenas remos.", "Not only should boats have oars.", False),
        ("es", "No vino el alcalde.", "The mayor came.", True),
        ("es", "No solo vino, no comió.", "He not only came, he ate.", True),
    ],
)
def test_what_counts_alone_do_not_see(
    source_lang: str, source: str, target: str, differs: bool
) -> None:
    assert may_differ(source, target, (source_lang, "en")) is differs
