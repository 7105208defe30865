"""Tables as booking systems and spreadsheets write them, and as they come out broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcare.commands.batches.rows import COLUMNS, BadRow, Row, Table, open_table
from microcare.load.source.refusals import Refusal
from tests.commands.batches.tables import HEAD, put_table

TWO = {2: {"booking": "1", "date": "2026-12-10"}, 3: {"booking": "2", "date": "2026-12-11"}}


def read_rows(folder: Path, text: str | bytes) -> tuple[dict[int, dict[str, str]], dict[int, str]]:
    """Return the cells of the rows and what is wrong with the others, by their lines."""
    with open_table(str(put_table(folder, text))) as table:
        return sort_rows(table)


def sort_rows(table: Table) -> tuple[dict[int, dict[str, str]], dict[int, str]]:
    """Return the rows of a table, and the bad ones."""
    read = list(table.read())
    return (
        {each.line: each.cells for each in read if isinstance(each, Row)},
        {each.line: each.message for each in read if isinstance(each, BadRow)},
    )


@pytest.mark.parametrize(
    "text",
    [
        "booking,date\n1,2026-12-10\n2,2026-12-11\n",
        "booking,date\n1,2026-12-10\n2,2026-12-11",
        "booking;date\r\n1;2026-12-10\r\n2;2026-12-11\r\n",
        "booking\tdate\n1\t2026-12-10\n2\t2026-12-11\n",
        "\ufeffBooking , DATE\n 1 ,2026-12-10\n2,2026-12-11,\n",
        "booking,date\r1,2026-12-10\r2,2026-12-11\r",
        '"booking","date"\n"1","2026-12-10"\n"2","2026-12-11"\n',
        "date,note,booking\n2026-12-10,x,1\n2026-12-11,,2\n,,\n\n",
        "date,booking,note\n2026-12-10,1,\ud7ff\n2026-12-11,2,\u00e9\n",
        '\n{"booking": 1, "date": "2026-12-10"}\n{"booking": "2", "date": "2026-12-11"}\n',
    ],
)
def test_every_usual_table_is_read(text: str, tmp_path: Path) -> None:
    """Marks, separators, line ends, quotes, other columns, the order, blank lines."""
    assert read_rows(tmp_path, text) == (TWO, {})


def test_separator_that_a_spreadsheet_names(tmp_path: Path) -> None:
    """Excel writes one line before the names."""
    rows, bad = read_rows(tmp_path, "sep=;\nbooking;date\n1;2026-12-10\n")
    assert (rows, bad) == ({3: TWO[2]}, {})


def test_end_of_a_cell_on_two_lines_is_no_booking(tmp_path: Path) -> None:
    """The rest of a reference would be one of its own, of nobody."""
    table = 'booking,date\n"1\n2",2026-12-10\n2,2026-12-11\n'
    rows, bad = read_rows(tmp_path, table)
    assert rows == {4: TWO[3]}
    assert bad == {
        2: "The cell “booking” goes on in another line.",
        3: "The cell “booking” has a quote without its other one.",
    }


def test_accents_of_a_reference_are_composed(tmp_path: Path) -> None:
    """So that two rows of one booking are known for such."""
    rows, bad = read_rows(tmp_path, f"{HEAD}Zo\u00eb,2026-12-10\nZoe\u0308,2026-12-10\n")
    assert (rows[2], bad) == (rows[3], {})


def test_other_columns_may_be_in_any_encoding_and_on_many_lines(tmp_path: Path) -> None:
    """A patient's name is never looked at; the lines are counted on."""
    text = b'name,booking,date\n"J\xf6rg\n""x"", y",1,2026-12-10\nAnn,2,2026-12-11\n'
    rows, bad = read_rows(tmp_path, text)
    assert (rows, bad) == ({2: TWO[2], 4: TWO[3]}, {})


@pytest.mark.parametrize("quoted", ["", '4,2026-12-12,"x"\n', '4,2026-12-12,""\n"5",2026-12-12,\n'])
def test_open_quote_takes_no_other_row_with_it(quoted: str, tmp_path: Path) -> None:
    """Neither up to the end nor up to the next quote."""
    text = f'{HEAD[:-1]},note\n1,2026-12-10,\n2,"2026-12-11,\n3,2026-12-12,\n{quoted}'
    rows, bad = read_rows(tmp_path, text)
    assert bad == {3: "A quote is not closed."}
    assert [each["booking"] for each in rows.values()] == ["1", "3", *("45"[: quoted.count("\n")])]


