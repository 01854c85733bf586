"""Who speaks: only where the document shows it."""

from __future__ import annotations

import pytest

from aligner.model import Span
from aligner.text.rich import Draft
from aligner.text.turns import find_turns, is_notice, notices_in, split_at_breaks, translator_of


def found(*texts: str) -> list[tuple[str, str | None, str]]:
    """(kind, speaker, printed label) of paragraphs with these texts."""
    result = find_turns([Draft("para", text) for text in texts])
    return [(d.kind, d.speaker, d.text[slice(*d.label)] if d.label else "") for d in result]


@pytest.mark.parametrize(
    ("question", "answer", "speakers", "labels"),
    [
        ("P: ¿Uno?", "R: Dos.", ("P", "R"), ("P:", "R:")),
        ("P. ¿Uno?", "R. Dos.", ("P", "R"), ("P.", "R.")),
        ("P.- ¿Uno?", "R.- Dos.", ("P", "R"), ("P.-", "R.-")),
        ("Q: One?", "A: Two.", ("Q", "A"), ("Q:", "A:")),
        ("问：好吗？", "答：好。", ("问", "答"), ("问：", "答：")),
        ("س: متى؟", "ج: الآن.", ("س", "ج"), ("س:", "ج:")),
    ],
)
def test_pairs(
    question: str, answer: str, speakers: tuple[str, str], labels: tuple[str, str]
) -> None:
    assert found(question, answer) == [
        ("turn", speaker, label) for speaker, label in zip(speakers, labels, strict=True)
    ]


def test_one_half_of_a_pair_is_no_evidence() -> None:
    assert (
        found("A: Madrid, por la mañana.", "Luego nada.", "P. D.: un abrazo.")
        == [("para", None, "")] * 3
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("EL FARO: ¿Qué pasó?", "Mijango: Nada."),
        ("El Faro — ¿Qué pasó?", "Mijango — Nada."),
        ("Ana de la Cruz: ¿Qué pasó?", "Dr. O’Hara: Nada."),
        ("记者：怎么了？", "周师傅：没有。"),
    ],
)
def test_names_need_two_and_a_return(first: str, second: str) -> None:
    assert [kind for kind, _, _ in found(first, second, first)] == ["turn"] * 3
    assert [kind for kind, _, _ in found(first, "Sin nombre.")] == ["para"] * 2


def test_speaker_is_printed_form() -> None:
    assert found("EL FARO: ¿Y?", "Mijango: No.", "EL FARO: ¿No?", "Mijango: No.")[:2] == [
        ("turn", "EL FARO", "EL FARO:"),
        ("turn", "Mijango", "Mijango:"),
    ]


def test_what_only_looks_like_a_label() -> None:
    texts = (
        "Nota: falta una página.",
        "Fuente: el ministerio.",
        "Nota: y otra.",
        "Fuente: el ministerio.",
    )
    assert found(*texts) == [("para", None, "")] * 4
    assert (
        found("Dijo esto: nada.", "Dijo esto: poco.", "Habló así: mucho.")
        == [("para", None, "")] * 3
    )


@pytest.mark.parametrize(
    "texts",
    [
        ("先生说：“来。”", "学生问：“去哪里？”", "先生说：“回家。”", "学生说：“好。”"),
        ("他問：「在嗎？」", "她說：「不在。」", "他問：「何時回來？」", "她說：「明天。」"),
        ("老人问路，他说：往东。", "老人问路，她说：往西。", "老人问路，他说：往东。"),
    ],
)
def test_a_story_in_chinese_loses_no_words_to_labels(texts: tuple[str, ...]) -> None:
    assert found(*texts) == [("para", None, "")] * len(texts)


def test_dashes_are_turns_without_a_name() -> None:
    assert found("—¿Quién vive?", "— Nadie.") == [("turn", None, "—"), ("turn", None, "— ")]
    assert found("Un paisaje.", "— Albert Camus") == [("para", None, "")] * 2


def test_stage_and_notice_inside_an_interview() -> None:
    kinds = [
        kind
        for kind, _, _ in found(
            "P: ¿Y?", "[Silencio]", "R: No.", "Nota del editor: se abrevió.", "[...]"
        )
    ]
    assert kinds == ["turn", "stage", "turn", "note", "para"]
    assert found("[Silencio]", "Nada.")[0][0] == "para"


def test_bold_statements_without_questions_stay() -> None:
    drafts = [
        Draft("para", text, (Span(0, len(text), "bold"),)) for text in ("Uno.", "Dos.", "Tres.")
    ]
    assert {draft.kind for draft in find_turns(drafts)} == {"para"}


@pytest.mark.parametrize(
    "text",
    [
        "Editor’s note: x",
        "[Editor's Note: x]",
        "Nota de la redacción: x",
        "N. de la R.: x",
        "NDLR : x",
        "编者按：x",
        "ملاحظة المحرر: x",
    ],
)
def test_notices(text: str) -> None:
    assert is_notice(text)
    assert not is_notice("He left a note to the editor.")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Traducción de Jessica Kirstein", "Jessica Kirstein"),
        ("Translated by Ana Ruiz.", "Ana Ruiz"),
        ("Translated from Spanish by Ana Ruiz", "Ana Ruiz"),
        ("(Translated by Ana Ruiz)", "Ana Ruiz"),
        ("Traduit de l’espagnol par Inès Calvo", "Inès Calvo"),
        ("译者：王小明", "王小明"),
        ("Translated by hand, over many years, in a cellar", ""),
        ("La traducción de Ana es buena.", ""),
        ("Traducción de los evangelios", ""),
    ],
)
def test_translator(text: str, who: str) -> None:
    assert translator_of(text) == who


