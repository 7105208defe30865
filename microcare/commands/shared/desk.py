"""What each setting is at this desk, where that comes from, and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from microcare.commands.shared.settings import (
    choose_default,
    choose_protocol,
    choose_zone,
    merge_clinic,
    name_source,
)
from microcare.core.sheet.desk import Desk, DeskSetting, Found
from microcare.core.sheet.protocol import Clinic
from microcare.load.library.opening import read_opening
from microcare.load.library.settings import (
    SETTINGS,
    Chosen,
    Settings,
    Source,
    survey_settings,
)
from microcare.load.source.refusals import PhraseError, ProtocolError, Refusal

if TYPE_CHECKING:
    from microcare.core.sheet.protocol import Protocol


def survey_desk(
    table: Mapping[str, object],
    configuration: Path,
    *,
    protocol: str | None = None,
    zone: str | None = None,
) -> Desk:
    """Return the settings of this machine, whose configuration file holds `table`.

    A setting that can't be used says why and leaves the others alone. `protocol` and `zone` are
    named on the command line; of these raises Refusal.
    """
    survey = survey_settings(os.environ, table, configuration)
    settings = survey.settings
    loaded, row = _survey_protocol(protocol, settings)
    rows = [
        row,
        _survey_zone(zone, settings, loaded),
        _survey_folders(settings),
        *_survey_clinic(loaded.clinic if loaded else Clinic(), settings.clinic),
        *_survey_opening(settings),
    ]
    return Desk(
        tuple(_mark_refused(each, survey.refusals.get(each.name), table) for each in rows),
        str(configuration),
        os.path.lexists(configuration),
        survey.unknown,
    )


def _describe(
    name: str, found: Found, source: Source | None, refusal: Refusal | None = None
) -> DeskSetting:
    setting = SETTINGS[name]
    return DeskSetting(
        name=name,
        found=found,
        source=source.value if source else None,
        by=name_source(source, setting.variable) if source else "",
        flag=setting.flag,
        variable=setting.variable,
        problem=_word_problem(name, refusal) if refusal else None,
    )


def _word_problem(name: str, refusal: Refusal) -> str:
    if isinstance(refusal, ProtocolError):
        return "It has problems; microcare plan tells them."
    hint = refusal.hint or f"microcare config set {name} names another"
    return f"{refusal.message} {hint[0].upper()}{hint[1:]}{'' if hint[-1] in '.?' else '.'}"


def _mark_refused(
    row: DeskSetting, refusal: Refusal | None, table: Mapping[str, object]
) -> DeskSetting:
    """Return the row of a setting that is written in a way that can't be read at all."""
    if refusal is None:
        return row
    written: object = os.environ.get(row.variable or "")
    source = Source.ENVIRONMENT if written else Source.CONFIGURATION
    if not written:
        written = table.get(SETTINGS[row.name].key[0])
    return _describe(row.name, written if isinstance(written, str) else None, source, refusal)


def _survey_protocol(
    reference: str | None, settings: Settings
) -> tuple[Protocol | None, DeskSetting]:
    chosen = choose_default(settings) if reference is None else Chosen(reference, Source.FLAG)
    try:
        loaded, _ = choose_protocol(reference, settings)
    except Refusal as refusal:
        if reference is not None:
            raise
        return None, _describe("protocol", chosen.value, chosen.source, refusal)
    return loaded, _describe("protocol", chosen.value, chosen.source)


def _survey_zone(zone: str | None, settings: Settings, loaded: Protocol | None) -> DeskSetting:
    try:
        chosen = choose_zone(zone, settings, loaded)
    except PhraseError as refusal:
        if zone is not None or settings.time_zone is None:
            raise
        return _describe("tz", settings.time_zone.value, settings.time_zone.source, refusal)
    return _describe("tz", chosen.value.key, chosen.source)


def _survey_folders(settings: Settings) -> DeskSetting:
    source = Source.DEFAULT
    if settings.folders:
        named = any(os.environ.get("MICROCARE_PROTOCOLS", "").split(os.pathsep))
        source = Source.ENVIRONMENT if named else Source.CONFIGURATION
    return _describe("protocols", tuple(map(str, settings.folders)), source)


def _survey_clinic(own: Clinic, configured: Clinic) -> Iterator[DeskSetting]:
    """Yield whom to ask: what the protocol says of its clinic comes first, part by part."""
    for name, setting in SETTINGS.items():
        *path, key = setting.key
        if path:
            said = getattr(merge_clinic(own, configured), key)
            source = Source.PROTOCOL if getattr(own, key) else Source.CONFIGURATION
            yield _describe(name, said, source if said else None)


def _survey_opening(settings: Settings) -> Iterator[DeskSetting]:
    parts = {
        "hours": Settings(hours=settings.hours),
        "holidays": Settings(holidays=settings.holidays),
    }
    for name, part in parts.items():
        found: Found = part.hours or part.holidays
        refusal = None
        try:
            opening = read_opening(part)
            found = opening.spans or opening.closed
        except PhraseError as error:
            refusal = error
        yield _describe(name, found or None, Source.CONFIGURATION if found else None, refusal)
