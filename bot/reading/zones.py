"""The time zones that people mean by what they call them: a clock's name, its letters, a country, a city."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

from bot.reading.suggestions import close_to

MOST_MEANT = 4
A_SLIP_AWAY = 0.85
_ENGLISH = Locale("en", "US")

# What no database of zones knows: large cities and the states of a country with several clocks, of which none is named for them.
_ON_THE_CLOCK_OF = {
    "America/Los_Angeles": "San Francisco, Bay Area, SF, Oakland, Berkeley, San Jose, Sacramento, Fresno, San Diego, Long Beach, LA,"
    " Las Vegas, Seattle, Tacoma, Portland, California, Nevada, Oregon, Washington State, West Coast",
    "America/Denver": "Albuquerque, Salt Lake City, Colorado, New Mexico, Utah, Montana, Wyoming",
    "America/Phoenix": "Arizona, Tucson",
    "America/Chicago": "Houston, Dallas, Austin, San Antonio, Fort Worth, Minneapolis, Saint Louis, St Louis, Kansas City, Milwaukee,"
    " Memphis, Nashville, New Orleans, Illinois, Texas, Minnesota, Wisconsin, Missouri, Louisiana, Iowa, Oklahoma, Alabama",
    "America/New_York": "NYC, Brooklyn, Boston, Philadelphia, Washington, Washington DC, DC, Baltimore, Atlanta, Miami, Orlando,"
    " Charlotte, Pittsburgh, Cleveland, Columbus, Newark, Florida, Georgia (US), Massachusetts, New Jersey, Ohio,"
    " Pennsylvania, Virginia, Maryland, North Carolina, South Carolina, East Coast",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Toronto": "Ottawa, Montreal, Ontario, Quebec",
    "America/Vancouver": "British Columbia",
    "Europe/Berlin": "Central European Time, Central European, Munich, Hamburg, Cologne, Frankfurt",
    "Asia/Kolkata": "India, Mumbai, Bombay, Delhi, New Delhi, Bangalore, Chennai",
    "Asia/Shanghai": "Beijing, Peking",
}


@cache
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def zones_called(name: str) -> list[str]:
    """Up to four zones that somebody may mean by the name, the likeliest first; also where it is mistyped."""
    called = _zones_by_name()
    said = " ".join(name.casefold().replace("_", " ").replace(".", "").split()).removesuffix(" zone")
    for one in (said, said.partition(",")[0].strip(), said.removeprefix("us ").partition(" (")[0]):
        if one in called:
            return called[one][:MOST_MEANT]
    return [zone for near in close_to(said, called, A_SLIP_AWAY)[:1] for zone in called[near][:MOST_MEANT]]


@cache
def _zones_by_name() -> Mapping[str, list[str]]:
    """What is told first of a name counts."""
    known: dict[str, list[str]] = {}
    for tell in (_by_cities, _by_clocks, _by_letters, _by_countries):
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, zone in tell():
            if zone not in found[name.casefold()]:
                found[name.casefold()].append(zone)
        known = {**found, **known}
    return known


def _by_cities() -> Iterator[tuple[str, str]]:
    for zone, cities in _ON_THE_CLOCK_OF.items():
        for city in cities.split(", "):
            yield city, zone


def _by_clocks() -> Iterator[tuple[str, str]]:
    """Pacific Time, Pacific, Pacific Standard Time, PT and PST."""
    for zone in _namesakes():
        called = _clock_of(zone)
        for name in (*called.get("long", {}).values(), *called.get("short", {}).values()):
            yield name, zone
            yield name.removesuffix(" Time"), zone
            yield name.removesuffix(" Standard Time"), zone


def _by_letters() -> Iterator[tuple[str, str]]:
    """IST and CEST, as the zones themselves write them in winter and in summer."""
    for zone in _main_zones():
        for month in (1, 7):
            letters = datetime(2026, month, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).tzname() or ""
            if letters.isalpha():
                yield letters, _as_spelled_today(zone)


def _by_countries() -> Iterator[tuple[str, str]]:
    places = {zone: place for place, zone in enumerate(_main_zones())}
    for country, zones in get_global("territory_zones").items():
        name = _ENGLISH.territories.get(country, country)
        for zone in sorted(zones, key=lambda zone: places.get(zone, len(places))):
            yield name, _as_spelled_today(zone)


def _main_zones() -> list[str]:
    """One of each clock, and first those for which a clock is named."""
    return list(dict.fromkeys([*_namesakes(), *get_global("windows_zone_mapping").values()]))


def _namesakes() -> list[str]:
    """Of the zones on one clock the one that Windows calls as CLDR calls the clock."""
    zones = get_global("windows_zone_mapping").items()
    return [zone for name, zone in zones if _clock_of(zone).get("long", {}).get("standard") == name]


def _clock_of(zone: str) -> Mapping[str, Mapping[str, str]]:
    """What the clock of a zone is called, in long and in short."""
    clock = get_global("meta_zones").get(zone, "")
    called: Mapping[str, Mapping[str, str]] = _ENGLISH.meta_zones.get(clock, {})
    return called


def _as_spelled_today(zone: str) -> str:
    """Asia/Kolkata, which CLDR goes on calling Asia/Calcutta."""
    city = _ENGLISH.time_zones.get(zone, {}).get("city", "").replace(" ", "_")
    today = f"{zone.rpartition('/')[0]}/{city}"
    return today if today in zone_names() else zone
