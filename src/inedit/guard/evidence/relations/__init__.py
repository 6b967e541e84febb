"""What a sentence says of two things at once, and texts that turn it round: comparisons, orders, choices.

A fact's side is a :class:`~.contrast.Contrast` (poles by one measure) or an :class:`~.order.Order` (what comes first);
a text's comparison or figure is held against it, and what says otherwise is a :class:`~.turned.Turned`.

``contrast``              the noun; ``fact_contrasts`` all of a fact, read by ``contrasts_in_figures`` and
                          ``contrasts_in_words``
``said_comparisons``      the comparisons that a sentence makes; ``comparison`` holds each against a contrast
``stated_pairs``          which words each of two figures of a fact is said of; ``mentions``: the words that may say so
``exchanged``             figures of a text that stand with the words of the fact's other figure
``alternatives``          instead of, other than, and what is left of a whole
``order``                 what comes before what, in a fact and in a text
``exclusives``            what is said of one thing only
``scenes``                whether a comparison is of what the brand sells, or of a scene
``shared_words``          the words that two passages have in common
``substituted``           another thing in the place of a fact's own
``turned``                where a text turns a fact round, in any of these ways
"""
