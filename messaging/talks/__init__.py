"""Live talks: asked for by a person who is still there, offered to one counsellor after another, taken, and ended."""
