"""All named questions as sentences, grouped by subject."""

from __future__ import annotations

from collections.abc import Mapping

from graph.questions.question_partners import MAIN, OF_PARTNERS
from graph.questions.questions import ANYONE, ON, Blank, Question, Text, agreement, partner, who, year

__all__ = ["MAIN", "QUESTIONS", "SUBJECTS", "question_of"]

SUBJECTS: Mapping[str, Text] = {
    "partners": Text("Partneři a oblasti spolupráce", "Partners and areas of cooperation"),
    "agreements": Text("Dohody", "Agreements"),
    "activities": Text("Akce a plány", "Events and plans"),
    "ties": Text("Členství, úřady a odbory", "Memberships, missions and departments"),
    "projects": Text("Projekty a peníze", "Projects and money"),
    "sources": Text("Zdroje a doložení", "Sources and evidence"),
}

_OF_AGREEMENTS = (
    Question(
        "q02-agreements-on",
        "agreements",
        Text(
            "Které {class}, jejichž stranou je {party}, platily k {on}",
            "Which {class} with {party} as a party were in force on {on}",
        ),
        (
            Blank(
                "class",
                "class",
                "agreement-classes",
                Text("Druh dohod", "Sort of agreements"),
                Text("dohody", "agreements"),
            ),
            who("party", "parties", ANYONE),
            ON,
        ),
        ("agreements", "validity", "time"),
    ),
    Question(
        "q03-expiring",
        "agreements",
        Text(
            "Které dohody, jejichž stranou je {party}, vyprší do 24 měsíců po {on}",
            "Which agreements with {party} as a party expire within 24 months after {on}",
        ),
        (who("party", "parties-with-end", ANYONE), ON),
        ("agreements", "expiry", "time"),
        Text(
            "Konec je znám, když ho uvádí zdroj nebo když dohodu nahradila jiná; většina dohod konec nemá.",
            "An end is known where a source gives it or another agreement took its place; most agreements have none.",
        ),
    ),
    Question(
        "q08-idle",
        "agreements",
        Text(
            "Které dohody, jejichž stranou je {party}, neskončily, a přesto není doložena žádná akce "
            "z posledních dvou let před {on}",
            "Which agreements with {party} as a party have not ended, although no event of the last two years "
            "before {on} is recorded",
        ),
        (who("party", "parties", ANYONE), ON),
        ("agreements", "events", "time"),
        Text(
            "Ukazuje, co je zaznamenáno, ne co se stalo: mezera v záznamech nedokládá mezeru ve spolupráci.",
            "It shows what is recorded, not what happened: an idle record proves no idle partnership.",
        ),
    ),
    Question(
        "q22-new-partnerships",
        "agreements",
        Text(
            "Které dohody, jejichž stranou je {home}, vznikly od roku {from} do roku {to}",
            "Which agreements with {home} as a party began from {from} to {to}",
        ),
        (
            who("home", "parties-with-start", ANYONE),
            year("from", "first-of-year", "first-years", Text("Od roku", "From the year")),
            year("to", "last-of-year", "last-years", Text("Do roku", "To the year")),
        ),
        ("agreements", "start", "time"),
        Text(
            "Dohody bez známého podpisu a začátku zde nejsou: rok, od kterého je vede rejstřík, začátkem není.",
            "Agreements whose signing and start are not known are not here: the year since which a register counts "
            "them is no beginning.",
        ),
    ),
    Question(
        "q17-signatories",
        "agreements",
        Text("Kdo a v jaké funkci podepsal dohodu {agreement}", "Who signed {agreement}, and in what office"),
        (agreement("agreement", "own", Text("(kteroukoli)", "any agreement")),),
        ("agreements", "signatories"),
        Text("Zaznamenány jsou jen funkce, ne jména lidí.", "Only offices are recorded, no names of people."),
    ),
    Question(
        "q18-resolutions",
        "agreements",
        Text(
            "Kdo, kdy a kterým usnesením schválil dohodu {agreement}",
            "Who approved {agreement}, when, and by which resolution",
        ),
        (agreement("agreement", "own", Text("(kteroukoli)", "any agreement")),),
        ("agreements", "approval", "resolutions"),
    ),
)

