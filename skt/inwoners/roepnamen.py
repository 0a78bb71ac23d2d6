"""Roepnamen en de doopnamen waar ze van komen: Annie staat ingeschreven als Johanna, en wie belt zegt Annie."""

import re
import unicodedata

GROEPEN = (
    "johannes jan johan hans joop jo hannes jannes sjon john joannes",
    "johanna anna annie ans anneke anja jo jopie hanna hannie joke jannie janna an anne anny annelies",
    "wilhelmus willem wim wil bill willy pim",
    "wilhelmina wil willy mina mien mientje minie wilma helma willemina",
    "cornelis kees cor cees corneel nelis",
    "cornelia corrie cor nel nelly neeltje cora corry kea",
    "petrus piet peter pieter piotr",
    "petronella nel nelly ella petra nellie",
    "hendrikus hendrik henk henny hein harry henri rik driek",
    "hendrika hennie riek rika henny ria hendrikje riekie",
    "gerardus gerard gerrit ger geert gerhard",
    "gerarda gerda gerrie geertruida truus trudy geertje gertrude geertrui",
    "maria marie mia ria miep marijke rie mieke riet marja maaike marietje mary marga",
    "elisabeth bep els elly liesbeth betty lies elisa beth betsie ella lisa eliza bets",
    "margaretha greet gre gretha marga margriet rita griet greetje margaret margo",
    "catharina trijn tineke to toos rina tiny katrien cato karin ina carina tine",
    "adrianus adriaan ad arie janus adri adrie",
    "adriana adrie janna ada jana arja",
    "antonius anton ton toon antoon tonny teun antoine tony",
    "antonia tonny toos toni tonnie antje antoinette",
    "franciscus frans frank cis francois",
    "francisca fransje cisca sisca francien francis",
    "jacobus jaap jacob koos ko sjaak jaco jacques cobus",
    "jacoba coba cobie ko jacomina co coby jacqueline",
    "theodorus theo dorus doris thijs",
    "theodora dora thea doortje dorien",
    "johannes johan joannes giovanni",
    "josephus jozef jos sjef jef joseph joep",
    "josephina jose fien josefien",
    "leonardus leo leen leendert lennart",
    "lambertus bert lammert bertus lambert",
    "albertus albert bert ab appie bertus",
    "hubertus hub bert huib huub",
    "nicolaas klaas nico niek nicolaus claas",
    "bernardus ben bernard bernd",
    "mattheus matthijs thijs mat matt mathieu matthias",
    "martinus martin tinus maarten martien rinus",
    "martina tina tineke martine",
    "alida ali alie lida",
    "helena leni lena leny lenie heleen ellen",
    "magdalena leni lena magda madelon",
    "susanna suus suzanne suze suzan",
    "christina stien chris tineke tina christien kristien",
    "christiaan chris christian kris",
    "dirk dick diederik derk",
    "abraham bram ab",
    "michael michiel michel mike chiel machiel",
    "alexander lex alex sander xander",
    "aleida leida alie",
    "everdina dien evert",
    "gijsbertus gijs gijsbert bert",
    "laurentius laurens lau rens",
    "sebastiaan bas sebastian",
    "robert rob robbert bob",
    "richard ries rick",
    "mohammed mohamed muhammad mo mohammad",
    "fatima fatma fatiha",
)
LETTERS = re.compile(r"[^a-z]+")
VORMEN: dict[str, frozenset[str]] = {}
for _groep in GROEPEN:
    for _naam in _groep.split():
        VORMEN[_naam] = VORMEN.get(_naam, frozenset()) | frozenset(_groep.split())


def other_forms(voornaam: str) -> list[str]:
    """The other names under which the one who is called so may be written down; none for a name that has no group."""
    plain = unicodedata.normalize("NFKD", voornaam).encode("ascii", "ignore").decode().lower()
    found: set[str] = set()
    for word in LETTERS.split(plain):
        found |= VORMEN.get(word, frozenset())
    return sorted(found)


FAMILIES = """
jan johan johannes john hans jannes joannes jo joop johnny
piet pieter petrus peter pier
kees cornelis cor cees corneel
henk hendrik hendrikus henri henny hennie harrie harry henry
wim willem wilhelmus willy bill
wil wilhelmina willemina willy mien mina mientje
gerrit gerard gerardus ger gert gerhard
klaas nicolaas nico niek claas
toon anton antonius antoon ton tonny antonie teun
dirk diederik dick theodorus
theo theodorus theodoor
bert lambertus hubertus albert albertus bertus huib gijsbertus
sjaak jacques jacobus jaap jacob sjakie koos ko
frans franciscus
cor cornelia corrie cornelis corry
bep elisabeth elizabeth betty lies liesbeth els elly lize lisa betje ellie liesje
ans anna johanna annie antje anneke hanna
jo johanna joke hanneke hannie johanneke sjaan jannie janna annie jopie janny
greet margaretha gre griet greta marga margriet gretha margot
riet maria marie mieke rie ria mia miep marijke marietje mies marja
truus geertruida trudy geertje truida geertruda trui
corrie cornelia
nel petronella nelly neeltje pietje nellie cornelia
toos catharina cathrien trijntje ineke tine tineke katrien kitty rini rina to
tine martine albertine christina christine stien
dini gerardina dina berendina dien diny
leny helena lenie leni lena magdalena heleen leentje
loes louise lucia louisa
bea beatrix beatrice
coby jacoba cobie jacomina
plonia apollonia
mien hermina wilhelmina
arie adriaan adrianus aad ad adri
rinus marinus
leen leendert leonardus leo
sjoerd sierd
rob robert robbert robertus bob
mike michael michiel
nick nicolaas
tom thomas tomas
alex alexander sander lex
max maximiliaan
bram abraham
daan daniel
sam samuel samantha
fred frederik alfred ferdinand
ed eduard edward eddy
ben benjamin bernard bernardus
bernard ben bernardus bernhard
lex alexander
evert everardus
guus august augustus gustaaf
rene renatus
stef stefan stephan
marc marcus mark
wout wouter
gijs gijsbert
bas sebastiaan
tinus martinus maarten marten
hermien hermina
jet henriette jetty jette
stijn augustijn constantijn
mo mohammed mohamed muhammed mohammad
fatma fatima
yusuf youssef yousef josef jozef
carolien carolina caroline lien
dora theodora doortje
fien josefine josephina
josé josephina jose
sanne susanna suzanne susan suzan
evelien eveline eva
mart martin maarten
kim kimberley
saskia sas
yvonne yvon
lia cornelia amalia
bart bartholomeus
ineke catharina ina
rika hendrika riek riekje henrika
alie alida aaltje ali
gonda hildegonda
pim willem
"""
