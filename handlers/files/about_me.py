"""All that is kept about somebody, as a file: the words to read, or all of it for a program."""

from bot.calendar import local_day, zone
from bot.leaving import in_a_file
from bot.seen.about_me import FileAboutMe, Way
from handlers.blocks.about_me import with_file
from handlers.documents.about_me import about_me_sheet
from handlers.documents.plain import in_plain_words
from handlers.files.file import File
from handlers.words import _


def about_me_file(seen: FileAboutMe) -> File:
    content, ending = _content(seen)
    day = local_day(seen.made_at, zone(seen.timezone))
    name = f"about-me-{day.isoformat()}.{ending}"
    return File(name, _("Everything about me"), content.encode(), with_file())


def _content(seen: FileAboutMe) -> tuple[str, str]:
    match seen.way:
        case Way.WORDS:
            return in_plain_words(about_me_sheet(seen)), "txt"
        case Way.DATA:
            return in_a_file({"kept": seen.kept}, seen.made_at), "json"
