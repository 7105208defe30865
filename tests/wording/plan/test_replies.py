"""How an answer is said: what stands beside yes, no and ask."""

from __future__ import annotations

from datetime import date

import pytest

from microcare.core.sheet.protocol import Clinic
from microcare.wording.plan.replies import ToldReply, tell_reply, tell_unknown
from tests.core.plan.asking import Asked
from tests.samples import at

SAUNA = "- {id: a, avoid: sauna, until: 3 days after, say: No sauna., source: item 1}"


def tell(rules: str, topic: str, wall: str, clinic: Clinic | None = None) -> ToldReply:
    """Return the answer for a wall-clock time of December 2026, or for a whole date of it."""
    asked = Asked(rules)
    wall = f"2026-{wall}"
    moment = at(wall) if len(wall) > len("2026-12-10") else date.fromisoformat(wall)
    return tell_reply(asked.reply(topic, wall), asked.plan, clinic or Clinic(), moment)


CASES = {
    "plain no": (SAUNA, "sauna", "12-11 12:00", "No, not before Mon 14 Dec (in 347 days)."),
    "time and state": (
        "- {id: a, avoid: makeup, until: 48 hours after, until-state: your skin has healed}",
        *("makeup", "12-11 20:30"),
        "No, not before Sat 12 Dec, 2:30 pm (in 345 days), and only once your skin has healed.",
    ),
    "state awaited": (
        "- {id: a, avoid: makeup, until: 48 hours after, until-state: your skin has healed}",
        *("makeup", "12-13 20:30"),
        "Ask the clinic: only once your skin has healed.",
    ),
    "only a state": (
        f"- {{id: b, avoid: makeup, until-state: your skin has healed}}\n{SAUNA}",
        *("makeup", "12-11 12:00"),
        "No, only once your skin has healed: ask the clinic after your aftercare (Sun 13 Dec).",
    ),
    "the sooner": (
        "- {id: a, avoid: makeup, until: 48 hours after, until-state: healed, whichever: earlier}",
        *("makeup", "12-11 12:00"),
        "No, not before Sat 12 Dec, 2:30 pm (in 345 days), or once healed if that is sooner.",
    ),
    "no end": (
        f"- {{id: b, avoid: ibuprofen, from: end}}\n{SAUNA}",
        *("ibuprofen", "12-11 12:00"),
        "No, and no end is stated: ask the clinic after your aftercare (Sun 13 Dec).",
    ),
    "vague": (
        "- {id: a, avoid: makeup, until: 24 hours after, until-words: a few days}",
        *("makeup", "12-12 16:00"),
        "Ask the clinic: not for a few days (no date stated).",
    ),
    "closed by the treatment": (
        "- {id: a, avoid: retinoids, from: 3 days before}",
        *("retinoids", "12-08 12:00"),
        "No, not up to your treatment (Thu 10 Dec, 2:30 pm); afterwards ask the clinic.",
    ),
    "never spoken of since": (
        "- {id: a, avoid: retinoids, from: 3 days before}",
        *("retinoids", "12-11 12:00"),
        "Ask the clinic: avoided before the treatment, nothing stated for afterwards.",
    ),
    "range": (
        "- {id: a, avoid: sauna, until: 24 to 48 hours after}",
        *("sauna", "12-11 16:00"),
        (
            "No, not before Sat 12 Dec, 2:30 pm (in 345 days), at the earliest from Fri 11 Dec, "
            "2:30 pm."
        ),
    ),
    "must and wish": (
        "- {id: a, avoid: sun, until: '3 days after, if possible 10'}",
        *("sun", "12-11 16:00"),
        "No, not before Mon 14 Dec (in 347 days), better not before Mon 21 Dec.",
    ),
    "wish": (
        "- {id: a, avoid: sun, until: '3 days after, if possible 10'}",
        *("sun", "12-15 16:00"),
        "Yes, but better not before Mon 21 Dec.",
    ),
    "should": (
        "- {id: a, avoid: sauna, until: 48 hours after, strength: should}",
        *("sauna", "12-11 12:00"),
        "No, not before Sat 12 Dec, 2:30 pm (in 345 days), if it can wait.",
    ),
    "at least": (
        "- {id: a, avoid: sunbathing, until: at least 10 days after}",
        *("sunbathing", "12-22 12:00"),
        "Ask the clinic: the shortest time is over since Mon 21 Dec; no end is stated.",
    ),
    "until a ban begins": (
        "- {id: a, avoid: waxing, from: 5 to 7 days before}",
        *("waxing", "12-01 12:00"),
        "Yes, through Wed 2 Dec.",
    ),
    "permission that ends": (
        "- {id: a, may: makeup, on: days 2 to 7}",
        *("makeup", "12-12 12:00"),
        "Yes, through Thu 17 Dec; then ask the clinic.",
    ),
    "permission that is over": (
        "- {id: a, may: makeup, on: days 2 to 7}",
        *("makeup", "12-20 12:00"),
        "Ask the clinic: sample says nothing of it for this time.",
    ),
    "silence": (SAUNA, "flying", "12-11 12:00", "Ask the clinic: sample says nothing of it."),
    "symptom allows": (
        "- {id: a, may: acetaminophen, if: discomfort, from: end}",
        *("acetaminophen", "12-12 12:00"),
        "Yes, if you feel discomfort.",
    ),
    "symptom forbids": (
        "- {id: a, avoid: makeup, if: swelling, until: 3 days after}",
        *("makeup", "12-12 12:00"),
        "Yes, but not if your skin swells.",
    ),
    "question": (
        "- {id: a, avoid: sauna, if: pregnancy, until: 48 hours after}",
        *("sauna", "12-11 12:00"),
        "Ask the clinic: it depends: Are you pregnant? (--with or --without pregnancy).",
    ),
    "exception": (
        "- {id: a, avoid: skin-products, except: [moisturizer], until: 24 hours after}",
        *("skin-products", "12-10 20:00"),
        "No, not before Fri 11 Dec, 2:30 pm (in 344 days); but yes: moisturizer.",
    ),
    "in part": (
        """
        - {id: a, avoid: retinoids, until: 72 hours after}
        - {id: b, avoid: makeup, until: 48 hours after}
        - {id: c, may: skin-products, from: end}
        """,
        *("skin-products", "12-11 12:00"),
        (
            "No, in part: not makeup before Sat 12 Dec, 2:30 pm; not retinoids before Sun 13 Dec, "
            "2:30 pm; the rest, yes."
        ),
    ),
    "in part to be asked": (
        """
        - {id: a, avoid: retinoids, from: 72 hours before}
        - {id: c, may: skin-products, from: end}
        """,
        *("skin-products", "12-11 12:00"),
        "In part: ask the clinic about retinoids; the rest, yes.",
    ),
    "treatment over": (
        "- {id: a, avoid: drinks, from: 2 hours before, until: end}",
        *("drinks", "12-10 13:00"),
        "No, not until your treatment is over.",
    ),
    "come without": (
        "- {id: a, avoid: sunscreen, at: start}",
        *("sunscreen", "12-10 09:00"),
        "No, come without it to your treatment (Thu 10 Dec, 2:30 pm); afterwards ask the clinic.",
    ),
    "ask first": (
        "- {id: a, avoid: warfarin, until: 5 days after, ask-first: the doctor who prescribes it}",
        *("warfarin", "12-11 12:00"),
        "First ask the doctor who prescribes it: no, not before Wed 16 Dec (in 349 days).",
    ),
    "ask first, closed by the treatment": (
        "- {id: a, avoid: warfarin, from: 5 days before, ask-first: the doctor who prescribes it}",
        *("warfarin", "12-11 12:00"),
        "Ask the clinic: avoided before the treatment, nothing stated for afterwards.",
    ),
    "unless told": (
        "- {id: a, avoid: aspirin, until: 2 days after, unless-told-by: your surgeon}",
        *("aspirin", "12-11 12:00"),
        "No, not before Sun 13 Dec (in 346 days), unless your surgeon tells you otherwise.",
    ),
    "area": (
        "- {id: a, avoid: makeup, until: 2 days after, area: treated area}",
        *("makeup", "12-11 12:00"),
        "No, not before Sun 13 Dec (in 346 days) (treated area).",
    ),
    "halves of a day": (
        "- {id: a, avoid: sauna, until: 48 hours after}",
        *("sauna", "12-12"),
        "No until 2:30 pm, then yes.",
    ),
    "day on which a ban begins": (
        "- {id: a, avoid: waxing, from: 48 hours before}",
        *("waxing", "12-08"),
        "Yes until 2:30 pm, then no.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_sentence(name: str) -> None:
    """The answer is the first word, and nothing sounds like a release that is none."""
    rules, topic, wall, sentence = CASES[name]
    assert tell(rules, topic, wall).sentence == sentence


def test_reason_has_its_source() -> None:
    """The clinic's own sentence, and where it stands."""
    told = tell(SAUNA, "sauna", "12-11 12:00")
    assert told.reasons == ("No sauna. (item 1)",)
    assert told.asked == "Sauna, Fri 11 Dec, 12:00 pm · Thu 10 Dec 2026, 2:30 pm, New York · sample"


def test_hedge_stands_by_itself() -> None:
    """What a program shows beside its own “no”."""
    wish = "- {id: a, avoid: sun, until: '3 days after, if possible 10'}"
    assert tell(wish, "sun", "12-15 16:00").hedge == "but better not before Mon 21 Dec"
    assert tell(SAUNA, "sauna", "12-11 12:00").hedge == ""


def test_what_is_unclear_goes_along() -> None:
    """The sheet's doubts are the clinic's to settle."""
    doubtful = "- {id: a, avoid: sauna, until: 3 days after, unclear: Perhaps longer.}"
    assert tell(doubtful, "sauna", "12-11 12:00").unclear == ("Perhaps longer.",)


def test_unknown_word_has_a_hint() -> None:
    """It is quoted, and the clinic is named."""
    asked = Asked(SAUNA)
    clinic = Clinic(name="The Practice", phone="555 0100")
    told = tell_unknown("suna", "did you mean “sauna”?", asked.plan, clinic)
    assert told.sentence == (
        "Ask The Practice, 555 0100: “suna” is not a topic that is known here; did you mean "
        "“sauna”?"
    )


def test_hour_of_a_medicine_is_asked_for() -> None:
    """Where too long hurts as much as too short, nothing is guessed in silence."""
    rules = "- {id: a, avoid: insulin, from: 24 hours before, until: 24 hours after}"
    asked = Asked(rules, start="2026-12-10")
    moment = at("2026-12-10 12:00")
    told = tell_reply(asked.reply("insulin", "12-10 12:00"), asked.plan, Clinic(), moment)
    assert told.sentence.endswith(", ask for the time of the appointment.")
