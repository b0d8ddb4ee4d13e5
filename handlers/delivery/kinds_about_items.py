"""The kinds of posts that are about an item, a tip, or what came of an item."""

from typing import Any

from bot import overtaken, own_follow_ups, question_posts, separate_talks, word_to_proposers
from bot.errors import Words
from bot.quiet import Budget, Merges, Noise, Rings
from bot.telling import about_follow_ups, about_items, about_questions, about_separate_talks, rules
from handlers.blocks import decisions as draw_decisions
from handlers.blocks import follow_ups as draw_follow_ups
from handlers.blocks import freshness as draw_freshness
from handlers.blocks import outcomes as draw_outcomes
from handlers.blocks import questions as draw_questions
from handlers.blocks import removal as draw_removal
from handlers.blocks import separate_talks as draw_separate_talks
from handlers.delivery.kind import Kind
from storage.post_kinds import PostKind

ABOUT_ITEMS: dict[PostKind, Kind[Any]] = {
    PostKind.CARD: Kind(
        about_items.card,
        draw_decisions.card,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("A question to those who decide"),
        is_whole_elsewhere=True,
        among_others=draw_decisions.folded_card,
        is_replaced=rules.asks_for_a_decision,
    ),
    PostKind.OUTCOME: Kind(
        about_items.outcome,
        draw_outcomes.outcome,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("What became of an item"),
        is_whole_elsewhere=True,
        after_its_end=word_to_proposers.settle,
        when_put_off=word_to_proposers.tell_when_it_is_told,
    ),
    PostKind.FOLLOW_UP: Kind(
        about_follow_ups.reminder,
        draw_follow_ups.reminder,
        Noise(Rings.IN_WAKING_HOURS, Budget.WHOEVER_ASKED, Merges.INTO_THE_DAYS),
        called=Words("A reminder of a follow-up"),
        is_whole_elsewhere=True,
        is_told_once=True,
        after_its_end=own_follow_ups.give_back_what_is_nobodys,
        overtaken=overtaken.by_a_doubt,
    ),
    PostKind.FOLLOW_UP_DECLINED: Kind(
        about_follow_ups.declined,
        draw_follow_ups.declined,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("The news that nobody has a follow-up"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.RECONSIDERED: Kind(
        about_items.reconsidered,
        draw_outcomes.reconsidered,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that an item is before the host again"),
        is_whole_elsewhere=True,
    ),
    PostKind.CARRIED_OVER: Kind(
        about_items.carried_over,
        draw_outcomes.carried_over,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that an item goes on to the next meeting"),
        is_whole_elsewhere=True,
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.STILL_WANTED: Kind(
        about_items.still_wanted,
        draw_freshness.still_wanted,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The question whether an item is still wanted"),
        is_whole_elsewhere=True,
    ),
    PostKind.QUESTION: Kind(
        about_questions.asked,
        draw_questions.asked,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("A question about an item"),
        is_replaced=about_questions.asks_for_an_answer,
        after_its_end=question_posts.redraw_its_card,
    ),
    PostKind.SEPARATE_TALK: Kind(
        about_separate_talks.thread,
        draw_separate_talks.thread,
        Noise(Rings.IN_WAKING_HOURS, Budget.EVERYBODY, Merges.BESIDE_ANOTHER),
        called=Words("The thread about an item"),
        is_told_once=True,
        after_its_end=separate_talks.tell_where_it_is,
    ),
    PostKind.GROUP_TALK: Kind(
        about_separate_talks.group,
        draw_separate_talks.group,
        Noise(Rings.IN_WAKING_HOURS, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        called=Words("The first word about an item"),
        is_told_once=True,
    ),
    PostKind.WITHDRAWAL: Kind(
        about_items.withdrawal,
        draw_decisions.withdrawal,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("The news that an item was withdrawn"),
    ),
    PostKind.WORDS_REMOVED: Kind(
        about_items.words_removed,
        draw_removal.words_removed,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that words of an item were removed"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.TIP_REMOVED: Kind(
        about_items.tip_removed,
        draw_removal.tip_removed,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that words that somebody shared were removed"),
    ),
}
