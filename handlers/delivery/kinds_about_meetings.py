"""The kinds of posts that are about a meeting, or about all of them."""

from datetime import timedelta
from typing import Any

from bot import (
    about_me,
    before_closing,
    calendar_entries,
    documents,
    look_back,
    notes,
    overtaken,
    separate_talks,
)
from bot import reminders as reminding
from bot.errors import Words
from bot.quiet import Budget, Merges, Noise, Rings
from bot.telling import about_help, about_live, about_meetings, about_swaps, rules
from handlers.blocks import about_me as draw_about_me
from handlers.blocks import before_closing as draw_before_closing
from handlers.blocks import calendar_entries as draw_calendar_entries
from handlers.blocks import calls, cancelling, digests, meetings, publication, reminders, standing
from handlers.blocks import documents as draw_documents
from handlers.blocks import live as draw_live
from handlers.blocks import look_back as draw_look_back
from handlers.blocks import notes as draw_notes
from handlers.blocks import preparing as draw_preparing
from handlers.blocks import swaps as draw_swaps
from handlers.delivery.kind import Kind, in_turn
from handlers.files.about_me import about_me_file
from handlers.files.calendar_entries import calendar_file
from handlers.files.documents import document_file
from storage.post_kinds import PostKind

ABOUT_MEETINGS: dict[PostKind, Kind[Any]] = {
    PostKind.STANDING: Kind(
        about_meetings.standing,
        standing.standing,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        called=Words("The message with the buttons"),
        is_replaced=rules.always,
    ),
    PostKind.AGENDA: Kind(
        about_meetings.published,
        publication.published,
        Noise(Rings.AT_ONCE, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The agenda"),
        is_replaced=rules.always,
        after_its_end=separate_talks.come_along,
    ),
    PostKind.CALL: Kind(
        about_meetings.call,
        calls.call,
        Noise(Rings.AT_ITS_HOUR, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The call for items"),
        is_told_once=True,
        after_its_end=separate_talks.come_along,
        overtaken=overtaken.by_a_newer_call,
    ),
    PostKind.DIGEST: Kind(
        about_meetings.digest,
        digests.digest,
        Noise(Rings.AT_ITS_HOUR, Budget.EVERYBODY, Merges.INTO_THE_NEXT),
        called=Words("The message “This week”"),
        is_told_once=True,
        after_its_end=separate_talks.come_along,
        overtaken=overtaken.by_a_newer_digest,
    ),
    PostKind.PROPOSED_MEETING: Kind(
        about_meetings.proposed_meeting,
        meetings.proposed_meeting,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("A question about the next meeting"),
        is_replaced=rules.asks_to_confirm,
    ),
    PostKind.MOVED_MEETING: Kind(
        about_meetings.moved_meeting,
        meetings.moved_meeting,
        Noise(Rings.AT_ONCE_IF_SOON, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The news that a meeting has moved"),
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.CANCELLED_MEETING: Kind(
        about_meetings.cancelled_meeting,
        cancelling.cancelled,
        Noise(Rings.AT_ONCE_IF_SOON, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The news that a meeting is cancelled"),
    ),
    PostKind.CANCELLED_FOR_ONE: Kind(
        about_meetings.cancelled_meeting,
        cancelling.cancelled,
        Noise(Rings.AT_ONCE_IF_SOON, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The news that a meeting is cancelled"),
    ),
    PostKind.STILL_WAITING: Kind(
        before_closing.still_waiting,
        draw_before_closing.still_waiting,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("What waits for the host"),
        is_whole_elsewhere=True,
        overtaken=overtaken.by_a_newer,
    ),
    PostKind.NOTHING_YET: Kind(
        before_closing.nothing_yet,
        draw_before_closing.nothing_yet,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The question whether somebody has something to bring"),
        overtaken=overtaken.by_a_doubt,
    ),
    PostKind.HELP_OFFERED: Kind(
        about_help.offered,
        draw_preparing.offered,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("The question whether some help would be good"),
    ),
    PostKind.HELP_WANTED: Kind(
        about_help.wanted,
        draw_preparing.wanted,
        Noise(Rings.IN_WAKING_HOURS, Budget.ADMIN, Merges.INTO_THE_DAYS),
        called=Words("The news that a host would like some help"),
    ),
    PostKind.LIVE: Kind(
        about_live.live,
        draw_live.live,
        Noise(Rings.AT_ONCE, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The live meeting"),
        stands_as_posted=about_live.shows_the_turn,
        is_replaced=about_live.comes_back,
        rests=timedelta(seconds=2),
        longest_pause=timedelta(seconds=15),
    ),
    PostKind.AFTER_MEETING: Kind(
        notes.after_meeting,
        draw_notes.after_meeting,
        Noise(Rings.IN_WAKING_HOURS, Budget.HOST, Merges.INTO_THE_DAYS),
        called=Words("The question what became of the items"),
    ),
    PostKind.NOTES: Kind(
        notes.notes,
        draw_notes.notes,
        Noise(Rings.IN_WAKING_HOURS, Budget.EVERYBODY, Merges.INTO_NOTHING),
        called=Words("The notes of a meeting"),
        is_told_once=True,
        after_its_end=in_turn(notes.redraw_question, separate_talks.come_along),
    ),
    PostKind.REMINDER: Kind(
        reminding.reminder,
        reminders.reminder,
        Noise(Rings.AT_ITS_HOUR, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        called=Words("A reminder of the meeting"),
        is_told_once=True,
        overtaken=overtaken.by_a_doubt,
    ),
    PostKind.CALENDAR_FILE: Kind(
        calendar_entries.calendar_file,
        draw_calendar_entries.without_file,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        file=calendar_file,
        called=Words("A calendar file"),
        is_told_once=True,
    ),
    PostKind.DOCUMENT: Kind(
        documents.file_of_document,
        draw_documents.without_file,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        file=document_file,
        called=Words("A file to print or hand on"),
        is_told_once=True,
    ),
    PostKind.ABOUT_ME: Kind(
        about_me.file_about_me,
        draw_about_me.without_file,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        file=about_me_file,
        called=Words("A file of everything about you"),
        is_told_once=True,
    ),
    PostKind.LOOK_BACK: Kind(
        look_back.look_back_to_send,
        draw_look_back.posted,
        Noise(Rings.AT_ONCE, Budget.WHOEVER_ASKED, Merges.INTO_NOTHING),
        with_chart=draw_look_back.posted_with_chart,
        called=Words("The look back"),
        is_told_once=True,
    ),
    PostKind.LOOK_BACK_FOR_ALL: Kind(
        look_back.look_back_to_send,
        draw_look_back.posted,
        Noise(Rings.IN_WAKING_HOURS, Budget.EVERYBODY, Merges.INTO_NOTHING),
        with_chart=draw_look_back.posted_with_chart,
        called=Words("The look back"),
        is_told_once=True,
        after_its_end=separate_talks.come_along,
    ),
    PostKind.SWAP: Kind(
        about_swaps.asked,
        draw_swaps.asked,
        Noise(Rings.IN_WAKING_HOURS, Budget.PERSON, Merges.INTO_THE_DAYS),
        called=Words("The question whether a host would swap"),
        is_replaced=about_swaps.asks_for_an_answer,
    ),
    PostKind.SWAP_ANSWER: Kind(
        about_swaps.answered,
        draw_swaps.answered,
        Noise(Rings.IN_WAKING_HOURS, Budget.WHOEVER_ASKED, Merges.INTO_THE_DAYS),
        called=Words("The answer of another host"),
    ),
}
