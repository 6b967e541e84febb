"""What 27 emotions sound like, as directions among the encoder's vectors: makes insight_loop/coding/emotions.npz.

    PYTHONPATH=src python bench/field/emotions.py FOLDER   # FOLDER holds GoEmotions' train.tsv (coding.py says whence)

Ridge regression of GoEmotions' training labels (Demszky et al., ACL 2020, CC BY 4.0: 43,189 Reddit comments in English), 27
emotions and none of them, on the vectors of the encoder that comes with Inédit. The ridge was chosen on XED's training
parts. Only the directions are kept, no word of any comment.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from coding import encoder, part, read

RIDGE = 1_000.0
INTO = Path(__file__).parents[2] / "src/inedit/insight_loop/coding/emotions.npz"

_, labels, vectors = part(Path(sys.argv[1]), read(Path(sys.argv[1]) / "train.tsv", 0), 27)
has = np.column_stack([labels, ~labels.any(axis=1)])
share, mean = has.mean(axis=0), vectors.mean(axis=0, dtype=np.float64)
targets = (has - share) / np.sqrt(share * (1 - share))
centred = vectors - mean
directions = np.linalg.solve(centred.T @ centred + RIDGE * np.eye(centred.shape[1]), centred.T @ targets)
np.savez_compressed(
    INTO,
    encoder=np.array(encoder.digest),
    mean=mean.astype(np.float16),
    directions=directions.astype(np.float16),
)
