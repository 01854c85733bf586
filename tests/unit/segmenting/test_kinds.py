"""Kinds of places where sentences end or do not, in several languages each. One line a case: `|` is
where a segment ends and a space stands, `‖` where none does.
"""

from __future__ import annotations

import pytest

from aligner.segmenting import SegmentOptions
from aligner.segmenting.srx import splitter

KINDS: dict[str, list[tuple[str, str]]] = {
    "a question about a number": [
        ("es", "¿Nació en 1985?|Sí, en Madrid."),
        ("es", "¿Pagó 300 €?|No, 250."),
        ("fr", "Né en 1985 ?|Oui, à Lyon."),
        ("it", "Nato nel 1985?|Sì, a Roma."),
    ],
    "an abbreviation before its number": [
        ("es", "Llame al N.º 5 o al n.º 7.|Nadie responde."),
        ("es", "Vive en la Cra. 7 con Cl. 12.|Es lejos."),
        ("es", "Lo dice el Art. 3, y los arts. 4 y 5.|Fin."),
        ("fr", "Voir l'art. 3 et le n° 5.|C'est tout."),
        ("de", "Siehe Art. 3 Abs. 2 und Nr. 7.|Dann weiter."),
        ("it", "Si veda l'art. 3 e il n. 5.|È tutto."),
        ("pt", "Veja o art. 3.º e o n.º 5.|É tudo."),
        ("ca", "Vegeu l'art. 3 i el núm. 5.|És tot."),
        ("gl", "Véxase o art. 3 e o núm. 5.|É todo."),
        ("en", "See Art. 3 and para. 7.|That is all."),
    ],
    "ordinals and months": [
        ("sk", "Prišla 3. Mája 2019 o piatej.|Potom odišla."),
        ("cs", "Přišla 3. Května 2019.|Pak odešla."),
        ("de", "Vom 1. -3. Jahrhundert war Ruhe.|Dann kam Rom."),
        ("da", "Han kom den 3. maj.|Hun gik."),
    ],
    "a time of the day": [
        ("en", "At 7 a.m. Mrs. Holm woke up.|She slept until 9 P.M.|Dr. Lund did not."),
        ("en", "The ferry leaves at 5 p.m. Eastern time.|Nobody waits."),
        ("da", "Kl. 7 a.m. Hr. Holm vågnede.|Han sov til 9 P.M.|Fru Lund sov ikke."),
    ],
    "small letters with stops, then a function word": [
        ("en", "They gave her an i.v. drip.|She pulled out the i.v.|It hurt."),
        ("en", "Papers, e.g. The Times, wrote of it."),
        ("en", "P.S. I am late."),
        ("en", "We live in the U.S.A.|I like it."),
        ("en", "She worked for Warner Bros.|They paid well."),
        ("ca", "Treballa a Warner Bros.|Ara és lluny."),
    ],
    "a small letter after the stop": [
        ("da", "Det kostede tre mill. kroner i alt.|Det var meget."),
        ("sv", "De fick tre milj. kronor.|Det var mycket."),
        ("sk", "Vyšiel III. diel knihy.|Potom nič."),
        ("bg", "Това е от пр. века.|Старо е."),
    ],
    "an initial inside a name": [
        ("gl", "Chegou Marta R. Lema onte.|Non dixo nada."),
        ("ro", "A venit Ana R. Ionescu.|Apoi a plecat."),
        ("sv", "Anna R. Holm kom.|Sedan gick hon."),
        ("sl", "Prišla je Ana R. Novak.|Potem je odšla."),
        ("en", "He met [Anna R.] Holm.|She left."),
    ],
    "dots": [
        ("en", "It is only . . . I mean it.|Yes."),
        ("en", "It is only ... I mean it."),
        ("en", "It is over.|...and so we slept."),
        ("nl", "Het was stil.|...en toen kwam de storm."),
        ("en", "It is over. ...|Then we slept."),
        ("uk", "Вони пішли|...Потім був дощ."),
        ("es", "Y entonces... nada.|Fin."),
    ],
    "items in one line": [
        ("en", "1. Salt|2. Bread|3. Two candles"),
        ("da", "1. Salt|2. Brød|3. To lys"),
        ("en", "These are needed.|1. Salt|2. Bread"),
        ("en", "a. Salt|b. Bread|c. Two candles"),
        ("en", "a) salt|b) bread|c) two candles"),
        ("es", "a) sal|b) pan|c) dos velas"),
        ("en", "We need this.|a. salt|b. bread|c. candles"),
        ("en", "It holds this: 1. There is salt; 2. There is bread; 3. There is light."),
        ("es", "Sirve para: a) comer, b) beber y c) dormir."),
        ("es", "•  Sal|• Pan|• Velas"),
        ("de", "s. oben auf der Seite"),
    ],
    "quotation marks and brackets": [
        ("en", '"The lamp [...] burns [...]" (Holm 12).|It does.'),
        ("ru", "«Ты идёшь? – спросил он. – Уже поздно».|Она молчала."),
        ("ru", "«Иду», – сказала она.|Он ждал."),
        ("hu", "- Jössz? - kérdezte.|Péter hallgatott."),
        ("en", "Go away! he cried.|Nobody moved."),
        ("en", "What now?|I asked her."),
        ("ca", "Va dir això:|»Vine a casa."),
        ("ja", "これは(!)よい本です。‖読みました。"),
        ("ja", "船が着いた（遅れた。とても）。‖人が降りた。"),
    ],
    "titles": [
        ("zh", "你看过《走吧！朋友》吗？‖没有。"),
        ("zh", "〈春天来了？〉是一首歌。‖很好听。"),
    ],
    "labels of speakers": [
        ("en", "Q. Why did you go?|A. Nobody asked me."),
        ("es", "P. ¿Por qué se fue?|R. Porque nadie vino."),
        ("es", "P: ¿Por qué se fue?|R: Nadie vino."),
        ("es", "—¿Vienes? —dijo Ana.|—No.|—¿Por qué?"),
        ("en", "Nobody asked me. [Laughs]|So I went."),
        ("ja", "Ｑ．なぜですか？‖Ａ．雨です。"),
        ("en", "K. Holm came.|B. Lund did not."),
    ],
    "the salutation of a letter": [
        ("es", "Hola, Marta:|¿Cómo estás?"),
        ("es", "Muy señora mía:|Le escribo por la casa."),
        ("pt", "Prezada senhora:|Escrevo pela casa."),
        ("es", "La regla es: No fumar."),
    ],
    "a missing space": [
        ("en", "Nobody told us.‖Then it rained."),
        ("es", "Dijo que sí.‖Después se fue."),
        ("fr", "Il est là.‖Puis il part."),
        ("de", "Er war da.‖Dann ging er."),
        ("it", "Disse di no.‖Dopo uscì."),
        ("pt", "Estou lá.‖Depois saio."),
        ("ca", "Diu que sí.‖Després marxa."),
        ("pl", "Było 20°C.‖Wiatr ucichł."),
        ("pl", "Urodził się w 1950 r.‖Potem wyjechał."),
        ("pl", "To jest punkt B.‖Potem idziemy."),
        ("uk", "Це було у XIX ст.‖Потім усе зникло."),
        ("kk", "Бұл жақсы кітап.‖XIX ғасырда шықты."),
        ("es", "Lo escribió J.Marías en Madrid."),
        ("es", "La S.A. Minera quebró."),
    ],
    "abbreviations": [
        ("bg", "Живее на ул. Раковски в гр. София.|Има 5 стаи, вкл. кухня."),
        ("bg", "Пл. „Славейков“ е близо."),
        ("kk", "Алма, нан, т. б. (бәрі осында) бар.|Болды."),
        ("kk", "Б.з.б. 5 ғасырда өмір сүрді."),
        ("da", "Hr. Holm og Fr. Lund kom.|De sad."),
        ("it", "Il sig. d. arte non c'è."),
        ("en", "He speaks !Xũ and reads it.|So do I."),
        ("en", "It was on Y!J last year."),
        ("ru", "Анна Холм (род. 3 мая 1934) живёт там.|Она поёт."),
        ("kk", "Ол 1939 ж. Алматыда туды.|Халқы 2 млн. адам."),
        ("it", "Lo dicono le norme (att. 15).|È tutto."),
        ("pt", "Diz a lei nº. 15 de maio.|É tudo."),
        ("bg", "Дойде арх. Иванов от в. „Труд“.|После си тръгна."),
        ("es", "Vive en EE. UU.|Buenos días."),
    ],
    "full stops of other scripts": [
        ("hy", "Տունը մեծ է:|Գետը հեռու է։|Լավ:"),
        ("am", "ሰላም ነው፧‖ቤቱ ትልቅ ነው።|ወንዙ ሩቅ ነው።"),
        ("my", "အိမ်ကြီးသည်။‖မြစ်ဝေးသည်။"),
        ("km", "ខ្ញុំទៅផ្សារ។‖គាត់ទៅផ្ទះ។|ចប់៕"),
        ("km", "មានផ្លែឈើ។ល។|ចប់។"),
        ("hi", "वह गया।‖मैं रुका।"),
        ("ur", "وہ گیا۔‖میں رکا۔"),
        ("en", "A wide stop．‖Does it end?"),
        ("", "今日は晴れ。‖明日は雨。"),
    ],
}


def split(lang: str, text: str) -> list[str]:
    (cuts,) = splitter(lang, SegmentOptions())([text])
    return [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("lang", "case"),
    [
        pytest.param(*case, id=f"{kind}: {case[1]}")
        for kind, cases in KINDS.items()
        for case in cases
    ],
)
def test_kind(lang: str, case: str) -> None:
    wanted = [piece for part in case.split("|") for piece in part.split("‖")]
    assert split(lang, case.replace("|", " ").replace("‖", "")) == wanted
