"""What an admin may do with each kind of row in Django's admin."""

# Django's admin: what an admin may do with each kind of row. Nobody else gets through there at all. Where
# nothing can be sent, Django answers a POST as it does a GET.
ADMINS_ROWS = {
    "helpline/aboutus": "view change",
    "helpline/advert": "view add change delete",
    "helpline/campaign": "view add change delete",
    "helpline/crisisway": "view add change delete",
    "helpline/openinginterval": "view add change delete",
    "helpline/specialday": "view add change delete",
    "helpline/closure": "view add change delete",
    "helpline/holidaychange": "view add change delete",
    "helpline/organisation": "view change",
    "helpline/page": "view add change delete",
    "helpline/account": "view change",
    "helpline/counsellor": "view",
    "helpline/shift": "view",
    "helpline/absence": "view",
    "helpline/confidentialityterms": "view add",
    "helpline/translatedterms": "view add",
    "messaging/deskmember": "view change",
    "messaging/certificate": "view",
    "messaging/epoch": "view",
}
