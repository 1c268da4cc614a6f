"""The figures of conversations are what their names say."""

import pytest

from core.evaluation.talks.grouping import (
    ari,
    exact_counts,
    f_of,
    groups_by,
    groups_of,
    nmi,
    one_to_one,
    shen_f,
)

THEIRS = [0, 0, 0, 1, 1, 2]
OURS = [0, 0, 1, 1, 1, 2]
"""One of the first talk's three was put into the second; the third stands alone."""


def test_links_make_the_conversations_they_connect() -> None:
    links = [(1, 1), (1, 2), (2, 4), (3, 3), (3, 5), (9, 7)]
    assert groups_of(links) == {frozenset({1, 2, 4}), frozenset({3, 5}), frozenset({7, 9})}


def test_two_groups_become_one_when_a_later_link_joins_them() -> None:
    assert groups_of([(1, 2), (3, 4), (2, 4)]) == {frozenset({1, 2, 3, 4})}


def test_what_agrees_wholly_has_one_everywhere() -> None:
    groups = groups_by(THEIRS)
    agreed, messages = one_to_one(groups, groups)
    figures = [
        nmi(THEIRS, [7 - one for one in THEIRS]),
        ari(THEIRS, [7 - one for one in THEIRS]),
        shen_f(groups, groups),
        f_of(**exact_counts(groups, groups)),
        agreed / messages,
    ]
    assert figures == pytest.approx([1.0] * 5)


def test_figures_of_a_case_counted_by_hand() -> None:
    theirs, ours = groups_by(THEIRS), groups_by(OURS)
    # Of {0 1 2} {3 4} {5} and {0 1} {2 3 4} {5}: the best pairs share 2, 2 and 1 messages.
    assert one_to_one(theirs, ours) == (5, 6)
    # .8 for each of the first five messages, 1 for the last.
    assert shen_f(theirs, ours) == pytest.approx((5 * 0.8 + 1) / 6)
    assert exact_counts(theirs, ours) == {"right": 1, "ours": 3, "theirs": 3}
    assert exact_counts(theirs, ours, least=2) == {"right": 0, "ours": 2, "theirs": 2}
    # 4 of 15 pairs are together in theirs and in ours, 2 in both; by chance 16 / 15.
    assert ari(THEIRS, OURS) == pytest.approx((2 - 16 / 15) / (4 - 16 / 15))


def test_one_group_of_all_says_nothing() -> None:
    assert ari(THEIRS, [0] * 6) == pytest.approx(0.0)
    assert nmi(THEIRS, [0] * 6) == pytest.approx(0.0)


def test_nothing_found_among_nothing_is_no_error() -> None:
    assert f_of(0, 0, 0) == 0.0
    assert shen_f([], []) == 0.0
