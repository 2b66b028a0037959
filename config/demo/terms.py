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
