"""The README's table: what each type of column of a frame becomes, and which types are refused."""

from __future__ import annotations

import datetime as dt
import decimal

import pytest
from conftest import KINDS, columns, frame

import hesopmatch as hm

DEPRESSION = "codelists/depression.csv"
LONG = ["00000000000000000042", "12345678901234567890", None]

pandas = pytest.mark.skipif("pandas" not in KINDS, reason="needs pandas")
pyarrow = pytest.mark.skipif("pyarrow" not in KINDS, reason="needs pyarrow")


def flag(given, **options):
    return hm.flag(given, **{"icd10": DEPRESSION, "rows": "all", "quiet": True, **options})


def test_a_frame_keeps_its_rows_and_types(kind):
    given = frame(
        kind,
        {
            "attendkey": LONG,
            "diag_01": ["F321", None, "I10X"],
            "day": [dt.date(2019, 5, 8), None, dt.date(2020, 2, 29)],
            "time": [dt.datetime(2019, 5, 8, 9, 30), None, dt.datetime(2020, 2, 29)],
            "NA": ["NA", "", None],
            "number": [1.5, None, 3.0],
            "any": [True, None, False],
        },
    )
    before = columns(given)
    got = flag(given)
    assert columns(got) == {**before, "depression": [True, None, False]}
    assert columns(given) == before
    if kind == "pandas":
        assert list(got.dtypes[:-1]) == list(given.dtypes)
        assert str(got["depression"].dtype) == "boolean"
    elif kind == "polars":
        assert got.dtypes[:-1] == given.dtypes
    else:
        assert got.schema.types[:-1] == given.schema.types
    assert columns(flag(given, rows="matched")) == {k: v[:1] for k, v in {**before, "depression": [True]}.items()}


def test_identifiers_of_twenty_digits(kind, tmp_path):
    """Identifiers are the same in frames, in files, and in the result of people()."""
    header = "token_person_id,apptdate,diag_01,note\n"
    lines = [f"{LONG[0]},2019-05-08,F321,NA\n", f"{LONG[1]},1900-01-01,F32X,\n", f"{LONG[1]},,R51,x\n"]
    (tmp_path / "a.csv").write_text(header + "".join(lines))
    got = columns(flag(tmp_path / "a.csv", to=kind))
    assert got == {
        "token_person_id": [LONG[0], LONG[1], LONG[1]],
        "apptdate": ["2019-05-08", "1900-01-01", None],
        "diag_01": ["F321", "F32X", "R51"],
        "note": ["NA", None, "x"],
        "depression": [True, True, False],
    }
    given = frame(kind, {name: column for name, column in got.items() if name != "depression"})
    assert columns(flag(given)) == got
    assert columns(flag(given, rows="people"))["token_person_id"] == [LONG[0], LONG[1], LONG[1]]
    for one in (given, tmp_path / "a.csv"):
        people = hm.people(one, icd10=DEPRESSION, to=kind, quiet=True)
        assert columns(people)["person"] == LONG[:2]


def people(given, **options):
    return columns(hm.people(given, icd10=DEPRESSION, quiet=True, **options))


def appointments(kind, **more):
    return frame(
        kind, {"token_person_id": ["a", "b"], "apptdate": ["2019-05-08", "2019-05-09"], "diag_01": ["F321"] * 2} | more
    )


PERSONS = [
    ("whole numbers", [7, 2**62], ["7", str(2**62)]),
    ("numbers over 63 bits", [2**63, 2**64 - 1], [str(2**63), str(2**64 - 1)]),
    ("decimals", [decimal.Decimal(7), decimal.Decimal(10**19)], ["7", str(10**19)]),
]


@pytest.mark.parametrize(("reason", "persons", "want"), PERSONS)
def test_identifiers_as_numbers(kind, reason, persons, want):
    if kind == "pyarrow" and max(persons) > 2**63:
        import pyarrow as pa

        persons = pa.array(persons, pa.uint64() if isinstance(persons[0], int) else None)
    assert sorted(people(appointments(kind, token_person_id=persons))["person"]) == sorted(want)


DAYS = [
    ("days", [dt.date(2019, 5, 8), dt.date(2019, 5, 9)]),
    ("times at midnight", [dt.datetime(2019, 5, 8), dt.datetime(2019, 5, 9)]),
    ("times", [dt.datetime(2019, 5, 8, 23, 59, 59), dt.datetime(2019, 5, 9, 0, 0, 1)]),
]


