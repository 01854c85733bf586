"""Phrases that pages put beside their articles: pointers, prompts, dates, as data, for es en fr de it
pt zh ja ar ru. What they mean for a paragraph is for `evidence` and `body` to say.
"""

from __future__ import annotations

import re

__all__ = [
    "ABOUT_COMMENTS",
    "CALL",
    "CREDIT",
    "DATE_LINE",
    "FEEDBACK",
    "LISTEN",
    "MORE",
    "POINTER",
    "POINTER_HEADING",
    "PROMPT",
    "RIGHTS",
    "SENTENCE_END",
    "SHARE_LINE",
    "SHOP",
    "TOPICS",
    "YOUR_ACCOUNT",
]

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
# who took a picture, drew it or owns it, and nothing else
CREDIT = re.compile(
    r"^\W*((photos?|fotos?|fotograf[ií]as?|photographs?|images?|im[aá]gen|imagen|bild(er|quelle|nachweis|rechte)?|abb(ildung|\.)?|illustration(en|s)?"
    r"|ilustraci[oó]n|grafik|gr[aá]fico|graphic|infographi[ce]|cr[eé]dit(s|os|o)?( photos?)?|kuva(t)?|fot\.|zdj[eę]cie|foto(graf)?(ie|ia)?"
    r"|v[ií]deo|source|quelle|fuente|fonte|bron|źródło)\s*(credits?|de|by|von|par|di)?\s*[:©/|]|©|\(c\)\s|copyright\b)",
    re.IGNORECASE,
)
# what may be done with the text
RIGHTS = re.compile(
    r"\b(copyright(ed)? (property|material|notice)|all rights reserved|written permission|may not be (reproduced|published|copied)|republish|reprint(ed)?\b"
    r"|terms of (use|service)|privacy policy|disclaimer\b|nachdruck|alle rechte|nutzungsbedingungen|datenschutzerkl|impressum|haftungsausschluss"
    r"|todos los derechos|prohibida (su|la) reproducci|aviso legal|pol[ií]tica de privacidad|tous droits|mentions l[ée]gales|reproduction (interdite|totale)"
    r"|tutti i diritti|riproduzione riservata|todos os direitos|wszelkie prawa|alle rechten)",
    re.IGNORECASE,
)
# about the readers' comments and letters
ABOUT_COMMENTS = re.compile(
    r"\b(comments? (are|is|by|policy|section|below|closed)|moderat(ed|ion|ors?)\b|your comment|(leave|post|write|submit|add) (a|your) (comment|reply|letter|review)|letters? to the editor"
    r"|kommentar(e)? (verfassen|schreiben|hinterlassen|abgeben|von|zu|insgesamt|deaktiviert)|kommentarfunktion|ihr(en)? kommentar|dein(en)? kommentar|leserbrief"
    r"|(deja|deje|dejar|escribe|env[ií]a) (un|tu|su) comentario|los comentarios|recibir[aá] cartas|cartas al director|(laissez|[ée]crire|poster) (un|votre) commentaire|les commentaires"
    r"|(lascia|scrivi) un commento|(deixe|escreva) (um|o seu) coment|dodaj komentarz|reageer|trackback|antworten$|^reply$|^responder$)",
    re.IGNORECASE,
)
# about the reader's account, letters and members
YOUR_ACCOUNT = re.compile(
    r"\b(first[- ]time subscribers?|(already|not yet|become|are you) a? ?(subscriber|member)|(please|to|you can) (subscribe|log ?in|register|sign ?(up|in))|(download|get) (the|our) \S* ?app|apps? for ios|ios and android"
    r"|never miss|delivered (instantly|daily|to your)|in(to)? your inbox|e-?mail address|send us (an?|your)|e-?mail us|contact us|give us feedback|special offer|free trial"
    r"|eingeloggt|(jetzt|bitte|neu) (anmelden|registrieren|einloggen|abonnieren|kaufen|bestellen)|(gef[äa]llt (dir|ihnen) (unser|dieser|der|das))|in den warenkorb|kostenlos (testen|abonnieren)|ihre e-?mail|deine e-?mail|teilen sie|diesen? (artikel|beitrag) (teilen|drucken)"
    r"|hazte (miembro|socio|socia|suscriptor)|beneficios exclusivos|tu correo|su correo|reg[ií]strate|inicia(r)? sesi[oó]n|(descarga|baja) (la|nuestra) app|m[aá]s beneficios"
    r"|votre (adresse|e-?mail|compte)|(d[ée]j[àa]|devenez) abonn|abonnez|la tua e-?mail|(accedi|registrati)\b|fa[çc]a (seu )?login|assinante|zaloguj|zarejestruj)",
    re.IGNORECASE,
)
# what opens a pointer to other pages, whatever follows
MORE = re.compile(
    r"^\W*(auch interessant|schon gelesen|mehr (dazu|zum|infos|lesen|erfahren)|zum weiterlesen|weitere (informationen|infos|artikel|beitr|themen|meldungen)|passend dazu|weiterlesen|lesetipp|siehe auch|das k[öo]nnte|verwandte|[äa]hnliche|newsletter|anzeige\b|werbung\b"
    r"|czytaj (te[żz]|wi[ęe]cej|tak[żz]e)|zobacz (te[żz]|tak[żz]e)|dowiedz si[ęe]|polecamy|lees (ook|meer|verder)|bekijk ook|leia|veja|saiba mais|leggi|guarda anche|scopri"
    r"|related|more (from|on|about|in|stories|news)|read (more|next|also)|see (also|more)|learn more|find out more|watch( now)?\s*:|listen( to)?\s*:|further reading|you may|recommended|trending|latest|next (article|post|story)|previous (article|post|story)"
    r"|lea|lee|le[ée]r|ver m[aá]s|m[aá]s (informaci|noticias|sobre|en\b)|tambi[ée]n (te )?(puede|pueden|lea|en)|puede(s)? (leer|ver)|te puede|le puede|no te pierdas|entradas? (anterior|siguiente)|art[ií]culos? relacionad"
    r"|lire|[àa] lire|voir|en savoir plus|sur le m[êe]me|articles? (li[ée]s|similaires|pr[ée]c[ée]dent|suivant)|d[ée]couvr)",
    re.IGNORECASE,
)
DATE_LINE = re.compile(
    r"^(publicad[oa]|actualizad[oa]|published|updated|posted|publié|mis à jour|veröffentlicht|发布|更新|نشر)?[\s:]*(el |on |le |am |at )?"
    r"((lunes|martes|miércoles|jueves|viernes|sábado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\w{2,3}\.?),? )?"
    r"(\d{1,2}[./ -]?(º|er|th|st|nd|rd|\.)?( ?de)? ?[^\W\d_]{3,12}\.?,?( ?(de|del))? ?\d{4}|[^\W\d_]{3,10}\.? \d{1,2}(st|nd|rd|th)?, ?\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|\d{1,2} [^\W\d_]{3,10} \d{4})"
    r"([\s,·|–—-]*((a las|at|à|um) )?\d{1,2}[:.h]\d{2}( ?[ap]\.?m\.?)?( ?[A-Z]{2,4}| ?h)?)?( ?[·|–—-].{0,40})?$|^\d{1,3} min(utos?|utes?)?( de lectura| read)?$",
    re.IGNORECASE,
)
# what a page asks of its readers
FEEDBACK = re.compile(
    r"^\W*((was|is) this (page|article|content|post|answer|information|topic)?\s*(helpful|useful)|did (you find )?this (page|article|content|post|answer)?\s*(help|helpful|useful|answer)"
    r"|how (helpful|useful) (was|did)|rate this|(leave|give|send|share) (us )?(your )?feedback|edit this page|report (an error|a mistake|a problem)|spotted an error"
    r"|(te|le|les|os) (fue|result[oó]|ha sido|pareci[oó]|sirvi[oó]) (de ayuda|[uú]til|esta|este)|(fue|es|ha sido) ([uú]til|de ayuda)|(esta|este) (p[aá]gina|art[ií]culo|contenido|informaci[oó]n) (te|le) (fue|result[oó]|ha sido|sirvi[oó])|califica (este|esta)|valora (este|esta)|editar esta p[aá]gina|reportar? un error"
    r"|(cet?|cette) (page|article|contenu) (vous a|t['’]a|a-t-elle|est-elle|était)|avez-vous trouvé|signaler une erreur|modifier cette page"
    r"|war (diese|dieser|das) .{0,30}hilfreich|hat ihnen .{0,30}geholfen|fehler melden|(esta página|este artigo) (foi|ajudou)|questa pagina (è|ti)|è stato utile)",
    re.IGNORECASE,
)
# what an article is filed under: such a word alone, or one with a list
TOPICS = re.compile(
    r"^\W*((etiquetas?|palabras clave|tags?|keywords?|filed under|tagged( (in|as|with))?|mots[- ]cl[ée]s|étiquettes?"
    r"|schlagw[öo]rt(er|e)?|schlagworte|stichw[öo]rter|palavras[- ]chave|marcadores|parole chiave)\s*:?$"
    r"|(etiquetas?|temas?|palabras clave|tags?|topics?|keywords?|filed under|tagged( (in|as|with))?|mots[- ]cl[ée]s|étiquettes?|thèmes?"
    r"|schlagw[öo]rt(er|e)?|schlagworte|stichw[öo]rter|themen|palavras[- ]chave|marcadores|assuntos|parole chiave|argomenti|temi)\s*:\s*[^.!?:]+$)",
    re.IGNORECASE,
)
# what reads an article aloud
LISTEN = re.compile(
    r"^\W*(listen( to)? (this|the) (article|story|post|page|interview)|(hear|play) this (article|story)|audio version"
    r"|(escuchar?|escuche|oír|oiga) (este|el|esta|la) (art[ií]culo|nota|noticia|texto|entrevista|contenido|p[aá]gina)"
    r"|[ée]coute(r|z)? (cet|l['’]|ce|cette|la) ?(article|texte|page|interview|entretien)"
    r"|(diesen |den )?(artikel|beitrag|text) (anh[öo]ren|vorlesen( lassen)?)|h[öo]ren sie (diesen|den) (artikel|beitrag)"
    r"|(ouça|ouvir|escut(e|ar)) (este|o|esta|a) (artigo|texto|mat[ée]ria|not[ií]cia|reportagem)"
    r"|ascolta(re)? (questo|l['’]|il|la|questa) ?(articolo|testo|pagina|intervista))\W*(\d.{0,20})?$",
    re.IGNORECASE,
)
# names of networks and what to do with an article, and nothing else
SHARE_LINE = re.compile(
    r"^\W*((facebook|twitter|x|whats ?app|telegram|linkedin|reddit|pinterest|instagram|threads|bluesky|mastodon|e-?mail|correo( electr[oó]nico)?|courriel|tweet|tuitear|tweeter"
    r"|copy( the)? link|copiar( el)? enlace|copier le lien|link kopieren|print|imprimir|imprimer|drucken|share|compartir|partager|teilen|condividi|compartilhar|pin it|pocket|rss|pdf"
    r"|save|guardar|enregistrer|merken|(share|compart[ei]r?|partager|teilen|condividi|compartilhar|tweet) ?(this|it|on|en|sur|auf|su|no|via|article|art[ií]culo)*)\W*)+$",
    re.IGNORECASE,
)
