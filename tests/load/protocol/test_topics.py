"""A file's own topics beside the built-in ones."""

from __future__ import annotations

import pytest

from microcare.core.sheet.vocabulary import Topic, find_groups, find_members
from microcare.load.vocabulary import load_built_in_topics
from tests.samples import entry, found_in, protocol

SAUNA = "- {id: a, avoid: sauna}"


def topics(header: str) -> dict[str, Topic]:
    """Return the topics of a file with these lines in its head."""
    return dict(protocol(SAUNA, header).topics)


def test_a_topic_of_its_own() -> None:
    """With a label, or with its id in words."""
    found = topics("topics: {ice-baths: {label: ice baths and cold plunges}, dry-ice: {}}")
    assert found["ice-baths"] == Topic("ice-baths", "ice baths and cold plunges")
    assert found["dry-ice"] == Topic("dry-ice", "dry ice")


def test_more_about_a_known_topic() -> None:
    """Its label may change, its other names stay."""
    found = topics("topics: {sauna: {label: the sauna, synonyms: [sweat lodge]}}")
    assert found["sauna"] == Topic(
        "sauna",
        "the sauna",
        ("saunas", "steam room", "steam rooms", "sweat lodge"),
        ("heat",),
        rank=load_built_in_topics()["sauna"].rank,
    )


def test_a_topic_s_short() -> None:
    """A file's own, else the built-in one, else the label; another label has another short."""
    found = topics(
        "topics: {aha: {}, bha: {label: strong acids}, laser: {short: the laser},"
        " dry-ice: {short: ice}, ice-baths: {}}"
    )
    shorts = [found[each].short for each in ("aha", "bha", "laser", "dry-ice", "ice-baths")]
    assert shorts == ["AHA", "strong acids", "the laser", "ice", "ice baths"]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ("{label: a bottle}", ""),
        ("{kind: thing}", ""),
        ("{kind: medicine}", "medicine"),
        ("{kind: medicine, private: syrup}", "syrup"),
        ("{kind: medicine, private: no}", ""),
        ("{private: eye drops}", "eye drops"),
        ("{part-of: antibiotics}", "prescribed course"),
        ("{part-of: antibiotics, private: no}", ""),
        ("{part-of: pain-relievers}", ""),
        ("{part-of: hidden}", "tablets"),
    ],
)
def test_what_titles_call_a_topic(fields: str, word: str) -> None:
    """A file's own medicine is private, and so is what belongs to a private group."""
    hidden = "{label: heart tablets, private: tablets}"
    found = topics(f"topics: {{mine: {fields}, hidden: {hidden}}}")
    assert found["mine"].private == word


@pytest.mark.parametrize(
    ("name", "fields", "word"),
    [
        ("ibuprofen", "{kind: medicine}", ""),
        ("antiviral", "{label: the tablets}", "prescribed course"),
        ("antiviral", "{kind: thing}", "prescribed course"),
        ("antiviral", "{private: no}", ""),
        ("sunscreen", "{kind: medicine}", "medicine"),
        ("sauna", "{part-of: antibiotics}", ""),
    ],
)
def test_what_titles_call_a_known_topic(name: str, fields: str, word: str) -> None:
    """As the vocabulary has it, unless the file says otherwise."""
    assert topics(f"topics: {{{name}: {fields}}}")[name].private == word


@pytest.mark.parametrize("said", ["yes", "true"])
def test_a_topic_is_called_something(said: str) -> None:
    """That it is private is no word for it."""
    header = f"topics: {{sauna: {{private: {said}}}}}\n"
    assert found_in(f"{header}instructions: [{{id: a, avoid: sauna}}]\n") == ["1:27 bad-value"]


def test_a_built_in_short_gives_way_to_a_name_of_the_file() -> None:
    """Two topics of one short could not be told apart."""
    found = topics("topics: {peg: {label: PEG bowel prep}, mine: {short: red eye}}")
    assert [found[each].short for each in ("peg", "mine")] == ["PEG bowel prep", "red eye"]
    shorts = [found[each].short for each in ("peg-solution", "eye-redness", "light-meal")]
    assert shorts == ["PEG bowel preparation", "a red eye", "light meal"]


def test_groups_and_members() -> None:
    """A clinic's heat holds what the clinic says."""
    found = topics("topics: {heat: {members: [sauna, exercise]}, spas: {part-of: heat}}")
    assert find_members("heat", found) >= {"sauna", "exercise", "spas", "intense-cardio"}
    assert find_groups("intense-cardio", found) == {"strenuous-exercise", "exercise", "heat"}


def test_a_topic_may_be_used_before_it_is_described() -> None:
    """The order of the file's keys is free."""
    text = """
        instructions:
          - {id: a, avoid: [wellness, spas]}
        topics:
          spas: {synonyms: [wellness]}
        """
    assert found_in(text) == []


@pytest.mark.parametrize("name", ["ice baths", "Ice-Baths", "ICE BATHS"])
def test_its_own_topic_by_any_case(name: str) -> None:
    """As a built-in one."""
    found = protocol(f"- {{id: a, avoid: {name}}}", "topics: {ice-baths: {label: cold plunges}}")
    assert found.instructions[0].topics == ("ice-baths",)


@pytest.mark.parametrize("name", ["Peel Mask", "peel mask", "PeelMask", "peel-mask", "the mask"])
@pytest.mark.parametrize(
    ("section", "value", "use"),
    [
        ("topics", "{label: masks that peel}", "avoid: %s"),
        ("factors", "{yes: a, no: b, ask: c}", "avoid: sauna, if: %s"),
        ("anchors", "a mask", "avoid: sauna, from: 3 days before %s"),
    ],
)
def test_a_name_that_a_file_gives_can_be_used(
    section: str, value: str, use: str, name: str
) -> None:
    """As it was given; or it is refused where it was given."""
    instruction = f"- {{id: a, {use.replace('%s', name)}}}"
    found = found_in(f"{section}:\n  {name}: {value}\ninstructions:\n  {instruction}\n")
    assert found in ([], ["2:3 bad-value"])


