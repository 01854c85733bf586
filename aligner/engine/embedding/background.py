"""Sentences that no pair of texts is about: what a similarity is compared with where the texts
themselves are too short to say what is usual.

Likeness of two segments means something against that of segments that have nothing to do with each
other. A long text has hundreds of those; a text of three sentences has two. These sentences stand
in for them: everyday and technical, short and long, statements and questions, in English, which
every encoder knows.
"""

from __future__ import annotations

__all__ = ["BACKGROUND", "SHORT"]

SHORT = 24  # segments from which on a text speaks for itself

BACKGROUND: tuple[str, ...] = (
    "The bakery on the corner opens at six.",
    "Press the button twice to restart the machine.",
    "Why did nobody tell me about the meeting?",
    "Prices rose by four percent last year.",
    "She learned to swim before she could walk.",
    "The bridge was rebuilt after the flood of 1953.",
    "Add two spoons of flour and stir slowly.",
    "He has never answered any of my letters.",
    "The function returns an empty list when no value is given.",
    "Our team lost the final in the last minute.",
    "The court rejected the appeal on Tuesday.",
    "Whales breathe air like other mammals.",
    "Can you see the mountains from your window?",
    "The museum keeps the oldest map of the island.",
    "Most of the patients recovered within ten days.",
    "I would like a ticket to the coast, please.",
    "The president thanked the volunteers for their work.",
    "Rain is expected in the north towards evening.",
    "They painted the kitchen yellow.",
    "The treaty was signed by eleven countries.",
    "A thin layer of ice covered the pond.",
    "Nobody under eighteen may enter.",
    "The violin belonged to her grandmother.",
    "Enter your password and confirm it below.",
    "The soldiers crossed the river at night.",
    "What do you think about the new law?",
    "Tomatoes need a lot of sun and little wind.",
    "The company will close two of its factories.",
    "He laughed, because he knew the answer.",
    "Stars are born in clouds of gas and dust.",
    "The witness could not remember the colour of the car.",
    "Children under five travel for free.",
    "The old man sold newspapers at the station.",
    "Save the file before you close the window.",
    "In spring the whole valley smells of almonds.",
    "The researchers compared blood samples from both groups.",
    "Thank you very much for your help.",
    "The train to the capital leaves from platform three.",
    "Her second novel is set in a small fishing village.",
    "The battery lasts about nine hours.",
)
