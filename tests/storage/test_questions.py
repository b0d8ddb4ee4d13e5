"""No question in storage finds or changes anything of another consortium. The bug is planted, and seen."""

import inspect as python
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from itertools import islice
from pkgutil import walk_packages
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, NoResultFound

import storage
from storage import claims, figures, heartbeats, outbox, outbox_doubted, rests, series, tenancy, waiting
from storage.attendance import attendance_of
from storage.brought import count_brought_since, count_items_of_person, items_of_person
from storage.channels import (
    asked_long_ago,
    channel_at,
    channel_by_id,
    channel_known,
    channels_of,
    forget_former_id,
    give_new_id,
    id_by_now,
    remember_former_id,
    why_closed,
)
from storage.coming import (
    coming_of,
    forget_the_day,
    forget_who_comes,
    let_one_word_stand,
    note_takers,
    parties_of,
    party_of,
    said_by_both,
    those_coming,
)
from storage.consortia import (
    Collaborative,
    alone_with_channel,
    collaborative_by_id,
    collaborative_named,
    confirm,
    consortium_at,
    consortium_of,
    enter_consortium_of,
    every_collaborative,
    every_consortium,
    is_where_others_decide,
    rotation,
    those_in_the_way,
    those_who_decide_in,
    those_who_share,
    unconfirmed,
)
from storage.copies import has_copies, lock_with_copies
from storage.database import unless_taken
from storage.duties import duties_of, let_go_of
from storage.erasable import every_item, every_person, every_tip
from storage.erasures import (
    every_note,
    mark_of_hold,
    note_down,
    note_of_collaborative,
    note_of_consortium,
    note_of_hold,
    note_of_item,
    note_of_tip,
    notes_of_person,
    said_at,
    take_over,
    was_erased,
)
from storage.exports import rows_of_collaborative, rows_of_consortium, rows_of_person
from storage.follow_ups import (
    count_open_follow_ups_of,
    follow_up_by_id,
    follow_ups_of_items,
    follow_ups_of_meeting,
    hosts_of_declined_follow_ups,
    lock_follow_up,
    lock_follow_ups_of,
    once_declined_follow_ups_of,
    open_follow_ups,
    open_follow_ups_of,
    put_off_after,
    written_after,
)
from storage.former import Neutral, forget_person
from storage.former_collaboratives import Unnamed, forget_collaborative, meetings_hosted_by
from storage.gaps import gap_of_post
from storage.happenings import ClockSetBack, Withheld
from storage.inbox import Deed, forget_old_inputs, hear, kinds_heard
from storage.inserts import insert_if_new, insert_new
from storage.items import (
    Item,
    ItemState,
    agenda_of_meeting,
    item_by_id,
    items_of_meeting,
    items_with_ids,
    lock_item,
    lock_items,
    lock_items_with_ids,
    lock_those,
    untold_of_meeting,
)
from storage.lately import submitted_between, taken_up_separately_between, told_between
from storage.left_items import (
    items_without_meeting,
    lock_undecided_until,
    lock_waiting_for_proposed_after,
    undecided_until,
)
from storage.legal_holds import hold_by_id, newest_hold
from storage.live import is_live, live_meetings, live_of
from storage.look_back import came_in_between
from storage.me_too import (
    all_with_me_too_of,
    forget_me_too,
    hand_on_me_too,
    items_with_me_too_of,
    let_one_me_too_stand,
    say_me_too,
    say_me_too_no_more,
    those_who_say_me_too,
)
from storage.meetings import (
    Meeting,
    Publication,
    cancelled_meetings,
    last_cancelled_after,
    last_cancelled_before,
    last_meeting,
    last_meeting_on,
    last_publications,
    lock_meeting,
    meeting_before,
    meeting_by_id,
    meeting_on,
    meetings_before,
    meetings_from,
    meetings_to_notice,
    newest_with_uid,
    welcomes_before,
)
from storage.names import told_of
from storage.one_person import become_one
from storage.past import anything_happened_after, nothing_happened_after
from storage.people import (
    Curator,
    Person,
    admins,
    as_they_stand,
    curated_by,
    curators,
    hand_over_roles,
    if_still_there,
    last_asked_before,
    lock_person,
    members,
    named_but_unknown,
    people_behind,
    people_with,
    person_at,
    person_behind,
    person_by_id,
    person_met,
    person_named,
    release_from_roles,
    set_curators,
)
from storage.posts import (
    Post,
    has_newer,
    is_on_its_way,
    is_out,
    lock_post,
    newest_due,
    newest_in,
    newest_is_out,
    places_owed,
    post_by_key,
    posts_at,
    posts_named,
    what_holds_up,
    withheld_about,
)
from storage.questions import (
    ids_of_questions,
    ids_of_questions_for,
    lock_question,
    question_by_id,
    questions_of_item,
    questions_of_items,
)
from storage.reasons import forget_reasons
from storage.results import (
    items_with_results,
    results_of_item,
    results_of_items,
    results_of_meeting,
    results_that_tell_of,
)
from storage.rows_of_people import own_rows
from storage.set_aside import forget_what_was_set_aside, set_aside, set_aside_published
from storage.shelves import (
    Shelf,
    collaboratives_with_items,
    items_on_shelves,
    lengths_on_agenda,
    shares_of_agenda,
    shelves_of_meeting,
)
from storage.swaps import lock_swap, swap_by_id, swaps_about, unanswered_swaps
from storage.tenancy import Session
from storage.tips import Tip, count_tips_between, lock_tip, tip_by_id, tips_with
from storage.together import (
    messages_since,
    newest_that_stands,
    note_shown,
    references_at,
    shorten_rests_in,
    those_that_stand_in,
    those_together_with,
)
from storage.traces import (
    brought_by,
    count_names_in_words_of_others,
    files_about_people,
    posts_that_name,
    posts_that_show,
    posts_that_tell_of,
    publications_with,
    rewrite_entries,
    title_as_brought,
)
from storage.upkeep.last_activity import last_sign_of_life
from storage.upkeep.note_gap import note_gap
from storage.use import count_rows, forget, is_used
from storage.waiting_to_be_erased import count_those_who_want_to_be_erased, those_who_want_to_be_erased
from storage.whereabouts import (
    doubt,
    everybodys_whereabouts,
    note_members,
)
from tests.builders import NOON
from tests.storage.twins import (
    AN_HOUR,
    DAY,
    EVERYBODYS,
    KIND,
    WHO,
    Twin,
    Twins,
    plain,
    rows_of,
    unguarded,
)

