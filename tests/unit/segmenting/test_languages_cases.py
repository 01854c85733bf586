"""One line a case: `|` is where a segment ends; the text is the line without the bars."""

from __future__ import annotations

import pytest

from aligner.segmenting import SegmentOptions
from aligner.segmenting.srx import splitter

CASES = {
    "es": [
        "El Sr. López y la Dra. Ruiz vinieron.|No se quedaron.",
        "Según el núm. 7 del art. 15, no procede.|Fin.",
        "—¿Vienes? —preguntó ella.|—No —dijo él.",
        "¿Qué?!|¡No!",
        "Vive en los EE. UU. desde 1990.|Es feliz.",
        "J. R. R. Tolkien escribió.|C. S. Lewis leyó.",
        "Costó 1.500,50 euros.|Caro.",
        "«¡No iré!»|Y se marchó.",
        "Dijo: “No voy”.|Luego salió.",
        "[..] y luego fuimos.|Después no.",
        "Fuimos a (..) San Salvador en bus.",
        "Nos dijo que [...] el presidente no vendría. (...)|Luego salió.",
        "El 1.º de mayo.|Fiesta.",
        "EL FARO: ¿Cómo está?|Bien.",
        "Nació en el siglo V a. C. en Roma.|Murió joven.",
        "Llegó el Lic. Gómez.|El Ing. Soto, no.",
        "Ver págs. 3-4.|Y p. ej. Ruiz.",
        "Ya no... no sé.|Quizá.",
        "Eso dijo (risas).|Y se fue.",
        "Eso dijo. (Risas)|Y se fue.",
        "Habló el Dr. Ruiz (EE.UU.) Luego nada.",
        "Usted dijo «Me voy.»|¿Por qué?",
        "Tel. 555.1234.|Llame.",
        "La S.A. Minera quebró.",
        "Av. Bolívar n.º 5.|Caracas.",
        "¡Basta!|—¿Por qué?|—Porque sí.",
        "Monseñor Romero (q.e.p.d.) murió en 1980.",
        "Recibió a Mons. Rivera y Damas.|Hablaron.",
        "El gol (min. 43) fue bello.|Ganaron.",
        "Uds. lo saben.|Ud. también.",
        "La iglesia es del s. XVII.|Sigue en pie.",
        "Hablamos de la G.N. y de la P.N. durante horas.",
        "¿Y EE. UU.?|Tampoco.",
        "Salvadoreños vs. Hondureños.",
        "El coronel (r) Pérez habló.|Calló.",
    ],
    "en": [
        "He works for the F.B.I.|The agency denied it.",
        "Vitamin C.|It helps.",
        "The U.S. Senate voted.",
        'He said: "No."|Then he left.',
        "Dr. J. Smith Jr. arrived.|He sat.",
        "It was 5 p.m.|He left.",
        "It was 5 p.m. Eastern time.",
        "See Fig. 3.|It shows.",
        "No. 5 is alive.|No.|Yes.",
        '"Really?" he asked.|"Yes!"|She nodded.',
        "Inc. magazine said so.|Apple Inc. grew.",
        "He came (I think.)|Then left.",
        "I met him (in the U.S.) Monday.",
        "Well... maybe.|Well...|Maybe.",
        "[He pauses.]|I do not know.",
        "Fine. [Laughs]|Anyway.",
        "Ms. Lee met Gov. Brown, Sen. Cruz, and Rep. Lee.|All ate.",
        "He has a Ph.D. in math.|She has an M.D. too.",
        "Mt. Fuji is high.|St. Helens too.",
        "i.e. this and e.g. that.|OK.",
        "Version 2.0 is out.|Get it!",
        '"I left."|"Why?"|"No idea."',
        "Jan. 5 was cold.|Feb. too.",
        "He lived on Elm St.|The house burned.",
        "Is it you?|—No.",
        "[Editor's note: This interview was edited.]|What happened?",
        "Smith v. Jones was decided.|OK.",
        "Q: Why?|A: Because.",
    ],
    "fr": [
        'Rentrez avant le soir.|"Si je viens", dit-il, "ce sera tard".|Il rit.',
        'Vu par "Le Monde", etc. "Non", dit-elle.',
        'Combien\u00a0?|"Deux ", dit-il.',
        "Elle répondit : « Jamais. »|Tous se turent.",
        "M. Dupont et Mme Durand.|Voilà.",
        "L'art. 5 dit cela.|Cf. p. 3.",
        "Quoi ?!|Non !|« Oui ! » dit-il.",
        "Le XIXe s. fut long.|Oui.",
        "J.-C. Martin est là.|Oui.",
        "(Il rit.)|Bon, continuons.",
        "[Rires]|Bon.",
        "— Tu viens ? — demanda-t-elle.|— Non.",
        "Il pèse 3,5 kg.|C'est lourd.",
        "St. Jean.|Fin.",
        "Etc., etc.|Voilà.",
    ],
    "de": [
        "Das war z. B. Berlin.|Gut.",
        "Er kam am 1. Mai.|Sie nicht.",
        "„Kommst du?“, fragte er.|„Nein!“|Er ging.",
        "Dr. Müller und Prof. Dr. Schmidt.|Ja.",
        "Im 19. Jahrhundert war es so.|Heute nicht.",
        "Vgl. Müller (2001).|Siehe auch Kap. 3.",
        "Das kostet ca. 5 Mio. Euro.|Teuer.",
        "[Lacht]|Na gut.",
        "Ludwig XIV. war König.|Ja.",
        "Er sagte: „Ich gehe.“|Dann ging er.",
        "d. h. Berlin.|Ja.",
        "Die Fa. Meier u. Co. ist pleite.|Schade.",
    ],
    "it": [
        "Il sig. Rossi e la dott.ssa Bianchi arrivano.|Bene.",
        "L'art. 15 della legge.|Ok.",
        "Disse: «Non vengo».|E andò.",
        "Ecc. ecc.|Fine.",
        "G. B. Vico nacque.|Morì.",
        "Cfr. Eco 1980.|Fine.",
        "La S.p.A. Fiat chiude.|Peccato.",
        "Nel 200 a.C. a Roma.|Poi no.",
        "[Ride]|Va bene.",
        "L'on. Moro e mons. Romero.|Sì.",
        "pp. 3-4 e n. 7.|Fine.",
    ],
    "pt": [
        "O Sr. Silva e a Dra. Costa.|Sim.",
        "O art. 5.º da lei.|Não.",
        "Disse: «Não vou».|E foi.",
        "O Exmo. Sr. Presidente falou.|Ok.",
        "A Cia. das Índias.|Fim.",
        "[Risos]|Bem.",
        "Av. Paulista, n. 7.|Ok.",
        "Etc. e tal.|Fim.",
        "Vive nos E.U.A. desde 1990.|Sim.",
        "— Vem? — perguntou ela.|— Não.",
    ],
    "ca": [
        "El Sr. Puig i la Sra. Ferrer.|Sí.",
        "L'art. 15 de la llei.|No.",
        "Va dir: «No vinc».|I marxà.",
        "El núm. 7.|Fi.",
        "[Riu]|Bé.",
        "J. V. Foix escrivia.|Sí.",
    ],
    "gl": [
        "O Sr. Castro e a Sra. Díaz.|Si.",
        "O art. 15 da lei.|Non.",
        "Dixo: «Non vou».|E foise.",
        "A páx. 34 e o núm. 7.|Fin.",
        "[Ri]|Ben.",
    ],
    "zh": [
        "早上好！|今天去哪儿？|去学校。",
        "她答：“可以。”|大家笑了。",
        "“你来吗？”，他问。|我说是。",
        "「好。」|他走了。",
        "他问：“真的吗？！”|我点头。",
        "（笑）我不知道。|真的。",
        "价格是3.5元。|很贵。",
        "好了……|我们走吧。",
        "他住在U.S.A.多年。|真的。",
        "是的。（笑）|我知道。",
    ],
    "ja": [
        "「雨だ。」と叫んだ。|皆が走った。",
        "おはよう！|寒いですか？|いいえ。",
        "「だめ！」|彼は叫んだ。",
        "そうですね。（笑）|それから行きました。",
        "『本。』という題。|読んだ。",
        "３．５％です。|高い。",
        "行く｡|来る｡",
        "えっ？！|本当？",
    ],
    "ru": [
        "В г. Москве живёт А. С. Пушкин.|Да.",
        "Он сказал: «Нет».|И ушёл.",
        "— Идёшь? — спросила она.|— Нет.",
        "И т. д. и т. п.|Конец.",
        "На ул. Ленина, д. 5.|Там.",
        "В 1990 г. он умер.|Жаль.",
        "Это было в XIX в. в Риме.|Да.",
        "[Смеётся]|Ну ладно.",
        "Проф. Иванов и акад. Павлов.|Да.",
        "«Стой!» — крикнул он.|Никто не двинулся.",
        "См. стр. 34 и рис. 2.|Всё.",
        "Это было в 1990 г.|Потом нет.",
    ],
    "ar": [
        "أين تذهب؟|لا أعرف.",
        "قال د. أحمد ذلك.|ثم ذهب.",
        "هذا جيد!|نعم.|شكراً.",
        "قال: «لا أذهب».|ثم ذهب.",
        "ما هذا؟|لا أعرف.",
    ],
    "el": [
        "Πού πας;|Δεν ξέρω.",
        "Ο κ. Παπαδόπουλος ήρθε.|Ναι.",
        "Είπε: «Δεν πάω».|Κι έφυγε.",
        "Το 300 π.Χ. στην Αθήνα.|Ναι.",
        "Ο Γ. Σεφέρης έγραψε.|Ναι!",
        "Βλ. σελ. 34 και αρ. 5.|Τέλος.",
        "«Έλα!» είπε.|Ήρθε.",
    ],
    "hi": [
        "वह गया।|मैं रुका।",
        "डॉ. शर्मा आए।|वे बैठे।",
        "क्या?|नहीं!|हाँ।",
        "उसने कहा: “मैं नहीं जाऊँगा।”|फिर गया।",
        "वह गया।|मैं रुका।",
    ],
    "cs": [
        "Přišel 3. října 1990.|Pak odešel.",
        "Dr. Novák a Ing. Svoboda.|Ano.",
        "J. Novák přišel.|Ano!",
    ],
    "fi": [
        "Hän tuli 3. lokakuuta.|Sitten lähti.",
        "Esim. Helsinki on iso.|Niin.",
        "Prof. Virtanen tuli.|Niin.",
    ],
    "hu": [
        "Dr. Kovács jött.|Igen.",
        "Pl. Budapest.|Igen.",
    ],
    "": [
        "Hello there.|How are you?|Fine.",
        "J. R. Smith.",
    ],
    "ko": [
        "안녕하세요.|네.",
        "뭐라고요?|아니요!",
    ],
    "ro": [
        "Dl. Popescu a venit.|Da.",
        "A zis: „Nu.”|Apoi a plecat.",
    ],
    "uk": [
        "Він сказав: «Ні».|І пішов.",
    ],
    "pl": [
        "Dr Nowak i prof. Kowalski.|Tak.",
    ],
    "vi": [
        "Tôi đi.|Bạn ở lại.",
    ],
    "ur": [
        "وہ گیا۔|میں رکا۔",
    ],
    "hy": [
        "Նա գնաց։|Ես մնացի։",
    ],
}
UNSPACED = {"zh", "ja"}


