"""Who may do what, looked up at the moment of the click. `subject` is what the click is about: an item's or a meeting's id."""

from collections.abc import Callable
from datetime import datetime

from bot.curating import curates, may_remove_words
from bot.errors import AnyOf, NothingChanged, UserError, Words
from bot.leading import leads
from bot.look_back import may_look_back
from bot.note_takers import takes_notes
from bot.people import Actor, keepers, may_decide, may_keep_settings
from bot.seen.items import gone
from bot.swaps import swap_about
from bot.timetable import next_meeting
from bot.tips import may_remove, tip_is_gone
from bot.undelivered import may_answer_for
from storage.consortia import Collaborative
from storage.follow_ups import lock_follow_up
from storage.items import lock_item
from storage.meetings import Meeting, lock_meeting
from storage.people import Person
from storage.posts import lock_post
from storage.questions import question_by_id
from storage.tenancy import Session
from storage.tips import tip_by_id

Policy = Callable[[Session, Actor, int | None, datetime], None]
"""Returns when the actor may, raises UserError when not."""


def anyone(session: Session, actor: Actor, subject: int | None, now: datetime) -> None:
    """Everyone who can read the shared channel; that was made sure of when they were first met."""


def oneself(_session: Session, _actor: Actor, _subject: int | None, _now: datetime) -> None:
    """Whoever it is, as it is about nobody else. Also who has left the shared channel, if we know them."""


def nobody(_session: Session, _actor: Actor, _subject: int | None, _now: datetime) -> None:
    """What only Slack says, of people who do nothing themselves."""
    raise NothingChanged("Only Slack itself says this.")


