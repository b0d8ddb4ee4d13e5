"""Setting up in Slack: the same verbs as the file, behind forms."""

from collections.abc import Callable, Sequence
from functools import partial

from bot import hosting, setup, taking_out
from bot.calendar import zone
from bot.channels import CLOSED_FOR
from bot.errors import UserError, Words
from bot.participation import Identity, must_be_able_to_act, must_be_able_to_keep
from bot.plan import plan
from bot.plan.values import MOST_MINUTES_UNTIL_TOLD
from bot.seen.settings import PersonSeen, SeatSeen, SettingsSeen, Who
from handlers.blocks import hosting as draw_hosting
from handlers.blocks import setup as draw
from handlers.blocks import setup_forms as draw_forms
from handlers.blocks.kit import Message
from handlers.hearing import forms
from handlers.hearing.introductions import identities_of_chosen, runs_workspace
from handlers.hearing.not_admitted import NothingSetUp
from handlers.hearing.payloads import LONGEST_ID, leading_number
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn
from handlers.listeners.hosting import chosen_host

MOST_DAYS = 366


async def on_setup(turn: Turn) -> None:
    """`/agenda setup`. Before anything is set up, an admin of the workspace may begin."""
    if await turn.is_set_up():
        settings = await turn.look(setup.settings, turn.now)
        await turn.answer_page(overview(settings, turn.heard.page or 0))
        return
    await _must_be_workspace_admin(turn)
    await turn.open(draw_forms.first_form(turn.heard.who.user_id, turn.heard.channel_id))


async def on_consortium_clicked(turn: Turn) -> None:
    await turn.open(draw_forms.consortium_form(await turn.look(setup.settings, turn.now)))


async def on_collaborative_clicked(turn: Turn) -> None:
    settings = await turn.look(setup.settings, turn.now)
    await turn.open(draw_forms.collaborative_form(settings, _seat(turn, settings)))


async def on_meeting_clicked(turn: Turn) -> None:
    await turn.open(draw_forms.meeting_form(await turn.look(setup.settings_to_meet, turn.now)))


async def on_consortium_form_sent(turn: Turn) -> None:
    called = {turn.heard.who.user_id: turn.heard.called}
    if await turn.is_set_up():
        look = partial(setup.settings, now=turn.now)
        settings = await revise(turn, look, partial(_describing, turn, called))
    else:
        keepers = await _whos(turn, turn.heard.answers, [], "admins", called, must_be_able_to_keep)
        await _must_be_workspace_admin(turn)
        keepers.append(turn.heard.who)  # or nobody here could go on
        settings = await turn.begin(
            setup.begin, _described(turn, turn.heard.answers, keepers), called, turn.now
        )
    await turn.answer_in_place(saved(settings))


async def _describing(turn: Turn, called: dict[str, str | None], known: SettingsSeen) -> Deed[SettingsSeen]:
    answers = forms.as_changed(turn.heard, draw_forms.consortium_form(known))
    keepers = await _whos(turn, answers, known.admins, "admins", called, must_be_able_to_keep)
    return partial(setup.describe, described=_described(turn, answers, keepers), called=called, now=turn.now)


async def on_collaborative_form_sent(turn: Turn) -> None:
    called: dict[str, str | None] = {}
    settings = await revise(turn, partial(setup.settings, now=turn.now), partial(_seating, turn, called))
    await turn.answer_in_place(saved(settings))


async def _seating(turn: Turn, called: dict[str, str | None], known: SettingsSeen) -> Deed[SettingsSeen]:
    seat = _seat(turn, known)
    answers = forms.as_changed(turn.heard, draw_forms.collaborative_form(known, seat))
    curators = [person for one in known.seats for person in one.curators]
    members = [person for one in known.seats for person in one.members]
    described = plan.collaborative_from(
        {
            "name": forms.text(answers, "name", Words("It needs a name.")),
            "office": forms.text(answers, "office", Words("Where does it host?")),
            "curators": _written(await _whos(turn, answers, curators, "curators", called)),
            "members": _written(await _whos(turn, answers, members, "members", called)),
        }
    )
    position = forms.number(answers, "position", 1, 1000)
    return partial(
        setup.seat,
        collaborative_id=turn.subject,
        described=described,
        position=position,
        called=called,
        now=turn.now,
    )


async def on_meeting_form_sent(turn: Turn) -> None:
    answers = turn.heard.answers
    arrangement = forms.arrangement(answers)
    host_id = forms.chosen_id(answers, "host")
    settings = await turn.do(setup.meet, arrangement, host_id, turn.now)
    await turn.answer_in_place(saved(settings))


async def on_host_clicked(turn: Turn) -> None:
    await turn.open(draw_hosting.host_form(await turn.look(hosting.meeting_to_host, turn.subject, turn.now)))


async def on_host_form_sent(turn: Turn) -> None:
    chosen = chosen_host(turn)
    deed = {draw_hosting.GIVE: hosting.give, draw_hosting.SWAP: hosting.swap}[chosen.way]
    settings = await turn.do(deed, turn.subject, chosen.id, turn.now, chosen.read)
    await turn.answer_in_place(saved(settings))


