"""What each role sends in each case: whole and right, about something stale, about another's, about nothing, with wrong answers."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.fingerprints import fingerprint
from bot.reading.item_lines import MOST_ITEMS
from handlers.blocks import ids
from handlers.blocks.me_too import TICKED
from storage.items import ItemState
from tests.handlers.renderings import RENDERINGS
from tests.matrix import scene
from tests.matrix.table import CASES, ROLES

Key = tuple[str, str]
Answers = dict[str, Any]

JUNK = ("twelve", "-1", "9" * 30, "12; drop table item", "")
"""No id at all; beside these, every kind gets the id of something of another kind."""
WRONG = ("twelve", "-1", "9" * 30, "12; drop table item")
WRONG_WORDS = {
    "add": "add " + "\n".join(f"- Item {number}" for number in range(1, MOST_ITEMS + 2)),
}


class About(NamedTuple):
    """The values of a button, or what a form is about. With `own`, those who may not act have one of their own."""

    fresh: str
    stale: tuple[str, ...]
    anothers: str
    of_another_kind: str
    wrong: tuple[str, ...] = ()
    own: bool = False
    over: tuple[str, ...] = ()


class Sent(NamedTuple):
    """One thing that somebody sends: a value, or the words of a command; and what stands in the form."""

    value: str
    answers: Answers


def _about_item(*stale: int, **more: Any) -> About:
    return About(
        f"{scene.WAITING}", tuple(map(str, stale)), f"{scene.THEIRS_WAITING}", f"{scene.NEXT}", **more
    )


def _about_meeting(*stale: int, fresh: int = scene.NEXT) -> About:
    past = (f"{scene.PAST}",)
    return About(f"{fresh}", tuple(map(str, stale)), f"{scene.THEIR_MEETING}", f"{scene.WAITING}", over=past)


def _about_post() -> About:
    answered, over = (f"{scene.ANSWERED}",), (f"{scene.LOST_AND_OVER}",)
    return About(f"{scene.LOST}", answered, f"{scene.THEIR_LOST}", f"{scene.WAITING}", over=over)


def _about_decision() -> About:
    stale = (f"{scene.DECIDED}:0", f"{scene.HELD}:1", f"{scene.WITHDRAWN}:0", f"{scene.WAITING}:0")
    wrong = tuple(f"{scene.DECIDED}:{junk}" for junk in (*WRONG, ""))
    over = (f"{scene.HAD_ITS_TIME}:1",)
    return About(
        f"{scene.DECIDED}:1", stale, f"{scene.THEIRS_DECIDED}:1", f"{scene.NEXT}:1", wrong, over=over
    )


def _about_place() -> About:
    stale = tuple(f"{item}:earlier" for item in (scene.WAITING, scene.HELD, scene.WITHDRAWN, scene.DECIDED))
    wrong = tuple(f"{scene.SECOND}:{junk}" for junk in (*WRONG, ""))
    over = tuple(f"{scene.HAD_ITS_TIME}:{way}" for way in ("earlier", "back"))
    return About(
        f"{scene.SECOND}:earlier",
        stale,
        f"{scene.THEIRS_DECIDED}:later",
        f"{scene.TIP}:later",
        wrong,
        over=over,
    )


def _about_order() -> About:
    """The mark tells which order was read."""
    about, read = _about_meeting(scene.PROPOSED, scene.CANCELLED), fingerprint([scene.DECIDED, scene.SECOND])
    return about._replace(fresh=f"{about.fresh}:{read}", stale=(*about.stale, f"{about.fresh}:{JUNK[0]}"))


def _about_tip() -> About:
    wrong = tuple(f"{scene.TIP}:{junk}" for junk in (*WRONG, ""))
    return About(
        f"{scene.TIP}:Client referrals",
        (),
        f"{scene.THEIR_TIP}:Client referrals",
        f"{scene.WAITING}:Client referrals",
        wrong,
        own=True,
    )


def _about_result(way: str = "") -> About:
    """Of a meeting that is over. One that has not begun is as good as stale."""
    stale = (f"{scene.NEXT}:{scene.DECIDED}{way}", f"{scene.CANCELLED}:{scene.DECIDED}{way}")
    stale += (f"{scene.PAST}:{scene.WAITING}{way}",)
    wrong = tuple(f"{scene.PAST}:{scene.HAD_ITS_TIME}:0:{junk}" for junk in (*WRONG, "")) if way else ()
    return About(
        f"{scene.PAST}:{scene.HAD_ITS_TIME}{way}",
        stale,
        f"{scene.THEIR_MEETING}:{scene.THEIRS_DECIDED}{way}",
        f"{scene.WAITING}:{scene.WAITING}{way}",
        wrong,
    )


def _about_follow_up() -> About:
    """For its owner. Of what the host has written anew since, or of another that got its number, the button is stale."""
    return About(
        f"{scene.FOLLOW_UP}::{scene.EDITION}",
        (f"{scene.SAID_DONE}::{scene.EDITION}", f"{scene.FOLLOW_UP}::1", f"{scene.FOLLOW_UP}:0:1"),
        f"{scene.THEIR_FOLLOW_UP}::{scene.EDITION}",
        f"{scene.WAITING}",
        own=True,
    )


def _about_follow_up_of_item(follow_up: int | str, way: str = "") -> About:
    """For the host of its meeting."""
    about = f"{scene.HAD_ITS_TIME}:0"
    stale = tuple(f"{meeting}:{about}:{follow_up}{way}" for meeting in (scene.NEXT, scene.CANCELLED))
    stale += (
        f"{scene.PAST}:{scene.WAITING}:0:{follow_up}{way}",
        f"{scene.PAST}:{about}:{scene.THEIR_FOLLOW_UP}{way}",
    )
    wrong = tuple(f"{scene.PAST}:{about}:{follow_up}:{junk}" for junk in (*WRONG, "")) if way else ()
    return About(
        f"{scene.PAST}:{about}:{follow_up}{way}",
        stale,
        f"{scene.THEIR_MEETING}:{scene.THEIRS_DECIDED}:0:{scene.THEIR_FOLLOW_UP}{way}",
        f"{scene.WAITING}:{scene.WAITING}:0:{follow_up}{way}",
        wrong,
    )


def _about_question() -> About:
    """For the author of its item."""
    return About(
        f"{scene.QUESTION}",
        (f"{scene.OF_NOT_TAKEN}",),
        f"{scene.THEIR_QUESTION}",
        f"{scene.WAITING}",
        own=True,
        over=(f"{scene.OF_HAD_ITS_TIME}",),
    )


def _about_line() -> About:
    """In the notes of a meeting, for whoever brought its item."""
    where = f"0:{scene.WITH_NOTES}"
    return About(
        f"{scene.TOLD}:{where}",
        (f"{scene.WAITING}:{where}", f"{scene.TOLD}:0:{scene.PAST}"),
        f"{scene.THEIRS_DECIDED}:0:{scene.THEIR_MEETING}",
        f"{scene.NEXT}:{where}",
        tuple(f"{scene.TOLD}:0:{junk}" for junk in (*WRONG, "")),
        own=True,
    )


def _about_beginning() -> About:
    """Of a meeting, for its host."""
    without = [
        f"{meeting}:without" for meeting in (scene.NEXT, scene.CANCELLED, scene.THEIR_MEETING, scene.PAST)
    ]
    fresh, stale, anothers, over = without
    wrong = tuple(f"{scene.NEXT}:{junk}" for junk in (*WRONG, ""))
    return About(fresh, (stale,), anothers, f"{scene.WAITING}:without", wrong, over=(over,))


def _about_duty(work: str) -> About:
    fresh, stale, anothers, over = [
        f"{meeting}:{work}" for meeting in (scene.NEXT, scene.CANCELLED, scene.THEIR_MEETING, scene.PAST)
    ]
    wrong = tuple(f"{scene.NEXT}:{junk}" for junk in (*WRONG, ""))
    return About(fresh, (stale,), anothers, f"{scene.WAITING}:{work}", wrong, over=(over,))


def _about_swap(fresh: int, *read: str) -> About:
    """The mark tells what was read."""
    stale, over = (f"{scene.ANSWERED_SWAP}", f"{fresh}", f"{fresh}:0"), (f"{scene.SWAP_AND_OVER}",)
    return About(f"{fresh}:{fingerprint(read)}", stale, f"{scene.THEIR_SWAP}", f"{scene.WAITING}", over=over)


def _about_erasing() -> About:
    """The mark tells what was read. Whoever has a place on an agenda has read another."""
    nothing_stays, another = f"0:{fingerprint([])}", f"1:{fingerprint(['Rents'])}"
    return About(nothing_stays, ("0", another), another, f"{scene.WAITING}")


def _about_document() -> About:
    """The notes of a meeting, which everybody has. Of others nothing is published or sent yet."""
    return About(
        f"{scene.WITH_NOTES}:notes",
        (f"{scene.CANCELLED}:agenda", f"{scene.NEXT}:agenda", f"{scene.PAST}:notes"),
        f"{scene.THEIR_MEETING}:agenda",
        f"{scene.WAITING}:notes",
        tuple(f"{scene.WITH_NOTES}:{junk}" for junk in (*WRONG, "")),
    )


def _about_group() -> About:
    """The mark tells who would be in it: all but the newcomer are."""
    people = fingerprint(sorted(ROLES[role] for role in scene.TALKERS))
    about = _about_talk()
    return about._replace(
        fresh=f"{about.fresh}:{people}",
        stale=(*(f"{one}:{people}" for one in about.stale), f"{about.fresh}:0"),
    )


def _about_talk() -> About:
    """An item that is talked about separately."""
    about = _about_item(scene.WAITING, scene.WITHDRAWN, scene.NOT_TAKEN, over=HAD_ITS_TIME)
    return about._replace(fresh=f"{scene.TALKED_ABOUT}")


def _about_turn() -> About:
    """The button of a live meeting, made in one turn. No meeting is live in the scene."""
    about = _about_meeting(scene.CANCELLED)
    turn = f":{fingerprint(['mark'])}"
    return About(
        about.fresh + turn,
        tuple(one + turn for one in about.stale),
        about.anothers + turn,
        about.of_another_kind + turn,
        tuple(f"{about.fresh}:{junk}" for junk in (*WRONG, "")),
        over=tuple(one + turn for one in about.over),
    )


SEAT = About(f"{scene.SEATED}", (f"{scene.LEFT}",), f"{scene.THEIR_SEAT}", f"{scene.WAITING}")
HELD = _about_meeting(scene.NEXT, scene.CANCELLED, fresh=scene.PAST)
HAD_ITS_TIME = (f"{scene.HAD_ITS_TIME}",)
OF_AUTHOR = _about_item(scene.WITHDRAWN, scene.NOT_TAKEN, own=True, over=HAD_ITS_TIME)
TO_DECIDE = _about_item(
    scene.DECIDED, scene.HELD, scene.WITHDRAWN, over=(f"{scene.OVER}", f"{scene.HAD_ITS_TIME}")
)
TO_ASK = _about_item(
    scene.HELD, scene.WITHDRAWN, scene.NOT_TAKEN, over=(f"{scene.OVER}", f"{scene.HAD_ITS_TIME}")
)
TO_JOIN = _about_item(
    scene.HELD,
    scene.WITHDRAWN,
    scene.NOT_TAKEN,
    scene.JOINED,
    over=(f"{scene.OVER}", f"{scene.HAD_ITS_TIME}"),
)
AGAIN = _about_item(scene.WITHDRAWN, own=True, over=HAD_ITS_TIME)._replace(fresh=f"{scene.NOT_TAKEN}")
RESTS = _about_item(scene.WAITING, scene.WITHDRAWN, scene.NOT_TAKEN, own=True, over=HAD_ITS_TIME)
ABOUT: dict[Key, About] = {
    ("action", ids.NOW): _about_meeting(scene.CANCELLED),
    ("action", ids.START): _about_meeting(scene.CANCELLED),
    ("action", ids.END): _about_meeting(scene.CANCELLED),
    **{("action", press): _about_turn() for press in (ids.DONE, ids.PUT_OFF, ids.GO_ON, ids.GO_BACK)},
    ("action", ids.READ): _about_item(scene.WITHDRAWN, over=(f"{scene.OVER}",)),
    ("action", ids.SAY_ME_TOO): _about_item(scene.WITHDRAWN, over=HAD_ITS_TIME),
    ("action", ids.NOT_ME): _about_talk(),
    ("action", ids.TAKE_UP): _about_item(
        scene.WAITING, scene.WITHDRAWN, scene.TALKED_ABOUT, own=True
    )._replace(fresh=f"{scene.NOT_TAKEN}"),
    ("action", ids.GROUP): _about_talk(),
    ("view", ids.GROUP_FORM): _about_group(),
    ("action", ids.REMOVE): _about_item(scene.WITHDRAWN, over=HAD_ITS_TIME),
    ("action", ids.EDIT): OF_AUTHOR,
    ("action", ids.WITHDRAW): OF_AUTHOR,
    ("action", ids.TODAY): OF_AUTHOR,
    ("action", ids.NEXT_TIME): OF_AUTHOR,
    ("action", ids.KEEP): OF_AUTHOR,
    ("action", ids.SOLVE): OF_AUTHOR,
    ("action", ids.LEARNED): RESTS._replace(fresh=f"{scene.SOLVED}"),
    ("action", ids.BRING_BACK): RESTS._replace(fresh=f"{scene.RESTING}"),
    ("action", ids.STRIKE_LINE): _about_line(),
    ("action", ids.ADD_AGAIN): AGAIN,
    ("action", ids.FILE_UNDER): _about_tip(),
    ("action", ids.REMOVE_TIP): About(f"{scene.TIP}", (), f"{scene.THEIR_TIP}", f"{scene.WAITING}"),
    ("action", ids.TAKE): TO_DECIDE,
    ("action", ids.HOLD): TO_DECIDE,
    ("action", ids.LEAVE_OUT): TO_DECIDE,
    ("action", ids.UNDO): _about_decision(),
    ("action", ids.JOIN_ITEMS): TO_JOIN,
    ("action", ids.TAKE_APART): _about_item(
        scene.WAITING, scene.STAYED, scene.WITHDRAWN, over=HAD_ITS_TIME
    )._replace(fresh=f"{scene.JOINED}"),
    ("action", ids.ARRANGE): _about_place(),
    ("action", ids.ANSWER): _about_question(),
    ("action", ids.BOARD): _about_meeting(scene.CANCELLED),
    ("action", ids.RESTING): _about_meeting(scene.CANCELLED),
    ("action", ids.ORDER): _about_meeting(scene.PROPOSED, scene.CANCELLED),
    ("action", ids.COMES): _about_meeting(scene.CANCELLED),
    ("action", ids.COMES_NOT): _about_meeting(scene.CANCELLED),
    ("action", ids.TAKES_NOTES): _about_meeting(scene.CANCELLED),
    ("action", ids.TAKES_NO_NOTES): _about_meeting(scene.CANCELLED),
    ("action", ids.COMING): _about_meeting(scene.CANCELLED),
    ("action", ids.PARTY): _about_meeting(scene.CANCELLED),
    ("action", ids.WHO_COMES): _about_meeting(scene.CANCELLED),
    ("action", ids.DUTIES): _about_meeting(scene.CANCELLED),
    ("action", ids.TAKE_DUTY): _about_duty("room"),
    ("action", ids.GIVE_BACK_DUTY): _about_duty("food"),
    ("action", ids.SWAP): _about_meeting(scene.CANCELLED),
    ("action", ids.AGREE_TO_SWAP): _about_swap(scene.ASKED_OF_US, "Seated", "CCSJ", "2028-01-20"),
    ("action", ids.DECLINE_SWAP): _about_swap(scene.ASKED_OF_US, "Seated", "CCSJ", "2028-01-20"),
    ("action", ids.TAKE_BACK_SWAP): _about_swap(scene.ASKED_BY_US, "CCSJ", "Seated", "2027-04-15"),
    ("action", ids.HELP_YES): _about_meeting(scene.PROPOSED, scene.CANCELLED),
    ("action", ids.HELP_NO): _about_meeting(scene.PROPOSED, scene.CANCELLED),
    ("action", ids.STEP_IN): _about_meeting(scene.PROPOSED, scene.CANCELLED),
    ("action", ids.STEP_BACK): _about_meeting(scene.NEXT, scene.CANCELLED, fresh=scene.PROPOSED),
    ("action", ids.CALENDAR): _about_meeting(scene.CANCELLED),
    ("action", ids.WELCOME): _about_beginning(),
    ("action", ids.TIMING): _about_meeting(scene.CANCELLED),
    ("action", ids.PUBLISH): _about_meeting(scene.PROPOSED, scene.CANCELLED),
    ("action", ids.SEND_ANSWERS): _about_meeting(scene.PROPOSED, scene.CANCELLED),
    ("action", ids.CONFIRM): _about_meeting(scene.NEXT, scene.CANCELLED, fresh=scene.PROPOSED),
    ("action", ids.CHANGE): _about_meeting(scene.CANCELLED),
    ("action", ids.CANCEL): _about_meeting(scene.CANCELLED),
    ("action", ids.RESULTS): HELD,
    ("action", ids.RESULT): _about_result(":0:done"),
    ("action", ids.REST_IS_DONE): HELD,
    ("action", ids.SEND_NOTES): HELD,
    ("action", ids.HAND_ON): _about_document(),
    ("action", ids.WHO_CAME): HELD,
    ("action", ids.FOLLOW_UP): _about_follow_up_of_item(scene.FOLLOW_UP, ":remove"),
    ("action", ids.FOLLOW_UP_TO_WRITE): _about_follow_up_of_item(scene.FOLLOW_UP),
    ("action", ids.FOLLOW_UP_DONE): _about_follow_up(),
    ("action", ids.FOLLOW_UP_LATER): _about_follow_up(),
    ("action", ids.FOLLOW_UP_DECLINE): _about_follow_up(),
    ("action", ids.FOLLOW_UP_TAKE_UP): _about_follow_up()._replace(
        fresh=f"{scene.SAID_DONE}::{scene.EDITION}",
        stale=(f"{scene.FOLLOW_UP}::{scene.EDITION}", f"{scene.SAID_DONE}::1"),
    ),
    ("action", ids.IT_IS_THERE): _about_post(),
    ("action", ids.POST_AGAIN): _about_post(),
    ("action", ids.COLLABORATIVE): SEAT,
    ("action", ids.TAKE_OUT): SEAT,
    ("action", ids.HOST): _about_meeting(scene.CANCELLED),
    ("view", ids.TAKE_OUT_FORM): SEAT,
    ("view", ids.HOST_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.SWAP_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.REMOVE_FORM): _about_item(scene.WITHDRAWN, over=HAD_ITS_TIME),
    ("view", ids.EDIT_FORM): OF_AUTHOR,
    ("view", ids.ADD_AGAIN_FORM): AGAIN,
    ("view", ids.LEAVE_OUT_FORM): TO_DECIDE,
    ("view", ids.JOIN_ITEMS_FORM): TO_JOIN,
    ("view", ids.ASK_FORM): TO_ASK,
    ("view", ids.ANSWER_FORM): _about_question(),
    ("view", ids.PLACE_FORM): _about_item(
        scene.WAITING, scene.HELD, scene.WITHDRAWN, over=HAD_ITS_TIME
    )._replace(fresh=f"{scene.SECOND}", anothers=f"{scene.THEIRS_DECIDED}"),
    ("view", ids.ORDER_FORM): _about_order(),
    ("view", ids.CAME_UP_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.START_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.COMING_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.PARTY_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.WELCOME_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.TIMING_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.RESULT_FORM): _about_result(),
    ("view", ids.ERASE_FORM): _about_erasing(),
    ("view", ids.HAND_ON_FORM): _about_document()._replace(wrong=()),
    ("view", ids.WHO_CAME_FORM): HELD,
    ("view", ids.FOLLOW_UP_FORM): _about_follow_up_of_item(scene.FOLLOW_UP),
    ("view", ids.CHANGE_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.CANCEL_FORM): _about_meeting(scene.CANCELLED),
    ("view", ids.COLLABORATIVE_FORM): SEAT,
}
ME_TOO = f"{TICKED}{ItemState.WAITING}:0"
WORDS = {
    "add": "add Rents (10 min)",
    "now": "now Same system",
    "tip": "tip General: Bring snacks",
    "tips": "tips snacks",
    "…": "whatever",
}

ITEM: Answers = {"title": "Said better", "minutes": "15", "wish": "advice"}
MEETING: Answers = {"day": "2027-02-18", "starts": "10:30", "minutes": "90", "office": "The library"}
SETTINGS: Answers = {
    "name": "Peace",
    "channel": "C0SHARED",
    "timezone": "America/Los_Angeles",
    "admins": ["U0ADMIN"],
    "call_days": "28, 7",
    "call_at": "10:00",
    "closes": "7",
    "weekday": "friday",
    "digest_at": "09:00",
    "told_at": "17:00",
    "told_after": "5",
    "quiet": "quiet",
}
ANSWERS: dict[str, Answers] = {
    ids.ADD_FORM: ITEM,
    ids.EDIT_FORM: ITEM,
    ids.ADD_AGAIN_FORM: ITEM,
    ids.CAME_UP_FORM: {"title": "Same system"},
    ids.START_FORM: {"taken_up": [f"{scene.WAITING}"]},
    ids.JOIN_FORM: {"collaborative": f"{scene.SEATED}"},
    ids.TIP_FORM: {"topic": "General", "text": "Bring snacks"},
    ids.SEARCH_FORM: {"words": "snacks"},
    ids.LEAVE_OUT_FORM: {"reason": "too full", "note": "Next time, gladly"},
    ids.JOIN_ITEMS_FORM: {"other": f"{scene.SECOND}", "title": "Both of them"},
    ids.ASK_FORM: {"question": "Which program is it?"},
    ids.ANSWER_FORM: {"answer": "The youth jobs program"},
    ids.PLACE_FORM: {"title": "Said in short", "minutes": "15", "lead": "Dana", "heading": "Money"},
    ids.ORDER_FORM: {"order": "2 1"},
    ids.COMING_FORM: {"about_me": ["food"], "more": "No nuts"},
    ids.PARTY_FORM: {"people": "4", "new": "2", "who_is_new": "Rosa"},
    ids.WELCOME_FORM: {
        "staff": "Ana, case manager",
        "arrival": "The blue door",
        "nearby": "Coffee next door",
    },
    ids.TIMING_FORM: {"opening": "10", "breaks": "15", "reserve": "30"},
    ids.ME_TOO_FORM: {ME_TOO: [f"{scene.WAITING}"]},
    ids.RESULT_FORM: {"became": "done", "outcome": "We write a letter"},
    ids.ABOUT_ME_FORM: {"files": ["words", "data"]},
    ids.ERASE_FORM: {"sure": ["yes"]},
    ids.HAND_ON_FORM: {"files": ["page"]},
    ids.WHO_CAME_FORM: {f"came:{scene.SEATED}": "5"},
    ids.FOLLOW_UP_FORM: {"what": "Write to the clinic", "owner": "U0SAM", "due_on": "2027-02-15"},
    ids.CHANGE_FORM: MEETING,
    ids.CONSORTIUM_FORM: SETTINGS,
    ids.HOLD_FORM: {"hold_reason": "A records request", "until": "2027-06-30"},
    ids.COLLABORATIVE_FORM: {
        "name": "Renamed",
        "office": "6 Main St",
        "curators": ["U0SAM"],
        "position": "5",
    },
    ids.MEETING_FORM: MEETING | {"host": f"{scene.SEATED}"},
    ids.HOST_FORM: {"host": f"give:{scene.SEATED}"},
    ids.SWAP_FORM: {"host": f"give:{scene.SEATED}"},
    ids.TAKE_OUT_FORM: {f"host:{scene.SEATED_HOSTS}": f"{scene.OTHER_SEAT}"},
}
STALE_ANSWERS: dict[str, Answers] = {
    ids.JOIN_FORM: {"collaborative": f"{scene.LEFT}"},
    ids.MEETING_FORM: {"host": f"{scene.LEFT}"},
}
ANOTHERS_ANSWERS: dict[str, Answers] = {
    ids.JOIN_FORM: {"collaborative": f"{scene.THEIR_SEAT}"},
    ids.MEETING_FORM: {"host": f"{scene.THEIR_SEAT}"},
}
_WRONG_ITEM = [("minutes", wrong) for wrong in WRONG] + [
    ("wish", "twelve"),
    ("title", ""),
    ("title", " \u200e"),
]
_WRONG_MEETING = [
    *[("minutes", wrong) for wrong in (*WRONG, "")],
    *[("day", wrong) for wrong in (*WRONG, "2020-01-01", "2027-02-30")],
    *[("starts", wrong) for wrong in (*WRONG, "25:00")],
]
WRONG_ANSWERS: dict[str, list[tuple[str, Any]]] = {
    ids.ADD_FORM: _WRONG_ITEM,
    ids.EDIT_FORM: _WRONG_ITEM,
    ids.ADD_AGAIN_FORM: _WRONG_ITEM,
    ids.JOIN_FORM: [("collaborative", wrong) for wrong in (*WRONG, "", f"{scene.WAITING}")],
    ids.TIP_FORM: [("topic", "twelve"), ("topic", ""), ("text", "")],
    ids.SEARCH_FORM: [("words", "")],
    ids.REMOVE_FORM: [("nothing", "twelve")],  # it asks nothing but yes
    ids.LEAVE_OUT_FORM: [("reason", wrong) for wrong in (*WRONG, "")],
    ids.JOIN_ITEMS_FORM: [
        ("other", wrong)
        for wrong in (
            *(*WRONG, "", f"{scene.WAITING}", f"{scene.HELD}", f"{scene.WITHDRAWN}", f"{scene.JOINED}"),
            *(f"{scene.OVER}", f"{scene.THEIRS_WAITING}", f"{scene.NEXT}"),
        )
    ],
    ids.START_FORM: [("taken_up", [f"{scene.HELD}"])],
    ids.CAME_UP_FORM: [("title", ""), ("title", " \u200e"), ("title", "x" * 201)],
    ids.ASK_FORM: [("question", ""), ("question", " \u200e"), ("question", "x" * 501)],
    ids.ANSWER_FORM: [("answer", ""), ("answer", " \u200e"), ("answer", "x" * 1001)],
    ids.PLACE_FORM: [("minutes", wrong) for wrong in WRONG],
    ids.ORDER_FORM: [("order", wrong) for wrong in (*WRONG, "", "1 1", "3")],
    ids.COMING_FORM: [
        *[("about_me", [wrong]) for wrong in WRONG],
        *[("knows", [wrong]) for wrong in (*WRONG, f"{scene.THEIR_SEAT}")],
        ("more", "x" * 501),
    ],
    ids.PARTY_FORM: [
        *[(field, wrong) for field in ("people", "new") for wrong in (*WRONG, "100")],
        *[("new", "5"), ("who_is_new", "x" * 501)],
    ],
    ids.WELCOME_FORM: [
        ("staff", "x" * 301),
        ("arrival", "x" * 501),
        ("nearby", "x" * 301),
        ("nearby", "two\nlines"),
    ],
    ids.TIMING_FORM: [
        (field, wrong) for field in ("opening", "breaks", "reserve") for wrong in (*WRONG, "", "120")
    ],
    ids.ME_TOO_FORM: [(ME_TOO, [wrong]) for wrong in WRONG],
    ids.GROUP_FORM: [("nothing", "twelve")],  # it asks nothing but yes
    ids.RESULT_FORM: [("became", wrong) for wrong in (*WRONG, "")],
    ids.ABOUT_ME_FORM: [("files", answer) for answer in ([], *([wrong] for wrong in WRONG))],
    ids.ERASE_FORM: [("sure", answer) for answer in ([], *([wrong] for wrong in WRONG))],
    ids.HAND_ON_FORM: [("files", answer) for answer in ([], *([wrong] for wrong in WRONG))],
    ids.WHO_CAME_FORM: [(f"came:{scene.SEATED}", wrong) for wrong in (*WRONG, "1000", "-1")],
    ids.FOLLOW_UP_FORM: [
        *[("what", ""), ("what", " \u200e"), ("owner", ""), ("owner", "U0NOBODY"), ("owner", "U0ROBOT")],
        *[("due_on", wrong) for wrong in (*WRONG, "", "2020-01-01", "2099-01-01", "2027-02-30")],
    ],
    ids.CHANGE_FORM: _WRONG_MEETING,
    ids.MEETING_FORM: [*_WRONG_MEETING, *[("host", wrong) for wrong in (*WRONG, f"{scene.WAITING}")]],
    ids.COLLABORATIVE_FORM: [
        *[("position", wrong) for wrong in (*WRONG, "")],
        *[("name", " "), ("name", "CCSJ"), ("office", " "), ("curators", ["U0NOBODY"])],
    ],
    ids.HOLD_FORM: [
        ("hold_reason", " "),
        *[("until", wrong) for wrong in (*WRONG, "", "2026-01-01", "2060-01-01")],
    ],
    ids.HOST_FORM: [
        *[("host", wrong) for wrong in (*WRONG, "", "give:", "swap:", "give:twelve", f"take:{scene.SEATED}")],
        *[("host", f"give:{seat}") for seat in (scene.LEFT, scene.THEIR_SEAT, scene.WAITING)],
    ],
    ids.SWAP_FORM: [
        *[("host", wrong) for wrong in (*WRONG, "", "give:", "swap:", "give:twelve", f"take:{scene.SEATED}")],
        *[("host", f"give:{seat}") for seat in (scene.LEFT, scene.THEIR_SEAT, scene.WAITING)],
    ],
    ids.TAKE_OUT_FORM: [
        (f"host:{scene.SEATED_HOSTS}", wrong)
        for wrong in (*WRONG, f"{scene.SEATED}", f"{scene.LEFT}", f"{scene.THEIR_SEAT}")
    ],
    ids.CONSORTIUM_FORM: [
        *[(field, wrong) for field in ("closes", "quiet") for wrong in (*WRONG, "")],
        *[("told_after", wrong) for wrong in WRONG],
        *[
            (field, "twelve")
            for field in ("channel", "timezone", "call_days", "call_at", "weekday", "digest_at", "told_at")
        ],
        *[("name", " "), ("admins", ["U0NOBODY"])],
    ],
}
FORMS = {view["callback_id"]: view for view in RENDERINGS.values() if isinstance(view, dict)}


def sent(key: Key, role: str, case: str) -> Iterator[Sent]:
    """All that is tried in one cell of the matrix."""
    answers = ANSWERS.get(key[1], {})
    for value in _values(key, role, case):
        yield Sent(value, answers)
    by_case = {"stale": STALE_ANSWERS, "another's": ANOTHERS_ANSWERS}.get(case, {})
    if key[1] in by_case:
        yield Sent("", answers | by_case[key[1]])
    if case == "wrong answers" and key[0] == "view":
        [fresh] = _values(key, role, "fresh")
        for field, wrong in WRONG_ANSWERS.get(key[1], []):
            yield Sent(fresh, answers | {field: wrong})


def _values(key: Key, role: str, case: str) -> tuple[str, ...]:
    if key not in ABOUT:
        is_in_answers = key[0] == "view" and case == "wrong answers"
        is_in_answers |= key[1] in STALE_ANSWERS and case in ("stale", "another's")
        return () if is_in_answers else (_in_its_place(key, case),)
    about = ABOUT[key]
    own = scene.OWN.get(role, 0) if about.own else 0
    return {
        "fresh": (_moved(about.fresh, own),),
        "stale": about.stale or (_moved(about.fresh, own),),
        "over": about.over or (_moved(about.fresh, own),),
        "another's": (about.anothers,),
        "no id": (*JUNK, about.of_another_kind),
        "wrong answers": about.wrong or (() if key[1] in WRONG_ANSWERS else (_moved(about.fresh, own),)),
    }[case]


def _moved(value: str, by: int) -> str:
    number, colon, rest = value.partition(":")
    return f"{int(number) + by}{colon}{rest}"


def _in_its_place(key: Key, case: str) -> str:
    """Where there is no id: words that a command takes as they are, a value that nobody reads."""
    odd = dict(
        zip(
            CASES,
            ("new", f"{scene.WITHDRAWN}", f"{scene.OVER}", f"{scene.THEIRS_WAITING}", JUNK[3], "?"),
            strict=True,
        )
    )[case]
    if key[0] != "command":
        return odd
    if case == "wrong answers" and key[1] in WRONG_WORDS:
        return WRONG_WORDS[key[1]]
    typed = WORDS.get(key[1], key[1])
    return typed if case == "fresh" or key[1] == "" else f"{typed} {odd}"
