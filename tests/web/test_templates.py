"""The look: tags, drawings, the crispy template pack, components, error pages. Nothing needs a database."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString

from skt.web import datums
from skt.web.crispy import Actiebalk, Chips, Duo, Eigenschappen, Fieldset, Invoer, Knop, Segment, Tekst
from skt.web.leefgebieden import LEEFGEBIEDEN
from skt.web.matrix import read_matrix
from skt.web.templatetags.skt import initialen
from skt.web.templatetags.stijlgids import Matrixformulier
from tests.web.sjabloon import Page, draw

ROOT = Path(settings.BASE_DIR)
NU = datetime(2026, 11, 3, 9, 19, tzinfo=ZoneInfo("Europe/Amsterdam"))
pytestmark = pytest.mark.urls("skt.web.urls")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


class TestWhen:
    @pytest.mark.parametrize(
        ("moment", "expected"),
        [
            (NU, "vandaag 09:19"),
            (NU - timedelta(days=1), "gisteren 09:19"),
            (date(2026, 11, 4), "morgen"),
            (date(2026, 11, 26), "do 26 nov"),
            (date(2025, 3, 2), "2 mrt 2025"),
            (datetime(2026, 11, 2, 23, 30, tzinfo=ZoneInfo("UTC")), "vandaag 00:30"),
        ],
    )
    def test_says_it_as_people_do(self, moment: date, expected: str) -> None:
        assert datums.when(moment, NU) == expected


class TestTimeLeft:
    @pytest.mark.parametrize(
        ("moment", "long", "short", "state"),
        [
            (NU + timedelta(minutes=11), "nog 11 min", "vandaag", "bijna"),
            (NU + timedelta(hours=4), "over 4 uur", "vandaag", "bijna"),
            (NU - timedelta(hours=17), "17 uur te laat", "1 d te laat", "telaat"),
            (date(2026, 11, 4), "morgen", "nog 1 d", "bijna"),
            (date(2026, 11, 6), "over 3 dagen", "nog 3 d", "bijna"),
            (date(2026, 11, 10), "over 7 dagen", "nog 7 d", ""),
            (date(2026, 11, 2), "1 dag te laat", "1 d te laat", "telaat"),
        ],
    )
    def test_has_a_long_and_a_short_form(self, moment: date, long: str, short: str, state: str) -> None:
        assert (datums.left(moment, NU), datums.left(moment, NU, kort=True)) == (long, short)
        assert datums.state(moment, NU) == state


class TestAge:
    @pytest.mark.parametrize(
        ("geboren", "expected"),
        [
            (date(1942, 3, 8), "84 jaar"),
            (date(1942, 12, 8), "83 jaar"),
            (date(2026, 4, 1), "7 maanden"),
            (1942, "ongeveer 84 jaar"),
            (None, "leeftijd onbekend"),
        ],
    )
    def test_is_told_in_years_months_or_about(self, geboren: date | int | None, expected: str) -> None:
        assert datums.age(geboren, NU) == expected


class TestTags:
    def test_an_icon_without_label_is_decoration(self) -> None:
        assert 'aria-hidden="true"' in draw('{% icon "bel" %}')
        assert 'role="img" aria-label="Let op"' in draw('{% icon "alarm" label="Let op" %}')

    @pytest.mark.parametrize(
        ("naam", "expected"), [("M. de Vries", "MV"), ("Noor Verhoef", "NV"), ("Fatma", "F"), ("", "")]
    )
    def test_initials_skip_the_voorvoegsel(self, naam: str, expected: str) -> None:
        assert initialen(naam) == expected

    def test_nobody_yet_has_a_question_mark(self) -> None:
        assert "Nog niemand" in draw('{% persoon "" "loket" %}')
        assert "skt-avatar--leeg" in draw('{% persoon "" "loket" %}')

    def test_full_red_is_crisis_and_nothing_else(self) -> None:
        assert "skt-badge--vol" in draw('{% urgentie "crisis" %}')
        assert all(
            "skt-badge--vol" not in draw("{% urgentie u %}", u=u) for u in ("spoed", "regulier", "laag")
        )

    def test_a_term_is_a_badge_with_words(self) -> None:
        late = draw("{% termijn dag nu=nu %}", dag=date(2026, 10, 31), nu=NU)
        assert "skt-badge--rood" in late
        assert "3 dagen te laat" in late
        assert "op tijd klaar" in draw("{% termijn dag nu=nu klaar=True %}", dag=date(2026, 10, 31), nu=NU)

    def test_marked_words_are_escaped(self) -> None:
        html = draw("{{ tekst|markeer:woorden }}", tekst="<b>Regel alles</b> zelf", woorden=["regel alles"])
        assert html == "&lt;b&gt;<mark>Regel alles</mark>&lt;/b&gt; zelf"

    def test_names_and_texts_are_escaped(self) -> None:
        html = draw(
            "{% badge t %}{% persoon t t %}{% avatar t %}{% doelschaal 1 2 3 label=t %}", t="<script>"
        )
        assert "<script>" not in html


class Formulier(forms.Form):
    naam = forms.CharField(label="Naam", help_text="Zoals in het paspoort.")
    plaats = forms.CharField(label="Plaats", required=False)
    huisnummer = forms.CharField(label="Huisnummer", required=False)
    geboren = forms.DateField(label="Geboren", required=False, initial=date(1942, 3, 8))
    weet = forms.ChoiceField(
        label="Weet ervan", choices=[("j", "Ja"), ("n", "Nee")], widget=forms.RadioSelect
    )
    themas = forms.MultipleChoiceField(
        label="Thema’s", choices=[("m", "Mantelzorg"), ("w", "Wonen")], widget=forms.CheckboxSelectMultiple
    )
    kanaal = forms.ChoiceField(label="Kanaal", choices=[("t", "Telefonisch")])
    vraag = forms.CharField(label="Vraag", widget=forms.Textarea, required=False)
    akkoord = forms.BooleanField(label="Akkoord")
    bijlage = forms.FileField(label="Bijlage", required=False)
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)


def render(form: forms.Form, *layout: object, **helper: object) -> tuple[SafeString, Page]:
    form.helper = FormHelper()
    form.helper.layout = Layout(*layout) if layout else None
    for name, value in helper.items():
        setattr(form.helper, name, value)
    html = render_crispy_form(form)
    return html, Page(html)


class TestTemplatePack:
    def test_every_widget_has_its_class(self) -> None:
        _, page = render(Formulier())
        assert "utrecht-textbox--html-input" in page.named("naam")[0]["class"]
        assert "utrecht-select--html-select" in page.named("kanaal")[0]["class"]
        assert "utrecht-textarea--html-textarea" in page.named("vraag")[0]["class"]
        assert "utrecht-checkbox" in page.named("akkoord")[0]["class"]
        assert page.named("bijlage")[0]["type"] == "file"
        assert page.named("versie")[0]["type"] == "hidden"

    def test_every_label_and_description_points_at_something(self) -> None:
        for form in (Formulier(), Formulier(data={})):
            _, page = render(form)
            assert page.dangling() == []
            assert len(page.ids) == len(set(page.ids))

    def test_an_optional_field_says_so_and_a_required_one_does_not(self) -> None:
        html, _ = render(Formulier(), "naam", "plaats")
        assert html.count("(niet verplicht)") == 1
        html, _ = render(Formulier(), "naam", "plaats", toon_optioneel=False)
        assert "verplicht" not in html

    def test_an_error_is_tied_to_its_field(self) -> None:
        html, page = render(Formulier(data={}), "naam")
        field = page.named("naam")[0]
        assert field["aria-invalid"] == "true"
        assert field["aria-describedby"] == "id_naam_helptext id_naam_error"
        assert "Dit veld is verplicht." in html

    def test_the_error_summary_links_to_each_field(self) -> None:
        html, page = render(Formulier(data={}))
        links = [attrs["href"] for attrs in page.all("a")]
        assert links == ["#id_naam", "#id_weet_0", "#id_themas_0", "#id_kanaal", "#id_akkoord"]
        assert all(link[1:] in page.ids for link in links)
        assert html.index("skt-foutenlijst") < html.index('name="naam"')

    def test_an_error_of_the_whole_form_is_on_top(self) -> None:
        form = Formulier(data={})
        form.add_error(None, "Deze casus is al gesloten.")
        assert "Deze casus is al gesloten." in render(form)[0]

    def test_the_form_is_ours_and_keeps_what_the_helper_asks(self) -> None:
        _, page = render(Formulier(), form_class="breed", form_id="f", attrs={"hx-post": "/x/"})
        form = page.all("form")[0]
        assert form["class"] == "skt-formulier breed"
        assert (form["id"], form["hx-post"], form["method"]) == ("f", "/x/", "post")
        assert "novalidate" in form
        assert form["enctype"] == "multipart/form-data"

    def test_a_date_is_picked_natively(self) -> None:
        _, page = render(Formulier(), "geboren")
        assert (page.named("geboren")[0]["type"], page.named("geboren")[0]["value"]) == ("date", "1942-03-08")

    def test_a_refused_date_stays_a_date_and_what_could_not_be_read_stays_to_correct(self) -> None:
        for sent, kind in (("31-02-2020", "text"), ("2030-03-08", "date")):
            (form := Formulier(data={"geboren": sent})).add_error("geboren", "Dit kan niet.")
            field = render(form, "geboren")[1].named("geboren")[0]
            assert (field["type"], field["value"]) == (kind, sent)

    def test_a_sent_date_is_read_in_both_forms(self) -> None:
        for sent in ("1942-03-08", "08-03-1942"):
            (form := Formulier(data={"geboren": sent})).is_valid()
            assert form.cleaned_data["geboren"] == date(1942, 3, 8)

    def test_segment_and_chips_are_real_inputs(self) -> None:
        html, page = render(Formulier(data={"weet": "n", "themas": ["m"]}), Segment("weet"), Chips("themas"))
        assert "skt-segment" in html
        assert "skt-chip" in html
        assert [a["value"] for a in page.named("weet") if "checked" in a] == ["n"]
        assert [a["value"] for a in page.named("themas") if "checked" in a] == ["m"]
        assert len(page.all("legend")) == 2

    def test_eigenschappen_stay_compact_only_inside(self) -> None:
        html, page = render(Formulier(), Eigenschappen("naam", Duo("plaats", "huisnummer")), "vraag")
        assert html.count("skt-eigenschappen") == 1
        assert "skt-veld--compact" not in html[html.index('name="vraag"') - 600 :]
        assert [len(page.named(name)) for name in ("plaats", "huisnummer", "vraag")] == [1, 1, 1]
        assert page.named("huisnummer")[0]["aria-label"] == "Huisnummer"

    def test_a_field_can_have_its_own_heading_and_hint(self) -> None:
        html, page = render(
            Formulier(), Invoer("vraag", kop="In eigen woorden", hint="Schrijf wat u hoort.", rows=3)
        )
        assert "In eigen woorden" in html
        assert page.named("vraag")[0]["aria-describedby"] == "id_vraag_helptext"
        assert page.named("vraag")[0]["rows"] == "3"
        assert page.dangling() == []

    def test_a_fieldset_has_its_legend_and_buttons_their_kind(self) -> None:
        html, page = render(
            Formulier(),
            Fieldset("De vraag", "vraag", Tekst("Kort <mag>.")),
            Actiebalk(
                Knop("Opslaan"), Knop("Concept", naam="concept", soort="tweede"), annuleer_url="/terug/"
            ),
        )
        assert "<legend>De vraag</legend>" in html
        assert "Kort &lt;mag&gt;." in html
        assert [a.get("name") for a in page.all("button")] == [None, "concept"]
        assert page.all("a")[-1]["href"] == "/terug/"

    def test_filters_of_crispy_work_too(self) -> None:
        assert "utrecht-textbox" in draw("{{ form|crispy }}", form=Formulier())
        assert "utrecht-textbox" in draw("{{ form.naam|as_crispy_field }}", form=Formulier())
        assert "skt-foutenlijst" in draw("{{ form|as_crispy_errors }}", form=Formulier(data={}))

    def test_a_formset_is_drawn_with_its_management_form(self) -> None:
        formset = forms.formset_factory(Formulier, extra=2)()
        page = Page(draw("{% crispy formset helper %}", formset=formset, helper=FormHelper()))
        assert len(page.named("form-TOTAL_FORMS")) == 1
        assert len(page.named("form-1-naam")) == 1
        assert page.dangling() == []


class TestMatrix:
    def html(self, form: forms.Form, **context: object) -> tuple[str, Page]:
        html = render_to_string("components/matrix.html", {"form": form, **context})
        return html, Page(html)

    def test_is_eight_groups_of_real_radio_buttons(self) -> None:
        _, page = self.html(Matrixformulier(initial={"score_praktisch": "2"}))
        for gebied in LEEFGEBIEDEN:
            radios = page.named(f"score_{gebied.sleutel}")
            assert [a["value"] for a in radios] == ["1", "2", "3", "4", "5", ""]
            assert len([a for a in radios if "checked" in a]) == 1
        assert page.dangling() == []
        assert len(page.ids) == len(set(page.ids))

    def test_opens_the_lowest_score_unless_asked_otherwise(self) -> None:
        form = Matrixformulier(initial={"score_praktisch": "2", "score_sociaal": "3"})
        assert read_matrix(form)["open"] == "praktisch"
        assert read_matrix(form, "sociaal")["open"] == "sociaal"
        assert read_matrix(Matrixformulier())["open"] == "huisvesting"
        sent = Matrixformulier(data={"open_leefgebied": "zingeving"})
        assert read_matrix(sent)["open"] == "zingeving"

    def test_opens_the_row_with_an_error(self) -> None:
        form = Matrixformulier(data={"score_dagbesteding": "9"})
        html, _ = self.html(form)
        assert read_matrix(form)["open"] == "dagbesteding"
        assert "skt-matrix__rij--fout" in html

    def test_counts_what_was_discussed(self) -> None:
        html, _ = self.html(Matrixformulier(initial={"score_praktisch": 2, "score_sociaal": "3"}))
        assert "2 van 8" in html
        assert "praktisch functioneren" in html

    def test_works_with_a_prefix_and_without_the_further_fields(self) -> None:
        form = Matrixformulier(prefix="u")
        for gebied in LEEFGEBIEDEN:
            del form.fields[f"wens_{gebied.sleutel}"], form.fields[f"lopende_hulp_{gebied.sleutel}"]
        html, page = self.html(form)
        assert len(page.named("u-score_sociaal")) == 6
        assert "skt-matrix__meer" not in html


class TestComponents:
    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_have_no_inline_style_or_script(self, path: Path) -> None:
        source = path.read_text()
        assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", source)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_name_icons_that_exist(self, path: Path) -> None:
        sprite = (ROOT / "static/img/sprite.svg").read_text()
        for name in re.findall(r"{% icon \"([\w-]+)\"", path.read_text()):
            assert f'id="{name}"' in sprite, name

    def test_named_in_the_documentation_exist(self) -> None:
        text = (ROOT / "docs/vormgeving.md").read_text()
        table = text[text.index("## Components") : text.index("## Forms")]
        names = re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)
        assert len(names) > 30
        for name in names:
            get_template(f"components/{name}.html")

    def test_a_card_can_be_moved_without_dragging(self) -> None:
        kaart = {"url": "/k/", "naam": "A. Verhage", "nummer": "0428", "verplaats_url": "/k/verplaats/"}
        kolommen = [{"waarde": "beleggen", "label": "Te beleggen"}]
        html = render_to_string(
            "components/kaart.html", {"kaart": kaart, "kolommen": kolommen, "csrf_token": "x"}
        )
        page = Page(html)
        assert page.all("form")[0]["action"] == "/k/verplaats/"
        assert page.named("csrfmiddlewaretoken")[0]["value"] == "x"
        assert page.dangling() == []

    def test_an_empty_group_says_that_all_is_done(self) -> None:
        groep = {"id": "g", "titel": "Nieuw", "aantal": "0", "rijen": [], "leeg_kop": "Alles is opgepakt."}
        assert "Alles is opgepakt." in render_to_string("components/werklijst.html", {"groepen": [groep]})

    def test_a_proposal_ends_with_u_beslist(self) -> None:
        html = render_to_string(
            "components/voorstel.html", {"kop": "naar triage", "tekst": "Het is niet veilig."}
        )
        assert "U beslist." in html


class TestPages:
    @pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
    def test_of_errors_need_nothing(self, name: str) -> None:
        html = render_to_string(f"{name}.html")
        page = Page(html)
        assert len(page.all("h1")) == 1
        assert any(a.get("href") == "/" and "utrecht-button" in (a.get("class") or "") for a in page.all("a"))

    @pytest.mark.parametrize("name", ["registration/session_expired"])
    def test_of_the_session_lead_back(self, name: str) -> None:
        assert "Opnieuw inloggen" in render_to_string(f"{name}.html", {"next": "/werkvoorraad/?q=1"})

    def test_the_next_page_survives_logging_in_again(self) -> None:
        html = render_to_string("registration/session_expired.html", {"next": "/zoeken/?q=a&b"})
        assert "?next=/zoeken/%3Fq%3Da%26b" in html

    def test_the_styleguide_shows_everything(self) -> None:
        page = Page(render_to_string("web/stijlgids.html"))
        assert len(page.all("main")) == 1
        assert len(page.all("table")) > 5

    def test_base_marks_the_page_you_are_on(self) -> None:
        ingangen = [
            {"url": "/a/", "label": "Een", "actief": True},
            {"url": "/b/", "label": "Twee", "actief": False},
        ]
        page = Page(render_to_string("base.html", {"navigatie": ingangen}))
        current = [a["href"] for a in page.all("a") if a.get("aria-current") == "page"]
        assert current == ["/a/"]
        assert page.all("a")[0] == {"class": "skt-sla-over", "href": "#inhoud"}


class TestStylesheets:
    def test_use_only_tokens_that_are_declared(self) -> None:
        own = "".join(path.read_text() for path in (ROOT / "static/css").glob("*.css"))
        everything = own + "".join(path.read_text() for path in (ROOT / "static/vendor").glob("*.css"))
        declared = set(re.findall(r"(--[\w-]+)\s*:", everything))
        used = set(re.findall(r"var\((--[\w-]+)\)", own))
        assert used - declared == set()

    def test_are_all_reached(self) -> None:
        entry = (ROOT / "static/css/skt.css").read_text()
        reached = set(re.findall(r'url\("([\w-]+\.css)"\)', entry))
        for path in TEMPLATES:
            reached |= set(re.findall(r"static 'css/([\w-]+\.css)'", path.read_text()))
        assert {path.name for path in (ROOT / "static/css").glob("*.css")} <= reached

    def test_fetch_nothing_from_elsewhere(self) -> None:
        for path in (ROOT / "static").rglob("*.css"):
            assert not re.search(r"url\([\"']?(https?:)?//", path.read_text()), path.name