def author(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """Whoever proposed the item."""
    item = lock_item(session, subject) if subject else None
    if item is None or item.proposer_id != actor.person.id:
        raise NothingChanged("Only the person who added an item can change it.")


def has_follow_up(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """Whoever has it to do, or had it and said what became of it."""
    follow_up = lock_follow_up(session, subject) if subject else None
    if follow_up is None or follow_up.owner_id != actor.person.id:
        raise NothingChanged("This follow-up is not with you.")


def was_asked(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """Whoever proposed the item about which it was asked."""
    question = question_by_id(session, subject) if subject else None
    item = lock_item(session, question.item_id) if question else None
    if item is None or item.proposer_id != actor.person.id:
        raise NothingChanged("Only the person who was asked can answer.")


def decides_on_item(session: Session, actor: Actor, subject: int | None, now: datetime) -> None:
    """A curator of the collaborative that hosts the item's meeting, or of the one that prepares it with them."""
    item = lock_item(session, subject) if subject else None
    if item is None or item.meeting is None:
        raise NothingChanged("This item is no longer here to be decided.")
    _must_curate(session, actor, item.meeting, now)


def removes_words(session: Session, actor: Actor, subject: int | None, now: datetime) -> None:
    """Who decides on the item, or an admin."""
    item = lock_item(session, subject) if subject else None
    if item is None:
        raise gone()
    _must_be_allowed_to_remove(may_remove_words(session, actor, item, now))


def removes_tips(session: Session, actor: Actor, subject: int | None, now: datetime) -> None:
    """A curator of the collaborative that hosts the next meeting, or an admin."""
    if subject is None or tip_by_id(session, subject) is None:
        raise tip_is_gone()
    _must_be_allowed_to_remove(may_remove(session, actor, now))


def _must_be_allowed_to_remove(is_allowed: bool) -> None:  # noqa: FBT001
    if not is_allowed:
        raise NothingChanged("Only the host's team and admins can remove words.")


def decides_on_meeting(session: Session, actor: Actor, subject: int | None, now: datetime) -> None:
    """A curator of the collaborative that hosts the meeting, or of the one that prepares it with them."""
    _must_curate(session, actor, _meeting(session, subject), now)


def hosts_meeting(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """A curator of the collaborative that hosts the meeting, and nobody who helps them."""
    _must_decide_for(session, actor, _meeting(session, subject).host)


def writes_down(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """A curator of the collaborative that hosts the meeting, or who takes notes of it."""
    meeting = _meeting(session, subject)
    if not takes_notes(session, meeting, actor.person):
        _must_decide_for(session, actor, meeting.host)


def leads_meeting(session: Session, actor: Actor, subject: int | None, now: datetime) -> None:
    """Who decides on the meeting, or takes notes of it."""
    _must_lead(session, actor, _meeting(session, subject), now)


def leads_next_meeting(session: Session, actor: Actor, _subject: int | None, now: datetime) -> None:
    """Who leads the meeting which is next."""
    meeting = next_meeting(session, actor.consortium, now)
    if meeting is None:
        raise UserError("The next meeting is not set yet. An admin adds one in /agenda setup.")
    _must_lead(session, actor, meeting, now)


def _must_lead(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> None:
    if not leads(session, actor, meeting, now):
        raise NothingChanged(
            "Only the team of {host}, and those who take notes, can do this.", host=meeting.host.name
        )


def hosts_or_keeps(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """A curator of the collaborative that hosts the meeting, or an admin."""
    meeting = _meeting(session, subject)
    if not may_keep_settings(session, actor):
        _must_decide_for(session, actor, meeting.host)


def _meeting(session: Session, subject: int | None) -> Meeting:
    meeting = lock_meeting(session, subject) if subject else None
    if meeting is None:
        raise NothingChanged("This meeting is no longer here.")
    return meeting


def was_asked_to_swap(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """A curator of the collaborative that another host has asked."""
    swap = swap_about(session, subject)
    if not may_decide(session, actor, swap.other):
        raise NothingChanged("Only the team of {other} can answer this.", other=swap.other.name)


def asked_to_swap(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """A curator of the host that asked, or who asked for it."""
    swap = swap_about(session, subject)
    if swap.asked_by_id != actor.person.id and not may_decide(session, actor, swap.host):
        raise NothingChanged("Only the team of {host} can take this back.", host=swap.host.name)


def decides_on_next_meeting(session: Session, actor: Actor, _subject: int | None, now: datetime) -> None:
    """Who decides on the meeting which is next."""
    meeting = next_meeting(session, actor.consortium, now)
    if meeting is None:
        raise UserError(
            "The next meeting is not set yet, so there is no board. An admin adds one in /agenda setup."
        )
    _must_curate(session, actor, meeting, now)


def looks_back(session: Session, actor: Actor, _subject: int | None, now: datetime) -> None:
    """Who decides about the next meeting, or for the host of the last one; and admins."""
    if not may_look_back(session, actor, now):
        raise NothingChanged("Only the host's team and admins can look back.")


def shared_tip(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """Whoever shared the tip."""
    tip = tip_by_id(session, subject) if subject else None
    if tip is None or tip.person_id != actor.person.id:
        raise NothingChanged("Only the person who shared this can change it.")


def answers_for_post(session: Session, actor: Actor, subject: int | None, now: datetime) -> None:
    """A curator of the host that the message is about, or an admin."""
    post = lock_post(session, subject) if subject else None
    if post is None:
        raise NothingChanged("This message is no longer here.")
    if not may_answer_for(session, actor, post, now):
        raise NothingChanged("Only the host's team and admins can answer this.")


def admin(session: Session, actor: Actor, _subject: int | None, _now: datetime) -> None:
    """Keeps the consortium's settings."""
    if may_keep_settings(session, actor):
        return
    if actor.person.is_admin and actor.person.is_guest:
        raise NothingChanged(
            "Slack tells me that you are a guest here, and guests can't change the settings."
        )
    raise NothingChanged("Only an admin can change the settings.", then=_whom_to_ask(keepers(session)))


def _whom_to_ask(able: list[Person]) -> Words | None:
    if not able:
        return Words(
            "No admin can act now. Whoever runs the bot's workspace in Slack can, with /agenda setup."
        )
    names = tuple(person.name for person in able if person.name)
    return Words("Ask {names}.", names=AnyOf(names)) if names else None


def _must_curate(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> None:
    if not curates(session, actor, meeting, now):
        _must_decide_for(session, actor, meeting.host)


def _must_decide_for(session: Session, actor: Actor, host: Collaborative) -> None:
    if not may_decide(session, actor, host):
        raise NothingChanged("{host} hosts this meeting, so its team decides.", host=host.name)