async def on_take_out_clicked(turn: Turn) -> None:
    await turn.open(
        draw_hosting.take_out_form(await turn.look(taking_out.to_take_out, turn.subject, turn.now))
    )


async def on_take_out_form_sent(turn: Turn) -> None:
    answers = turn.heard.answers
    hosts = {
        meeting: forms.number(answers, field, 1, 10**LONGEST_ID)
        for field in answers
        if answers[field] and (meeting := leading_number(field.removeprefix(taking_out.HOST_OF)))
    }
    await turn.answer_in_place(saved(await turn.do(taking_out.take_out, turn.subject, hosts, turn.now)))


def _seat(turn: Turn, settings: SettingsSeen) -> SeatSeen | None:
    """The collaborative that it is about, with its place and people; nothing for a new one. Raises NothingChanged if it is gone."""
    if turn.subject == setup.NEW:
        return None
    found = [one for one in settings.seats if one.collaborative.id == turn.subject]
    if not found:
        raise setup.gone()
    return found[0]


def _described(turn: Turn, answers: forms.Answers, keepers: list[Who]) -> plan.Settings:
    return plan.settings_from(
        {
            "consortium": {
                "name": forms.text(answers, "name", Words("It needs a name.")),
                "team": turn.installed_team,
                "channel": forms.said(answers, "channel"),
                "timezone": zone(forms.text(answers, "timezone", Words("Please name a time zone."))).key,
                "admins": _written(keepers),
                **_own_word(answers),
            },
            "calls": {
                "days_before": _days(forms.optional_text(answers, "call_days") or ""),
                "at": forms.said(answers, "call_at"),
                "closes_days_before": forms.number(answers, "closes", 0, MOST_DAYS),
            },
            "digest": {"weekday": forms.said(answers, "weekday"), "at": forms.said(answers, "digest_at")},
            "decisions": {
                "told_at": forms.said(answers, "told_at"),
                **(_minutes_until_told(answers)),
            },
            "messages": {
                "quiet": forms.choice(answers, "quiet", draw_forms.Loudness) is draw_forms.Loudness.QUIET
            },
        }
    )


def _own_word(answers: forms.Answers) -> dict[str, str]:
    """For one and for several, or none at all: then it is the usual one. Raises UserError if one is missing."""
    if not any(forms.optional_text(answers, field) for field in ("called_one", "called_many")):
        return {}
    return {
        "collaborative": forms.text(answers, "called_one", Words("What do you call one of them?")),
        "collaboratives": forms.text(answers, "called_many", Words("And what do you call several?")),
    }


def _minutes_until_told(answers: forms.Answers) -> dict[str, int]:
    if not answers.get("told_after"):
        return {}
    return {"told_after_minutes": forms.number(answers, "told_after", 0, MOST_MINUTES_UNTIL_TOLD)}


def _days(typed: str) -> list[int]:
    written = typed.replace(",", " ").split()
    days = [
        int(day) for day in written if day.isascii() and day.isdigit() and len(day) <= len(str(MOST_DAYS))
    ]
    if not days or len(days) < len(written) or max(days) > MOST_DAYS:
        raise UserError(
            "Whole numbers up to {most} with commas between them, please: 28, 10, 1",
            field="call_days",
            most=MOST_DAYS,
        )
    return days


def overview(settings: SettingsSeen, page: int = 0, *, is_saved: bool = False) -> Message:
    closed_for = CLOSED_FOR.get(settings.held_up_by or "")
    return draw.overview(settings, page, closed_for=closed_for, is_saved=is_saved)


def saved(settings: SettingsSeen) -> Message:
    """To who sent one of the forms."""
    return overview(settings, is_saved=True)


def _written(people: list[Who]) -> list[str]:
    return [f"{who.team_id}/{who.user_id}" for who in people]


async def _whos(
    turn: Turn,
    answers: forms.Answers,
    named: Sequence[PersonSeen],
    field: str,
    called: dict[str, str | None],
    must_be_able: Callable[[Identity, str], None] = must_be_able_to_act,
) -> list[Who]:
    """The people chosen in a menu, which tells user ids alone: Slack knows whose workspace they are of.

    Those whom the settings have `named` already for this are known; what somebody is otherwise says nothing of it.
    `called` learns their names.
    """
    known = {person.who.user_id: person.who for person in named}
    chosen = forms.chosen(answers, field, max(draw_forms.MOST_PEOPLE, len(known)))
    unknown = [user_id for user_id in chosen if user_id not in known]
    for user_id, identity in (await identities_of_chosen(turn.client, unknown, field)).items():
        must_be_able(identity, field)
        known[user_id] = Who(identity.team_id, user_id)
        called[user_id] = identity.name
    return [known[user_id] for user_id in chosen]


async def _must_be_workspace_admin(turn: Turn) -> None:
    seconds = turn.services.timeouts.answer
    if not await runs_workspace(turn.client, turn.heard.who, turn.installed_team, seconds):
        raise NothingSetUp
