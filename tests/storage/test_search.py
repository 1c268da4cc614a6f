"""Search: exact, of one project and kind, and right in every transaction and process."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.ids import Kind, Ref
from core.domain.similarity import Spread
from core.ports.analysis import Vector
from storage.engine import open_engine
from storage.sqlite.flavour import match_of
from storage.unit_of_work import SqlTransactions, SqlUnitOfWork
from storage.vectors import Matrix, Stored
from storage.words import sought
from tests.storage.making import StillClock, new_id

MODEL = "letters-1"
PROJECT = new_id()


def _vector(*numbers: float) -> Vector:
    values = np.array(numbers, dtype="<f4")
    length = float(np.linalg.norm(values)) or 1.0
    return Vector((values / length).tobytes())


def _task() -> Ref:
    return Ref(Kind.TASK, new_id())


async def _texts(tx: SqlUnitOfWork, *titles: str, project_id: UUID = PROJECT) -> list[Ref]:
    items = [_task() for _ in titles]
    for item, title in zip(items, titles, strict=True):
        await tx.search.put_text(item, project_id, title, "")
    return items


async def _put(
    tx: SqlUnitOfWork, items: Sequence[Ref], *vectors: Vector, project_id: UUID = PROJECT
) -> None:
    await tx.search.put_vectors(project_id, MODEL, items, vectors)


async def _nearest(
    tx: SqlUnitOfWork, vector: Vector, limit: int = 9, project_id: UUID = PROJECT
) -> list[Ref]:
    found = await tx.search.by_vector(project_id, Kind.TASK, MODEL, vector, limit)
    return [item for item, _ in found]


EAST, NORTH, NORTH_EAST = _vector(1, 0), _vector(0, 1), _vector(1, 1)


async def test_words_find_the_best_match_first(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        items = await _texts(tx, "login is dead on login page", "release notes and the login", "Café")
        await _texts(tx, "login", project_id=new_id())
        by_words = tx.search.by_words
        assert await by_words(PROJECT, Kind.TASK, "Login?", 9) == [items[0], items[1]]
        assert await by_words(PROJECT, Kind.TASK, "release login", 1) == [items[1]]
        assert await by_words(PROJECT, Kind.TASK, "cafe", 9) == [items[2]]
        assert await by_words(PROJECT, Kind.ATOM, "login", 9) == []


SYNTAX = (
    "", "  ", '"', "*", "AND", "a OR", "NEAR(a b)", "title:x", "-x", "^x", "(", "a'b", "x*", "_", "²", "\0",
    "{a}: b",
)  # fmt: skip


@pytest.mark.parametrize("query", SYNTAX)
async def test_no_text_is_syntax(transactions: SqlTransactions, query: str) -> None:
    async with transactions() as tx:
        await _texts(tx, "something else entirely")
        assert await tx.search.by_words(PROJECT, Kind.TASK, query, 9) == []
        assert await tx.search.messages_by_words(PROJECT, query, 9) == []


@given(st.text(max_size=30))
def test_a_query_is_quoted_words_and_nothing_else(query: str) -> None:
    match = match_of(sought(query))
    assert match.count('"') % 2 == 0
    assert set("".join(match.split('"')[::2]).split()) <= {"OR", "*"}


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("сертификаты", "Кто отвечает за сертификат?"),
        ("сертификат", "Нет сертификата для пушей"),
        ("новая рассылка", "Тексты рассылок готовы"),
        ("релизом", "Релиз 2.4 в четверг"),
        ("РАССЫЛКИ", "отключили рассылку"),
        ("кнопок", "Кнопка не работает"),
        ("сервера", "Сервером никто не занимается"),
        ("оновлення", "Після оновленнями зламалось"),
        ("нотатки", "Немає нотатку"),
        ("й", "й"),
    ],
)
async def test_words_that_are_declined_are_found_in_any_form(
    transactions: SqlTransactions, query: str, text: str
) -> None:
    async with transactions() as tx:
        item, *_ = await _texts(tx, text, "Совсем о другом, про оплату и вход")
        assert await tx.search.by_words(PROJECT, Kind.TASK, query, 9) == [item]


async def test_words_in_latin_letters_are_found_as_they_stand(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        plain, mixed = await _texts(tx, "login page", "вход через login и логин")
        assert await tx.search.by_words(PROJECT, Kind.TASK, "log", 9) == []
        assert set(await tx.search.by_words(PROJECT, Kind.TASK, "login логины", 9)) == {plain, mixed}
        assert await tx.search.by_words(PROJECT, Kind.TASK, "логины", 9) == [mixed]


async def test_words_follow_the_text(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        (item,) = await _texts(tx, "login")
        await tx.search.put_text(item, PROJECT, "logout", "button")
        assert await tx.search.by_words(PROJECT, Kind.TASK, "login", 9) == []
        assert await tx.search.by_words(PROJECT, Kind.TASK, "button", 9) == [item]
        await tx.search.remove(item)
        assert await tx.search.by_words(PROJECT, Kind.TASK, "button", 9) == []


async def test_the_nearest_come_first_with_their_cosine(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        items = [_task() for _ in range(3)]
        await _put(tx, items, NORTH, EAST, NORTH_EAST)
    async with transactions.reading() as tx:
        found = await tx.search.by_vector(PROJECT, Kind.TASK, MODEL, EAST, 9)
        assert [item for item, _ in found] == [items[1], items[2], items[0]]
        assert [score for _, score in found] == pytest.approx([1, 0.5**0.5, 0], abs=1e-6)
        assert await _nearest(tx, EAST, 1) == [items[1]]
        assert await _nearest(tx, EAST, 0) == []
        assert await _nearest(tx, EAST, project_id=new_id()) == []
        assert await tx.search.by_vector(PROJECT, Kind.ATOM, MODEL, EAST, 9) == []
        assert await tx.search.by_vector(PROJECT, Kind.TASK, "other", EAST, 9) == []
        assert await tx.search.vectors_of(MODEL, [items[0], _task()]) == {items[0]: NORTH}


async def test_a_transaction_sees_its_own_vectors_and_others_do_not(transactions: SqlTransactions) -> None:
    old, moved, new = _task(), _task(), _task()
    async with transactions() as tx:
        await _put(tx, [old, moved], NORTH, EAST)
    async with transactions() as tx:
        assert await _nearest(tx, EAST) == [moved, old]
        await _put(tx, [moved, new], _vector(-1, 0), EAST)
        assert await _nearest(tx, EAST) == [new, old, moved]
        await tx.search.remove(old)
        assert await _nearest(tx, EAST) == [new, moved]
        async with transactions.reading() as other:
            assert await _nearest(other, EAST) == [moved, old]
    async with transactions.reading() as tx:
        assert await _nearest(tx, EAST) == [new, moved]


async def test_what_was_rolled_back_is_nowhere(transactions: SqlTransactions) -> None:
    kept, lost, later = _task(), _task(), _task()
    async with transactions() as tx:
        await _put(tx, [kept], NORTH)
    with pytest.raises(ZeroDivisionError):
        async with transactions() as tx:
            await _put(tx, [lost, kept], EAST, EAST)
            assert set(await _nearest(tx, EAST)) == {lost, kept}
            raise ZeroDivisionError
    async with transactions() as tx:
        await _put(tx, [later], NORTH_EAST)
    async with transactions.reading() as tx:
        found = await tx.search.by_vector(PROJECT, Kind.TASK, MODEL, EAST, 9)
    assert [item for item, _ in found] == [later, kept]
    assert found[1][1] == pytest.approx(0, abs=1e-6)


async def test_an_older_view_keeps_to_its_moment(transactions: SqlTransactions) -> None:
    first, second = _task(), _task()
    async with transactions() as tx:
        await _put(tx, [first], EAST)
    async with transactions.reading() as older:
        assert await _nearest(older, EAST) == [first]
        async with transactions() as tx:
            await _put(tx, [second, first], EAST, NORTH)
        # A view opened within one joins it, so the newer one is another task's.
        [seen_now] = await asyncio.gather(_nearest_now(transactions))
        assert seen_now == [second, first]
        found = await older.search.by_vector(PROJECT, Kind.TASK, MODEL, EAST, 9)
        assert found == [(first, pytest.approx(1.0))]


async def _nearest_now(transactions: SqlTransactions) -> list[Ref]:
    async with transactions.reading() as tx:
        return await _nearest(tx, EAST)


async def test_what_another_process_wrote_is_found(transactions: SqlTransactions, url: str) -> None:
    mine, theirs = _task(), _task()
    async with transactions() as tx:
        await _put(tx, [mine], EAST)
    async with transactions.reading() as tx:
        assert await _nearest(tx, EAST) == [mine]
    database = open_engine(url)
    async with SqlTransactions(database, StillClock())() as tx:
        assert await _nearest(tx, EAST) == [mine]
        await _put(tx, [theirs], NORTH_EAST)
        await tx.search.remove(mine)
    await database.dispose()
    async with transactions.reading() as tx:
        assert await _nearest(tx, EAST) == [theirs]


async def test_other_words_are_embedded_anew_and_equal_ones_are_not(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        same, other = await _texts(tx, "same", "other")
        missing = await tx.search.list_unembedded(MODEL, 9)
        assert missing == [(same, PROJECT, "same"), (other, PROJECT, "other")]
        assert len(await tx.search.list_unembedded(MODEL, 1)) == 1
        await _put(tx, [same, other], EAST, NORTH)
        assert await tx.search.list_unembedded(MODEL, 9) == []
        await tx.search.put_text(same, PROJECT, "same", "")
        await tx.search.put_text(other, PROJECT, "other", "more")
        assert await tx.search.list_unembedded(MODEL, 9) == [(other, PROJECT, "other\nmore")]
        assert await tx.search.vectors_of(MODEL, [same, other]) == {same: EAST}
        assert await _nearest(tx, EAST) == [same]


async def test_another_model_embeds_everything_anew(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        (item,) = await _texts(tx, "words")
        await _put(tx, [item], EAST)
        assert len(await tx.search.list_unembedded("other", 9)) == 1
        await tx.search.put_vectors(PROJECT, "other", [item], [NORTH])
        assert await tx.search.list_unembedded("other", 9) == []
        assert await tx.search.list_unembedded(MODEL, 9) == []


async def test_an_item_that_moved_is_found_in_its_new_project_only(transactions: SqlTransactions) -> None:
    other = new_id()
    async with transactions() as tx:
        (item,) = await _texts(tx, "words")
        await _put(tx, [item], EAST)
    async with transactions() as tx:
        assert await _nearest(tx, EAST) == [item]
        await tx.search.put_text(item, other, "words", "")
        await _put(tx, [item], EAST, project_id=other)
    async with transactions.reading() as tx:
        assert await _nearest(tx, EAST) == []
        assert await _nearest(tx, EAST, project_id=other) == [item]


_TRIPLES = st.tuples(*[st.floats(-1, 1, width=32)] * 3)
_STEPS = st.lists(st.tuples(st.integers(0, 7), st.one_of(st.none(), _TRIPLES)), max_size=40)


@settings(deadline=None)
@given(steps=_STEPS, wanted=_TRIPLES, limit=st.integers(1, 9))
def test_a_matrix_after_any_changes_is_as_one_built_anew(
    steps: list[tuple[int, tuple[float, ...] | None]], wanted: tuple[float, ...], limit: int
) -> None:
    matrix, truth = Matrix(), dict[UUID, np.ndarray]()
    for stamp, (number, vector) in enumerate(steps, start=1):
        item_id = UUID(int=number)
        raw = None if vector is None else np.array(vector, "<f4")
        matrix.load([Stored(item_id, None if raw is None else raw.tobytes(), stamp)])
        truth.pop(item_id, None)
        if raw is not None:
            truth[item_id] = raw
    query = np.array(wanted, np.float32)
    best = sorted(((float(vector @ query), one) for one, vector in truth.items()), key=lambda p: -p[0])
    found = matrix.nearest(query, limit)
    assert len(matrix) == len(truth)
    assert [score for _, score in found] == pytest.approx([score for score, _ in best[:limit]], abs=1e-5)
    assert {one for one, _ in found} <= set(truth)


@pytest.mark.parametrize("size", [1, 127, 128, 1290, 5000])
@pytest.mark.parametrize("spread", [1, 3, 1000], ids=["all equal", "many equal", "all apart"])
@pytest.mark.parametrize("limit", [1, 10, 6000])
def test_the_greatest_of_many_are_those_of_a_full_sort(size: int, spread: int, limit: int) -> None:
    numbers = np.random.default_rng(size).integers(0, spread, size).astype("<f4")
    matrix = Matrix()
    matrix.load([Stored(UUID(int=place), numbers[place].tobytes(), 1) for place in range(size)])
    found = matrix.nearest(np.ones(1, np.float32), limit)
    assert [score for _, score in found] == sorted(numbers.tolist(), reverse=True)[:limit]
    assert all(score == numbers[item_id.int] for item_id, score in found)


def test_an_older_change_never_replaces_a_newer_one() -> None:
    matrix, item_id = Matrix(), new_id()
    matrix.load([Stored(item_id, None, 5), Stored(item_id, EAST, 4)])
    assert len(matrix) == 0
    assert matrix.changed_after(4) == [item_id]
    assert matrix.changed_after(5) == []


async def test_near_joins_what_words_and_vectors_find_and_counts_its_words(
    transactions: SqlTransactions,
) -> None:
    async with transactions() as tx:
        said, meant, _ = await _texts(tx, "login is dead on login", "cannot sign in", "login help")
        (elsewhere,) = await _texts(tx, "login", project_id=new_id())
        await _put(tx, [meant, said], EAST, NORTH)
        pool = await tx.search.near(PROJECT, Kind.TASK, ["login", "cann't", "DEAD+"], (MODEL, EAST), 1)
        assert [near.ref for near in pool.near] == [said, meant]
        assert [near.candidate.title for near in pool.near] == ["login is dead on login", "cannot sign in"]
        assert [near.candidate.vector for near in pool.near] == [NORTH, EAST]
        assert elsewhere not in {near.ref for near in pool.near}
        # How common a word is, is known of all projects.
        assert pool.spread == Spread(4, {"login": 3, "cann't": 0, "DEAD+": 1})


async def test_near_without_a_vector_goes_by_words_alone(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        said, meant = await _texts(tx, "login is dead", "cannot sign in")
        await _put(tx, [said, meant], NORTH, EAST)
        pool = await tx.search.near(PROJECT, Kind.TASK, ["login"], (MODEL, None), 9)
        assert [near.ref for near in pool.near] == [said]
        assert (await tx.search.near(PROJECT, Kind.TASK, ["nowhere"], (MODEL, None), 9)).near == ()
