"""The hub: passes pulses between the two sides of a talk, and tells pages to look. Of what it knows itself nothing is a row or a key.

`rings` alone is the web processes' and workers' side of it, with Django; the rest is PURE.
"""
