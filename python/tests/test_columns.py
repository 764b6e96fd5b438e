"""Columns of each library, in and out; nulls, kinds of strings, and what is refused."""

from __future__ import annotations

from typing import Any

import duckdb
import nasab
import pandas
import polars
import pyarrow
import pytest
from nasab import columns

NAMES = ["قيس الخزعلي", None, "Faleh al-Fayyadh"]
WRITTEN = ["Qays al-Ḫazʿalī", None, "Fāliḥ al-Fayyāḍ"]

KINDS = [
    pyarrow.string(),
    pyarrow.large_string(),
    pyarrow.string_view(),
    pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
    pyarrow.dictionary(pyarrow.int32(), pyarrow.large_string()),
]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_of_string_is_read(kind: pyarrow.DataType) -> None:
    column = pyarrow.array(NAMES, pyarrow.large_string() if pyarrow.types.is_dictionary(kind) else kind)
    if pyarrow.types.is_dictionary(kind):
        column = column.cast(kind.value_type).dictionary_encode().cast(kind)
    answer = columns.normalize(column)
    assert answer.to_pylist() == WRITTEN
    if not pyarrow.types.is_dictionary(kind):
        assert answer.type == kind


def test_bytes_are_read_where_they_are_utf_8() -> None:
    assert columns.normalize(pyarrow.array([b"Qays", None])).to_pylist() == ["Qays", None]
    broken = pyarrow.array([b"Qays", None, b"Qa\xffs"], pyarrow.binary())
    with pytest.raises(nasab.NasabError, match="column `who`, row 2: not UTF-8 at byte 3") as caught:
        columns.normalize(broken, name="who")
    assert (caught.value.row, caught.value.column, caught.value.hint) == (2, "who", "convert the column to UTF-8 first")


def test_each_library_gets_its_own_back() -> None:
    series = pandas.Series(NAMES, index=[5, 6, 7], name="who")
    back = columns.normalize(series)
    assert isinstance(back, pandas.Series) and list(back.index) == [5, 6, 7] and back.name == "who"
    assert [None if pandas.isna(value) else value for value in back] == WRITTEN
    own = polars.Series("who", NAMES)
    assert columns.normalize(own).to_list() == WRITTEN and columns.normalize(own).name == "who"
    chunked = pyarrow.chunked_array([NAMES[:1], [], NAMES[1:]], pyarrow.string())
    assert isinstance(columns.normalize(chunked), pyarrow.ChunkedArray)
    assert columns.normalize(chunked).to_pylist() == WRITTEN
    relation = duckdb.sql("select unnest(['Qays', null]) as who")
    assert pyarrow.array(columns.normalize(relation)).to_pylist() == ["Qays", None]


@pytest.mark.parametrize("empty", [[], pyarrow.array([], pyarrow.string()), polars.Series("x", [], polars.String), pyarrow.chunked_array([], pyarrow.string())])
def test_an_empty_column_gives_an_empty_column(empty: Any) -> None:
    for function in (columns.normalize, columns.parse, columns.keys, columns.cluster, columns.lint):
        assert len(function(empty)) == 0
    assert len(columns.match(empty, "Qays")) == 0 and len(columns.probability(empty, empty)) == 0


def test_a_column_of_nulls_stays_so() -> None:
    nulls = pyarrow.nulls(3)
    assert columns.normalize(nulls).to_pylist() == [None] * 3
    assert columns.keys(nulls).to_pylist() == [None] * 3
    assert columns.match(nulls, nulls).to_pylist() == [None] * 3
    assert columns.cluster(nulls).to_pylist() == [None] * 3


def test_what_is_no_text_is_told_with_its_place() -> None:
    with pytest.raises(TypeError, match="column `age`: Int64 is no text; give a column of strings"):
        columns.normalize(pyarrow.array([1, 2]), name="age")
    mixed = pandas.Series(["Qays", None, 7], dtype=object, name="who")
    with pytest.raises(TypeError, match="column `who`, row 2: a value of type `int` is no text"):
        columns.normalize(mixed)
    with pytest.raises(TypeError, match="row 1: a value of type `float` is no text"):
        columns.keys(["Qays", 1.5])
    with pytest.raises(TypeError, match="a table of 2 columns is no text"):
        columns.normalize(pyarrow.table({"a": ["x"], "b": ["y"]}).to_struct_array())
    with pytest.raises(TypeError, match="`str` is no column"):
        columns.normalize("Qays")