@pytest.mark.parametrize(("reason", "days"), DAYS)
def test_days(kind, reason, days):
    got = people(appointments(kind, apptdate=days))["first"]
    assert [str(day)[:10] for day in got] == ["2019-05-08", "2019-05-09"]


def test_times_of_a_zone_are_the_day_they_show(kind):
    zone = dt.timezone(dt.timedelta(hours=14))
    days = [dt.datetime(2019, 5, 8, 1, tzinfo=zone), dt.datetime(2019, 5, 9, 23, tzinfo=zone)]
    given = appointments(kind)
    if kind == "pandas":
        given["apptdate"] = days
    elif kind == "polars":
        import polars as pl

        shown = pl.Series([day.replace(tzinfo=None) for day in days]).dt.replace_time_zone("Pacific/Kiritimati")
        given = given.with_columns(apptdate=shown)
    else:
        import pyarrow as pa

        array = pa.array(days, pa.timestamp("us", "+14:00"))
        given = given.set_column(1, "apptdate", array)
    assert [str(day)[:10] for day in people(given)["first"]] == ["2019-05-08", "2019-05-09"]


@pytest.mark.parametrize(
    ("reason", "more"),
    [
        ("a person in floating point", {"token_person_id": [1.0, 2.0]}),
        ("a code in floating point", {"diag_02": [1.0, None]}),
        ("a key in floating point", {"attendkey": [1e15, 2e15]}),
        ("a fraction in a column of small whole numbers", {"attended": [5.5, 6.0]}),
    ],
)
def test_floating_point_is_refused(kind, reason, more):
    name = next(iter(more))
    options = {"dedupe": "attendkey"} if name == "attendkey" else {}
    with pytest.raises(hm.FrameError, match=rf"^column {name} is floating point.*dtype=str"):
        people(appointments(kind, **more), **options)


def test_floating_point_that_is_fine(kind):
    """Floating point is accepted in columns that have no value or are not read, and for small whole numbers."""
    nothing = [float("nan")] * 2
    given = appointments(kind, weight=[1.5, 2.5], diag_02=nothing, attended=[5.0, 7.0])
    assert people(given, attended=True)["person"] == ["a"]
    assert columns(flag(given))["depression"] == [True, True]


@pytest.mark.parametrize(("reason", "value"), [("bool", True), ("bytes", b"F321"), ("duration", dt.timedelta(1))])
def test_types_that_are_refused(kind, reason, value):
    with pytest.raises(hm.FrameError, match=r"^column diag_02 is of type .*: convert it first$"):
        flag(appointments(kind, diag_02=[value, None]))
    assert len(columns(flag(appointments(kind, note=[value, None])))["note"]) == 2


def test_columns_without_a_value(kind):
    assert columns(flag(appointments(kind, diag_02=[None, None])))["depression"] == [True, True]


def test_an_empty_frame(kind):
    given = appointments(kind)[:0] if kind != "pyarrow" else appointments(kind).slice(0, 0)
    assert columns(flag(given)) == {"token_person_id": [], "apptdate": [], "diag_01": [], "depression": []}
    assert people(given)["person"] == []
    assert columns(hm.hits(given, icd10=DEPRESSION, quiet=True, columns="diag_01"))["list"] == []


def test_an_empty_file(kind, tmp_path):
    (tmp_path / "a.csv").write_text("diag_01,note\n")
    assert columns(flag(tmp_path / "a.csv", to=kind)) == {"diag_01": [], "note": [], "depression": []}


def test_a_frame_without_columns(kind):
    with pytest.raises(hm.FrameError, match="no columns"):
        flag(frame(kind, {}))


@pytest.mark.parametrize("name", ["depression", "ApptDate"])
def test_a_list_named_as_a_column(kind, name):
    given = appointments(kind, Depression=["x", "y"])
    with pytest.raises(hm.HesopmatchError, match=rf'column "(?i:{name})" is also the name of a list: give the list'):
        flag(given, icd10={name: DEPRESSION})
    assert columns(flag(given, icd10={"sad": DEPRESSION}))["sad"] == [True, True]
    assert columns(flag(given, icd10={name: DEPRESSION}, columns="token_person_id"))[name] == [True, True]


def test_columns_that_are_not_there(kind):
    with pytest.raises(hm.HesopmatchError, match='no such column: "nope"; the columns are "token_person_id"'):
        flag(appointments(kind), columns=["nope"])
    message = "columns: no column a,b: the columns are token_person_id, apptdate, diag_01"
    with pytest.raises(hm.UsageError, match=message):
        flag(appointments(kind), columns=["a,b"])