def test_cell_of_ours_on_two_lines_is_an_open_quote(tmp_path: Path) -> None:
    """It may have swallowed a booking."""
    rows, bad = read_rows(tmp_path, f'{HEAD}1,"2026-12-10\n2,2026-12-11"\n3,2026-12-12\n')
    assert bad == {2: "The cell “date” goes on in another line."}
    # What follows is read by itself, and its date will be refused.
    assert [each["date"] for each in rows.values()] == ['2026-12-11"', "2026-12-12"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,2026-12-10,x,y", "It has 4 cells, and the first line names 3."),
        ("1,2026-12-10", "It has 2 cells, and the first line names 3."),
        ("1,2026-12-10," + "x" * 70_000, "It has more than 65,536 characters."),
        ('1,2026-12-10,"' + "x\n" * 600, "A quote is not closed."),
    ],
)
def test_row_that_is_shifted_or_endless_is_refused(row: str, said: str, tmp_path: Path) -> None:
    """A date in the wrong column is worse than none; the rows behind it are read."""
    rows, bad = read_rows(tmp_path, f"booking,date,note\n{row}\n2,2026-12-11,\n")
    assert bad[2] == said
    assert list(rows.values()) == [TWO[3]]


@pytest.mark.parametrize(
    "line",
    [
        "[1]", "1", '"x"', "{", '{"booking": 1.5}', '{"booking": true}', '{"booking": {"a": 1}}',
        '{"date": "a", "date": "b"}', '{"date": "a", "Date": "b"}', "[" * 5000, "x",
        '{"booking": ' + "9" * 5000 + "}",
    ],
)  # fmt: skip
def test_line_that_is_no_object_of_texts_is_refused(line: str, tmp_path: Path) -> None:
    """JSON that has no texts is no booking, and ends no run."""
    rows, bad = read_rows(tmp_path, '{"booking": "1", "date": "2026-12-10"}\n' + line)
    assert list(bad) == [2]
    assert list(rows.values()) == [TWO[2]]


def test_list_of_json_is_several_values(tmp_path: Path) -> None:
    """As a cell has them behind semicolons."""
    rows, _ = read_rows(tmp_path, '{"with": ["a", "b"], "last": null, "more": 1}')
    assert rows == {1: {"with": "a;b"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\ufeff\n\n", "is empty"),
        ("name,when\n1,2\n", "no column “booking”"),
        ("booking,when\n1,2\n", "no column “date”"),
        ("booking,date,date\n1,2,3\n", "two columns “date”"),
        ("1,2026-12-10\n", "no column “booking”"),
        ("booking,date\n".encode("utf-16"), "is UTF-16"),
        (b"PK\x03\x04\0\0\0", "is no table"),
        ("x" * 100_000, "is no table"),
    ],
)
def test_file_that_is_no_table_is_refused(text: str | bytes, said: str, tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(Refusal, match=said):
        read_rows(tmp_path, text)


@pytest.mark.parametrize("name", ["none.csv", ".", "a\0b"])
def test_file_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    """A folder, a name of nothing."""
    with pytest.raises(Refusal, match="can't be read"), open_table(f"{tmp_path}/{name}"):
        pass


def test_table_that_grows_ends_where_it_ended(tmp_path: Path) -> None:
    """What is added while it is read is for the next run, and a row that was torn is none."""
    file = put_table(tmp_path, f"{HEAD}1,2026-12-10\n2,2026-12-1")
    with open_table(str(file)) as table:
        with file.open("a") as more:
            more.write("1\n3,2026-12-12\n")
        rows, bad = sort_rows(table)
        assert table.has_changed
    assert rows == {2: TWO[2]}
    assert bad == {3: "The row was still being written while it was read."}


@given(st.lists(st.lists(st.text(max_size=8), min_size=4, max_size=4), max_size=6), st.data())
def test_any_bytes_end_in_rows_or_refusals(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]], data: st.DataObject
) -> None:
    """Whatever stands in the cells, each line is a row, a bad row, blank or within another."""
    text = "booking,date,note,with\n" + "".join(f"{','.join(each)}\n" for each in cells)
    encoded = text.encode("utf-8", "surrogatepass")
    cut = data.draw(st.integers(23, len(encoded)))
    rows, bad = read_rows(tmp_path_factory.mktemp("drawn"), encoded[:cut])
    assert not rows.keys() & bad.keys()
    assert all(set(each) <= {*COLUMNS} for each in rows.values())
