"""What of a web page is never the article: patterns, as data, for es en fr de it pt zh ja ar ru.

`drop_boilerplate` takes such elements out of the tree. A class name alone never takes out the
better part of a page: a theme that calls its whole page "has-sidebar" must not empty it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from aligner.documents.html.walk import class_names

__all__ = ["DATE_LINE", "POINTER", "POINTER_HEADING", "PROMPT", "drop_boilerplate"]

# Elements that are boilerplate whatever they hold; header and aside are judged by their names.
_TAGS = frozenset(("nav", "footer", "form", "dialog", "menu"))
_ROLES = frozenset(
    [
        "navigation",
        "search",
        "dialog",
        "alertdialog",
        "contentinfo",
        "complementary",
        "menu",
        "menubar",
        "toolbar",
        "banner",
        "tablist",
        "tooltip",
    ]
)
# These go whatever their size (names are words: "comments-area" is "comments area").
_SURE = re.compile(
    r"\b(comments?( (area|list|section|thread|wrap(per)?|body|container|form|respond))|^comments?|comentarios|commentaires|kommentare"
    r"|disqus( thread)?|cookies?( \w+)?|cookiebanner|consent|gdpr|onetrust|didomi|breadcrumbs?|migas"
    r"|skip (link|to \w+)|screen reader( text)?|sr only|visually hidden|visuallyhidden)\b"
)
_LIKELY = re.compile(
    r"\b(share|sharing|sharedaddy|addtoany|social|redes( sociales)?|compartir|partage|relacionad[ao]s?|related|similar|recommend(ed|ations?)?|recirc(ulation)?"
    r"|recomendad[ao]s?|newsletters?|boletin|bulletin|subscri\w*|suscri\w*|suscripcion|abonne\w*|abo|signup|sign up|login|register|registro"
    r"|promo(tion|s|box)?|advert\w*|ads?|ad (slot|container|unit|wrapper)|publicidad|anuncios?|publicite|werbung|sponsor\w*|patrocin\w*|banner|outbrain|taboola"
    r"|pagination|pager|paginacion|tags?|tag (list|cloud)|tags links|etiquetas?|keywords|temas|topics|sidebar|widgets?|nav|navbar|navigation|menu|submenu|footer|pie pagina|pie de pagina|toolbar"
    r"|paywall|most (read|popular|viewed)|mas (leid[ao]s?|vist[ao]s?|noticias)|trending|popular|read (more|next|also)|more (news|stories|articles|from)|seealso|see also|also read"
    r"|lire aussi|lee tambien|leer mas|te puede interesar|tambien te|puede interesarte|teaser|teasers|author (bio|box|info|card)|about (the )?author|sobre (el )?autor(a)?|copyright|colophon"
    r"|print|imprimir|rating|reactions?|donate|donation|donaciones|apoyanos|support us|membership|socios|app download|download app|toc|table of contents|post navigation|jp relatedposts|entry (utility|meta footer)"
    r"|metadata tags|follow us|siguenos|feedback|survey|encuesta|poll|player|video (player|embed)|modal|popup|overlay|lightbox|tooltip|listen|audio player|topbar|masthead)\b"
)
# A name that says body beats one that says boilerplate: "post-content share-enabled".
_BODY = re.compile(
    r"\b(article ?body|entry content|post content|story body|article content|content body|body content|cuerpo)\b"
)
# A small box around a button or a lone link to the shop: a call for money or for an address.
_BUTTON = re.compile(r"\b(btn|button|boton|bouton|cta|call to action)\b")
_SHOP = re.compile(
    r"(socios|suscri|subscri|donat|donar|donacion|dons?/|membership|members?/|abonn|newsletter|boletin"
    r"|infolettre|apoya|apoyo|soutenir|support-us|signup|sign-up|register|registro|paywall)",
    re.IGNORECASE,
)
_CREDITS = re.compile(r"\b(byline|standfirst|author name|subtitle|headline)\b")
_CALL_TAGS = frozenset(("div", "section", "aside", "center"))
_MAX_CALL = 500
_MAX_CALL_ELEMENTS = 60
_KEPT_TAGS = frozenset(("html", "body", "main", "h1"))
_SMALL = 0.1  # share that a name of little weight may take out
_HEADLINED = 200  # characters of paragraphs that make an article of what stands under the headline
# what a theme writes on every article, as whole class names
_STATE = re.compile(
    r"(tag|category|cat|taxonomy|tax|term|topic|format|status|type|post|author|has|is|no|not|with"
    r"|without|mod|js|wp|lang|template|single|archive|paged|theme)-"
)
# words that stand on bodies of articles as often as on what surrounds them
_WEAK = re.compile(
    r"\b(paywall|print|print full|imprimir|membership|socios|player|popular|temas|topics|keywords"
    r"|tags?|toc|banner|overlay|register|registro|login|abo|survey|encuesta)\b"
)
_LARGE = 0.4  # share of a page's running text that a name alone cannot take out

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
    r"|^leave a (reply|comment)|^laisser un commentaire|^commentaires?$|^etiquetas$|^tags$|^compart[ei]r?\b|^share( this)?\b|^partager|^suscr[íi]b|^subscri|^newsletter",
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
DATE_LINE = re.compile(
    r"^(publicad[oa]|actualizad[oa]|published|updated|posted|publié|mis à jour|veröffentlicht|发布|更新|نشر)?[\s:]*(el |on |le |am |at )?"
    r"((lunes|martes|miércoles|jueves|viernes|sábado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\w{2,3}\.?),? )?"
    r"(\d{1,2}[./ -]?(º|er|th|st|nd|rd|\.)?( ?de)? ?[^\W\d_]{3,12}\.?,?( ?(de|del))? ?\d{4}|[^\W\d_]{3,10}\.? \d{1,2}(st|nd|rd|th)?, ?\d{4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|\d{1,2} [^\W\d_]{3,10} \d{4})"
    r"([\s,·|–—-]*((a las|at|à|um) )?\d{1,2}[:.h]\d{2}( ?[ap]\.?m\.?)?( ?[A-Z]{2,4}| ?h)?)?( ?[·|–—-].{0,40})?$|^\d{1,3} min(utos?|utes?)?( de lectura| read)?$",
    re.IGNORECASE,
)


def drop_boilerplate(root: Any) -> int:
    """Take boilerplate out of the tree under `root`; returns how many elements went."""
    sizes = _sizes(root)
    total = sizes.get(root, 0) or 1
    gone = 0
    for element in list(root.iter()):
        if element is root or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        size = sizes.get(element, 0)
        if _is_furniture(element, size / total) or _is_call(element, size, size / total):
            element.drop_tree()
            gone += 1
    return gone


def _sizes(root: Any) -> dict[Any, int]:
    """Characters of text under each element, scripts left out."""
    from lxml import etree

    sizes: dict[Any, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        if element.tag in ("script", "style", "noscript", "template"):
            sizes[element] = 0
            continue
        own = len((element.text or "").strip()) + sum(len((c.tail or "").strip()) for c in element)
        sizes[element] = own + sum(sizes[child] for child in element)
    return sizes


def evidence_of(element: Any) -> str:
    """Class, id and role as words, without what themes write on every article: its taxonomy
    (WordPress `tag-harbour`, `category-news`), state (`has-sidebar`, `is-paywalled`) and type.
    """
    classes = " ".join(
        name for name in (element.get("class") or "").split() if not _STATE.match(name.lower())
    )
    if classes == (element.get("class") or ""):
        return class_names(element)
    bare = element.makeelement(element.tag, dict(element.attrib))
    bare.set("class", classes)
    return class_names(bare)


def _is_furniture(element: Any, share: float) -> bool:
    tag = element.tag.lower()
    if tag in _KEPT_TAGS:
        return False
    role = element.get("role") or ""
    names = evidence_of(element)
    weak = bool(_LIKELY.search(names)) and not _LIKELY.search(_WEAK.sub(" ", names))
    large = share > (_SMALL if weak else _LARGE)
    if tag in _TAGS or role in _ROLES:
        # a page in a <form> (old ASP.NET) or an article's own <footer> of notes stays
        return not large and "footnotes" not in names
    if not names or _BODY.search(names):
        return False
    if _SURE.search(names) and tag not in ("article", "a", "span", "p") and share < 0.8:
        return True
    if tag == "article" and re.search(r"\bcomment( body)?\b", names):
        return True
    if tag in ("p", "h2", "h3", "blockquote", "figure", "figcaption", "strong", "em", "b", "i"):
        return (
            bool(
                re.search(
                    r"\b(related|relacionad[ao]s?|share|newsletter|promo|subscri\w*|suscri\w*|lee tambien|lire aussi|read (more|also)|ad|publicidad)\b",
                    names,
                )
            )
            and not large
        )
    return bool(_LIKELY.search(names)) and not large and not _holds_headline(element)


def _holds_headline(element: Any) -> bool:
    """True where the page's only first heading stands in it with text under it: an article,
    whatever its class says.
    """
    tops = list(islice(element.getroottree().iter("h1"), 2))
    if len(tops) != 1 or element not in tops[0].iterancestors():
        return False
    running = sum(len("".join(p.itertext()).strip()) for p in islice(element.iter("p"), 40))
    return running > _HEADLINED


def _is_call(element: Any, size: int, share: float) -> bool:
    if element.tag not in _CALL_TAGS or size > _MAX_CALL or share > _LARGE:
        return False
    inside = list(islice(element.iter("*"), _MAX_CALL_ELEMENTS))
    if len(inside) == _MAX_CALL_ELEMENTS:
        return False
    if any(inner.tag == "h1" or _CREDITS.search(class_names(inner)) for inner in inside):
        return False  # the article's own head, with its buttons
    if any(inner.tag in ("input", "button") for inner in inside):
        return True
    for link in (inner for inner in inside if inner.tag == "a"):
        wanted = _BUTTON.search(class_names(link)) or _SHOP.search(link.get("href") or "")
        parent = link.getparent()
        alone = not "".join([parent.text or "", *(c.tail or "" for c in parent)]).strip()
        if wanted and alone:
            return True
    return False