def split(lang: str, text: str) -> list[str]:
    (cuts,) = splitter(lang, SegmentOptions())([text])
    pieces = [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return [piece for piece in pieces if piece]


@pytest.mark.parametrize(("lang", "case"), [(lang, c) for lang in CASES for c in CASES[lang]])
def test_case(lang: str, case: str) -> None:
    joint = "" if lang in UNSPACED else " "
    assert split(lang, joint.join(case.split("|"))) == case.split("|")


@pytest.mark.parametrize(("lang", "case"), [("hi", "वह गया।|मैं रुका।"), ("ar", "ما هذا؟|لا أعرف.")])
def test_break_without_white_space(lang: str, case: str) -> None:
    assert split(lang, case.replace("|", "")) == case.split("|")


@pytest.mark.parametrize(
    ("lang", "like"),
    [("es-MX", "es"), ("spa", "es"), ("pt-BR", "pt"), ("zh-Hans", "zh"), ("EN", "en")],
)
def test_region_and_script_use_the_rules_of_the_language(lang: str, like: str) -> None:
    joint = "" if like in UNSPACED else " "
    for case in CASES[like]:
        assert split(lang, joint.join(case.split("|"))) == case.split("|")


def test_a_three_letter_code_is_not_taken_for_a_two_letter_one() -> None:
    # est is Estonian: LanguageTool's map (ES|es).* would give it Spanish rules
    assert split("est", "Ta tuli 3. mail. Siis läks.") == ["Ta tuli 3. mail.", "Siis läks."]
    assert split("est", "Vt. Pärnu.") == split("et", "Vt. Pärnu.")
