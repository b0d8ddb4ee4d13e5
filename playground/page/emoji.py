"""Emoji from Slack's names for them, like :tada:."""

import re
import unicodedata

NAMED = {
    "+1": "👍",
    "-1": "👎",
    "arrow_right": "➡️",
    "bell": "🔔",
    "bulb": "💡",
    "busts_in_silhouette": "👥",
    "calendar": "📆",
    "clipboard": "📋",
    "clock1": "🕐",
    "date": "📅",
    "exclamation": "❗",
    "eyes": "👀",
    "handshake": "🤝",
    "hourglass_flowing_sand": "⏳",
    "information_source": "\N{INFORMATION SOURCE}\N{VARIATION SELECTOR-16}",
    "leftwards_arrow_with_hook": "↩️",
    "link": "🔗",
    "loudspeaker": "📢",
    "mag": "🔍",
    "mega": "📣",
    "memo": "📝",
    "no_entry": "⛔",
    "no_entry_sign": "🚫",
    "ok_hand": "👌",
    "pencil": "📝",
    "pencil2": "✏️",
    "point_right": "👉",
    "pray": "🙏",
    "question": "❓",
    "raised_hands": "🙌",
    "repeat": "🔁",
    "seedling": "🌱",
    "smile": "😄",
    "sparkles": "✨",
    "speech_balloon": "💬",
    "spiral_calendar_pad": "🗓️",
    "star": "⭐",
    "tada": "🎉",
    "thinking_face": "🤔",
    "thumbsup": "👍",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "x": "❌",
    "zap": "⚡",
}

SHORTCODE = re.compile(r":([a-z0-9_+'-]+):")


def emoji(name: str) -> str:
    """The emoji of this name, or `:name:` as it was when nobody knows it."""
    return NAMED.get(name) or _unicode(name) or f":{name}:"


def with_emoji(text: str) -> str:
    return SHORTCODE.sub(lambda found: emoji(found[1]), text)


def _unicode(name: str) -> str | None:
    """Many of Slack's names are Unicode's own, as in :round_pushpin:."""
    try:
        symbol = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return None
    return symbol if unicodedata.category(symbol) == "So" else None
