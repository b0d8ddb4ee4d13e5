"""Subjects: posts by what they are about."""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, and_

from storage.post_kinds import LIST_ITEMS, About, PostKind
from storage.posts import Post

AT_ONCE = 500
"""Numbers in one question: databases bear only so many."""


def is_about(about: About) -> ColumnElement[bool]:
    return Post.kind.in_([kind for kind in PostKind if kind.about == about])


def lists_items_of(about: About) -> ColumnElement[bool]:
    return Post.kind.in_([kind for kind in LIST_ITEMS if kind.about == about])


def about_any_of(ids: Collection[int], which: ColumnElement[bool]) -> Iterator[ColumnElement[bool]]:
    for few in a_few_each(ids):
        yield and_(which, Post.subject_id.in_(few))


def a_few_each(ids: Collection[int]) -> Iterator[list[int]]:
    in_order = sorted(ids)
    for begin in range(0, len(in_order), AT_ONCE):
        yield in_order[begin : begin + AT_ONCE]
