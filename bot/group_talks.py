"""Group talks: those who talk about an item separately go on in a group message, where one of them asks for it."""

from collections.abc import Sequence
from datetime import datetime

from bot.audiences import EVERYBODY
from bot.capabilities import may
from bot.errors import NothingChanged, Words
from bot.fingerprints import fingerprint
from bot.me_too import redraw_names, said_by
from bot.people import Actor
from bot.seen.items import gone, must_see
from bot.seen.separate_talks import GroupSeen
from bot.talkers import ids_of, talkers_about
from storage import outbox
from storage.capabilities import Capability
from storage.items import Item, lock_items_with_ids
from storage.people import Person
from storage.post_kinds import PostKind
from storage.tenancy import Session

MOST_IN_A_GROUP = 8
"""People beside the bot (docs.slack.dev/reference/methods/conversations.open)."""


def to_talk_in_group(session: Session, actor: Actor, item_id: int) -> GroupSeen:
    """The item, and who would be in the group message: all who are to talk about it, and who asks. Raises NothingChanged if it is not talked about separately, if these are too few or too many, or if the bot may open none."""
    if not may(actor.consortium, Capability.GROUP_MESSAGES):
        raise opens_none()
    item = _item_to_talk_about(session, item_id)
    talkers = ids_of(_people(session, actor, item))
    return GroupSeen(must_see(item, EVERYBODY), talkers, mark=fingerprint(sorted(talkers)))


def talk_in_group(
    session: Session, actor: Actor, item_id: int, channel_id: str, mark: str, now: datetime
) -> GroupSeen:
    """The first word in the group message that Slack has opened, once for the same people. Who asks for it says “Me too” by that.

    `mark` is of the people for whom it was opened. Raises NothingChanged if they are others by now, and as `to_talk_in_group` does.
    """
    group = to_talk_in_group(session, actor, item_id)
    if group.mark != mark:
        raise others_by_now()
    item = _item_to_talk_about(session, item_id)
    if item.proposer_id != actor.person.id and said_by(session, actor, item):
        redraw_names(session, [item])
    key = PostKind.GROUP_TALK.key(item=item.id, group=channel_id)
    outbox.owe_again(
        session, PostKind.GROUP_TALK, key, subject_id=item.id, place=channel_id, due=now, comes_back=True
    )
    return group


def others_by_now() -> NothingChanged:
    return NothingChanged(
        "Who wants to talk about this has changed just now.",
        then=Words("Press “Talk in a group message…” once more, to see who would be in it."),
    )


def opens_none() -> NothingChanged:
    return NothingChanged(
        "I may not open group messages in this Slack yet.",
        then=Words("The thread is open for all of you."),
    )


def _item_to_talk_about(session: Session, item_id: int) -> Item:
    found = lock_items_with_ids(session, [item_id])
    if not found:
        raise gone()
    [item] = found
    if not item.is_talked_about_separately:
        raise NothingChanged("This is not talked about separately any more.")
    return item


def _people(session: Session, actor: Actor, item: Item) -> Sequence[Person]:
    people = list(dict.fromkeys([*talkers_about(session, item), actor.person]))
    if len(people) == 1:
        raise NothingChanged("Nobody else says “Me too” here yet, so there is nobody to talk with.")
    if len(people) > MOST_IN_A_GROUP:
        raise NothingChanged(
            "You would be {n} people, and Slack lets {most} into a group message.",
            n=len(people),
            most=MOST_IN_A_GROUP,
            then=Words("The thread is open for all of you."),
        )
    return people