pytestmark = pytest.mark.slow

Question = Callable[[Session, Twin, Twin], Any]

NOT_FOUND, CROSSED = object(), object()
NEUTRAL = Neutral("somebody", "something", "something to do")
BEFORE = NOON - timedelta(days=1)
LONG_AFTER = NOON + timedelta(days=1000)
SET_BACK = ClockSetBack(AN_HOUR, AN_HOUR, AN_HOUR)
WINDOW = (NOON - AN_HOUR, NOON + AN_HOUR)


@pytest.fixture
def session(among_twins: Session) -> Session:
    return among_twins


Expected = Callable[[Twin], Any]

CASES: dict[Callable[..., Any], tuple[Question, Expected]] = {
    every_collaborative: (lambda s, _, __: every_collaborative(s), lambda ours: [ours.collaborative]),
    rotation: (lambda s, _, __: rotation(s), lambda ours: [ours.collaborative]),
    named_but_unknown: (lambda s, _, __: named_but_unknown(s), lambda ours: [ours.person]),
    people_with: (
        lambda s, ours, theirs: people_with(s, [ours.person.id, theirs.person.id]),
        lambda ours: [ours.person],
    ),
    release_from_roles: (lambda s, _, theirs: release_from_roles(s, theirs.person), lambda _: None),
    posts_named: (lambda s, _, __: posts_named(s, "card"), lambda ours: [ours.post]),
    kinds_heard: (lambda s, _, theirs: kinds_heard(s, [theirs.tip.topic, "ours"]), lambda _: {"ours"}),
    posts_at: (lambda s, _, __: posts_at(s, "U0CURATOR"), lambda ours: [ours.post]),
    brought_by: (lambda s, _, theirs: brought_by(s, theirs.person), lambda _: []),
    publications_with: (
        lambda s, _, __: publications_with(s, {EVERYBODYS}),
        lambda ours: [ours.publication],
    ),
    rewrite_entries: (lambda s, _, __: rewrite_entries(s, {EVERYBODYS}, dict), lambda _: None),
    title_as_brought: (lambda s, _, theirs: title_as_brought(s, {"item_id": theirs.item.id}), lambda _: {}),
    files_about_people: (lambda s, _, __: files_about_people(s), lambda _: []),
    posts_that_show: (lambda s, _, __: posts_that_show(s, []), lambda _: []),
    posts_that_tell_of: (
        lambda s, _, theirs: posts_that_tell_of(s, theirs.person, []),
        lambda _: [],
    ),
    told_of: (lambda s, _, theirs: len(list(told_of(s, theirs.person))), lambda _: 0),
    count_names_in_words_of_others: (
        lambda s, _, theirs: count_names_in_words_of_others(s, theirs.person),
        lambda _: 0,
    ),
    forget_person: (lambda s, _, theirs: forget_person(s, theirs.person, NEUTRAL, NOON), lambda _: None),
    rows_of_person: (
        lambda s, _, theirs: [row for rows in rows_of_person(s, theirs.person).values() for row in rows],
        lambda _: [],
    ),
    rows_of_consortium: (
        lambda s, _, __: {table: len(rows) for table, rows in rows_of_consortium(s).items()},
        lambda _: (
            dict.fromkeys(
                (
                    "consortium",
                    "collaborative",
                    "meeting",
                    "person",
                    "curator",
                    "publication",
                    "result",
                    "follow_up",
                    "attendance",
                    "party",
                    "duty",
                    "live_meeting",
                    "legal_hold",
                    "set_aside",
                    "swap",
                    "me_too",
                    "tip",
                ),
                1,
            )
            | {"item": 2}
        ),
    ),
    those_who_decide_in: (
        lambda s, _, theirs: those_who_decide_in(s, theirs.collaborative.curators_channel_id or ""),
        lambda _: [],
    ),
    collaborative_named: (lambda s, _, __: collaborative_named(s, "CCSJ"), lambda ours: ours.collaborative),
    collaborative_by_id: (
        lambda s, _, theirs: collaborative_by_id(s, theirs.collaborative.id),
        lambda _: None,
    ),
    channel_at: (lambda s, _, __: channel_at(s, "C0SHARED"), lambda ours: ours.channel),
    id_by_now: (lambda s, _, __: id_by_now(s, "C0BEFORE"), lambda _: "ours"),
    channel_by_id: (lambda s, _, theirs: channel_by_id(s, theirs.channel.id), lambda _: None),
    channel_known: (lambda s, _, __: channel_known(s, "C0SHARED"), lambda ours: ours.channel),
    why_closed: (lambda s, _, __: why_closed(s, "C0SHARED"), lambda _: "ours"),
    channels_of: (lambda s, ours, _: channels_of(s, ours.consortium), lambda _: ["C0SHARED"]),
    asked_long_ago: (lambda s, _, __: asked_long_ago(s, ["C0SHARED"], NOON, NOON), lambda _: ["C0SHARED"]),
    give_new_id: (
        lambda s, _, theirs: give_new_id(s, theirs.consortium, theirs.post.place, "C0NEW"),
        lambda _: None,
    ),
    forget_former_id: (
        lambda s, _, theirs: forget_former_id(s, theirs.formerchannelid.former_id),
        lambda _: None,
    ),
    remember_former_id: (
        lambda s, _, theirs: remember_former_id(s, theirs.formerchannelid.channel_id, "C0NEW"),
        lambda _: None,
    ),
    doubt: (lambda s, _, __: doubt(s, NOON), lambda _: None),
    note_members: (
        lambda s, _, theirs: note_members(s, (), {theirs.person.id: theirs.person.whereabouts}, NOON),
        lambda _: None,
    ),
    everybodys_whereabouts: (
        lambda s, _, __: everybodys_whereabouts(s),
        lambda ours: {ours.person.id: ours.person.whereabouts},
    ),
    as_they_stand: (lambda s, _, theirs: as_they_stand(s, theirs.person.id), lambda _: NOT_FOUND),
    if_still_there: (lambda s, _, theirs: if_still_there(s, theirs.person.id), lambda _: None),
    outbox.owe_again: (
        lambda s, _, theirs: outbox.owe_again(
            s, KIND, theirs.post.key, subject_id=1, place="U0CURATOR", due=NOON
        ),
        lambda _: NOT_FOUND,
    ),
    outbox.pass_to: (
        lambda s, _, theirs: outbox.pass_to(s, [KIND], subject_id=theirs.post.subject_id, to=999),
        lambda _: None,
    ),
    outbox.owe_about: (
        lambda s, _, theirs: outbox.owe_about(s, theirs.post, subject_id=2, due=NOON),
        lambda _: None,
    ),
    outbox.owe_all_again: (
        lambda s, _, theirs: outbox.owe_all_again(
            s, [outbox.Debt(KIND, theirs.post.key, 1, "U0CURATOR")], NOON
        ),
        lambda _: NOT_FOUND,
    ),
    gap_of_post: (lambda s, _, theirs: gap_of_post(s, theirs.post, NOON), lambda _: None),
    outbox.move: (lambda s, _, __: outbox.move(s, [KIND], "U0CURATOR", "C0NEW", NOON), lambda _: None),
    rests.end_rests_in: (
        lambda s, _, __: rests.end_rests_in(s, "U0CURATOR", ["is_archived"]),
        lambda _: None,
    ),
    rests.look_anew_at_what_is_put_off: (
        lambda s, _, __: rests.look_anew_at_what_is_put_off(s),
        lambda _: None,
    ),
    those_together_with: (
        lambda s, _, theirs: those_together_with(s, theirs.post),
        lambda _: [],
    ),
    those_that_stand_in: (
        lambda s, _, theirs: those_that_stand_in(s, theirs.post.place, theirs.post.ts),
        lambda _: [],
    ),
    newest_that_stands: (
        lambda s, _, theirs: newest_that_stands(s, theirs.post.place, [KIND], since=NOON - 9 * AN_HOUR),
        lambda _: None,
    ),
    messages_since: (
        lambda s, _, theirs: messages_since(s, theirs.post.place, [KIND], since=NOON - 9 * AN_HOUR),
        lambda ours: [ours.post.ts],
    ),
    references_at: (
        lambda s, _, theirs: references_at(s, theirs.post.place),
        lambda ours: [ours.post.reference],
    ),
    note_shown: (lambda s, _, theirs: note_shown(s, theirs.post.ts, {theirs.post.id: 1}), lambda _: None),
    shorten_rests_in: (
        lambda s, _, theirs: shorten_rests_in(s, theirs.post.place, theirs.post.ts, NOON),
        lambda _: None,
    ),
    is_on_its_way: (lambda s, _, __: is_on_its_way(s, KIND, subject_id=1), lambda _: False),
    newest_in: (lambda s, _, __: newest_in(s, KIND, [1], place="U0CURATOR"), lambda ours: ours.post),
    outbox.refresh_in: (
        lambda s, _, theirs: outbox.refresh_in(s, KIND, place=theirs.post.place),
        lambda _: None,
    ),
    newest_due: (lambda s, _, __: newest_due(s, KIND, subject_id=1), lambda ours: ours.post.due_at),
    outbox.withhold_all: (
        lambda s, _, theirs: outbox.withhold_all(s, KIND, subject_id=theirs.post.subject_id),
        lambda _: None,
    ),
    rests.put_off_beyond: (lambda s, _, __: rests.put_off_beyond(s, BEFORE), lambda _: []),
    waiting.of_unknown_fate: (lambda s, _, __: waiting.of_unknown_fate(s), lambda _: []),
    waiting.held_for_nobody: (lambda s, _, __: waiting.held_for_nobody(s), lambda _: []),
    outbox.untold_in: (lambda s, _, __: outbox.untold_in(s, "U0CURATOR", [KIND]), lambda _: []),
    person_at: (lambda s, _, __: person_at(s, WHO), lambda ours: ours.person),
    person_behind: (lambda s, _, __: person_behind(s, WHO.user_id), lambda ours: ours.person),
    own_rows: (lambda s, ours, _: own_rows(s, ours.person), lambda ours: [ours.person]),
    people_behind: (lambda s, _, __: people_behind(s, WHO.user_id), lambda ours: [ours.person]),
    person_named: (lambda s, _, __: person_named(s, WHO), lambda ours: ours.person),
    last_asked_before: (lambda s, _, __: last_asked_before(s, NOON + AN_HOUR, 9), lambda ours: [ours.person]),
    hand_over_roles: (lambda s, ours, theirs: hand_over_roles(s, theirs.person, ours.person), lambda _: None),
    become_one: (lambda s, ours, theirs: become_one(s, theirs.person, ours.person), lambda _: None),
    person_met: (lambda s, _, __: person_met(s, WHO), lambda ours: ours.person),
    person_by_id: (lambda s, _, theirs: person_by_id(s, theirs.person.id), lambda _: NOT_FOUND),
    admins: (lambda s, _, __: admins(s), lambda ours: [ours.person]),
    curators: (lambda s, _, theirs: curators(s, theirs.collaborative), lambda _: []),
    curated_by: (lambda s, _, theirs: curated_by(s, theirs.person), lambda _: []),
    members: (lambda s, _, theirs: members(s, theirs.collaborative), lambda _: []),
    lock_person: (lambda s, _, theirs: lock_person(s, theirs.person), lambda _: None),
    count_brought_since: (
        lambda s, _, theirs: count_brought_since(s, theirs.person, NOON - AN_HOUR),
        lambda _: 0,
    ),
    set_curators: (lambda s, _, theirs: set_curators(s, theirs.collaborative, []), lambda _: None),
    lock_meeting: (lambda s, _, theirs: lock_meeting(s, theirs.meeting.id), lambda _: None),
    meeting_by_id: (lambda s, _, theirs: meeting_by_id(s, theirs.meeting.id), lambda _: None),
    meeting_before: (lambda s, _, __: meeting_before(s, DAY + timedelta(days=1)), lambda ours: ours.meeting),
    meetings_before: (
        lambda s, _, __: meetings_before(s, DAY + timedelta(days=1), most=5),
        lambda ours: [ours.meeting],
    ),
    last_meeting_on: (lambda s, _, __: last_meeting_on(s, DAY), lambda ours: ours.meeting),
    meeting_on: (lambda s, _, __: meeting_on(s, DAY), lambda ours: ours.meeting),
    meetings_to_notice: (lambda s, _, __: meetings_to_notice(s, DAY), lambda ours: [ours.meeting]),
    meetings_from: (lambda s, _, __: meetings_from(s, DAY), lambda ours: [ours.meeting]),
    cancelled_meetings: (lambda s, _, __: cancelled_meetings(s), lambda _: []),
    last_cancelled_after: (lambda s, _, __: last_cancelled_after(s, BEFORE.date()), lambda _: None),
    last_cancelled_before: (
        lambda s, _, __: last_cancelled_before(s, DAY + timedelta(days=1)),
        lambda _: None,
    ),
    withheld_about: (lambda s, _, __: withheld_about(s, KIND, subject_id=1), lambda _: []),
    places_owed: (lambda s, _, __: places_owed(s, KIND, subject_id=1), lambda ours: [ours.post.place]),
    last_meeting: (lambda s, _, __: last_meeting(s), lambda ours: ours.meeting),
    results_of_meeting: (lambda s, _, theirs: results_of_meeting(s, theirs.meeting), lambda _: {}),
    results_of_item: (lambda s, _, theirs: results_of_item(s, theirs.item), lambda _: []),
    results_that_tell_of: (lambda s, _, theirs: results_that_tell_of(s, theirs.item), lambda _: []),
    results_of_items: (lambda s, _, theirs: results_of_items(s, [theirs.item.id]), lambda _: []),
    items_with_results: (lambda s, _, theirs: items_with_results(s, theirs.meeting), lambda _: []),
    newest_with_uid: (lambda s, _, theirs: newest_with_uid(s, theirs.meeting.uid), lambda _: NOT_FOUND),
    welcomes_before: (lambda s, _, theirs: welcomes_before(s, theirs.meeting), lambda _: []),
    said_by_both: (lambda s, ours, theirs: said_by_both(s, theirs.person, ours.person), lambda _: []),
    coming_of: (lambda s, _, theirs: coming_of(s, theirs.meeting, theirs.person), lambda _: None),
    party_of: (lambda s, _, theirs: party_of(s, theirs.meeting, theirs.collaborative), lambda _: None),
    note_takers: (lambda s, _, theirs: note_takers(s, theirs.meeting), lambda _: []),
    those_coming: (lambda s, _, theirs: those_coming(s, theirs.meeting), lambda _: []),
    parties_of: (lambda s, _, theirs: parties_of(s, theirs.meeting), lambda _: []),
    duties_of: (lambda s, _, theirs: duties_of(s, theirs.meeting), lambda _: {}),
    live_of: (lambda s, _, theirs: live_of(s, theirs.meeting), lambda _: None),
    is_live: (lambda s, _, theirs: is_live(s, theirs.meeting), lambda _: False),
    live_meetings: (lambda s, _, __: live_meetings(s), lambda _: []),
    let_go_of: (lambda s, _, theirs: let_go_of(s, theirs.meeting, theirs.duty.work), lambda _: None),
    notes_of_person: (lambda s, ours, _: len(notes_of_person(s, ours.person)), lambda _: 2),
    note_of_item: (lambda s, ours, _: bool(note_of_item(s, ours.item)), lambda _: True),
    note_of_tip: (lambda s, ours, _: bool(note_of_tip(s, ours.tip)), lambda _: True),
    note_of_collaborative: (
        lambda s, ours, _: bool(note_of_collaborative(s, ours.collaborative)),
        lambda _: True,
    ),
    meetings_hosted_by: (lambda s, _, theirs: meetings_hosted_by(s, theirs.collaborative), lambda _: []),
    forget_collaborative: (
        lambda s, ours, _: forget_collaborative(s, ours.collaborative, Unnamed("Nobody", "Nowhere")),
        lambda _: None,
    ),
    posts_that_name: (lambda s, _, theirs: posts_that_name(s, theirs.collaborative), lambda _: []),
    rows_of_collaborative: (
        lambda s, _, theirs: [
            row for rows in rows_of_collaborative(s, theirs.collaborative).values() for row in rows
        ],
        lambda _: [],
    ),
    note_of_consortium: (lambda s, _, __: bool(note_of_consortium(s)), lambda _: True),
    note_of_hold: (lambda s, ours, _: bool(note_of_hold(s, ours.legalhold)), lambda _: True),
    was_erased: (lambda s, _, theirs: was_erased(s, theirs.person.user_id), lambda _: False),
    said_at: (lambda s, ours, _: said_at(s, ours.legalhold), lambda _: None),
    mark_of_hold: (lambda s, ours, _: bool(mark_of_hold(s, ours.legalhold.until)), lambda _: True),
    take_over: (lambda s, _, __: take_over(s, [], NOON), lambda _: []),
    note_down: (lambda s, _, __: note_down(s, [note_of_consortium(s)], NOON), lambda _: None),
    every_item: (lambda s, _, __: every_item(s), lambda ours: [ours.item, ours.loose_item]),
    every_tip: (lambda s, _, __: every_tip(s), lambda ours: [ours.tip]),
    every_person: (lambda s, _, __: every_person(s), lambda ours: [ours.person]),
    newest_hold: (lambda s, _, __: newest_hold(s), lambda ours: ours.legalhold),
    set_aside_published: (lambda s, ours, _: set_aside_published(s, [ours.item], NOON), lambda _: None),
    hold_by_id: (lambda s, _, theirs: hold_by_id(s, theirs.legalhold.id), lambda _: None),
    set_aside: (lambda s, ours, _: set_aside(s, [ours.item], NOON), lambda _: None),
    forget_what_was_set_aside: (lambda s, _, __: forget_what_was_set_aside(s), lambda _: None),
    forget_old_inputs: (lambda s, _, __: forget_old_inputs(s, LONG_AFTER), lambda _: None),
    forget_the_day: (lambda s, _, __: forget_the_day(s, LONG_AFTER), lambda _: None),
    forget_who_comes: (lambda s, _, __: forget_who_comes(s, LONG_AFTER), lambda _: None),
    forget_reasons: (lambda s, _, __: forget_reasons(s, LONG_AFTER), lambda _: None),
    those_who_want_to_be_erased: (lambda s, _, __: those_who_want_to_be_erased(s), lambda _: []),
    count_those_who_want_to_be_erased: (
        lambda s, _, __: count_those_who_want_to_be_erased(s),
        lambda _: 0,
    ),
    swap_by_id: (lambda s, _, theirs: swap_by_id(s, theirs.swap.id), lambda _: None),
    lock_swap: (lambda s, _, theirs: lock_swap(s, theirs.swap.id), lambda _: None),
    unanswered_swaps: (lambda s, _, __: unanswered_swaps(s), lambda ours: [ours.swap]),
    swaps_about: (lambda s, _, theirs: swaps_about(s, theirs.meeting), lambda _: []),
    let_one_word_stand: (
        lambda s, ours, theirs: let_one_word_stand(s, theirs.person, ours.person),
        lambda _: None,
    ),
    attendance_of: (lambda s, _, theirs: attendance_of(s, theirs.meeting), lambda _: []),
    follow_up_by_id: (lambda s, _, theirs: follow_up_by_id(s, theirs.followup.id), lambda _: None),
    lock_follow_up: (lambda s, _, theirs: lock_follow_up(s, theirs.followup.id), lambda _: None),
    once_declined_follow_ups_of: (
        lambda s, _, theirs: once_declined_follow_ups_of(s, theirs.collaborative),
        lambda _: [],
    ),
    hosts_of_declined_follow_ups: (lambda s, _, __: hosts_of_declined_follow_ups(s, BEFORE), lambda _: []),
    written_after: (lambda s, _, __: written_after(s, BEFORE), lambda ours: [ours.followup.id]),
    put_off_after: (lambda s, _, __: put_off_after(s, BEFORE), lambda ours: [ours.followup]),
    follow_ups_of_meeting: (lambda s, _, theirs: follow_ups_of_meeting(s, theirs.meeting), lambda _: []),
    follow_ups_of_items: (lambda s, _, theirs: follow_ups_of_items(s, [theirs.item.id]), lambda _: []),
    lock_follow_ups_of: (lambda s, _, theirs: lock_follow_ups_of(s, [theirs.item]), lambda _: []),
    open_follow_ups: (lambda s, _, __: open_follow_ups(s), lambda ours: [ours.followup]),
    open_follow_ups_of: (
        lambda s, _, theirs: open_follow_ups_of(s, theirs.person, after=0, most=9),
        lambda _: [],
    ),
    count_open_follow_ups_of: (lambda s, _, theirs: count_open_follow_ups_of(s, theirs.person), lambda _: 0),
    question_by_id: (lambda s, _, theirs: question_by_id(s, theirs.question.id), lambda _: None),
    lock_question: (lambda s, _, theirs: lock_question(s, theirs.question.id), lambda _: None),
    questions_of_item: (lambda s, _, theirs: questions_of_item(s, theirs.item), lambda _: []),
    questions_of_items: (lambda s, _, theirs: questions_of_items(s, [theirs.item.id]), lambda _: []),
    ids_of_questions: (lambda s, _, theirs: ids_of_questions(s, theirs.item), lambda _: []),
    ids_of_questions_for: (lambda s, _, theirs: ids_of_questions_for(s, theirs.meeting), lambda _: []),
    last_publications: (lambda s, _, theirs: last_publications(s, theirs.meeting), lambda _: []),
    items_with_ids: (lambda s, _, theirs: items_with_ids(s, [theirs.item.id]), lambda _: []),
    untold_of_meeting: (lambda s, _, theirs: untold_of_meeting(s, theirs.meeting), lambda _: []),
    lock_item: (lambda s, _, theirs: lock_item(s, theirs.item.id), lambda _: None),
    lock_items_with_ids: (lambda s, _, theirs: lock_items_with_ids(s, [theirs.item.id]), lambda _: []),
    say_me_too: (lambda s, ours, _: say_me_too(s, ours.item, ours.person), lambda _: False),
    say_me_too_no_more: (
        lambda s, _, theirs: say_me_too_no_more(s, theirs.item, theirs.person),
        lambda _: None,
    ),
    those_who_say_me_too: (lambda s, _, theirs: those_who_say_me_too(s, [theirs.item.id]), lambda _: {}),
    items_with_me_too_of: (
        lambda s, _, theirs: items_with_me_too_of(s, theirs.person, [theirs.item.id]),
        lambda _: set(),
    ),
    all_with_me_too_of: (lambda s, _, theirs: all_with_me_too_of(s, theirs.person), lambda _: []),
    forget_me_too: (lambda s, _, theirs: forget_me_too(s, theirs.item), lambda _: None),
    hand_on_me_too: (lambda s, ours, theirs: hand_on_me_too(s, theirs.item, ours.item), lambda _: None),
    let_one_me_too_stand: (
        lambda s, ours, theirs: let_one_me_too_stand(s, theirs.person, ours.person),
        lambda _: None,
    ),
    lock_those: (
        lambda s, _, theirs: lock_those(s, select(Item.id).where(Item.id == theirs.item.id)),
        lambda _: [],
    ),
    lock_with_copies: (lambda s, _, theirs: lock_with_copies(s, theirs.item.id), lambda _: []),
    has_copies: (lambda s, _, theirs: has_copies(s, theirs.loose_item.id), lambda _: False),
    item_by_id: (lambda s, _, theirs: item_by_id(s, theirs.item.id), lambda _: None),
    agenda_of_meeting: (lambda s, _, theirs: agenda_of_meeting(s, theirs.meeting), lambda _: []),
    items_of_meeting: (lambda s, _, theirs: items_of_meeting(s, theirs.meeting, *ItemState), lambda _: []),
    lengths_on_agenda: (lambda s, _, theirs: lengths_on_agenda(s, theirs.meeting), lambda _: {}),
    shares_of_agenda: (lambda s, _, theirs: shares_of_agenda(s, theirs.meeting), lambda _: []),
    collaboratives_with_items: (
        lambda s, _, theirs: collaboratives_with_items(s, theirs.meeting, *ItemState),
        lambda _: set(),
    ),
    items_on_shelves: (
        lambda s, _, theirs: items_on_shelves(
            s,
            theirs.meeting,
            {Shelf(theirs.item.state, is_told=told) for told in (False, True)},
            after=0,
            most=9,
            by_age=True,
        ),
        lambda _: [],
    ),
    shelves_of_meeting: (lambda s, _, theirs: shelves_of_meeting(s, theirs.meeting), lambda _: {}),
    items_of_person: (lambda s, _, theirs: items_of_person(s, theirs.person, *ItemState), lambda _: []),
    count_items_of_person: (
        lambda s, _, theirs: count_items_of_person(s, theirs.person, *ItemState, most=9),
        lambda _: 0,
    ),
    items_without_meeting: (lambda s, _, __: items_without_meeting(s), lambda ours: [ours.loose_item]),
    undecided_until: (lambda s, _, __: undecided_until(s, DAY), lambda ours: [ours.item]),
    lock_waiting_for_proposed_after: (
        lambda s, _, __: lock_waiting_for_proposed_after(s, DAY - timedelta(days=1)),
        lambda _: [],
    ),
    lock_undecided_until: (lambda s, _, __: lock_undecided_until(s, DAY), lambda ours: [ours.item]),
    submitted_between: (
        lambda s, _, __: submitted_between(s, *WINDOW),
        lambda ours: [ours.item, ours.loose_item],
    ),
    came_in_between: (
        lambda s, _, theirs: [
            (one.meeting_id, one.became) for one in came_in_between(s, *WINDOW, [theirs.meeting.id])
        ],
        lambda ours: [(ours.meeting.id, None)],
    ),
    taken_up_separately_between: (
        lambda s, _, __: taken_up_separately_between(s, *WINDOW),
        lambda ours: [ours.item],
    ),
    told_between: (lambda s, _, __: told_between(s, *WINDOW), lambda ours: [ours.item, ours.loose_item]),
    tips_with: (lambda s, _, __: tips_with(s, [["early"]], 9), lambda ours: [ours.tip]),
    lock_tip: (lambda s, _, theirs: lock_tip(s, theirs.tip.id), lambda _: None),
    tip_by_id: (lambda s, _, theirs: tip_by_id(s, theirs.tip.id), lambda _: None),
    count_tips_between: (lambda s, _, __: count_tips_between(s, *WINDOW), lambda _: 1),
    hear: (
        lambda s, ours, theirs: hear(s, theirs.input.key, Deed(ours.person.id, "command tip", None), NOON),
        lambda _: True,
    ),
    outbox.owe: (
        lambda s, _, theirs: outbox.owe(
            s, KIND, theirs.post.key, subject_id=theirs.post.subject_id, place="C1", due=NOON
        ),
        lambda _: False,
    ),
    outbox.miss: (
        lambda s, _, theirs: outbox.miss(
            s, KIND, theirs.post.key, subject_id=theirs.post.subject_id, place="C1", due=NOON
        ),
        lambda _: False,
    ),
    series.is_unsent: (lambda s, _, theirs: series.is_unsent(s, theirs.post.key), lambda _: True),
    outbox.pass_over: (
        lambda s, _, theirs: outbox.pass_over(
            s, KIND, theirs.post.key, subject_id=theirs.post.subject_id, place="C1", due=NOON
        ),
        lambda _: None,
    ),
    outbox_doubted.set_back: (
        lambda s, _, __: outbox_doubted.set_back(s, BEFORE, lambda _post: SET_BACK),
        lambda ours: [ours.post],
    ),
    anything_happened_after: (lambda s, _, __: anything_happened_after(s, BEFORE), lambda _: True),
    nothing_happened_after: (lambda s, _, __: nothing_happened_after(s, BEFORE), lambda _: None),
    outbox.bring_forward: (
        lambda s, _, theirs: outbox.bring_forward(
            s, KIND, subject_ids=[theirs.post.subject_id], latest=BEFORE
        ),
        lambda _: None,
    ),
    outbox.count_due_later: (
        lambda s, _, theirs: outbox.count_due_later(
            s, KIND, subject_ids=[theirs.post.subject_id], now=BEFORE
        ),
        lambda _: 0,
    ),
    outbox.withhold: (lambda s, _, theirs: outbox.withhold(s, theirs.post.key), lambda _: False),
    outbox.refresh: (
        lambda s, _, theirs: outbox.refresh(s, KIND, subject_id=theirs.post.subject_id),
        lambda _: None,
    ),
    outbox.refresh_all: (
        lambda s, _, theirs: outbox.refresh_all(s, KIND, subject_ids=[theirs.post.subject_id]),
        lambda _: None,
    ),
    outbox.refresh_kinds: (
        lambda s, _, theirs: outbox.refresh_kinds(s, [KIND], subject_id=theirs.post.subject_id),
        lambda _: None,
    ),
    outbox.take_back: (
        lambda s, _, theirs: outbox.take_back(s, KIND, subject_id=theirs.post.subject_id, but=[]),
        lambda _: None,
    ),
    outbox.tell_anew: (lambda s, _, theirs: outbox.tell_anew(s, theirs.post.key, NOON), lambda _: None),
    outbox.hasten: (
        lambda s, _, theirs: outbox.hasten(s, KIND, subject_ids=[theirs.post.subject_id], now=NOON - AN_HOUR),
        lambda _: None,
    ),
    outbox.reschedule: (
        lambda s, _, theirs: outbox.reschedule(
            s, KIND, subject_ids=[theirs.post.subject_id], due=NOON - AN_HOUR
        ),
        lambda _: 0,
    ),
    claims.claim: (
        lambda s, _, __: [post.key for post in claims.claim(s, NOON + AN_HOUR, AN_HOUR, set())],
        lambda ours: [ours.post.key],
    ),
    claims.claim_sweeps: (
        lambda s, _, __: [post.key for post in claims.claim_sweeps(s, NOON + AN_HOUR, AN_HOUR)],
        lambda _: [],
    ),
    claims.note: (lambda s, _, theirs: claims.note(s, theirs.post, Withheld(), NOON), lambda _: False),
    claims.note_files: (
        lambda s, _, theirs: claims.note_files(s, theirs.post, ["F9"], NOON),
        lambda _: NOT_FOUND,
    ),
    claims.held_claim: (lambda s, _, theirs: claims.held_claim(s, theirs.post.id, 1), lambda _: None),
    lock_post: (lambda s, _, theirs: lock_post(s, theirs.post.id), lambda _: None),
    post_by_key: (lambda s, _, theirs: post_by_key(s, theirs.post.key), lambda _: None),
    claims.swept: (lambda s, _, theirs: claims.swept(s, theirs.post, "1.1", NOON), lambda _: NOT_FOUND),
    claims.note_stray: (
        lambda s, _, theirs: claims.note_stray(s, theirs.post, "C1", "1.1", NOON),
        lambda _: NOT_FOUND,
    ),
    claims.note_stale_edit: (
        lambda s, _, theirs: claims.note_stale_edit(s, theirs.post, NOON),
        lambda _: NOT_FOUND,
    ),
    what_holds_up: (
        lambda s, _, __: what_holds_up(s, place="U0CURATOR"),
        lambda _: "ours",
    ),
    newest_is_out: (lambda s, _, __: newest_is_out(s, KIND, subject_id=1), lambda _: True),
    is_out: (
        lambda s, _, __: is_out(s, KIND, subject_id=1),
        lambda _: True,
    ),
    has_newer: (lambda s, ours, _: has_newer(s, ours.post), lambda _: False),
    series.waiting: (lambda s, _, __: series.waiting(s, KIND), lambda _: []),
    series.slots_known: (
        lambda s, _, theirs: series.slots_known(s, KIND, subject_id=theirs.post.subject_id),
        lambda ours: [(ours.post.key, NOON)],
    ),
    series.refresh_the_next: (
        lambda s, ours, _: series.refresh_the_next(s, ours.post, NOON),
        lambda _: None,
    ),
    series.looked_after_until: (
        lambda s, _, __: series.looked_after_until(s, KIND),
        lambda _: NOON,
    ),
    series.last_due: (
        lambda s, _, __: series.last_due(s, KIND, before=NOON + AN_HOUR),
        lambda _: NOON,
    ),
}
LOOK_ACROSS = {
    outbox_doubted.mark_what_may_have_been_sent,
    last_sign_of_life,
    note_gap,
    every_note,
    figures.figures,
    figures.how_many,
    figures.how_many_unsent,
    figures.unserved,
    is_used,
    count_rows,
    is_where_others_decide,
    those_in_the_way,
    forget,
}
"""They say so themselves."""
OF_NO_CONSORTIUM = {
    alone_with_channel,  # it asks nothing, and waits
    consortium_at,
    consortium_of,
    enter_consortium_of,
    every_consortium,
    confirm,
    unconfirmed,
    those_who_share,
    insert_if_new,  # it is tried below
    insert_new,  # by which the one before does it
    lock_items,  # it answers nothing, and changes nothing
    unless_taken,  # it asks nothing
    heartbeats.beat,
    heartbeats.newest_beat,
    heartbeats.forget_beats_but_those,
    heartbeats.workspaces_at_work,
    heartbeats.a_bot_works_for,
}