def test_break_after_a_bold_question_parts() -> None:
    draft = Draft(
        "para",
        "¿Qué? Nada de nada.",
        (Span(0, 5, "bold"), Span(5, 5, "break"), Span(6, 10, "italic")),
    )
    parts = list(split_at_breaks(draft))
    assert [(p.text, p.spans) for p in parts] == [
        ("¿Qué?", (Span(0, 5, "bold"),)),
        ("Nada de nada.", (Span(0, 4, "italic"),)),
    ]


def test_other_breaks_stay() -> None:
    draft = Draft("para", "Calle Mayor 5 Madrid", (Span(13, 13, "break"),))
    assert list(split_at_breaks(draft)) == [draft]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Pregunta. ¿Uno?", "Respuesta. Dos."),
        ("PREGUNTA: ¿Uno?", "RESPUESTA: Dos."),
        ("Question. Un ?", "Réponse. Deux."),
        ("Frage: Eins?", "Antwort: Zwei."),
        ("Вопрос: Один?", "Ответ: Два."),
    ],
)
def test_labels_written_out(question: str, answer: str) -> None:
    words = [question.split(maxsplit=1)[0], answer.split(maxsplit=1)[0]]
    assert found(question, answer) == [("turn", word[:-1], word) for word in words]
    # one of them is a word of the text
    assert found(question, "Dos.")[0][0] == "para"


def test_italics_that_ask_and_are_answered() -> None:
    questions = [Draft("para", f"Why {n}?", (Span(0, 6, "italic"),)) for n in range(3)]
    drafts = [draft for q in questions for draft in (q, Draft("para", "Because."))]
    assert [d.kind for d in find_turns(drafts)] == ["turn", "para"] * 3
    assert {d.kind for d in find_turns(drafts[:4])} == {"para"}
    assert {d.kind for d in find_turns(questions)} == {"para"}


def test_words_before_a_colon_in_a_book_are_no_names() -> None:
    texts = [f"Llovía en la calle {n}." for n in range(600)]
    for place in (50, 51, 300, 301):
        texts[place] = f"{'Mejor' if place % 2 else 'Peor'}: volvió a llover."
    assert {kind for kind, _, _ in found(*texts)} == {"para"}
    assert {kind for kind, _, _ in found(*texts[40:60], *texts[290:310])} == {"para", "turn"}


def test_the_whole_name_once_and_parts_of_it_after_that() -> None:
    turns = [
        "Rita Sanz: ¿Quién cavó el pozo?",
        "Un vecino.",
        "R. S.: ¿Y cuándo?",
        "Tomás Gil: En 1870.",
        "Sanz: ¿Hay agua?",
        "Gil: No.",
        "Sanz: ¿Y habrá?",
        "Gil: En abril.",
    ]
    assert [name for _, name, _ in found(*turns)] == [
        *("Rita Sanz", None, "R. S.", "Tomás Gil", "Sanz", "Gil", "Sanz", "Gil")
    ]
    # of somebody else a name before a colon stays text
    assert found("Plaza Mayor: la fuente.", *turns)[0] == ("para", None, "")


def bold(name: str, words: str) -> Draft:
    return Draft("para", f"{name} {words}", (Span(0, len(name), "bold"),))


@pytest.mark.parametrize("dot", ["", "."])
def test_names_in_bold_without_a_colon(dot: str) -> None:
    turns = [
        bold(f"Sanz{dot}", "Who dug the well?"),
        bold(f"Gil{dot}", "A neighbour."),
        bold(f"Sanz{dot}", "When?"),
        bold(f"Gil{dot}", "In 1870."),
    ]
    result = find_turns(turns)
    assert [(d.kind, d.speaker) for d in result] == [("turn", "Sanz"), ("turn", "Gil")] * 2
    assert [d.text[slice(*d.label)] for d in result if d.label] == [f"Sanz{dot}", f"Gil{dot}"] * 2
    # once each they are terms or names that a text begins with
    assert {d.speaker for d in find_turns(turns[:2])} == {None}
    told = [bold("Sanz", "dug the well."), bold("Gil", "helped him.")] * 3
    assert {d.speaker for d in find_turns(told)} == {None}
    among = [part for turn in turns for part in (turn, *(Draft("para", "Of the town."),) * 2)]
    assert {d.speaker for d in find_turns(among)} == {None}


@pytest.mark.parametrize(
    ("notice", "who"),
    [
        ("[Translator's note: a kind of well]", "translator"),
        ("[N. del T.: una clase de pozo]", "translator"),
        ("(Nota de la traductora: un pozo)", "translator"),
        ("[Anmerkung des Übersetzers: ein Brunnen]", "translator"),
        ("[Editor's note: dug in 1870]", "editor"),
        ("[N. del E.: de 1870]", "editor"),
        ("(Note de la rédaction : de 1870)", "editor"),
    ],
)
def test_notices_inside_a_text(notice: str, who: str) -> None:
    text = f"The well (it is old) {notice} is dry."
    assert [(text[a:b], said) for a, b, said in notices_in(text)] == [(notice, who)]
