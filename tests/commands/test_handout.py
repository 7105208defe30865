"""`handout`: the file that is written, what it refuses, and what it keeps to itself."""

from __future__ import annotations

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.commands.running import BOOKING, DATE, NOW, ZONE, Runner, refused, run_process
from tests.test_main import imported


@pytest.fixture(autouse=True)
def _work_in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)


def left() -> list[str]:
    """Return what stands in the folder."""
    return sorted(each.name for each in Path().iterdir())


def test_a_pdf_and_a_web_page_are_written_by_the_ending(microcare: Runner) -> None:
    """The name goes to stdout, for scripts; what was done to stderr."""
    for name, start in (("plan.pdf", b"%PDF-1.7"), ("plan.HTML", b"<!DOCTYPE html>")):
        done = microcare("handout", *BOOKING, "-o", name)
        assert (done.code, done.out) == (0, f"{name}\n")
        assert done.err == f"microcare: wrote {name}.\n"
        assert Path(name).read_bytes().startswith(start)


def test_the_name_comes_from_protocol_and_date(microcare: Runner) -> None:
    """A PDF, unless a web page is asked for."""
    assert microcare("handout", *BOOKING).out == "clinic-a-2026-12-10.pdf\n"
    done = microcare("handout", *BOOKING, "--format", "html")
    assert done.out == "clinic-a-2026-12-10.html\n"


def test_stdout_takes_a_file_of_a_kind_that_is_named(microcare: Runner) -> None:
    """A dash has no ending."""
    done = microcare("handout", *BOOKING, "-o", "-", "--format", "html", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("<!DOCTYPE html>")
    assert "--format pdf" in refused(microcare("handout", *BOOKING, "-o", "-"))
    assert left() == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("-o", "plan.txt"), "the name of the file doesn't say which"),
        (("-o", "plan.pdf", "--format", "html"), "don't go together"),
        (("-o", "no/such/plan.pdf"), "The folder no/such does not exist"),
        (("--name", "Ann Example"), "would stay in the shell's history"),
        (("--name", "-", "--protocol", "-"), "can't both be read from stdin"),
        (("--qr", " "), "--qr is empty"),
        (("--qr", "x" * 500), "too long"),
        (("--qr", "\udc80"), "no text in Unicode"),
    ],
)
def test_what_can_not_be_is_refused(words: tuple[str, ...], says: str, microcare: Runner) -> None:
    """With a sentence, and nothing is written; a name is not repeated."""
    said = refused(microcare("handout", *BOOKING, *words))
    assert says in said
    assert "Ann" not in said
    assert left() == []


def test_a_file_that_stands_is_replaced_with_force_alone(microcare: Runner) -> None:
    """And with --dry-run nothing is written."""
    assert microcare("handout", *BOOKING, "-o", "a.html", "--dry-run").err == (
        "microcare: would write a.html.\n"
    )
    assert left() == []
    Path("a.html").write_text("mine", encoding="utf-8")
    assert "exists already" in refused(microcare("handout", *BOOKING, "-o", "a.html"))
    assert Path("a.html").read_text(encoding="utf-8") == "mine"
    assert microcare("handout", *BOOKING, "-o", "a.html", "--force").code == 0
    assert left() == ["a.html"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--with", "pregnancy"), "DO NOT TREAT: an answer rules the treatment out."),
        (("--last", "Botox=2026-12-09"), "DO NOT TREAT ON THIS DATE"),
    ],
)
def test_nobody_who_is_not_treated_gets_one(
    words: tuple[str, ...], says: str, microcare: Runner
) -> None:
    """Exit code 1, and which answer it was stays out of the message."""
    done = microcare("handout", *BOOKING, *words, "-o", "a.html")
    assert (done.code, done.out) == (1, "")
    assert says in done.err
    assert "No handout was written." in done.err
    assert "pregnan" not in done.err
    assert left() == []


def test_a_guessed_zone_is_refused(microcare: Runner) -> None:
    """The page says in which zone its times are."""
    assert "time zone is not known" in refused(microcare("handout", *DATE, *NOW, TZ="UTC"))


def test_what_an_answer_rules_out_is_counted(microcare: Runner) -> None:
    """It is not on the page, and stderr says so."""
    done = microcare("handout", *BOOKING, "--without", "cold-sores", "-o", "a.html")
    assert "3 instructions left out, because an answer rules it out." in done.err
    assert "antiviral" not in Path("a.html").read_text(encoding="utf-8")


NAMED = ("handout", *BOOKING, "--name", "-", "-o", "a.html")


def test_a_name_comes_from_stdin_and_stays_on_the_page(tmp_path: Path) -> None:
    """It is in no file name and in nothing that is said."""
    done = run_process(*NAMED, home=tmp_path, stdin="  Zoë   Example \n".encode())
    assert (done.code, "Example" in done.out + done.err) == (0, False)
    assert Path("a.html").read_text(encoding="utf-8").count("Zoë Example") == 1


