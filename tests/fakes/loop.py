"""The whole loop: the campaign that tells what a community gave, and what runs only where it is asked for."""

from __future__ import annotations

import os

import pytest

LONG = pytest.mark.skipif(
    not os.environ.get("INEDIT_LOOP"),
    reason="takes long (the embedded model writes): set INEDIT_LOOP=1 to see it",
)

OURS, OTHER = "torn-at-the-feet", "seventeen-years"
CAMPAIGN = """id: loop
name: La boucle
objective: {fr: "Faire savoir que Filandre répare."}
offer: {fr: "La réparation à vie, à l’atelier de Gérardmer."}
key_message: {fr: "Ce que nous avons tissé, nous savons le réparer."}
channels: [social]
segments: [families, hosts]
languages: [fr]
tones: [plain]
variants_per_cell: 4
insights: [torn-at-the-feet, seventeen-years, chair-tear]
insights_per_variant: 1
angles: [behind-the-scenes]
claims: [repair-for-life]
budget: {amount: 1, currency: EUR}
briefed: 2026-11-16
"""