def questions() -> set[Callable[..., Any]]:
    """Everything in storage that is given a session."""
    found = [one.name for one in walk_packages(storage.__path__, "storage.") if ".migrations" not in one.name]
    modules = [import_module(name) for name in found]
    return {
        function
        for module in modules
        if module is not tenancy
        for name, function in python.getmembers(module, python.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "session" in python.signature(function).parameters
    }


def test_every_question_is_tried() -> None:
    assert questions() == CASES.keys() | LOOK_ACROSS | OF_NO_CONSORTIUM


def asked(session: Session, ours: Twin, theirs: Twin, question: Question) -> Any:
    try:
        answer = plain(question(session, ours, theirs))
        session.flush()
    except NoResultFound:
        return NOT_FOUND
    except (tenancy.CrossesConsortia, IntegrityError):  # what it found was not its own to write
        session.expunge_all()
        return CROSSED
    return answer


def crosses(session: Session, twins: Twins, case: tuple[Question, Expected], before: list[Any]) -> bool:
    """Whether the question finds or changes anything of theirs, which was so before. What it does is taken back."""
    ours, theirs = twins
    question, expected = case
    with session.begin_nested() as tried:
        found = asked(session, ours, theirs, question)
        if found is CROSSED:
            tried.rollback()
            return True
        has_changed = rows_of(session, theirs) != before
        tried.rollback()
    return has_changed or found != plain(expected(ours))


@pytest.mark.parametrize("question", CASES, ids=lambda question: question.__name__)
def test_a_question_finds_and_changes_nothing_of_the_others(
    session: Session, twins: Twins, question: Callable[..., Any]
) -> None:
    assert not crosses(session, twins, CASES[question], rows_of(session, twins[1]))


CAUGHT_BY = {Collaborative: 2, Curator: 1, Item: 7, Meeting: 5, Person: 5, Post: 5, Publication: 1, Tip: 3}
"""How many questions find or change what is the others' when this record is not narrowed. Nobody asks for what was heard."""


@pytest.mark.parametrize("record", CAUGHT_BY, ids=lambda record: record.__name__)
def test_with_the_bug_planted_questions_cross(session: Session, twins: Twins, record: Any) -> None:
    before = rows_of(session, twins[1])
    with unguarded(record):
        cross = (
            question.__name__ for question, case in CASES.items() if crosses(session, twins, case, before)
        )
        caught = list(islice(cross, CAUGHT_BY[record]))
    assert len(caught) == CAUGHT_BY[record], caught
