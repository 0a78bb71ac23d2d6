"""Op de werkvoorraad: hoeveel er buiten de meldingen om ligt, en waar."""

from django.urls import reverse

from intake.models import Loketlijst
from intake.queries import count_outreach, count_overleg
from skt.medewerkers.models import Medewerker


def other_doors(user: Medewerker) -> list[dict[str, str]]:
    """Rows for components/zijlijst.html."""
    mensen, signalen = count_outreach(user), count_overleg()
    lijsten = Loketlijst.objects.exists()
    return [
        {
            "titel": f"Outreach: {mensen} {'mens' if mensen == 1 else 'mensen'} te benaderen",
            "url": reverse("intake:outreach_list"),
        },
        {
            "titel": f"Signaleringsoverleg: {signalen} te bespreken",
            "url": reverse("intake:overleg_list"),
        },
        {
            "titel": "Bezorgdheid vastleggen",
            "url": reverse("intake:bezorgd_new"),
            "tekst": "Ook Meldpunt Bezorgd (Wvggz)",
        },
        *([{"titel": "Oude loketlijsten", "url": reverse("intake:loketlijst_list")}] if lijsten else []),
    ]