def test_errors_have_the_texts_of_the_library() -> None:
    with pytest.raises(nasab.NasabError, match="column `who`, row 1: no letter in the name") as caught:
        columns.normalize(polars.Series("who", ["Qays", "12"]))
    assert caught.value.hint == "give a name in Arabic or Latin letters"
    assert columns.normalize(["Qays", "12"], on_error="null") == ["Qays", None]
    with pytest.raises(nasab.NasabError, match="dgm"):
        columns.normalize(["Qays"], "dgm")
    with pytest.raises(ValueError, match="no way `skip`"):
        columns.normalize(["Qays"], on_error="skip")
    with pytest.raises(nasab.NasabError, match="2 rows beside 1"):
        columns.probability(["Qays", "Laith"], ["Qays"])


def test_columns_say_what_the_functions_for_one_name_say() -> None:
    names = ["قيس الخزعلي", "Abu Bakr Muhammad ibn Zakariya al-Razi", "Noureddine Bouteflika"] * 300
    others = ["Qaïs el-Khazaali", "محمد الرازي", "Laith al-Khazali"] * 300
    assert columns.normalize(names, "ala-lc") == [nasab.normalize(name, "ala-lc") for name in names]
    assert columns.keys(names) == [nasab.keys(name) for name in names]
    parts = [[{"role": part.role, "text": part.text} for part in nasab.parse(name)] for name in names[:3]]
    assert columns.parse(names)[:3] == parts
    alone = [nasab.match(*pair) for pair in zip(names[:3], others)]
    assert columns.probability(names, others)[:3] == [found.probability for found in alone]
    together = columns.match(names, others)[:3]
    assert [row["probability"] for row in together] == [found.probability for found in alone]
    assert [[word["weight"] for word in row["words"]] for row in together] == [[word.weight for word in found.words] for found in alone]
    low = columns.probability(names[:1], others[:1], prior=1e-6)
    assert low[0] < alone[0].probability


def test_decided_rows_stay_together_or_apart() -> None:
    names = ["Qays al-Khazali", "قيس الخزعلي", "Falih al-Fayyad", None]
    one, two, three, none = columns.cluster(names)
    assert one == two != three and none is None
    one, two, three, _ = columns.cluster(names, apart=[(0, 1)], same=[(1, 2)])
    assert one != two == three


def test_known_groups_keep_their_ids_and_take_names_in() -> None:
    names = ["Qays al-Khazali", "قيس الخزعلي", "Falih al-Fayyad", "فالح الفياض", None]
    assert columns.cluster(names, known=["p1", None, None, "p2", "p9"]) == ["p1", "p1", "p2", "p2", None]
    # Two known groups are never joined, however alike their names are.
    assert columns.cluster(names[:2], known=["p1", "p2"]) == ["p1", "p2"]
    arrow = columns.cluster(pyarrow.array(names), known=pyarrow.array(["p1", None, None, "p2", None]))
    assert arrow.to_pylist() == ["p1", "p1", "p2", "p2", None]
    with pytest.raises(nasab.NasabError, match="5 rows beside 1"):
        columns.cluster(names, known=["p1"])
    with pytest.raises(TypeError, match="column `known`: Int64 is no text"):
        columns.cluster(names, known=pyarrow.array([1] * 5))


def test_facts_are_evidence_of_groups() -> None:
    names = ["Qays al-Khazali", "قيس الخزعلي", "Qaïs el-Khazaali"]
    one, two, three = columns.cluster(names, facts=["born=1974", "born=1974", None])
    assert one == two == three
    one, two = columns.cluster(["Muhammad Ali", "محمد علي"], facts=["born=1974", "born=1931"])
    assert one != two
    one, two = columns.cluster(["Muhammad Ali", "محمد علي"], facts=["born=1974", "born=1974"])
    assert one == two
    with pytest.raises(nasab.NasabError, match="column `facts`, row 1: ") as caught:
        columns.cluster(names, facts=["born=1974", "born=long ago", None])
    assert (caught.value.column, caught.value.row) == ("facts", 1)


def test_a_decision_on_a_row_that_is_not_there_is_refused() -> None:
    for decided in ({"same": [(0, 1), (0, 2)]}, {"apart": [(0, 1), (2, 0)]}):
        with pytest.raises(nasab.NasabError, match="column `(same|apart)`, row 1: a pair names a row beyond the 2 of the table"):
            columns.cluster(["Qays", "Laith"], **decided)
    with pytest.raises(OverflowError):
        columns.cluster(["Qays", "Laith"], same=[(-1, 0)])


def test_lint_reports_what_the_original_says() -> None:
    found = columns.lint(["Qays al-Haz‘alī spoke.", None], arabic=["تحدث قيس الخزعلي.", None])
    assert [row and [own["fix"] for own in row] for row in found] == [["Ḫ", "ʿ"], None]
    with pytest.raises(nasab.NasabError, match="no rules that a text could break"):
        columns.lint(["Qays"], "press-en")
