"""Every public key statement of the installation, as a file that can be checked where no server is (PROTOCOL §2.12)."""

from datetime import datetime
from typing import Any

from messaging.installation import installation_root_key
from messaging.keys.desk_epochs import EpochChain
from messaging.models import Certificate, Epoch, Grant
from messaging.protocol.days import day_on
from messaging.protocol.encoding import encode


def key_statements(*, at: datetime) -> dict[str, Any]:
    """Nothing in it is secret, and no key that opens anything: of grants only whose they are."""
    certificates = Certificate.objects.order_by("pk").values_list("certificate", "withdrawn")
    grants = Grant.objects.order_by("epoch_id", "certificate_id").values_list("epoch_id", "certificate__certificate_id")
    chain = EpochChain.of(Epoch.objects.select_related("confirmation").order_by("number"))
    return {
        "root": encode(installation_root_key()),
        "made_on": day_on(at).isoformat(),
        **chain.answer(),
        "certificates": [{"certificate": encode(raw), "withdrawn": withdrawn} for raw, withdrawn in certificates],
        "grants": [{"epoch": epoch, "certificate_id": encode(certificate)} for epoch, certificate in grants],
    }
