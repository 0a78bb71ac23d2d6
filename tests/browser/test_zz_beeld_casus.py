from datetime import timedelta
from typing import Any
import pytest
from django.utils import timezone
from tests.scenarios.handelend import als_systeem
from tests.browser.toegankelijk import check
from tests.factories.casusregie import *
from tests.factories.intake import *
from tests.factories.medewerkers import organisatie
from tests.factories.triage import *
from casusregie.models import *
from playwright.sync_api import Page

def test_beeld(venster, beeld, database):
    v = timezone.localdate(); nu = timezone.now()
    with als_systeem():
        tim = CasusregisseurFactory(voornaam="Tim", achternaam="Aalbers")
        fatma = TeamlidFactory(voornaam="Fatma", achternaam="Demir", organisatie="smow")
        ineke = ProcesregisseurFactory(voornaam="Ineke", achternaam="Mol", organisatie="gemeente")
        vreemd = TeamlidFactory(voornaam="Vera", achternaam="Vreemd", organisatie="jgz", team="jeugd")
        inw = InwonerFactory(roepnaam="Mila", achternaam="Bakker", onveilig=True)
        m = MeldingFactory(gesloten=True, afhandeling="triage", inwoner=inw, hulpvraag="Mijn zoon gaat niet meer naar school en de rekeningen stapelen zich op. Ik weet niet waar ik moet beginnen.")
        UitvraagFactory(melding=m, scores={"huisvesting":4,"financien":2,"sociaal":3,"psychisch":2,"zingeving":3,"lichamelijk":4,"praktisch":4,"dagbesteding":2})
        c = CasusFactory(regisseur=tim, melding=m, betrokken=["smow","jit","gemeente"], procesregisseur=ineke, genodigden=[vreemd], acties=[
            {"wat":"Opnieuw bellen met school over verzuim van Noah","uiterlijk":v-timedelta(days=3),"leefgebied":"dagbesteding"},
            {"wat":"Besluit over Individuele begeleiding na 18 december","uiterlijk":v+timedelta(days=2)},
            {"wat":"Inkomsten en vaste lasten op een rij, samen met broer","uiterlijk":v+timedelta(days=6),"uitvoerder":"inwoner","medewerker":None},
            {"wat":"Start Even Vrij, eerste middag","uiterlijk":v+timedelta(days=11),"medewerker":fatma},
        ])
        Casus.objects.filter(pk=c.pk).update(evaluatie_op=v+timedelta(days=14), afgeschermd=True)
        Schaling.objects.create(casus=c,richting="opschalen",aanleiding="belangen lopen uiteen",besproken_met="school en gemeente",evaluatie_op=v+timedelta(days=14),medewerker=tim,besloten_op=nu-timedelta(days=13))
        NotitieFactory(casus=c, tekst="Gebeld met Mila. Brief van de energieleverancier ligt er, broer neemt hem mee naar Thuisadministratie.")
        n = CasusFactory(regisseur=tim, in_nazorg=True)
        for k,(d,t) in enumerate([(-5,{}),(1,{"in_opstart":True}),(4,{}),(20,{"in_afbouw":True}),(40,{"opgeschaald":True})]):
            CasusFactory(regisseur=tim, acties=[{"uiterlijk": v+timedelta(days=d)}], **t)
        apk=c.acties.order_by('pk').first().pk; npk=n.nazorg.get().pk
    fouten=[]
    def zie(page, url, naam):
        page.goto(url)
        beeld(page, naam)
        for w in (1366,390):
            page.set_viewport_size({"width":w,"height":768})
            fouten.extend(f"{naam} {x}" for x in check(page,w))
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over>0: fouten.append(f"{naam} {w}: {over}px te breed")
        page.set_viewport_size({"width":1366,"height":768})
    page = venster.page(tim)
    page.on("console", lambda m: fouten.append(m.text) if m.type=="error" and "inline style" not in m.text else None)
    page.on('response', lambda r: fouten.append(r.url) if r.status>=400 else None)
    zie(page, "/casussen/", "lijst")
    u=f"/casussen/{c.nummer}/"
    zie(page, u, "casus")
    for pad in ("actie","notitie","regie","afschalen","betrokken","nazorg","afbouwen","uitnodigen","opheffen","wie-keek-mee",f"actie/{apk}/klaar"):
        zie(page, u+pad+"/", pad)
    zie(page, f"/casussen/{n.nummer}/nazorg/{npk}/", "nazorgresultaat")
    zie(page, "/noodtoegang/", "noodtoegang")
    import pathlib; pathlib.Path("/tmp/skt/casus_fouten.txt").write_text("\n".join(fouten)); assert not fouten
