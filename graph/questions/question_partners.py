"""Questions about partners and areas of cooperation."""

from __future__ import annotations

from graph.questions.questions import ON, Blank, Question, Text, area, partner, who

__all__ = ["MAIN", "OF_PARTNERS"]

MAIN = Question(
    "q26-cooperation",
    "partners",
    Text(
        "Kdo z {scope} spolupracuje nebo spolupracoval s {partner} {country} v oblasti {area} na základě {ground}, "
        "posuzováno k {on}",
        "Who from {scope} cooperates or cooperated with {partner} {country} in the area {area}, on the ground of "
        "{ground}, as of {on}",
    ),
    (
        Blank("scope", "text", "scopes", Text("Odkud", "From"), Text("domácí strany", "the home side")),
        partner("partners-abroad", Text("kterýmkoli partnerem", "any partner")),
        Blank(
            "country", "countries", "partner-countries", Text("Země partnera", "Country of the partner"),
            Text("kdekoli v zahraničí", "anywhere abroad"), is_preset=True,
        ),
        area("areas", Text("kterékoli", "(any)"), is_preset=True),
        Blank(
            "ground", "class", "grounds", Text("Podklad", "Ground"),
            Text("dohody nebo projektu", "an agreement or a project"),
        ),
        ON,
    ),
    ("cooperation", "partners", "agreements", "projects", "areas"),
    Text(
        "Co k danému dni ještě nezačalo, je vynecháno; co už skončilo, nikoli. Započteny jsou i podoblasti.",
        "What had not begun by the day is left out; what had ended is not. Narrower areas are counted in.",
    ),
)  # fmt: skip

OF_PARTNERS = (
    Question(
        "q01-partners",
        "partners",
        Text(
            "Kdo jsou partneři kraje a ze které jsou země, posuzováno k {on}",
            "Who are the partners of the region, and from which country, as of {on}",
        ),
        (ON,),
        ("partners", "countries", "agreements"),
        Text(
            "Partnerem je zahraniční strana dohody, i skončené; spolupodepsaní z Česka ani naše zastoupení v zahraničí "
            "ne.",
            "A partner is a foreign party to an agreement, also to an ended one; co-signatories at home and posts of "
            "ours abroad are none.",
        ),
    ),
    Question(
        "q04-areas-with",
        "partners",
        Text(
            "V čem spolupracují nebo spolupracovali kraj a {partner}",
            "In which areas do or did the region and {partner} cooperate",
        ),
        (partner("partners-with-areas"),),
        ("areas", "partners"),
    ),
    Question(
        "q23-partners-by-areas",
        "partners",
        Text(
            "Se kterým partnerem spolupracuje {home} v nejvíce oblastech",
            "With which partner does {home} cooperate in most areas",
        ),
        (who("home", "home-parties"),),
        ("areas", "partners", "ranking"),
    ),
    Question(
        "q05-who-with-whom",
        "partners",
        Text("Kdo s kým spolupracuje v oblasti {area}", "Who cooperates with whom in the area {area}"),
        (area("areas-of-pairs"),),
        ("areas", "pairs", "agreements", "projects"),
        Text("Podoblasti započteny nejsou.", "Narrower areas are not counted in."),
    ),
    Question(
        "q06-narrower-areas",
        "partners",
        Text(
            "Kdo s kým spolupracuje v oblasti {area} a v jejích podoblastech",
            "Who cooperates with whom in the area {area} and in its narrower areas",
        ),
        (area("broader-areas"),),
        ("areas", "pairs", "code lists"),
        Text("Z dohody více stran se počítá každá dvojice.", "Of an agreement of several parties, each pair counts."),
    ),
    Question(
        "q07-without-agreement",
        "partners",
        Text("S kým spolupracuje {home} bez dohody", "With whom does {home} cooperate without an agreement"),
        (who("home", "without-agreement"),),
        ("partners", "projects", "events"),
        Text(
            "Společné projekty, akce a jiné vztahy těch, kdo spolu žádnou dohodu nemají a neměli. "
            "Vlastní organizace a naše zastoupení v zahraničí zde nejsou. "
            "Zahrnuty jsou i jednorázové návštěvy: rozhodují počty.",
            "Shared projects, events and other relations of those who have and had no agreement with each other. "
            "Who belongs to its own territory and posts of ours abroad are not here. "
            "Guests of a single visit are included: look at the numbers.",
        ),
    ),
    Question(
        "q14-municipalities",
        "partners",
        Text(
            "Které obce kraje mají partnera v kraji nebo zemi {partner}",
            "Which municipalities of the region have a partner in {partner}",
        ),
        (partner("regions-of-partners", label=Text("Kraj nebo země", "Region or state")),),
        ("municipalities", "twinning"),
    ),
    Question(
        "q15-path",
        "partners",
        Text(
            "Jsou řetězem spolupráce propojeny organizace {start} a {end}",
            "Does a chain of cooperation connect {start} and {end}",
        ),
        (
            Blank("start", "organizations", "chain-starts", Text("Od koho", "From")),
            Blank("end", "organizations", "chain", Text("Ke komu", "To")),
        ),
        ("network", "path", "partners"),
        Text(
            "Spolupracuje se dohodou nebo vztahem, o nichž není známo, že skončily, nebo projektem, který běží.",
            "Cooperation is an agreement or relation not known to have ended, or a project that still runs.",
        ),
    ),
)
