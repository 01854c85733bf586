"""What the class names of a web page say of the elements that carry them: words, as data, for es en
fr de it pt. A word is evidence, never a verdict: `evidence` weighs it against all else.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["KINDS", "kinds_of", "template_names"]

# kind -> words and pairs of words; names are split at hyphens, underscores and capitals
_WORDS = {
    "body": (
        "article body, articlebody, entry content, post content, story body, story content,"
        " article content, article text, article copy, content body, body content, post body,"
        " main text, body text, text body, blog content, news content, page content, cuerpo,"
        " nota cuerpo, nota texto, noticia cuerpo, noticia texto, articulo cuerpo, td post,"
        " single content, texte article, article corps, article texte, artikel text, artikeltext,"
        " artikel body, beitrag text, prose, rich text, richtext, bodytext, articletext, field body"
    ),
    "content": (
        "entry, post, story, article, articulo, artikel, articolo, artigo, beitrag, noticia, nota,"
        " content, contents, contenido, contenu, inhalt, body, text, texto, texte, main, single, blog"
    ),
    "comments": (
        "comment, comments, commentlist, commentary, comentario, comentarios, commentaire,"
        " commentaires, kommentar, kommentare, disqus, respond, replies, reply, diskussion, opinions"
    ),
    "related": (
        "related, relacionado, relacionada, relacionados, relacionadas, similar, recommend,"
        " recommended, recommendation, recommendations, recomendado, recomendados, recirc,"
        " recirculation, more, mehr, next, prev, previous, most, popular, trending, latest, teaser,"
        " teasers, seealso, see also, read more, read next, lire aussi, lee tambien, interesar,"
        " outbrain, taboola, jp relatedposts, list, listing, grid, card, cards, carousel, slider, feed"
    ),
    "share": (
        "share, sharing, shares, shareaholic, sharedaddy, addtoany, addthis, social, socials,"
        " redes, compartir, partage, teilen, follow, siguenos, facebook, twitter, whatsapp"
    ),
    "call": (
        "newsletter, newsletters, boletin, bulletin, subscribe, subscription, subscriber,"
        " suscribete, suscripcion, suscriptor, abo, abonnement, abonner, signup, sign up, login,"
        " register, registro, paywall, membership, socios, donate, donation, donaciones, apoyanos,"
        " support us, promo, promotion, promobox, app download, cta, call to, survey, encuesta, poll,"
        " feedback, rating"
    ),
    "ad": (
        "ad, ads, advert, advertisement, advertising, adsense, publicidad, publicite, anuncio,"
        " anuncios, werbung, anzeige, anzeigen, sponsor, sponsored, sponsors, patrocinado, banner,"
        " banners, affiliate, amazon, product, products"
    ),
    "consent": (
        "cookie, cookies, cookiebanner, consent, gdpr, onetrust, didomi, modal, popup, overlay,"
        " lightbox, tooltip, dialog"
    ),
    "unseen": "screen reader, sr only, visually hidden, visuallyhidden, hidden, skip link, skip to, print only",
    "byline": "author, authors, autor, autores, auteur, byline, bio, firma, about author, vcard, avatar",
    "meta": (
        "meta, metadata, info, date, datum, fecha, time, published, posted, posted on, kicker,"
        " dachzeile, timestamp, byline, credits, source, views, reading time"
    ),
    "taxonomy": (
        "tag, tags, category, categories, etiqueta, etiquetas, keywords, temas, topics, topic, kategorie,"
        " kategorien, categorias, tagcloud, label, labels"
    ),
    "nav": (
        "nav, navbar, navigation, navi, menu, submenu, dropdown, breadcrumb, breadcrumbs, migas, pager,"
        " pagination, paginacion, toolbar, tabs, tablist, topbar, header, masthead, sitemap, skip"
    ),
    "foot": "footer, foot, bottom, colophon, copyright, legal, pie, imprint, impressum, disclaimer",
    "side": "sidebar, side, aside, widget, widgets, rail, secondary, complementary, right, left, box",
    "caption": (
        "caption, captions, credit, credits, bildunterschrift, legende, image, img, photo, foto,"
        " picture, gallery, galeria, figure, media, video, player, audio"
    ),
    "contents": "toc, table of, contents list, inhaltsverzeichnis, index",
    "lead": "standfirst, subtitle, subtitulo, lead, lede, teasertext, intro, summary, excerpt, bajada, entradilla, chapo, headline, title, titulo",
    "inset": (
        "infobox, info box, recuadro, despiece, encadre, factbox, fact box, ladillo, infokasten"
    ),
    "note": "footnote, footnotes, endnote, endnotes, notes, references, sources, fuentes, quellen",
}
KINDS = tuple(_WORDS)
_STEMS = (
    ("subscri", "call"),
    ("suscri", "call"),
    ("abonn", "call"),
    ("advert", "ad"),
    ("sponsor", "ad"),
    ("patrocin", "ad"),
    ("recommend", "related"),
    ("recomend", "related"),
    ("relacionad", "related"),
    ("relatedpost", "related"),
    ("navigat", "nav"),
    ("breadcrumb", "nav"),
    ("comment", "comments"),
    ("kommentar", "comments"),
    ("comentario", "comments"),
    ("sidebar", "side"),
    ("footer", "foot"),
    ("newsletter", "call"),
)
_LONGEST_STEM = tuple(stem for stem, _ in _STEMS)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_\s/:.]+")
# what a theme writes of an article's state (`has-sidebar`, `is-paywalled`), as whole class names
_STATE = re.compile(r"(is|has|no|not|with|without|js|wp|mod|theme|lang)-", re.IGNORECASE)
# and, beside one of these, of its taxonomy and type (WordPress `tag-harbour`, `category-news`)
_THEMED = re.compile(
    r"(hentry|post|single|article)$|(post|type|status|format|postid|page-id)-[\w-]+$", re.IGNORECASE
)
_TAXONOMY = re.compile(
    r"(tag|category|cat|taxonomy|tax|term|topic|format|status|type|post|author|template|single"
    r"|archive|paged)-(?!(content|body|text|entry)\b)",
    re.IGNORECASE,
)


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for kind, words in _WORDS.items():
        for word in words.split(","):
            table[word.strip()] = table.get(word.strip(), frozenset()) | {kind}
    return table


_TABLE = _table()
_NONE: frozenset[str] = frozenset()


def _telling(classes: str) -> list[str]:
    """The names of a class attribute without what a theme writes of the article's state and topics."""
    kept = [name for name in classes.split() if not _STATE.match(name)]
    if any(map(_THEMED.match, kept)):
        kept = [name for name in kept if not _TAXONOMY.match(name)]
    return kept


@lru_cache(maxsize=20_000)
def template_names(classes: str) -> str:
    """What a class attribute says of the place in a template: `.one.two` in alphabetical order, ""
    for nothing; names of the article's state, topics and number are left out.
    """
    kept = {name for name in _telling(classes) if not any(map(str.isdigit, name))}
    return "".join(f".{name}" for name in sorted(kept))


@lru_cache(maxsize=20_000)
def kinds_of(classes: str, rest: str) -> frozenset[str]:
    """Kinds of `KINDS` that a class attribute, and id, role and itemprop in `rest`, speak for."""
    kept = _telling(classes)
    words = _CAMEL.sub(" ", " ".join([*kept, rest])).lower().split()[:60]
    kinds: set[str] = set()
    for place, word in enumerate(words):
        kinds |= _TABLE.get(word, _NONE)
        kinds |= _TABLE.get(" ".join(words[place : place + 2]), _NONE)
        if word.startswith(_LONGEST_STEM):
            kinds |= {kind for stem, kind in _STEMS if word.startswith(stem)}
    return frozenset(kinds)
