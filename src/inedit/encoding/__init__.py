"""Texts to unit vectors: one seam, :class:`Encoder`, and the encoders behind it."""
