"""The properties of a patient's calendar: which there are, where, how often, in which form."""

from __future__ import annotations

REQUIRED = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SUMMARY"},
    "VALARM": {"UID", "ACTION", "DESCRIPTION", "TRIGGER"},  # UID: RFC 9074
}
"""What each component must have. CLASS and TRANSP have checks of their own."""

KNOWN = {
    "VCALENDAR": REQUIRED["VCALENDAR"]
    # RFC 7986
    | {"CALSCALE", "CATEGORIES", "COLOR", "DESCRIPTION", "LAST-MODIFIED", "NAME"}
    | {"REFRESH-INTERVAL", "SOURCE", "UID", "URL"},
    "VEVENT": REQUIRED["VEVENT"]
    | {"ATTACH", "CATEGORIES", "CLASS", "COMMENT", "CONTACT", "CREATED", "DESCRIPTION", "DTEND"}
    | {"DURATION", "GEO", "LAST-MODIFIED", "LOCATION", "PRIORITY", "RELATED-TO", "RESOURCES"}
    | {"SEQUENCE", "STATUS", "TRANSP", "URL"}
    | {"COLOR"},  # RFC 7986
    "VALARM": REQUIRED["VALARM"] | {"DURATION", "REPEAT"},
}
"""What each component may have besides X- properties. Nothing in a plan recurs by a rule."""

REPEATABLE = {"ATTACH", "COMMENT", "CONTACT", "RELATED-TO", "RESOURCES"}
"""What may stand in a component more than once."""

FORBIDDEN = {
    "METHOD": "PUBLISH demands an organizer, and the others break files of several events",
    "X-WR-CALNAME": "Outlook opens a second calendar for it",
    "X-ALT-DESC": "the description is plain text",
    "ORGANIZER": "a patient's file names no person",
    "ATTENDEE": "a patient's file names no person",
}
"""What the standard or its extensions allow and the project does not, with the reason."""

PATTERNS = {
    "VERSION": r"2\.0",
    "CALSCALE": "GREGORIAN",
    "SEQUENCE": "[0-9]+",
    "TRANSP": "OPAQUE|TRANSPARENT",
    "STATUS": "TENTATIVE|CONFIRMED|CANCELLED",
    "PRIORITY": "[0-9]",
    "CATEGORIES": "Appointment|Day|Task|Dose|Window|Reminder"
    "|Cita|Día|Tarea|Dosis|Período|Recordatorio",
    # A URI is not TEXT: a backslash in it is part of the address, and a wrong one.
    "URL": r"[A-Za-z][A-Za-z0-9+.-]*:[^\\\s]+",
}
"""What the whole of a value must match."""

STAMPS = {"DTSTAMP", "CREATED", "LAST-MODIFIED"}
DURATIONS = {"DURATION", "TRIGGER"}

TEXTS = {
    **dict.fromkeys(("PRODID", "UID", "NAME"), ",;"),
    **dict.fromkeys(("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT"), ",;"),
    # Lists, in which a comma separates two texts.
    **dict.fromkeys(("CATEGORIES", "RESOURCES"), ";"),
}
"""The properties whose values are TEXT, with the characters that need a backslash in them."""
