"""Which of the sentences that the bot can say stand nowhere in the golden book."""

import json
import re
from collections.abc import Iterator

from babel.messages.extract import extract_from_dir

from tests.messages import KEYWORDS, ROOT

PLACE = re.compile(r"\{\w*\}")
OF_THE_COMMAND_LINE = "bot/plan"
"""Modules whose names begin so read the file that an operator applies; what of theirs a form can say too is in the book."""
UNSAID = {
    # One person would have to do all of that; tests/bot/test_about_me.py names each, and tests/handlers/renderings.py draws it.
    *("Answers that you gave", "Questions that you asked", "Follow-ups with you"),
    *("Follow-ups that you wrote down", "What you wrote of items after a meeting"),
    *("Meetings of which you said how many come", "Meetings that you helped to prepare"),
    *("Messages that you looked for", "Swaps that you answered", "Swaps that you asked for"),
    *("{n} message that I can't edit.", "{n} messages that I can't edit."),
    *("{n} more place on an agenda.", "{n} more places on agendas."),
    "Removed words of yours that I lock away until a hold ends",
    "I do not know your name.",
    # Somebody else would have to act in the moment between permission and deed.
    "This item is not waiting for a decision.",
    "This is set up already.",
    "Somebody else changes this just now, too. Please try again.",
    # A restore says it to admins; tests/bot/test_erased_again.py restores.
    "A hold lasted when a backup was restored. Only its last day is known.",
    # A command erases a collaborative; tests/bot/test_leaving_together.py does.
    "A former member of our group",
    "(This address was removed)",
    # A command says it; tests/bot/test_legal_holds.py asks for it.
    "No hold lasts.",
    "{name} hosts on {day}. Give that meeting another host first.",
    "{name} still has its place in hosting order. An admin takes it out first, in /agenda setup.",
    "Nothing is erased now: a hold lasts up to {day}. An admin, or python -m bot hold --end, lets it end.",
    # Nobody could host another meeting; tests/bot/test_cancelling.py takes all of them out.
    "This meeting is cancelled.",
    "We do not meet on {day}. Your item goes on to the next meeting.",
    # Something would have to break after the deed; tests/handlers/test_dispatch.py breaks it.
    "This is saved, but something went wrong on our side in showing it. “Where things stand” shows what is saved.",
    # The database would have to fail; tests/program/test_sqlite_as_it_is.py has it fail.
    "I can't get at my notes at the moment. Please try again in a while. If “Where things stand” shows it by then, it counted.",
    # Slack would have to say so while it is asked; tests/handlers/listeners/test_overtaken.py has it.
    "Slack tells me something new about who is in the shared channel.",
    "Slack tells me something new about you.",
    # Slack would have to be slow; tests/handlers/hearing/test_late_answers.py makes it so.
    "One moment, please. The answer will stand here.",
    "This is done.",
    # Slack would have to fail in other ways than the book's; tests/handlers/hearing/test_forms_that_do_not_open.py has it.
    "The form did not open: Slack wants me to wait. Please try again in a minute.",
    "The form did not open: Slack did not answer. Please try again.",
    "The form did not open: Slack refuses it. Whoever runs me finds the reason in the log.",
    # A call on the day itself is rarely set; tests/handlers/listeners/test_quiet.py has one.
    "We meet today. Here is the agenda.",
    # An admin would have to be deactivated; tests/handlers/listeners/test_setup.py has it.
    "None of these can act, so nobody could go on. Please choose somebody else, too.",
    # Nobody could host another meeting; tests/bot/test_cancelling.py takes all of them out.
    "This meeting is cancelled. The item goes to the next host.",
    # The hour of the notes would have to pass with nothing written down; tests/handlers/drawings.py draws it.
    "The notes go to the shared channel when you send them.",
    # Slack would have to refuse it for good; tests/bot/test_questions.py has it.
    "Slack did not let me ask {name}. Please do it yourself.",
    # Whoever runs the bot would have to erase who wrote one down, or had it to do; tests/bot/test_follow_ups.py erases them.
    "What a former member wrote down",
    "Nobody has this follow-up any more. Who could do it?",
    # All that the notes told would have to be taken back; tests/bot/test_notes.py does so.
    "What stood here was taken back.",
    # Somebody would have to put it off fifty times.
    "This is put off for a year already.",
    # The notes would have to wait for the morning, to be refused, or to stand in a channel of before; tests/bot/test_notes.py has all that.
    "✓ The notes go to the shared channel on {when}. If you change something here, the notes change too.",
    "✓ The notes of {day} are on their way.",
    "Slack did not take the notes. You can send them once more.",
    "✓ The notes were sent to the shared channel of before. They stay there as they are.",
    # A message of many would have to grow after it was full; tests/handlers/listeners/test_standing_together.py has it.
    "There is more here than one message holds, so this stands here in short:",
    # A host would have to be taken out meanwhile; tests/bot/test_swaps.py takes one out.
    "{host} does not host any more.",
    "There is nothing to answer any more: {host} does not host any more.",
    # A restore would have to lose another proposal; tests/bot/test_meetings.py reads another day.
    "To confirm that day, use the message that names it.",
    # People would have to move a meeting while they sit in it, or its channel; tests/bot/test_live.py and tests/handlers/listeners/test_live.py do so.
    "This meeting was moved. It is not live any more.",
    "We meet now. Another channel is the shared one now, and shows what is on.",
    # Its meeting would have to get another host before the answer is told; tests/bot/test_swaps.py gives it on.
    "{other} could not do it this time.",
    # Admins would have to be gone; tests/bot/test_swaps.py takes them away.
    "Nobody can answer for {other} at the moment.",
    # Slack's news are not answered.
    "Only Slack itself says this.",
    # Nobody is asked where there is no collaborative, and none can leave by a form.
    "There is no {collaborative} here yet, and what you wrote is kept.",
    "An admin adds them with /agenda setup.",
    "There is no {collaborative} yet that could host a meeting.",
    # Sixty things would fill the book with their cards; tests/handlers/listeners/test_daily_measure.py brings too many.
    "Somebody reads each thing that you bring, so {most} a day is the most. There is room for {left} more today.",
    "You can bring the rest from {tomorrow} on.",
    "You have brought {most} things today, and somebody reads each of them. That is the most for a day.",
    "You can bring more from {tomorrow} on.",
    # Only a file gives a host's curators a channel; tests/handlers/listeners/test_setup.py makes it the shared one.
    "The channel of those who decide for {host} can't be the shared one, which everybody reads.",
    # The same; tests/bot/test_workspaces.py gives them the shared one of others.
    "The channel of those who decide for {host} is the shared one of another consortium here.",
    # A font would have to be missing, or the program that prints; tests/handlers/listeners/test_documents.py has both.
    "Some letters stand in it as boxes. Whoever runs me can add a font for them.",
    "I could not print it, so here are the words.",
    "The page could not be printed. Please try again, or take the words instead.",
    # So long an agenda would fill the book; tests/handlers/renderings.py draws one.
    "{label}, part {number} of {count}",
    # Sixty drafts would fill the book; tests/bot/test_daily_measure.py brings too many.
    "What you brought before still waits for you to say which {collaborative} you are with.",
    "Press “My items” and answer, then bring more.",
    # So many items would fill the book; tests/handlers/renderings.py draws them.
    "More of these",
    "More items…",
    # Whoever has drafts is asked about them in place of the list.
    "Not handed in yet: tell us which {collaborative} you are with",
    "This item is not handed in yet.",
}


def sentences() -> Iterator[tuple[str, str]]:
    """Each sentence that goes through gettext, with the module that says it."""
    for folder in ("bot", "handlers"):
        found = extract_from_dir(str(ROOT / folder), [("**.py", "python")], keywords=KEYWORDS)
        for module, _line, message, *_rest in found:
            for one in message if isinstance(message, tuple) else (message,):
                yield one, f"{folder}/{module}"


def said_nowhere(text: str) -> set[str]:
    """The sentences of which no form stands in the text, whatever fills their places."""
    said = {sentence for sentence, module in sentences() if not module.startswith(OF_THE_COMMAND_LINE)}
    different_lines = "\n".join(set(text.splitlines()))
    return {sentence for sentence in said if not _pattern(sentence).search(different_lines)}


def _pattern(sentence: str) -> re.Pattern[str]:
    written = json.dumps(sentence, ensure_ascii=False)[1:-1]
    words = [part for part in PLACE.split(written) if part]  # a place at either end holds anything
    return re.compile(".+?".join(map(re.escape, words)))
