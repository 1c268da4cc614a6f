"""Likeness is shown only where it is safe, and a contradiction only on one matter."""

from uuid import UUID

import pytest

from core.domain.ids import Kind, MessageId, MessageKey, Ref
from core.domain.knowledge import AtomDraft, AtomType, TopicDraft
from core.domain.similarity import SimilarType, Spread
from core.ports.analysis import Candidate, Near, Pool
from core.rules.embedding import WordVectors, vector_of
from core.rules.matching import MOST_WORDS, RuleMatcher
from tests.rules.chat import CHAT

MATCH = RuleMatcher()


def candidate(words: WordVectors, title: str, text: str = "", messages: tuple[int, ...] = ()) -> Candidate:
    keys = frozenset(MessageKey(CHAT, MessageId(number)) for number in messages)
    return Candidate(title, text, keys, vector_of(words.rows([f"{title}\n{text}"])[0]))


def test_the_same_evidence_and_a_close_title_is_exact(words: WordVectors) -> None:
    new = candidate(words, "Login is dead on iPhone", messages=(1, 2))
    for messages in ((1, 2), (1,), (1, 2, 3)):
        known = candidate(words, "The login is dead on iPhone again", messages=messages)
        verdict = MATCH.compare(new, known)
        assert (verdict.type, verdict.is_duplicate) == (SimilarType.EXACT_MESSAGES, True)


def test_the_same_evidence_for_another_claim_is_not_the_same(words: WordVectors) -> None:
    problem = candidate(words, "Login is dead on iPhone", messages=(1,))
    decision = candidate(words, "Ship the hotfix on Friday", messages=(1,))
    assert not MATCH.compare(problem, decision).is_shown


def test_no_messages_are_not_the_same_evidence(words: WordVectors) -> None:
    verdict = MATCH.compare(candidate(words, "Login is dead"), candidate(words, "Login is dead"))
    assert (verdict.type, verdict.is_duplicate) == (SimilarType.SEMANTIC, True)


@pytest.mark.parametrize(
    ("new", "known"),
    [
        ("Ship 2.4 on Wednesday", "Ship 2.4 on Thursday"),
        ("Release 2.4 to the store", "Release 2.5 to the store"),
        ("Close issue 1690", "Close issue 1691"),
    ],
)
def test_titles_with_other_days_or_numbers_are_never_duplicates(
    words: WordVectors, new: str, known: str
) -> None:
    assert not MATCH.compare(candidate(words, new), candidate(words, known)).is_duplicate


@pytest.mark.parametrize(
    ("new", "known"),
    [
        ("не работает вход по паролю", "тёмная тема для приложения"),
        ("Login is dead on iPhone", "Customers want a dark theme"),
    ],
)
def test_other_matters_are_not_shown_in_any_script(words: WordVectors, new: str, known: str) -> None:
    assert not MATCH.compare(candidate(words, new), candidate(words, known)).is_shown


def test_russian_is_matched_by_stems_not_by_blind_vectors(words: WordVectors) -> None:
    verdict = MATCH.compare(
        candidate(words, "Не работает вход по паролю"), candidate(words, "Вход по паролю не работал")
    )
    assert verdict.is_shown


def test_likeness_is_symmetric_and_bounded(words: WordVectors) -> None:
    left, right = candidate(words, "Login is dead"), candidate(words, "Login button does nothing")
    there, back = MATCH.compare(left, right), MATCH.compare(right, left)
    assert there == back
    assert 0 <= there.score <= 1


def test_a_candidate_without_a_vector_is_judged_by_words() -> None:
    bare = Candidate("Login is dead on iPhone", "", frozenset())
    assert MATCH.compare(bare, bare).is_duplicate


def test_a_shared_rare_word_counts_more_than_a_shared_common_one() -> None:
    spread = Spread(100, {"login": 60, "keychain": 1, "fails": 40})
    new = Candidate("Login fails, keychain", "", frozenset())
    rare, common = (Candidate(title, "", frozenset()) for title in ("Keychain prompt", "Login prompt"))
    assert MATCH.compare(new, rare, spread).score > MATCH.compare(new, common, spread).score
    assert MATCH.compare(new, rare).score == MATCH.compare(new, common).score


def test_the_pool_is_ranked_most_alike_first() -> None:
    titles = ("Dark theme", "Login is dead on iPhone", "Login page is slow")
    near = tuple(
        Near(Ref(Kind.TASK, UUID(int=number)), Candidate(title, "", frozenset()))
        for number, title in enumerate(titles)
    )
    ranked = MATCH.rank(Candidate("The login is dead on iPhone", "", frozenset()), Pool(near))
    assert [one.candidate.title for one, _ in ranked] == [titles[1], titles[2], titles[0]]
    assert [verdict.is_duplicate for _, verdict in ranked] == [True, False, False]


def test_a_name_of_several_parts_is_known_by_them() -> None:
    new = Candidate("NPE in SearchIndex.removeDocument", "", frozenset())
    known = Candidate("npe when the search index should remove document", "", frozenset())
    assert MATCH.compare(new, known).is_shown
    assert {"searchindex.removedocument", "remove", "document"} <= set(MATCH.words_of(new))


def test_words_to_look_for_start_with_the_title_and_end_at_what_a_search_takes() -> None:
    long = Candidate("Login is dead", " ".join(f"word{n}x" for n in range(99)), frozenset())
    words = MATCH.words_of(long)
    assert words[:2] == ["login", "dead"]
    assert len(words) == MOST_WORDS


@pytest.mark.parametrize(
    ("new", "known"),
    [
        ("Ship 2.4 on Thursday", "Ship 2.4 on Wednesday"),
        ("Release moves to Thursday instead", "Ship 2.4 on Wednesday"),
        ("Do not support Android 9 any more", "Support Android 9 until spring"),
        ("Выпускаем 2.4 в четверг", "Выпускаем 2.4 в среду"),
    ],
)
def test_a_decision_with_another_day_or_sign_on_one_matter_contradicts(new: str, known: str) -> None:
    assert MATCH.contradicts(AtomDraft(AtomType.DECISION, new, new), known, known)


@pytest.mark.parametrize(
    ("new", "known"),
    [
        ("Ship 2.4 on Thursday", "Ship 2.4 on Thursday"),
        ("Ship 2.5 on Thursday", "Ship 2.4 on Wednesday"),
        ("Meet the client on Thursday", "Ship 2.4 on Wednesday"),
        ("Use Postgres for the reports", "Ship 2.4 on Wednesday"),
    ],
)
def test_the_same_word_or_another_matter_does_not(new: str, known: str) -> None:
    assert not MATCH.contradicts(AtomDraft(AtomType.DECISION, new, new), known, known)


def test_only_decisions_take_something_back() -> None:
    problem = AtomDraft(AtomType.PROBLEM, "Ship 2.4 on Thursday fails", "")
    assert not MATCH.contradicts(problem, "Ship 2.4 on Wednesday", "")
    assert not MATCH.contradicts(TopicDraft("Thursday"), "Ship 2.4 on Wednesday", "")
