"""The demonstration's confidentiality terms in the site's other languages: drafts, as their catalogues are. The English text counts."""

WELSH = (
    "Mae’r hyn rydych yn ei ysgrifennu yma yn breifat. Mae’n cael ei gloi yn eich porwr cyn cael ei anfon. Dim ond cwnselwyr y "
    "llinell gymorth hon sy’n gallu ei ddatgloi. Ni all y bobl sy’n rhedeg y wefan ei ddarllen.",
    "Nid ydym yn gofyn am eich enw, ac nid ydym yn cadw cyfeiriad eich ffôn na’ch cyfrifiadur. Chi sy’n dewis beth i’w ddweud wrthym.",
    "Mae un terfyn. Os ydych yn dweud wrthym pwy ydych chi, neu pwy yw plentyn, a’n bod yn dysgu bod plentyn neu rywun arall mewn "
    "perygl difrifol, efallai y bydd rhaid i ni ddweud wrth yr heddlu neu’r gwasanaethau cymdeithasol. Mae angen y ddau beth ar gyfer "
    "hynny: rhywbeth sy’n dweud am bwy mae’r neges, a risg o niwed difrifol.",
    "Os ydych yn dweud wrthym am rywbeth sydd wedi digwydd, ond dim byd sy’n dweud pwy ydych chi na phwy gafodd ei niweidio, ni allwn "
    "ei drosglwyddo, ac ni fyddwn yn ceisio dod i wybod.",
    "Mae cwnselwyr yn siarad â’i gilydd am eu gwaith er mwyn i chi gael help da. Pan fydd eich cwnselydd i ffwrdd, gall un arall ateb. "
    "Byddwch yn cael gwybod.",
    "Gallwch ddileu popeth unrhyw bryd. Ni all neb ddod ag ef yn ôl ar ôl hynny.",
)

POLISH = (
    "To, co tu napiszesz, jest poufne. Wiadomość jest zamykana na klucz w Twojej przeglądarce, zanim zostanie wysłana. Otworzyć ją "
    "mogą tylko osoby z zespołu tej linii pomocy. Ludzie, którzy prowadzą tę stronę internetową, nie mogą jej przeczytać.",
    "Nie pytamy o imię ani nazwisko i nie zachowujemy adresu Twojego telefonu ani komputera. To Ty decydujesz, co nam powiesz.",
    "Jest jedna granica. Jeśli powiesz nam, kim jesteś albo kim jest jakieś dziecko, a my dowiemy się, że dziecku lub komuś innemu "
    "grozi poważne niebezpieczeństwo, może być konieczne, żebyśmy zawiadomili policję lub opiekę społeczną. Potrzebne są do tego obie "
    "rzeczy: coś, co mówi, o kogo chodzi, i ryzyko poważnej krzywdy.",
    "Jeśli powiesz nam o czymś, co się stało, ale nic, co mówi, kim jesteś albo kto został skrzywdzony, nie możemy tego przekazać "
    "i nie będziemy próbowali tego ustalić.",
    "Osoby z naszego zespołu rozmawiają ze sobą o swojej pracy, żeby dobrze Ci pomagać. Gdy nie ma osoby, która Ci odpowiada, może "
    "odpowiedzieć ktoś inny. Powiemy Ci o tym.",
    "Możesz usunąć wszystko w każdej chwili. Potem nikt nie będzie mógł tego przywrócić.",
)

TRANSLATED = {"cy": WELSH, "pl": POLISH}

# The same in short: where someone begins to write, these lines stand before the text.
IN_SHORT = {
    "en-gb": (
        "Only our counsellors can read what you write. It is locked before it leaves your phone or computer.",
        "We do not ask who you are, and we do not keep the address of your phone or computer.",
        "There is one limit. If we know who it is about, and a child or someone else is in serious danger, we may have to tell the police "
        "or social services.",
        "You can delete everything at any time.",
    ),
    "cy": (
        "Dim ond ein cwnselwyr sy’n gallu darllen yr hyn rydych yn ei ysgrifennu. Mae’n cael ei gloi cyn gadael "
        "eich ffôn neu’ch cyfrifiadur.",
        "Nid ydym yn gofyn pwy ydych chi, ac nid ydym yn cadw cyfeiriad eich ffôn na’ch cyfrifiadur.",
        "Mae un terfyn. Os ydym yn gwybod am bwy mae’r neges, a bod plentyn neu rywun arall mewn perygl difrifol, efallai y bydd rhaid "
        "i ni ddweud wrth yr heddlu neu’r gwasanaethau cymdeithasol.",
        "Gallwch ddileu popeth unrhyw bryd.",
    ),
    "pl": (
        "Tylko osoby z naszego zespołu mogą przeczytać to, co napiszesz. Wiadomość jest zamykana na klucz, zanim opuści Twój telefon "
        "lub komputer.",
        "Nie pytamy, kim jesteś, i nie zachowujemy adresu Twojego telefonu ani komputera.",
        "Jest jedna granica. Jeśli wiemy, o kogo chodzi, a dziecku lub komuś innemu grozi poważne niebezpieczeństwo, może być konieczne, "
        "żebyśmy zawiadomili policję lub opiekę społeczną.",
        "Możesz usunąć wszystko w każdej chwili.",
    ),
}