def test_columns_with_a_comma(kind):
    got = flag(appointments(kind, **{"a,b": ["x", "y"]}), columns=["a,b"])
    assert columns(got) == {"a,b": ["x", "y"], "depression": [True, True]}


def test_a_column_named_as_the_number_of_rows(kind):
    got = columns(flag(appointments(kind, hesopmatch_row=["x", "y"])))
    assert (got["hesopmatch_row"], got["depression"]) == (["x", "y"], [True, True])


def test_renamed_columns_and_odd_names(kind):
    given = frame(kind, {"cause, first": ["F321", "I10"], 'a "note"\nof two lines': ["x", "y"]})
    assert columns(flag(given, rename={"cause, first": "diag_01"}))["depression"] == [True, False]


def test_values_that_need_quotes(kind, tmp_path):
    note = ['a "b"', "x,y", "two\nlines", None, " ", "é"]
    given = frame(kind, {"diag_01": ["F321"] * 6, "note": note})
    assert columns(flag(given))["note"] == note
    text = "diag_01,note\n" + "".join('F321,"' + (n or "").replace('"', '""') + '"\n' for n in note)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert columns(flag(tmp_path / "a.csv", to=kind))["note"] == note


def test_long_rows(kind, tmp_path):
    """Files may have the longest rows that the program accepts."""
    note = "y" * ((1 << 20) - 20)
    (tmp_path / "a.csv").write_text("diag_01,note\n" + f"F321,{note}\n" * 3)
    assert columns(flag(tmp_path / "a.csv", to=kind))["note"] == [note] * 3


def test_files_that_are_not_utf8(kind, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"diag_01,note\nF321,caf\xe9\n")
    with pytest.raises(hm.HesopmatchError, match=r"line 2 of the result is not UTF-8"):
        flag(tmp_path / "a.csv", to=kind)
    assert columns(flag(tmp_path / "a.csv", to=kind, columns="diag_01"))["depression"] == [True]


def test_pandas_indexes():
    import pandas as pd

    for index in (pd.Index(["b", "b"]), pd.MultiIndex.from_tuples([(1, "x"), (1, "y")]), pd.Index([9, 4], name="n")):
        given = appointments("pandas").set_index(index)
        got = flag(given)
        assert got.index.equals(given.index)
        assert got.index.names == given.index.names
        assert flag(given, rows="matched").index.equals(given.index)
    assert hm.hits(given, icd10=DEPRESSION, columns="diag_01", quiet=True)["diag_01"].tolist() == ["F321"] * 2


def test_pandas_results_are_copies():
    given = appointments("pandas")
    got = flag(given)
    got.loc[0, "diag_01"] = "changed"
    assert given["diag_01"].tolist() == ["F321"] * 2


def test_pandas_types():
    import pandas as pd

    for codes in (
        pd.Series(["F321", None, "I10"], dtype=object),
        pd.Series(["F321", float("nan"), "I10"], dtype=object),
        pd.Series(["F321", pd.NA, "I10"], dtype=object),
        pd.Series(["F321", pd.NaT, "I10"], dtype=object),
        pd.Series(["F321", None, 10], dtype=object),
        pd.Series(["F321", None, "I10"], dtype="string"),
        pd.Series(["F321", None, "I10"], dtype="str"),
        pd.Series(["F321", None, "I10"], dtype="category"),
        *([pd.Series(["F321", None, "I10"], dtype="string[pyarrow]")] if "pyarrow" in KINDS else []),
    ):
        given = pd.DataFrame({"diag_01": codes, 7: [1, 2, 3]})
        got = flag(given)
        assert [None if v is pd.NA else v for v in got["depression"]] == [True, None, False] or codes[2] == 10
        assert got["diag_01"].dtype == codes.dtype
        assert list(got.columns) == ["diag_01", 7, "depression"]
    for persons in (pd.Series([1, None], dtype="Int64"), pd.Series(["1", None]).astype("category")):
        assert people(appointments("pandas", token_person_id=persons))["person"] == ["1"]


@pyarrow
def test_pandas_types_of_arrow():
    import pandas as pd
    import pyarrow as pa

    for kind, values in (
        (pa.string(), ["F321", None]),
        (pa.large_string(), ["F321", None]),
        (pa.dictionary(pa.int8(), pa.string()), ["F321", None]),
    ):
        given = pd.DataFrame({"diag_01": pd.Series(values, dtype=pd.ArrowDtype(kind))})
        got = flag(given)
        assert got["diag_01"].dtype == given["diag_01"].dtype
        assert got["depression"].tolist() == [True, pd.NA]
    days = pd.Series([dt.date(2019, 5, 8), None], dtype=pd.ArrowDtype(pa.date32()))
    assert str(people(appointments("pandas", apptdate=days))["first"][0])[:10] == "2019-05-08"