@pytest.mark.parametrize("given", [b"", b" \n", b"\xff\n", b"A\nB\n", b"x" * 101, None])
def test_what_is_no_name_is_refused(
    given: bytes | None, microcare: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is repeated; there may be no stdin at all."""
    stdin = None if given is None else TextIOWrapper(BytesIO(given))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert "leave --name out" in refused(microcare(*NAMED))
    assert left() == []


def test_without_typst_a_sentence_says_what_to_install(
    microcare: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that a web page can be had instead."""
    # As Python finds it where it isn't installed.
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.delitem(sys.modules, "microcare.export.handout.pdf", raising=False)
    said = refused(microcare("handout", *BOOKING))
    assert 'pip install "microcare[pdf]"' in said
    assert "-o FILE.html" in said
    assert left() == []
    assert microcare("handout", *BOOKING, "-o", "a.html").code == 0


def test_equal_inputs_make_equal_files(microcare: Runner) -> None:
    """The moment in a PDF is that of --now, or SOURCE_DATE_EPOCH."""
    for name in ("a.pdf", "b.pdf"):
        microcare("handout", *BOOKING, "-o", name)
    assert Path("a.pdf").read_bytes() == Path("b.pdf").read_bytes()
    microcare("handout", *BOOKING, "-o", "c.pdf", SOURCE_DATE_EPOCH="1700000000")
    dates = [PdfReader(BytesIO(Path(name).read_bytes())).metadata for name in ("a.pdf", "c.pdf")]
    assert [each and each.creation_date and each.creation_date.year for each in dates] == [
        *(2026, 2023),
    ]
    done = microcare("handout", *BOOKING, "-o", "d.pdf", SOURCE_DATE_EPOCH="soon")
    assert "SOURCE_DATE_EPOCH" in refused(done)


def test_several_treatments_and_sessions_stand_on_one_page(microcare: Runner) -> None:
    """With their names and dates; what is not booked yet says so."""
    clinics = ("--protocol", "clinic-a", "--protocol", "clinic-b@2027-01-20 9:00 am")
    assert microcare("handout", *BOOKING, *clinics, "-o", "a.html").code == 0
    page = Path("a.html").read_text(encoding="utf-8")
    assert "Wednesday 20 January 2027, 9:00 am" in page
    series = ("--protocol", "clinic-b", "--sessions", "3", "-o", "b.html")
    assert microcare("handout", *BOOKING, *series).code == 0
    assert Path("b.html").read_text(encoding="utf-8").count("(not booked yet)</p>") == 2


def test_a_part_and_large_print(microcare: Runner) -> None:
    """Only the days of the part, in large letters."""
    words = ("--part", "after", "--large-print", "-o", "a.html")
    assert microcare("handout", *BOOKING, *words).code == 0
    page = Path("a.html").read_text(encoding="utf-8")
    assert 'class="large"' in page
    assert "<h2>After</h2>" in page
    assert "<h2>Before</h2>" not in page


def test_a_code_has_nothing_of_the_patient(microcare: Runner) -> None:
    """It is the same whatever was answered, and the clinic's own link stands as it is."""
    codes = []
    for words in ((), ("--with", "cold-sores"), ("--duration", "45 minutes")):
        done = microcare("handout", *BOOKING, *words, "--qr", "visit", "-o", "a.html", "--force")
        assert done.code == 0
        page = Path("a.html").read_text(encoding="utf-8")
        codes.append(page.partition("<svg")[2].partition("</svg>")[0])
    assert codes[0] == codes[1] != codes[2]
    link = "https://example.org/aftercare"
    assert microcare("handout", *BOOKING, "--qr", link, "-o", "b.html").code == 0
    assert f"Scan: {link}</figcaption>" in Path("b.html").read_text(encoding="utf-8")


def test_it_loads_what_the_kind_of_file_needs(tmp_path: Path) -> None:
    """A web page needs neither Typst nor codes, nor a terminal, a calendar or JSON."""
    found = imported("handout", *BOOKING, "-o", "a.html", home=tmp_path)
    assert "jinja2" in found
    assert found & {"typst", "segno", "rich", "ics", "microcare.export.data.plan"} == set()
    found = imported("handout", *BOOKING, "-o", "a.pdf", home=tmp_path)
    assert found & {"jinja2", "segno", "rich", "ics"} == set()


def test_its_dates_are_those_of_the_plan(microcare: Runner) -> None:
    """A page of hours that somebody has to count helps nobody: no “+48 h”, no “rule:”."""
    done = microcare("plan", *BOOKING, "--format", "json")
    dates = {each["date"] for each in json.loads(done.out)["days"]}
    assert dates
    assert microcare("handout", *BOOKING, "-o", "a.html").code == 0
    page = Path("a.html").read_text(encoding="utf-8")
    assert "rule:" not in page
    assert "+48" not in page
    assert "until Sat 12 Dec, 2:30 pm" in page
    assert ZONE[1].rpartition("/")[2].replace("_", " ") in page
