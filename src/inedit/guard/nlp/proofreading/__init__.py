"""Reading a text as a proof-reader does: spelling, agreement and what the sound of the next word asks for."""
