"""The hub: passes pulses between the two sides of a talk, and tells pages to look. PURE: it knows no row, no key of anyone, no content."""
