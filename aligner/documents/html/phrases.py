"""Phrases that pages put beside their articles: pointers, prompts, dates, as data, for es en fr de it
pt zh ja ar ru. What they mean for a paragraph is for `evidence` and `body` to say.
"""

from __future__ import annotations

import re

__all__ = ["CALL", "DATE_LINE", "POINTER", "POINTER_HEADING", "PROMPT", "SENTENCE_END", "SHOP"]

SENTENCE_END = re.compile(r"[.!?…。！？؟:»”\"')\]]\s*$")
# addresses of the shop, the letter, the membership of the house
SHOP = re.compile(
    r"(socios|suscri|subscri|donat|donar|donacion|/dons?\b|membership|members?/|abonn|newsletter|boletin"
    r"|infolettre|apoya|apoyo|soutenir|support-us|spende|signup|sign-up|register|registro|paywall)",
    re.IGNORECASE,
)
POINTER = re.compile(
    r"^[\[(▶►→»*\s]*(lea|lee|leer|ver|vea|mira|consulte)( también| además| más)\b|^[\[(▶►→»*\s]*("
    r"te puede interesar|le puede interesar|también te puede|puede leer|relacionad[oa]s?\s*:|más sobre|más información"
    r"|read (more|also|next)|see also|related( \w+)?\s*:|more on this|more from|also read|don[’']t miss|watch\s*:|recommended( \w+)?\s*:"
    r"|lire aussi|à lire( aussi)?|voir aussi|sur le même sujet|lesen sie (auch|mehr)|mehr zum thema|leggi anche|leia (também|mais)"
    r"|延伸阅读|相关阅读|相关新闻|推荐阅读|関連記事|あわせて読みたい|اقرأ أيض|مواضيع ذات صلة|читайте также|по теме)",
    re.IGNORECASE,
)
POINTER_HEADING = re.compile(
    r"^(noticias|artículos|contenidos?|notas|temas?) relacionad[oa]s?$|^relacionad[oa]s$|^lo más (leído|visto)|^más (noticias|en|sobre|de)\b"
    r"|^related( (articles?|stories|posts?|content|news|topics?))?$|^most (read|popular)|^more (stories|news|articles|from|in|on)\b|^you (may|might) also|^recommended( for you)?$"
    r"|^(articles|sujets) (liés|similaires|associés)|^les plus lus|^(dejar?|escribe|deja) un comentario|^comentarios?( \(\d+\))?$|^comments?( \(\d+\))?$|^\d+ (comments?|comentarios?)$"
    r"|^leave a (reply|comment)|^laisser un commentaire|^commentaires?$|^etiquetas$|^tags$|^compart[ei]r?\b|^share( this)?\b|^partager|^suscr[íi]b|^subscri|^newsletter"
    r"|^(ähnliche|weitere|verwandte) (artikel|beiträge|themen)|^das könnte (sie|dich) auch|^mehr zum thema|^kommentare?( \(\d+\))?$|^schreibe? einen kommentar",
    re.IGNORECASE,
)
PROMPT = re.compile(
    r"^(comparte|compártelo|compartir|comparta|síguenos|suscríbe(te|se)|apúntate|inscríbete|regístrate|inicia sesión|ya (eres|soy) suscriptor|hazte (socio|soci[ao]|suscriptor)"
    r"|share (this|on)\b|follow us|subscribe|sign up|sign in|log in|already a subscriber|join the conversation|leave a comment|support (our|independent)|click here to|download the app"
    r"|partagez|abonnez-vous|inscrivez-vous|suivez-nous|recevez|jetzt abonnieren|melden sie sich|iscriviti|assine|inscreva-se"
    r"|分享(到|至)|扫码|关注我们|登录|订阅|シェア|会員登録|شارك|اشترك|تابعنا|поделиться|подпишитесь"
    r"|we use cookies|utilizamos cookies|usamos cookies|nous utilisons des cookies|advertisement$|publicidad$|publicité$|anzeige$|anuncio$|广告$)",
    re.IGNORECASE,
)
# the same said in the middle of a sentence: an address of the house, not of its subject
CALL = re.compile(
    r"\b(newsletters?|subscri(be|ber|bers|ption)|follow (us|me)|sign up|log ?in|advertise with|contact us|all rights reserved"
    r"|abonn\w+|newsletter|folgen sie uns|alle rechte vorbehalten|datenschutz|cookies?"
    r"|suscr[íi]b\w*|boletín|síguenos|derechos reservados|inscrivez|tous droits|iscriviti|diritti riservati|whatsapp|telegram|facebook|twitter|instagram)\b",
    re.IGNORECASE,
)
DATE_LINE = re.compile(
    r"^(publicad[oa]|actualizad[oa]|published|updated|posted|publié|mis à jour|veröffentlicht|发布|更新|نشر)?[\s:]*(el |on |le |am |at )?"
    r"((lunes|martes|miércoles|jueves|viernes|sábado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\w{2,3}\.?),? )?"
    r"(\d{1,2}[./ -]?(º|er|th|st|nd|rd|\.)?( ?de)? ?[^\W\d_]{3,12}\.?,?( ?(de|del))? ?\d{4}|[^\W\d_]{3,10}\.? \d{1,2}(st|nd|rd|th)?, ?\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|\d{1,2} [^\W\d_]{3,10} \d{4})"
    r"([\s,·|–—-]*((a las|at|à|um) )?\d{1,2}[:.h]\d{2}( ?[ap]\.?m\.?)?( ?[A-Z]{2,4}| ?h)?)?( ?[·|–—-].{0,40})?$|^\d{1,3} min(utos?|utes?)?( de lectura| read)?$",
    re.IGNORECASE,
)
