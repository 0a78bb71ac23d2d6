from django.urls import URLPattern, path, register_converter

from intake import views
from intake.nummer import NummerConverter

app_name = "intake"

register_converter(NummerConverter, "meldingnummer")

urlpatterns: list[URLPattern] = [
    path("werkvoorraad/", views.worklist, name="worklist"),
    path("werkvoorraad/volgende/", views.worklist_next, name="worklist_next"),
    path("gesprek/nieuw/", views.contact_new, name="contact_new"),
    path("gesprek/<uuid:sleutel>/", views.contact, name="contact"),
    path("gesprek/<uuid:sleutel>/bewaren/", views.concept_save, name="concept_save"),
    path("gesprek/<uuid:sleutel>/stand/", views.concept_state, name="concept_state"),
    path("gesprek/<uuid:sleutel>/weggooien/", views.concept_discard, name="concept_discard"),
    path("meldingen/<meldingnummer:nummer>/", views.melding_detail, name="melding_detail"),
    path("meldingen/<meldingnummer:nummer>/overnemen/", views.melding_take, name="melding_take"),
    path("meldingen/<meldingnummer:nummer>/overdragen/", views.melding_transfer, name="melding_transfer"),
    path("meldingen/<meldingnummer:nummer>/afhandelen/", views.melding_handle, name="melding_handle"),
    path("meldingen/<meldingnummer:nummer>/sluiten/", views.melding_close, name="melding_close"),
    path("meldingen/<meldingnummer:nummer>/aanvullen/", views.melding_append, name="melding_append"),
    path("meldingen/<meldingnummer:nummer>/uitvraag/", views.melding_uitvraag, name="melding_uitvraag"),
    path("meldingen/<meldingnummer:nummer>/wie/", views.melding_person, name="melding_person"),
    path("meldingen/<meldingnummer:nummer>/nog-een-vraag/", views.melding_more, name="melding_more"),
    path(
        "meldingen/<meldingnummer:nummer>/termijnen/<int:pk>/voldaan/",
        views.termijn_fulfil,
        name="termijn_fulfil",
    ),
    path("inwoners/<uuid:uuid>/", views.inwoner_detail, name="inwoner_detail"),
    path("inwoners/<uuid:uuid>/wijzigen/", views.inwoner_edit, name="inwoner_edit"),
    path("inwoners/<uuid:uuid>/adres/", views.inwoner_address, name="inwoner_address"),
    path("inwoners/<uuid:uuid>/bsn/", views.inwoner_bsn, name="inwoner_bsn"),
    path("inwoners/<uuid:uuid>/bsn/tonen/", views.inwoner_bsn_reveal, name="inwoner_bsn_reveal"),
    path("meldingen/<meldingnummer:nummer>/meting/", views.meting_new, name="meting_new"),
    path("inrichting/uitvraag/", views.methode_list, name="methode_list"),
    path("inrichting/uitvraag/nieuw/", views.methode_new, name="methode_new"),
    path("inrichting/uitvraag/verdeling/", views.methode_shares, name="methode_shares"),
    path("inrichting/uitvraag/verdeling/<int:pk>/stoppen/", views.toewijzing_end, name="toewijzing_end"),
    path("inrichting/uitvraag/vergelijken/", views.methode_compare, name="methode_compare"),
    path("inrichting/uitvraag/<int:pk>/", views.methode_detail, name="methode_detail"),
    path("inrichting/uitvraag/<int:pk>/wijzigen/", views.methode_edit, name="methode_edit"),
    path("inrichting/uitvraag/<int:pk>/nieuwe-versie/", views.methode_copy, name="methode_copy"),
    path("inrichting/uitvraag/<int:pk>/in-gebruik/", views.methode_activate, name="methode_activate"),
    path("inrichting/uitvraag/<int:pk>/buiten-gebruik/", views.methode_retire, name="methode_retire"),
    path("inrichting/uitvraag/<int:pk>/weggooien/", views.methode_discard, name="methode_discard"),
    path("inrichting/uitvraag/<int:pk>/standaard/", views.methode_standard, name="methode_standard"),
    path("meldingen/<meldingnummer:nummer>/afspraak/", views.afspraak_new, name="afspraak_new"),
    path("afspraken/<uuid:uuid>/", views.afspraak_detail, name="afspraak_detail"),
    path("afspraken/<uuid:uuid>/verzetten/", views.afspraak_move, name="afspraak_move"),
    path("afspraken/<uuid:uuid>/annuleren/", views.afspraak_cancel, name="afspraak_cancel"),
    path("afspraken/<uuid:uuid>/gehouden/", views.afspraak_held, name="afspraak_held"),
    path("afspraken/<uuid:uuid>/niet-verschenen/", views.afspraak_missed, name="afspraak_missed"),
    path("meldingen/<meldingnummer:nummer>/terugbellen/", views.terugbellen_new, name="terugbellen_new"),
    path(
        "meldingen/<meldingnummer:nummer>/terugbellen/gesproken/",
        views.terugbellen_done,
        name="terugbellen_done",
    ),
    path(
        "meldingen/<meldingnummer:nummer>/terugbellen/geen-gehoor/",
        views.terugbellen_missed,
        name="terugbellen_missed",
    ),
    path(
        "meldingen/<meldingnummer:nummer>/terugbellen/niet-meer-nodig/",
        views.terugbellen_cancel,
        name="terugbellen_cancel",
    ),
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/werktijden/", views.agenda_hours, name="agenda_hours"),
    path("agenda/koppelen/", views.agenda_link, name="agenda_link"),
    path("agenda/<str:sleutel>.ics", views.agenda_feed, name="agenda_feed"),
]
