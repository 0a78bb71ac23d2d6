"""Triage, het bord en het aanmeldoverleg; paden Nederlands, namen Engels."""

from django.urls import path

from triage.views import (
    aanmelding,
    besluitenlijst,
    bord,
    kent_gezin,
    overleg,
    reeks,
    terugkoppeling,
    triage,
    vergadering,
    werkvoorraad,
)

app_name = "triage"
urlpatterns = [
    path("triage/", werkvoorraad.worklist, name="worklist"),
    path("triage/volgende/", werkvoorraad.claim_first, name="claim_first"),
    path("triage/filters/", werkvoorraad.filter_save, name="filter_save"),
    path("triage/filters/<int:pk>/", werkvoorraad.filter_edit, name="filter_edit"),
    path("triage/<slug:nummer>/oppakken/", werkvoorraad.claim, name="claim"),
    path("triage/<slug:nummer>/teruggeven/", werkvoorraad.release, name="release"),
    path("triage/<slug:nummer>/", triage.triage_form, name="triage_form"),
    path("aanmeldoverleg/", bord.board, name="board"),
    path("aanmeldoverleg/agenda/", overleg.overleg_list, name="overleg_list"),
    path("aanmeldoverleg/<int:pk>/", vergadering.overleg_detail, name="overleg_detail"),
    path("aanmeldoverleg/reeksen/", reeks.reeks_list, name="reeks_list"),
    path("aanmeldoverleg/reeksen/nieuw/", reeks.reeks_new, name="reeks_new"),
    path("aanmeldoverleg/reeksen/<int:pk>/", reeks.reeks_change, name="reeks_change"),
    path("aanmeldoverleg/reeksen/<int:pk>/stoppen/", reeks.reeks_stop, name="reeks_stop"),
    path("terugkoppeling/", terugkoppeling.terugkoppeling_list, name="terugkoppeling_list"),
    path("terugkoppeling/regels/", terugkoppeling.terugkoppeling_rules, name="terugkoppeling_rules"),
    path("terugkoppeling/<int:pk>/", terugkoppeling.terugkoppeling_detail, name="terugkoppeling_detail"),
    path("aanmeldoverleg/<int:pk>/wijzigen/", reeks.overleg_change, name="overleg_change"),
    path("aanmeldoverleg/<int:pk>/annuleren/", overleg.overleg_cancel, name="overleg_cancel"),
    path("aanmeldoverleg/<int:pk>/sluiten/", overleg.overleg_finish, name="overleg_finish"),
    path("aanmeldoverleg/<int:pk>/tafel/", vergadering.overleg_table, name="overleg_table"),
    path("aanmeldoverleg/kennen/<int:pk>/opheffen/", kent_gezin.kent_gezin_lift, name="kent_gezin_lift"),
    path("aanmeldingen/<slug:nummer>/ik-ken-dit-gezin/", kent_gezin.kent_gezin_mark, name="kent_gezin_mark"),
    path("aanmeldoverleg/<int:pk>/besluiten/", besluitenlijst.besluiten, name="besluiten"),
    path("aanmeldoverleg/<int:pk>/besluiten.pdf", besluitenlijst.besluiten_pdf, name="besluiten_pdf"),
    path("aanmeldingen/<slug:nummer>/", aanmelding.aanmelding_detail, name="aanmelding_detail"),
    path("aanmeldingen/<slug:nummer>/verplaatsen/", bord.card_move, name="card_move"),
    path("aanmeldingen/<slug:nummer>/afronden/", aanmelding.aanmelding_finish, name="aanmelding_finish"),
]
