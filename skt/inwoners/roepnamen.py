"""Names that stand for each other: one family a line. A name may stand in more than one."""

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