@pytest.mark.parametrize(
    "topic",
    [
        "mine: {label: retinoids}",
        "mine: {synonyms: [sauna]}",
        "mine: {short: Sauna}",
        "mine: {short: Blisters}",
        "mine: {short: thing}, yours: {short: Thing}",
        "mine: {synonyms: [thing]}, yours: {synonyms: [Thing]}",
    ],
)
def test_a_name_has_one_topic(topic: str) -> None:
    """A name that another topic has would silently mean that one."""
    (found,) = found_in(f"topics: {{{topic}}}\ninstructions:\n  {SAUNA}\n")
    assert found.startswith("1:")


def test_an_own_topic_takes_a_known_one_s_synonym() -> None:
    """A word that the vocabulary learns later never spoils a file that has it as its own."""
    found = protocol(entry("avoid: steam room"), "topics: {cabin: {synonyms: [steam room]}}")
    assert found.instructions[0].topics == ("cabin",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("spas: {part-of: unicorns}", ["2:19 unknown-topic"]),
        ("spas: {members: [sauna, unicorns]}", ["2:27 unknown-topic"]),
        ("spas: {part-of: spas}", ["2:3 cycle"]),
        ("exercise: {part-of: intense-cardio}", ["2:3 cycle"]),
        ("spas: {members: [exercise], part-of: intense-cardio}", ["2:3 cycle"]),
    ],
)
def test_groups_that_are_refused(text: str, found: list[str]) -> None:
    """Unknown ones, and one that holds itself."""
    assert found_in(f"topics:\n  {text}\ninstructions:\n  {SAUNA}\n") == found


def test_an_unknown_topic_is_reported_where_it_stands() -> None:
    """Each of a list by itself."""
    found = found_in("instructions:\n  - {id: a, avoid: [saunna, sun], except: [sunn]}\n")
    assert found == ["2:21 unknown-topic", "2:44 unknown-topic"]


@pytest.mark.parametrize(
    ("written", "topic"),
    [
        *[(name, "isotretinoin") for name in ("Accutane", "ROACCUTANE")],
        *[(name, "ibuprofen") for name in ("Motrin", "advil", "Nurofen")],
        *[(name, "acetaminophen") for name in ("Tylenol", "paracetamol", "Panadol")],
        *[("Coumadin", "warfarin"), ("Plavix", "clopidogrel"), ("Eliquis", "apixaban")],
        *[("Xarelto", "rivaroxaban"), ("Pradaxa", "dabigatran"), ("Lovenox", "enoxaparin")],
        *[(name, "semaglutide") for name in ("Ozempic", "Wegovy", "Rybelsus")],
        *[(name, "tirzepatide") for name in ("Mounjaro", "Zepbound")],
        *[("Lantus", "long-acting-insulin"), ("Jardiance", "empagliflozin")],
        *[("Glucophage", "metformin"), ("Forxiga", "dapagliflozin")],
        *[(name, "prednisolone-eye-drops") for name in ("Pred Forte", "pred-forte")],
        *[("Vigamox", "moxifloxacin-eye-drops"), ("Acular", "ketorolac-eye-drops")],
        *[("Restasis", "cyclosporine-eye-drops"), ("Xalatan", "latanoprost")],
        *[("Peridex", "chlorhexidine-rinse"), ("Corsodyl", "chlorhexidine-rinse")],
        *[(name, "peg-solution") for name in ("GoLYTELY", "MoviPrep", "Plenvu")],
        *[(name, "sodium-picosulfate") for name in ("Picoprep", "Prepopik", "Picolax")],
        *[("Suprep", "sulfate-solution"), ("Dulcolax", "bisacodyl"), ("Gas-X", "simethicone")],
        *[("Imodium", "loperamide"), ("Pepto-Bismol", "bismuth-subsalicylate")],
        *[
            ("Vaseline", "petroleum-jelly"),
            ("Aquaphor", "ointment"),
            ("Restylane", "dermal-filler"),
        ],
        *[("photofacial", "ipl"), ("St. John's wort", "st-johns-wort"), ("hot tubs", "hot-baths")],
        *[("low-fibre diet", "low-fiber-food"), ("diarrhoea", "diarrhea"), ("yoghurt", "yogurt")],
        *[("aciclovir", "antiviral"), ("fibre supplements", "fiber-supplements")],
    ],
)
def test_a_brand_or_a_spelling_finds_its_topic(written: str, topic: str) -> None:
    """American and British names alike, in any case."""
    found = protocol(f'- {{id: a, avoid: "{written}"}}')
    assert found.instructions[0].topics == (topic,)


@pytest.mark.parametrize(
    "ambiguous", ["shield", "prep", "ketorolac", "lidocaine", "steroids", "discharge", "jelly"]
)
def test_an_ambiguous_word_finds_nothing(ambiguous: str) -> None:
    """Drops or tablets, cream or needle: the file must say which."""
    assert found_in(f"instructions:\n  - {{id: a, avoid: {ambiguous}}}\n") == ["2:20 unknown-topic"]


def test_a_ban_covers_a_brand() -> None:
    """No anti-inflammatories is no Advil, by whatever name it is asked for."""
    found = protocol("- {id: a, avoid: NSAIDs}\n- {id: b, take: Advil}")
    ban, tablet = (each.topics[0] for each in found.instructions)
    assert ban in find_groups(tablet, found.topics)