_OF_ACTIVITIES = (
    Question(
        "q09-events-by-kind-and-year",
        "activities",
        Text(
            "Kolik akcí, kterých se účastní {home}, bylo podle druhu a roku",
            "How many events with {home} taking part were there, by kind and year",
        ),
        (who("home", "participants", ANYONE),),
        ("events", "statistics", "time"),
    ),
    Question(
        "q10-visitors",
        "activities",
        Text("Kdo navštívil kraj v roce {year}", "Who visited the region in {year}"),
        (year("year", "text", "own-years", Text("Rok", "Year"), Text("(kterémkoli)", "any year")),),
        ("events", "visits"),
        Text(
            "Kdo byl hostem, se pozná jen podle místa: návštěvy bez místa zde nejsou.",
            "Who was the guest can be told by the place alone: visits without a place are not here.",
        ),
    ),
    Question(
        "q11-planned",
        "activities",
        Text("Co měl nebo má kraj v plánu na rok {year}", "What was or is planned by the region for {year}"),
        (year("year", "text", "own-years", Text("Rok", "Year")),),
        ("events", "plans", "documents"),
        Text(
            "Plán bez uvedené akce je dokument, jehož text nebyl k dispozici.",
            "A plan without an event is a document whose text was not available.",
        ),
    ),
)

_OF_TIES = (
    Question(
        "q12-memberships",
        "ties",
        Text("Kde je {home} členem a od kdy", "Where is {home} a member, and since when"),
        (who("home", "members"),),
        ("memberships",),
        Text("Výši příspěvků údaje neuvádějí.", "The data hold no fees."),
    ),
    Question(
        "q13-co-members",
        "ties",
        Text("S kým sdílí {home} členství", "With whom does {home} share a membership"),
        (who("home", "co-members"),),
        ("memberships", "partners"),
    ),
    Question(
        "q16-missions",
        "ties",
        Text(
            "Který zastupitelský úřad je kontaktem pro partnera {partner}",
            "Which mission is the contact for {partner}",
        ),
        (partner("own", Text("(kteréhokoli)", "any partner")),),
        ("missions", "embassies", "partners"),
    ),
    Question(
        "q25-responsible-unit",
        "ties",
        Text("Který odbor kraje za co odpovídá", "Which department of the region is responsible for what"),
        (),
        ("departments", "responsibility"),
    ),
)

_OF_PROJECTS = (
    Question(
        "q24-money-by-programme",
        "projects",
        Text(
            "Kolik projektů a peněz, na nichž se podílí {organization}, připadá na který program",
            "How many projects with {organization} taking part, and how much money, fall to which programme",
        ),
        (who("organization", "project-participants", ANYONE),),
        ("projects", "programmes", "money"),
        Text(
            "Součty jsou dolní meze: sečteny jsou jen projekty, u nichž zdroj částku uvádí. Peníze zastřešujících "
            "fondů jsou i v jejich malých projektech, proto v součtech nejsou.",
            "Sums are lower bounds: they hold only the projects whose source states the amount. The money of umbrella "
            "funds is in their small projects too, so the sums leave it out.",
        ),
    ),
)

_OF_SOURCES = (
    Question(
        "q19-sources-of",
        "sources",
        Text(
            "Z jakých zdrojů a z jakého místa v nich pochází údaje o dohodě {record}",
            "From which sources, and from where in them, come the facts on {record}",
        ),
        (agreement("record", "sourced-agreements"),),
        ("sources", "evidence"),
        Text("Místo v dokumentu je známo jen u výchozího dokumentu.", "The place is known for the seed document only."),
    ),
    Question(
        "q20-facts-from",
        "sources",
        Text("Co plyne ze zdroje {source}", "What follows from {source}"),
        (Blank("source", "sources", "sources", Text("Zdroj", "Source")),),
        ("sources", "evidence", "records"),
    ),
    Question(
        "q21-undocumented",
        "sources",
        Text(
            "Které záznamy druhu {class} nejsou doloženy, nebo jen zdrojem bez adresy",
            "Which records of the kind {class} have no source, or only sources without an address",
        ),
        (Blank("class", "class", "own", Text("Druh záznamu", "Kind of record"), Text("(kteréhokoli)", "(any)")),),
        ("sources", "evidence", "gaps"),
    ),
)

QUESTIONS: tuple[Question, ...] = (
    MAIN, *OF_PARTNERS, *_OF_AGREEMENTS, *_OF_ACTIVITIES, *_OF_TIES, *_OF_PROJECTS, *_OF_SOURCES,
)  # fmt: skip


def question_of(name: str) -> Question | None:
    """Find a question by its name in the address."""
    return next((question for question in QUESTIONS if question.name == name), None)
