"""What applying a file has changed: a line each, in the words of the file."""

from collections.abc import Collection, Iterable, Iterator
from datetime import time

from bot.seen.meetings import MeetingSeen
from bot.seen.settings import PersonSeen, SeatSeen, SettingsSeen

SETTINGS = {
    "name": "name",
    "channel": "channel_id",
    "timezone": "timezone",
    "collaborative": "called_one",
    "collaboratives": "called_many",
    "days_before": "call_days",
    "at of calls": "call_at",
    "closes_days_before": "closes_days_before",
    "weekday": "digest_weekday",
    "at of the digest": "digest_at",
    "told_at": "told_at",
    "told_after_minutes": "told_after_minutes",
    "quiet": "is_quiet",
}
OF_A_MEETING = {"date": "day", "starts": "starts", "minutes": "minutes", "office": "office", "host": "host"}


def what_changed(before: SettingsSeen | None, after: SettingsSeen) -> list[str]:
    """Before it was set up, there was nothing but the settings that it begins with."""
    before = before or SettingsSeen(after.consortium, (), (), ())
    return [
        *_settings(before, after),
        *_rotation(before, after),
        *_people("Admins", before.admins, after.admins),
        *_seats(before, after),
        *_meetings(before, after),
    ]


def _settings(before: SettingsSeen, after: SettingsSeen) -> Iterator[str]:
    for what, fact in SETTINGS.items():
        was, now = getattr(before.consortium, fact), getattr(after.consortium, fact)
        if was != now:
            yield f"{what} is {_written(now)} now, and was {_written(was)}."


def _rotation(before: SettingsSeen, after: SettingsSeen) -> Iterator[str]:
    were, are = _hosts(before), _hosts(after)
    yield from (f"{name} hosts in its turn from now on." for name in are if name not in were)
    yield from (f"{name} has left the rotation." for name in were if name not in are)
    if [name for name in were if name in are] != [name for name in are if name in were]:
        yield f"The hosts have another order: {', '.join(are)}."


def _hosts(settings: SettingsSeen) -> list[str]:
    return [seat.collaborative.name for seat in settings.seats]


def _seats(before: SettingsSeen, after: SettingsSeen) -> Iterator[str]:
    were = {seat.collaborative.id: seat for seat in before.seats}
    for seat in after.seats:
        yield from _seat(were.get(seat.collaborative.id), seat)


def _seat(was: SeatSeen | None, now: SeatSeen) -> Iterator[str]:
    name, new_curators = now.collaborative.name, _ids(now.curators) - _ids(was.curators if was else ())
    if was and was.collaborative.office != now.collaborative.office:
        yield f"The office of {name} is {now.collaborative.office} now, and was {was.collaborative.office}."
    if was and was.channel_id != now.channel_id:
        yield f"The channel of {name} is {_written(now.channel_id)} now, and was {_written(was.channel_id)}."
    yield from _people(f"Curators of {name}", was.curators if was else (), now.curators)
    yield from _people(f"Members of {name}", was.members if was else (), now.members, but=new_curators)


def _people(
    group: str, before: Iterable[PersonSeen], after: Iterable[PersonSeen], but: Collection[str] = ()
) -> Iterator[str]:
    """`but` are those whose coming stands in another line."""
    changes = {"added": (_ids(after) - _ids(before)).difference(but), "taken out": _ids(before) - _ids(after)}
    said = [f"{what} {', '.join(sorted(ids))}" for what, ids in changes.items() if ids]
    if said:
        yield f"{group}: {'; '.join(said)}."


def _ids(people: Iterable[PersonSeen]) -> set[str]:
    return {person.who.user_id for person in people}


def _meetings(before: SettingsSeen, after: SettingsSeen) -> Iterator[str]:
    were = {meeting.id: meeting for meeting in before.meetings}
    for now in after.meetings:
        was = were.get(now.id)
        if was is None:
            yield f"Added: the meeting on {now.day} at {_written(now.starts)}, which {now.host} hosts."
        elif changes := _changes(was, now):
            yield f"The meeting on {was.day}: {', '.join(changes)}."


def _changes(was: MeetingSeen, now: MeetingSeen) -> list[str]:
    changed = {
        what: getattr(now, fact)
        for what, fact in OF_A_MEETING.items()
        if getattr(was, fact) != getattr(now, fact)
    }
    is_set = ["it is set"] if now.is_confirmed and not was.is_confirmed else []
    return [*(f"{what} is {_written(value)} now" for what, value in changed.items()), *is_set]


def _written(value: object) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
