"""Every word of the handout that no other output has, in one place."""

from __future__ import annotations

from microcare.core.values import value


@value
class HandoutWords:
    """The words of a handout; those with `{…}` are filled in."""

    heading: str = "{treatment}: before and after"
    name: str = "Name"
    clock: str = "{start} to {end}"
    place_time: str = "All times are {place} time."
    joined: str = "{name}: {when}"
    not_booked: str = "not booked yet"
    before_now: str = "By now ({today})"
    ongoing: str = "Already in force"
    from_now: str = "From now on, or to be done by a date"
    settle: str = "To settle before your visit"
    tell: str = "Tell the clinic before your treatment if one of these is so:"
    ask: str = "Talk these over with the clinic:"
    expected: str = "What to expect"
    call: str = "When to call"
    call_phone: str = "With any question: {ask}."
    phone: str = "Phone"
    undated: str = "Without a date, or without a stated end"
    disputed: str = (
        "The sheet says two things about {topics}: the stricter one stands here; ask the clinic."
    )
    timeline: str = "What to avoid, and when"
    timeline_bar: str = "{label}: {parts}."
    timeline_closed: str = "then nothing is stated: ask"
    timeline_from: str = "from {start}"
    sure: str = "avoid"
    open: str = "perhaps: ask, or see if it applies to you"
    treatment: str = "treatment"
    doses: str = "Doses"
    doses_hint: str = "Tick each dose when you have taken it."
    week: str = "{first} to {last}"
    time: str = "Time"
    total: str = "Total"
    suggested: str = "suggested times"
    suggested_one: str = "suggested time"
    in_all: str = "In all: {courses}."
    course_total: str = "{label}, {count} times"
    course_once: str = "{label}, once"
    footer: str = "{protocols} · printed {date}"
    page: str = "page"
    of: str = "of"
    visit_code: str = "Scan to put the appointment of {date} into your calendar."
    link_code: str = "Scan: {text}"
    visit_summary: str = "Appointment"


ENGLISH = HandoutWords()
