"""Word links inside a bead, zero-shot: no training, no corpus, the encoder's vectors only.

    words x words cosines -> where in the sentence -> what the neighbours say -> links both agree on

Jalili Sabet et al. 2020 (SimAlign) link two words that are each other's nearest. Two additions for
contextual vectors that know little order: a word half a sentence away must be that much nearer, and
a pair is believed more where the words before or behind are alike too. Then words that nobody
chose join a neighbouring link if they are near enough. How sure a link is is read off its share of
both words' chances to have a partner, as token attribution counts them.

Start reading from `link_words`.
"""

from __future__ import annotations

from aligner.corpus.wordlinks.linking import WordPair, WordVectors, chance_right, link_words, pooled

__all__ = ["WordPair", "WordVectors", "chance_right", "link_words", "pooled"]
