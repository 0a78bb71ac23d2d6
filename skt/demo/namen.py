"""Verzonnen namen en adressen. Alles is fictief: geen postcode hieronder bestaat (letters F I O Q U Y)."""

VOORNAMEN_VROUW = (
    "Annie", "Bea", "Carla", "Dina", "Elly", "Fatima", "Greet", "Hilde", "Ingrid", "Jolanda",
    "Karin", "Lotte", "Marijke", "Nel", "Olga", "Petra", "Rosa", "Samira", "Tineke", "Ursula",
    "Vera", "Willemijn", "Yara", "Zehra", "Selam", "Mila", "Noor", "Fleur", "Sofie", "Lina", "Esra",
    "Amina", "Hanneke", "Joke", "Riet", "Truus", "Corrie", "Wil", "Ans", "Lies",
)  # fmt: skip
VOORNAMEN_MAN = (
    "Arie", "Bert", "Cor", "Dirk", "Evert", "Faisal", "Gijs", "Henk", "Ibrahim", "Jan", "Kees",
    "Lars", "Mohammed", "Noah", "Otto", "Piet", "Rob", "Sjaak", "Tim", "Umut", "Victor", "Wim",
    "Youssef", "Zeki", "Adam", "Daan", "Finn", "Luuk", "Milan", "Ruben", "Stijn", "Thijs", "Gerrit",
    "Hans", "Jaap", "Leo", "Nico", "Paul", "Rinus", "Ton",
)  # fmt: skip
ACHTERNAMEN = (
    "Aalbers", "Bakker", "Cornelisse", "Dijkgraaf", "Everts", "Franken", "Gerritsen", "Haverkamp",
    "Idema", "Jansma", "Kuipers", "Lansink", "Mertens", "Nijhof", "Oosterling", "Polak", "Raven",
    "Scholten", "Terpstra", "Uithof", "Verhage", "Wouters", "Zandstra", "Blom", "Brandsma", "Demir",
    "Haddad", "Idrissi", "Okafor", "Oudshoorn", "Öztürk", "Post", "Sow", "Tesfay", "Visser",
    "Yıldız", "Zijlstra", "Kramer", "Smit", "Lam", "Vos", "Hoekstra", "Postma", "Kaya", "Amrani",
    "Santos", "Kowalski", "Nguyen", "Baars", "Draaisma", "Elzinga", "Fokkema", "Groothuis",
    "Hengeveld", "Imming", "Kortekaas", "Lindeboom", "Molenaar", "Noordhoek",
)  # fmt: skip
VOORVOEGSELS = ("", "", "", "", "", "", "van", "de", "van der", "van den", "el", "ter")

BUURTEN = (
    ("BU06290101", "2242 QF", 20),
    ("BU06290102", "2241 IO", 18),
    ("BU06290104", "2243 FU", 8),
    ("BU06290100", "2242 UY", 8),
    ("BU06290103", "2241 QI", 8),
    ("BU06290110", "2241 OY", 6),
    ("BU06290105", "2245 FI", 5),
    ("BU06290106", "2242 YO", 4),
    ("BU06290005", "2244 QU", 6),
    ("BU06290006", "2244 IF", 7),
    ("BU06290000", "2243 OQ", 3),
    ("BU06290001", "2244 FY", 3),
    ("BU06290002", "2244 UO", 3),
    ("BU06290003", "2244 YQ", 2),
    ("BU06290004", "2244 OI", 1),
    ("BU06290007", "2244 FQ", 2),
    ("BU06290008", "2244 UI", 1),
    ("BU06290009", "2243 YF", 1),
    ("BU06290107", "2245 QO", 1),
    ("BU06290108", "2245 UF", 1),
    ("BU06290109", "2242 IY", 2),
)
"""Buurtcode van het CBS, een postcode die niet bestaat, en hoe vaak er iemand vandaan komt (fictief)."""
