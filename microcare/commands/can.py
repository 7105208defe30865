"""`microcare can`: whether a patient may have or do something, and if not, until when."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from microcare.commands.shared import options
from microcare.commands.shared.output import Color, make_console, print_parts, write
from microcare.language.messages import speak
from microcare.load.source.refusals import DO_NOT_TREAT, Refusal

if TYPE_CHECKING:
    import datetime as dt

    from microcare.commands.shared.booking import Booking
    from microcare.core.plan.plan import Plan
    from microcare.core.plan.replies import Reply


def can(
    date: options.DateOption,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TOPIC",
            help="What it is about: a word, a brand or a group. Without it the day is told.",
            autocompletion=options.complete_topic,
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="WHEN",
            help="The moment that is asked about, or a whole day; without it, now.",
        ),
    ] = None,
    protocol: options.ProtocolsOption = None,
    duration: options.DurationOption = None,
    sessions: options.SessionsOption = None,
    every: options.EveryOption = None,
    closed: options.ClosedOption = None,
    session: options.SessionOption = None,
    tz: options.ZoneOption = None,
    with_: options.WithOption = None,
    without: options.WithoutOption = None,
    language: options.LanguageOption = None,
    now: options.NowOption = None,
    output: options.FormatOption = options.DataFormat.TEXT,
    color: options.ColorOption = Color.AUTO,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Answer whether something is allowed: yes, no and until when, or ask the clinic.

    Ends with 0 whatever the answer, but with 1 where the treatment must not be done.

    \b
    microcare can makeup --date "2026-12-10 14:30" --at "Sat 12 Dec 2026"
    microcare can Advil --date "2026-12-10 14:30" --at "2026-12-12 9am"
    microcare can --date "2026-12-10 14:30" --at "Sat 12 Dec 2026"
    microcare can sun --date "2026-12-10 14:30" --protocol clinic-b --sessions 3 --at 2027-01-09
    """
    from microcare.commands.shared.booking import (
        announce_visits,
        load_booking,
        make_plan,
        read_moment,
    )
    from microcare.commands.shared.settings import announce_zone
    from microcare.commands.shared.treatments import SessionOptions

    word = " ".join(topic or ()).strip()
    if not word and output is options.DataFormat.JSON:
        raise Refusal("--format json needs a topic.", "name one: microcare can makeup …")
    booking = load_booking(
        date=date,
        protocol=protocol,
        zone=tz,
        yes=with_,
        no=without,
        now=now,
        duration=duration,
        verbose=verbose,
        language=language,
        sessions=SessionOptions(sessions, every, tuple(closed or ()), tuple(session or ())),
    )
    moment = read_moment("--at", at, booking)
    dated = make_plan(booking)
    if word:
        # Whoever asks about the days after a treatment knows that it has been.
        announce_zone(booking.visit, quiet=quiet, verbose=verbose)
        with speak(booking.language):
            _answer(word, moment, dated, booking, output, color)
    else:
        announce_visits(booking.visits, booking.now, quiet=quiet, verbose=verbose)
        with speak(booking.language):
            _print_day(moment, dated, color)
    if dated.blocked_by:
        raise typer.Exit(DO_NOT_TREAT)


_CLOCK_TIME = re.compile(r"\d{1,2}(:\d\d(:\d\d)?)?\s?([ap]\.?m\.?)?|[ap]m", re.IGNORECASE)


def _answer(
    word: str,
    moment: "dt.datetime | dt.date",
    dated: "Plan",
    booking: "Booking",
    output: options.DataFormat,
    color: Color,
) -> None:
    from microcare.load.protocol.names import find_topic, suggest_topics
    from microcare.load.source.refusals import suggest
    from microcare.wording.plan.replies import tell_reply, tell_unknown

    topic = find_topic(word, dated.protocol.topics)
    near: tuple[str, ...] = ()
    reply = None
    if topic is not None:
        reply = _find_reply(topic, moment, dated)
        told = tell_reply(reply, dated, booking.clinic, moment)
    else:
        if any(map(_CLOCK_TIME.fullmatch, word.split())):
            message = f"“{word[:60]}” has a time in it."
            raise Refusal(message, 'a date of several words needs quotes: --at "12 Dec 2:30pm"')
        near = suggest_topics(word, dated.protocol.topics)
        told = tell_unknown(word, suggest(*near), dated, booking.clinic)
    if output is options.DataFormat.JSON:
        from microcare.export.data.reply import Question, reply_json

        write(reply_json(Question(word, moment, near), reply, told, dated))
    else:
        from microcare.render.reply_text import reply_text

        print_parts(make_console(color), reply_text(told))


def _find_reply(topic: str, moment: "dt.datetime | dt.date", dated: "Plan") -> "Reply":
    from datetime import datetime

    from microcare.core.plan.replies import find_day_reply, find_reply

    if isinstance(moment, datetime):
        return find_reply(dated, topic, moment)
    return find_day_reply(dated, topic, moment)


def _print_day(moment: "dt.datetime | dt.date", dated: "Plan", color: Color) -> None:
    """Print what `plan --on` prints for the day of a moment."""
    from datetime import datetime

    from microcare.commands.plan import lay_out_day

    day = dated.visit.local_date(moment) if isinstance(moment, datetime) else moment
    print_parts(make_console(color), lay_out_day(dated, day))
