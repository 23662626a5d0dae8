"""Words in names of organizations that tell less than others, as data; folded as by `graphmodel.resolution.names`."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LINKING = _words(
    "a an and at by for from in of on the to with "
    "au aux d de des du en et l la le les par pour sur un une "
    "da das del do dos e el las los o os para por y "
    "dei degli della delle di ed gli i il nel per "
    "am dem den der die ein fur im und von vom zu zum zur "
    "een het van voor og til av af och w z na dla ve ile"
)
"""Articles, prepositions and the like. A name with another of them, or without, is the same name."""

GENITIVE = _words("of de du des del della di da do dos der van von")
"""Words before the part of a name that an acronym often leaves out: FAO, of the United Nations."""

_FORMS = {
    "Ltd": "ltd|limited|private limited|pvt ltd|pte ltd|pty ltd|co ltd|company limited|ltda|limitada",
    "Inc": "inc|incorporated",
    "Corp": "corp|corporation",
    "Co": "co|company",
    "LLC": "llc",
    "LLP": "llp",
    "PLC": "plc",
    "CIC": "cic",
    "GmbH": "gmbh|ggmbh|mbh|gmbh co kg",
    "AG": "ag",
    "KG": "kg",
    "eG": "eg",
    "e.V.": "ev|e v|eingetragener verein",
    "SA": "sa|societe anonyme|sociedad anonima|sa de cv",
    "SARL": "sarl",
    "SAS": "sas",
    "ASBL": "asbl|aisbl|vzw|ivzw|association sans but lucratif",
    "loi 1901": "loi 1901|association loi 1901",
    "SpA": "spa",
    "SRL": "srl|scrl|scarl",
    "onlus": "onlus|ets",
    "SL": "sl|slu",
    "A.C.": "ac|asociacion civil",
    "BV": "bv",
    "NV": "nv",
    "Stichting": "stichting",
    "AB": "ab",
    "AS": "as|asa",
    "A/S": "a s|aps",
    "Oy": "oy|oyj",
    "ry": "ry",
    "sp. z o.o.": "spzoo|sp zoo|sp z oo",
    "s.r.o.": "sro|spol sro",
    "Kft": "kft|zrt|nyrt",
    "d.o.o.": "doo",
    "OOD": "ood|eood",
    "OOO": "ooo|oao|zao|pao",
    "PT": "pt",
    "Bhd": "sdn bhd|bhd",
}
LEGAL_FORMS = {tuple(text.split()): form for form, texts in _FORMS.items() for text in texts.split("|")}
"""How legal forms are written. One at the end of a name, or of `LEADING_FORMS` at its start, is no part of it."""

LEADING_FORMS = frozenset({"Stichting", "ASBL", "OOO", "PT"})

_MEANINGS = {
    "academy": "academie academia accademia akademie akademia akademi",
    "agency": "agence agencia agenzia agentur",
    "agriculture": "agricultura agricoltura landwirtschaft",
    "association": "asociacion associacao associazione associacio assoc asociatia",
    "bank": "banque banco banca",
    "center": "centre centro centrum zentrum centar centrul",
    "chamber": "chambre camara camera kammer",
    "committee": "comite comitato komitee",
    "cooperation": "cooperacion cooperacao cooperazione",
    "council": "conseil consejo conselho consiglio",
    "department": "departement departamento dipartimento dept",
    "development": "developpement desarrollo desenvolvimento sviluppo entwicklung",
    "education": "educacion educacao",
    "environment": "environnement umwelt",
    "european": "europeen europeenne europeo europea europaische europaischer",
    "faculty": "faculte facultad faculdade facolta fakultat",
    "federation": "federacion federacao federazione foderation",
    "foundation": "fondation fundacion fundacao fundacio fondazione stiftung stiftelse stiftelsen fundacja fundatia",
    "fund": "fonds fondo fundo",
    "government": "gouvernement gobierno governo regierung govt",
    "health": "sante salud saude salute gesundheit",
    "hospital": "hopital ospedale krankenhaus szpital sykehus sjukhus",
    "institute": "institut instituto istituto instytut inst instituut institutt",
    "international": "internationale internacional internazionale intl",
    "ministry": "ministere ministerio ministero ministerium ministerie ministeriet ministerstwo ministerstvo",
    "laboratory": "lab laboratoire laboratorio laboratorium labor",
    "museum": "musee museo museu muzeum",
    "national": "nationale nacional nazionale nationales natl",
    "nations": "naciones nacoes nazioni",
    "network": "reseau rede rete netzwerk",
    "office": "bureau oficina ufficio",
    "organization": "organisation organizacion organizacao organizzazione org",
    "program": "programme programa programma programm",
    "republic": "republique republica repubblica republik",
    "research": "recherche investigacion pesquisa ricerca forschung",
    "school": "ecole escuela escola scuola schule",
    "technology": "technologie tecnologia technologies technologii",
    "united": "unies unidas unidos unite",
    "university": "universite universidad universita universitat universidade universiteit universitet universitetet "
    "uniwersytet univerzita univerzitet universitas yliopisto egyetem univ universitatea",
    "world": "mondial mondiale mundial",
}
MEANINGS = {word: meaning for meaning, words in _MEANINGS.items() for word in words.split()}
"""The commonest words, their spellings and abbreviations in the languages of our data, as one word."""

PUBLIC = _words("ministry government embassy municipality parliament presidency cabinet treasury")
"""Words for bodies of which every country has one."""

BRANCH = _words(
    "branch chapter section delegation headquarters hq office regional country national international global "
    "field mission secretariat"
)
"""Words that, added to a name, name a part of the body."""

_COUNTRIES = """
    af afghanistan; al albania; dz algeria algerie; ad andorra; ao angola; ar argentina; am armenia; au australia;
    at austria osterreich autriche; az azerbaijan; bs bahamas; bh bahrain; bd bangladesh; bb barbados; by belarus;
    be belgium belgique belgie belgica; bz belize; bj benin; bt bhutan; bo bolivia bolivie; ba bosnia herzegovina;
    bw botswana; br brazil brasil bresil; bn brunei; bg bulgaria; bf burkina faso; bi burundi; kh cambodia cambodge;
    cm cameroon cameroun; ca canada; cv cape cabo verde; cf central african republic; td chad tchad; cl chile; cn
    china chine; co colombia colombie; km comoros comores; cg congo; cd congo drc democratic republic; cr costa
    rica; ci cote ivoire ivory coast; hr croatia hrvatska; cu cuba; cy cyprus; cz czech czechia republic; dk denmark
    danmark danemark; dj djibouti; dm dominica; do dominican republic dominicana; ec ecuador; eg egypt egypte; sv el
    salvador; er eritrea; ee estonia; sz eswatini swaziland; et ethiopia ethiopie; fj fiji; fi finland finlande
    suomi; fr france francia; ga gabon; gm gambia; ge georgia; de germany deutschland allemagne alemania; gh ghana;
    gr greece grece; gd grenada; gt guatemala; gn guinea guinee; gw guinea bissau; gy guyana; ht haiti; hn honduras;
    hk hong kong; hu hungary magyarorszag hongrie; is iceland; in india inde; id indonesia; ir iran; iq iraq; ie
    ireland irlande; il israel; it italy italia italie; jm jamaica; jp japan japon; jo jordan jordanie; kz
    kazakhstan; ke kenya; ki kiribati; xk kosovo; kr korea south republic coree; kp korea north; kw kuwait; kg
    kyrgyzstan; la laos; lv latvia; lb lebanon liban; ls lesotho; lr liberia; ly libya; li liechtenstein; lt
    lithuania; lu luxembourg; mo macao; mk macedonia north; mg madagascar; mw malawi; my malaysia; mv maldives; ml
    mali; mt malta; mh marshall islands; mr mauritania mauritanie; mu mauritius; mx mexico mexique; fm micronesia;
    md moldova; mc monaco; mn mongolia; me montenegro; ma morocco maroc; mz mozambique mocambique; mm myanmar burma;
    na namibia; nr nauru; np nepal; nl netherlands nederland holland; nz zealand new; ni nicaragua; ne niger; ng
    nigeria; no norway norge norvege; om oman; pk pakistan; pw palau; ps palestine palestinian; pa panama; pg papua
    guinea new; py paraguay; pe peru perou; ph philippines; pl poland polska pologne; pt portugal; pr puerto rico;
    qa qatar; ro romania roumanie; ru russia russian federation russie; rw rwanda; ws samoa; sm san marino; st sao
    tome principe; sa saudi arabia; sn senegal; rs serbia; sc seychelles; sl sierra leone; sg singapore; sk
    slovakia; si slovenia; sb solomon islands; so somalia somaliland; za south africa; ss south sudan; es spain
    espana espagne; lk sri lanka; sd sudan; sr suriname; se sweden sverige suede; ch switzerland schweiz suisse
    svizzera; sy syria syrie; tw taiwan; tj tajikistan; tz tanzania tanzanie; th thailand; tl timor leste east; tg
    togo; to tonga; tt trinidad tobago; tn tunisia tunisie; tr turkey turkiye turquie; tm turkmenistan; tv tuvalu;
    ug uganda; ua ukraine; ae united arab emirates uae; gb united kingdom uk gb britain england scotland wales
    royaume; us united states america us usa; uy uruguay; uz uzbekistan; vu vanuatu; va vatican; ve venezuela; vn
    vietnam viet nam; ye yemen; zm zambia zambie; zw zimbabwe
"""
COUNTRIES = {text.split()[0].upper(): frozenset(text.split()[1:]) for text in _COUNTRIES.split(";")}
"""ISO 3166 alpha-2 -> the words of a country's names in English, and in its own and other languages of our data."""

_PARTS_OF_THE_WORLD = _words(
    "africa america americas arab asia europe caribbean latin oceania pacific mediterranean sahel balkans "
    "afrique amerique asie europa afrika north south east west northern southern eastern western middle nord sud est "
    "ouest sur norte"
)

COUNTRY_WORDS = frozenset().union(*COUNTRIES.values())

PLACES = (COUNTRY_WORDS | _PARTS_OF_THE_WORLD) - _words("united republic democratic new federation el san african")
"""Words of countries and parts of the world. A name that is longer by one is that of a branch."""
