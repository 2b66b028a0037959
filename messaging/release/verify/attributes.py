"""Every attribute that an honest page has, and the form of those that a script reads: any other may be meant to fool one. PURE.

No key, no clock and no sentence is among them. What remains is a page's own affair (which hours it shows, where its parts are), and a lie
in it is the same lie that its words could tell.
"""

import re

_NAMES = """
action alt aria-busy aria-controls aria-current aria-describedby aria-expanded aria-hidden aria-invalid aria-label aria-labelledby
aria-live autocapitalize autocomplete autocorrect charset checked class cols colspan content controls controlslist crossorigin datetime
dir disabled enctype enterkeyhint for headers height hidden href hreflang http-equiv id inputmode integrity lang max maxlength method
min minlength multiple name novalidate open pattern placeholder preload property readonly rel required role rows scope selected size
sizes span spellcheck src start step tabindex target title translate type value width writingsuggestions
"""
PLAIN = frozenset(_NAMES.split())
NUMBER, FLAG, ANY = r"-?[0-9]{1,10}", "", r"(?s).*"
# What a script reads, or a style: each with its form.
DATA = {
    "data-app": FLAG,
    "data-channel": "phone|messages|live",
    "data-choices": FLAG,
    "data-column": r"[a-z_]+",
    "data-exit-keys": FLAG,
    "data-exit-lights": FLAG,
    "data-exit-pressed": "[123]",
    "data-exit-said": FLAG,
    "data-focus-field": FLAG,
    "data-focus-first": FLAG,
    "data-hours": r"/([a-z]{2}/)?hours",
    "data-hours-seconds": NUMBER,
    "data-kept-back": FLAG,
    "data-live": FLAG,
    "data-origin": r"https?://[a-z0-9.:\[\]-]+",
    "data-page": r"[a-z-]+",
    "data-part": r"[a-z-]+",
    "data-passkey": "login|get|create",
    "data-passkey-error": FLAG,
    "data-passkey-none": FLAG,
    "data-phone": r"(\+?[0-9(][0-9 ()-]{2,19})?",
    "data-purpose": FLAG,
    "data-said": "headline|detail|brief",
    "data-script-waits": FLAG,
    "data-state": "open|closing_soon|unstaffed|closed",
    "data-table": r"[a-z_]+",
    "data-terms": r"[0-9]{1,9}",
    "data-unsure": ANY,
    "data-unsure-detail": ANY,
    "data-unsure-headline": ANY,
    "data-while": "answered|unanswered|taken|untaken",
    "data-zone": r"[A-Za-z0-9_+/-]{1,64}",
    # Asks the browser's helpers (passwords, spelling, translation) to keep out of a field.
    "data-1p-ignore": ANY,
    "data-bwignore": ANY,
    "data-enable-grammarly": ANY,
    "data-form-type": ANY,
    "data-gramm": ANY,
    "data-gramm_editor": ANY,
    "data-lpignore": ANY,
    "data-protonpass-ignore": ANY,
}


def attribute_fault(tag: str, name: str, value: str) -> str:
    """The end of a sentence that begins with the page's name; nothing where an honest page may have it."""
    if name in PLAIN:
        return ""
    if name not in DATA:
        return f"has the attribute {name} in a <{tag}>, which no honest page has"
    if re.fullmatch(DATA[name], value) is None:
        return f"has the attribute {name} in a <{tag}> with {value[:60]!r}, which is not of its form"
    return ""
