"""Whether a text can be read by a regular expression in more and more ways the longer it is.

The expression becomes an automaton of its letters, by Glushkov's way. Two questions are asked of it (Weber and Seidl, 1991):
can one go from a letter to itself in two ways with the same text, and can one stay at a letter, go on to another, and
stay at that one, all with the same text? Each yes is time in a power of the length. Few repeats are taken for many, and what looks
around for nothing: so a harmless expression may be refused, a harmful one is not accepted.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from re import _constants as op  # type: ignore[attr-defined] - no other part of Python reads an expression
from re import _parser  # type: ignore[attr-defined]
from typing import Any

ALL_OF_LATIN = range(0x250)
SOME_OTHERS = map(ord, "\u0660\u2003\u2028\u202e\u3000\u4e00\uff08\U0001f600")
CATEGORIES = {
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}
UNROLLED = 8
"""So often a letter may be asked for, exactly, before it is taken for any number of times."""

Letters = frozenset[int]


class Unreadable(Exception):
    """The expression has a part in it that this reader does not judge."""


@dataclass
class Part:
    nullable: bool
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)


class Automaton:
    def __init__(self, expression: re.Pattern[Any]) -> None:
        tree = _parser.parse(expression.pattern, expression.flags & ~re.DEBUG)
        self._flags = expression.flags
        self._alphabet = _alphabet(tree) if isinstance(expression.pattern, str) else frozenset(range(256))
        self.letters: list[Letters] = []
        self.follow: dict[int, list[int]] = defaultdict(list)
        whole = self._sequence(list(tree))
        if not _begins_where_the_text_does(tree):
            searching = self._letter(self._alphabet)
            self._join(searching.last, searching.first)
            self._join(searching.last, whole.first)

    def many_ways(self) -> bool:
        """Whether some text can be read in more and more ways the longer it is."""
        return self._twice_at_once() or self._round_in_two_ways() or self._on_in_many_places()

    def _twice_at_once(self) -> bool:
        return any(len(after) != len(set(after)) for after in self.follow.values())

    def _round_in_two_ways(self) -> bool:
        apart = {(one, other) for one, other in self._reached((p, p) for p in self._states()) if one != other}
        return any(
            (p, p) in self._reached([pair]) and pair in self._reached([(p, p)])
            for pair in apart
            for p in pair
        )

    def _on_in_many_places(self) -> bool:
        loops = [p for p in self._states() if (p,) in self._reached([(p,)])]
        pairs = ((p, q) for p, q in product(loops, loops) if p != q and (q,) in self._reached([(p,)]))
        return any((p, q, q) in self._reached([(p, p, q)]) for p, q in pairs)

    def _states(self) -> range:
        return range(len(self.letters))

    def _reached(self, starts: Iterable[tuple[int, ...]]) -> set[tuple[int, ...]]:
        """Where several readers come to together by at least one letter, all by the same."""
        reached: set[tuple[int, ...]] = set()
        to_do = list(starts)
        while to_do:
            for there in self._next(to_do.pop()):
                if there not in reached:
                    reached.add(there)
                    to_do.append(there)
        return reached

    def _next(self, here: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        for there in product(*(self.follow[one] for one in here)):
            if frozenset.intersection(*(self.letters[one] for one in there)):
                yield there

    def _join(self, ends: Iterable[int], beginnings: Iterable[int]) -> None:
        beginnings = list(beginnings)
        for end in ends:
            self.follow[end] += beginnings

    def _letter(self, letters: Letters) -> Part:
        self.letters.append(letters)
        place = len(self.letters) - 1
        return Part(nullable=False, first=[place], last=[place])

    def _sequence(self, steps: list[Any]) -> Part:
        whole = Part(nullable=True)
        for step in steps:
            part = self._part(*step)
            self._join(whole.last, part.first)
            whole = Part(
                whole.nullable and part.nullable,
                whole.first + part.first if whole.nullable else whole.first,
                whole.last + part.last if part.nullable else part.last,
            )
        return whole

    def _part(self, kind: Any, told: Any) -> Part:
        if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
            return self._letter(frozenset(c for c in self._alphabet if self._is_in(c, kind, told)))
        if kind is op.AT:
            return Part(nullable=True)
        if kind in (op.ASSERT, op.ASSERT_NOT) and not _repeats(told[1]):
            return Part(nullable=True)
        if kind is op.SUBPATTERN and not (told[1] or told[2]):
            return self._sequence(list(told[3]))
        if kind is op.BRANCH:
            parts = [self._sequence(list(branch)) for branch in told[1]]
            return Part(
                any(part.nullable for part in parts),
                [one for part in parts for one in part.first],
                [one for part in parts for one in part.last],
            )
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            return self._repeat(*told)
        raise Unreadable(str(kind))

    def _repeat(self, least: int, most: int, inner: Any) -> Part:
        if least == most <= UNROLLED:
            return self._sequence(list(inner) * least)
        part = self._sequence(list(inner))
        if most > 1:
            self._join(part.last, part.first)
        return Part(part.nullable or least == 0, part.first, part.last)

    def _is_in(self, c: int, kind: Any, told: Any) -> bool:
        if kind is op.ANY:
            return bool(self._flags & re.DOTALL) or c != ord("\n")
        if kind is op.LITERAL:
            return bool(self._cases(c) & self._cases(told))
        if kind is op.NOT_LITERAL:
            return not self._is_in(c, op.LITERAL, told)
        if kind is op.RANGE:
            return any(told[0] <= case <= told[1] for case in self._cases(c))
        if kind is op.CATEGORY:
            return re.fullmatch(CATEGORIES[told], chr(c), self._flags & re.ASCII) is not None
        if kind is op.IN:
            negated = told[0][0] is op.NEGATE
            return negated != any(self._is_in(c, *one) for one in told[negated:])
        raise Unreadable(str(kind))

    def _cases(self, c: int) -> set[int]:
        if not self._flags & re.IGNORECASE:
            return {c}
        return {ord(case) for case in (chr(c), chr(c).lower(), chr(c).upper()) if len(case) == 1}


def _alphabet(tree: Any) -> Letters:
    named = set(_named(tree))
    cases = {ord(case) for c in named for case in (chr(c).lower(), chr(c).upper()) if len(case) == 1}
    return frozenset({*ALL_OF_LATIN, *SOME_OTHERS, *named, *cases})


def _named(tree: Any) -> Iterator[int]:
    """The letters that stand in an expression, and those around a range in it."""
    for part in tree if isinstance(tree, list | tuple | _parser.SubPattern) else ():
        match part:
            case (op.LITERAL | op.NOT_LITERAL, int(c)):
                yield c
            case (op.RANGE, (int(low), int(high))):
                yield from (c for c in (low - 1, low, high, high + 1) if 0 <= c <= 0x10FFFF)
            case _:
                yield from _named(part)


def _repeats(tree: Any) -> bool:
    kinds = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
    return any(
        part in kinds or _repeats(part)
        for part in (tree if isinstance(tree, list | tuple | _parser.SubPattern) else ())
    )


def _begins_where_the_text_does(tree: Any) -> bool:
    return bool(len(tree)) and tree[0] == (op.AT, op.AT_BEGINNING_STRING)


def many_ways(expression: re.Pattern[Any]) -> bool:
    return Automaton(expression).many_ways()
