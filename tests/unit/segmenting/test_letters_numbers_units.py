"""A letter, a number or a unit before the stop: where the sentence ends all the same, and where an
initial opens a name. One line a case: `|` is where a segment ends.
"""

from __future__ import annotations

import pytest

from aligner.segmenting import SegmentOptions
from aligner.segmenting.srx import splitter

LETTERED = {
    "es": "Probamos el tipo B.|La gente lo nota.",
    "en": "Try plan B.|It works.",
    "fr": "Prenons le plan B.|La suite est connue.",
    "de": "Das war Plan B.|Später ging er.",
    "it": "È il piano B.|Dopo uscì.",
    "pt": "É o plano B.|A gente sabe.",
    "ca": "És el pla B.|Després va sortir.",
    "gl": "É o plan B.|Despois saíu.",
    "ro": "Este planul B.|Apoi a plecat.",
    "nl": "Dat is plan B.|Daarna ging hij.",
    "af": "Dit is plan B.|Dan gaan hy.",
    "sv": "Det är plan B.|Sedan gick han.",
    "da": "Det er plan B.|Derefter gik han.",
    "nb": "Det er plan B.|Deretter gikk han.",
    "is": "Þetta er plan B.|Síðan fór hann.",
    "pl": "To jest plan B.|Potem wyszedł.",
    "cs": "Je to plán B.|Pak odešel.",
    "sk": "Je to plán B.|Potom odišiel.",
    "sl": "To je načrt B.|Potem je odšel.",
    "hr": "To je plan B.|Zatim je otišao.",
    "sr": "То је план Б.|Затим је отишао.",
    "mk": "Тоа е план Б.|Потоа замина.",
    "bg": "Това е план Б.|После си тръгна.",
    "ru": "Это план Б.|Потом он ушёл.",
    "uk": "Це план Б.|Потім він пішов.",
    "be": "Гэта план Б.|Потым ён пайшоў.",
    "el": "Είναι το σχέδιο Β.|Μετά έφυγε.",
    "fi": "Se on suunnitelma B.|Sitten hän lähti.",
    "et": "See on plaan B.|Siis ta läks.",
    "lv": "Tas ir plāns B.|Tad viņš aizgāja.",
    "lt": "Tai planas B.|Tada jis išėjo.",
    "hu": "Ez a terv a B.|Aztán elment.",
    "tr": "Bu plan B.|Sonra gitti.",
    "sq": "Ky është plani B.|Pastaj iku.",
    "eu": "Hau da plana, B.|Gero joan zen.",
    "cy": "Dyma gynllun B.|Wedyn aeth ef.",
    "id": "Ini rencana B.|Kemudian dia pergi.",
    "vi": "Đó là kế hoạch B.|Sau đó anh đi.",
    "eo": "Estas plano B.|Poste li iris.",
    "ar": "هذه هي الخطة B.|ثم ذهب.",
    "fa": "این نقشهٔ B است، B.|سپس رفت.",
    "hi": "यह योजना B.|फिर वह गया.",
}
NAMES = {
    "es": [
        "J. L. Borges nació en 1899.",
        "Lo firma J. La Rosa en Lima.",
        "Vino el general B. Mitre.",
        "Es de A. De la Rúa.",
    ],
    "en": ["J. R. Tolkien wrote it.", "It is by H. G. Wells.", "George W. Bush spoke."],
    "fr": ["Un livre de J. Le Goff sur la ville.", "J. L. Godard filme."],
    "de": ["Das Buch von E. T. A. Hoffmann.", "J. S. Bach schrieb es."],
    "it": ["Lo dice G. La Malfa oggi.", "G. B. Vico scrisse."],
    "pt": ["J. M. Coetzee escreveu.", "O livro de A. O'Neill saiu."],
    "nl": ["Het boek van J. De Smet is uit.", "M. C. Escher tekende."],
    "ru": ["А. С. Пушкин писал."],
    "pl": ["J. R. Tolkien pisał."],
}
NUMBERS = [
    ("es", "¿Nació en 1985?|Sí, en Madrid."),
    ("es", "¡Gana 300!|No es poco."),
    ("es", "¿Son 40?!|¿O más?"),
    ("es", "¿Cuesta 20 %?|Depende."),
    ("es", "¿Viene la «B»?|Vino."),
    ("ca", "Va néixer el 1985?|Sí, a Lleida."),
    ("gl", "Naceu en 1985?|Si, en Lugo."),
    ("pt", "Nasceu em 1985?|Sim, em Lisboa."),
    ("it", "È nato nel 1985?|Sì, a Roma."),
    ("de", "Ist es Plan B?|Nein, A!|Danach ging er."),
    ("da", "Er det plan B?|Nej."),
    ("sr", "Да ли је то план Б?|Није."),
    ("en", "Is it 5?|Yes."),
]
UNITS = [
    ("es", "El motor llegó a 120 °C.|Afortunadamente, pudo llegar."),
    ("it", "Arrivò a 120 °C.|Fortunatamente resse."),
    ("pt", "Chegou a 38°C.|Felizmente passou."),
    ("de", "Es waren 30 °C.|Wasser gab es keins."),
    ("fr", "Il faisait 38 °C.|Heureusement, il plut."),
    ("ru", "Было 30 °C.|Люди ушли."),
    ("el", "Είχε 30 °C.|Ευτυχώς έβρεξε."),
    ("hu", "Volt 30 °C.|Szerencsére esett."),
    ("en", "It was 90 °F.|Nobody moved."),
    ("es", "La vimos en 3D.|Nadie más fue."),
    ("de", "Wir sahen es in 3D.|Niemand kam."),
    ("de", "Er sprang 3,5 m.|Niemand sah es."),
    ("it", "Saltò 3,5 m.|Nessuno lo vide."),
    ("is", "Hann vó 20 kg.|Síðan fór hann."),
    ("lt", "2004 m. Lietuva tapo nare."),
    ("de", "Das war einmal…|Niemand kam."),
    ("pt", "Era uma vez…|Ninguém veio."),
    ("de", "Das war… einmal."),
]


def split(lang: str, text: str) -> list[str]:
    (cuts,) = splitter(lang, SegmentOptions())([text])
    return [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@pytest.mark.parametrize(("lang", "case"), [*LETTERED.items(), *NUMBERS, *UNITS])
def test_a_sentence_ends_after_a_letter_a_number_a_unit(lang: str, case: str) -> None:
    assert split(lang, case.replace("|", " ")) == case.split("|")


@pytest.mark.parametrize(("lang", "name"), [(lang, n) for lang in NAMES for n in NAMES[lang]])
def test_an_initial_opens_a_name(lang: str, name: str) -> None:
    assert split(lang, name) == [name]


def test_a_letter_that_opens_the_paragraph_is_a_label() -> None:
    assert split("de", "B. Die Gärten") == ["B. Die Gärten"]
    assert split("es", "A. No procede") == ["A. No procede"]