def test_pandas_columns_that_are_refused():
    import pandas as pd

    two = pd.DataFrame([["F321", "x", "y"]], columns=["diag_01", "note", "note"])
    with pytest.raises(hm.FrameError, match="two columns of the frame are named note: rename one"):
        flag(two)
    with pytest.raises(hm.FrameError, match="two columns of the frame are named 1: rename one"):
        flag(two.set_axis(["diag_01", 1, "1"], axis=1))
    with pytest.raises(hm.FrameError, match="several levels"):
        flag(two.set_axis(pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)]), axis=1))


def test_polars_types():
    import polars as pl

    for kind in (pl.String, pl.Categorical, pl.Enum(["F321", "I10"])):
        given = pl.DataFrame({"diag_01": ["F321", None, "I10"]}, schema={"diag_01": kind})
        got = flag(given)
        assert got["diag_01"].dtype == kind
        assert got["depression"].to_list() == [True, None, False]
        with pytest.raises(hm.UsageError, match=r"a LazyFrame has no rows yet: collect\(\) it first"):
            flag(given.lazy())


@pyarrow
def test_pyarrow_types():
    import pyarrow as pa

    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        array = pa.array(["F321", None, "I10"], kind)
        for given in (pa.table({"diag_01": array}), pa.record_batch({"diag_01": array})):
            got = flag(given)
            assert isinstance(got, pa.Table)
            assert got.schema.field("diag_01").type == kind
            assert got["depression"].to_pylist() == [True, None, False]
    chunked = pa.concat_tables([pa.table({"diag_01": ["F321"]}), pa.table({"diag_01": ["I10"]})])
    assert flag(chunked.replace_schema_metadata({"a": "b"})).schema.metadata == {b"a": b"b"}


def test_a_frame_that_is_to_be_another(kind):
    other = "pandas" if kind == "polars" else "polars"
    for function in (hm.flag, hm.hits, hm.people):
        message = f"to='{other}' is for files: a frame of {kind} is returned as {kind}"
        with pytest.raises(hm.UsageError, match=message):
            function(appointments(kind), icd10=DEPRESSION, to=other)


def test_what_is_no_frame():
    for given, words in (
        (3, "appointments cannot be of type int"),
        ([appointments("polars")] * 2, "one frame at a time"),
    ):
        with pytest.raises(hm.UsageError, match=words):
            flag(given)
    with pytest.raises(hm.UsageError, match="icd10: a codelist cannot be of type int"):
        flag("appointments.csv", icd10=3)
    with pytest.raises(hm.UsageError, match="icd10: several frames need names"):
        flag("appointments.csv", icd10=[frame("polars", {"code": ["F32"]})] * 2)
    with pytest.raises(hm.UsageError, match="cannot be the name of a list"):
        flag("appointments.csv", icd10={"a=b": DEPRESSION})


@pytest.mark.parametrize("keyword", ["manifest", "quality", "header", "delimiter"])
def test_options_of_files(kind, keyword, tmp_path):
    with pytest.raises(hm.UsageError, match=f"{keyword} is for files of appointments"):
        flag(appointments(kind), **{keyword: str(tmp_path / "x")})


def test_a_byte_order_mark_before_the_first_name(kind):
    """csv.DictReader keeps the mark if the file was opened as utf-8."""
    given = frame(kind, {"\ufeffDIAG_4_01": ["F321", "E119", None], "DIAG_4_02": ["E119", "I10X", "E119"]})
    assert columns(flag(given))["depression"] == [True, False, False]
    assert next(iter(columns(flag(given)))) == "\ufeffDIAG_4_01", "the frame keeps its names"


def test_a_row_of_a_list_is_one_line(kind):
    """Hits give the line of the entry, whatever the cells before it hold."""
    codes = frame(kind, {"code": ["E11", "F32", "F33"], "term": ["a\nb", "x\r\ny", "z"]})
    hits = hm.hits(frame(kind, {"diag_01": ["F321", "F339"]}), icd10={"list": codes}, quiet=True)
    assert columns(hits)["entry_line"] == [3, 4]
    assert columns(hits)["term"] == ["x y", "z"]
