from django.urls import path

from skt.autorisatie.views import medewerkers, verantwoording, wachtwoord

urlpatterns = [
    path("medewerkers/", medewerkers.plaatsing_list, name="plaatsing_list"),
    path("medewerkers/nieuw/", medewerkers.medewerker_new, name="medewerker_new"),
    path("medewerkers/mandaten/", medewerkers.mandaat_list, name="mandaat_list"),
    path("medewerkers/mandaten/nieuw/", medewerkers.mandaat_add, name="mandaat_add"),
    path("medewerkers/mandaten/<int:pk>/beeindigen/", medewerkers.mandaat_end, name="mandaat_end"),
    path("medewerkers/plaatsingen/<int:pk>/beeindigen/", medewerkers.plaatsing_end, name="plaatsing_end"),
    path("medewerkers/<int:pk>/", medewerkers.medewerker_detail, name="medewerker_detail"),
    path("medewerkers/<int:pk>/wachtwoord/", medewerkers.medewerker_password, name="medewerker_password"),
    path("medewerkers/<int:pk>/blokkeren/", medewerkers.medewerker_block, name="medewerker_block"),
    path("medewerkers/<int:pk>/deblokkeren/", medewerkers.medewerker_unblock, name="medewerker_unblock"),
    path("medewerkers/<int:pk>/plaatsen/", medewerkers.plaatsing_new, name="plaatsing_new"),
    path("medewerkers/<int:pk>/mandaat/", medewerkers.mandaat_new, name="mandaat_new"),
    path("verantwoording/", verantwoording.regel_list, name="regel_list"),
    path("verantwoording/export/", verantwoording.regel_export, name="regel_export"),
    path("verantwoording/noodtoegang/", verantwoording.noodtoegang_list, name="noodtoegang_list"),
    path("verantwoording/opvallend/", verantwoording.regel_review, name="regel_review"),
    path("profiel/wachtwoord/", wachtwoord.password_change, name="password_change"),
]
