"""The file that describes a consortium is read whole, or every fault in it is named."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.plan.plan import plan_from, read_plan
from handlers.words import worded
from storage.people import Who

FILE = """
[consortium]
name = "Sister Peace Initiatives"
team = "T0SISTER"                 # the workspace the bot is installed in
channel = "C0SHARED"              # the shared channel
timezone = "America/Los_Angeles"
admins = ["U0ADMIN"]              # a user of another workspace is written "T0OTHER/U0CURATOR"
[calls]
days_before = [28, 10, 1]         # relative to the meeting's local date
at = "10:00"
closes_days_before = 7            # later items are welcome and marked late
[digest]
weekday = "monday"
at = "09:00"
[decisions]
told_at = "17:00"                 # all proposers are told together then
[messages]
quiet = true                      # no sound at night or on weekends
[[collaborative]]                 # in hosting order
name = "CCSJ"
office = "1 Main St, San Francisco"
curators = ["U0CURATOR", "T0OTHER/U0DEPUTY"]
members = ["U0MEMBER"]
[[collaborative]]
name = "Bonterra"
office = "2 Oak St, Oakland"
channel = "G0BONTERRA"
[[meeting]]
date = "2027-01-21"
starts = "10:00"
minutes = 120
host = "CCSJ"                     # left out: the next in rotation
[[meeting]]
date = "2027-04-15"
starts = "10:00"
minutes = 120
office = "3 Elm St, Berkeley"
"""


def a_plan():
    return {
        "consortium": {
            "name": "Sister Peace Initiatives",
            "team": "T0SISTER",
            "channel": "C0SHARED",
            "timezone": "America/Los_Angeles",
            "admins": ["U0ADMIN"],
        },
        "collaborative": [
            {"name": "CCSJ", "office": "1 Main St", "curators": ["U0CURATOR"], "members": ["U0MEMBER"]},
            {"name": "Bonterra", "office": "2 Oak St"},
        ],
        "meeting": [
            {"date": "2027-01-21", "starts": "10:00", "minutes": 120, "host": "CCSJ"},
            {"date": "2027-04-15", "starts": "10:00", "minutes": 120},
        ],
    }


def with_value(value, *path):
    tables = place = a_plan()
    for step in path[:-1]:
        place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
    place[path[-1]] = value
    return tables


def faults(tables):
    try:
        plan_from(tables)
    except UserError as refused:
        return worded(refused).split("\n")
    return []


def test_the_file_is_read():
    plan = read_plan(FILE)
    assert plan.consortium.name == "Sister Peace Initiatives"
    assert (plan.consortium.team, plan.consortium.channel) == ("T0SISTER", "C0SHARED")
    assert plan.consortium.timezone == "America/Los_Angeles"
    assert plan.consortium.admins == (Who("T0SISTER", "U0ADMIN"),)
    assert plan.calls.days_before == (28, 10, 1)
    assert (plan.calls.at, plan.calls.closes_days_before) == (time(10), 7)
    assert (plan.digest.weekday, plan.digest.at) == ("monday", time(9))
    assert (plan.decisions.told_at, plan.decisions.told_after_minutes) == (time(17), None)
    assert plan.messages.quiet
    ccsj, bonterra = plan.collaboratives
    assert (ccsj.name, ccsj.office, ccsj.channel) == ("CCSJ", "1 Main St, San Francisco", None)
    assert ccsj.curators == (Who("T0SISTER", "U0CURATOR"), Who("T0OTHER", "U0DEPUTY"))
    assert ccsj.members == (Who("T0SISTER", "U0MEMBER"),)
    assert (bonterra.curators, bonterra.members, bonterra.channel) == ((), (), "G0BONTERRA")
    january, april = plan.meetings
    assert (january.date, january.starts, january.minutes) == (date(2027, 1, 21), time(10), 120)
    assert (january.host, january.office) == ("CCSJ", None)
    assert (april.host, april.office) == (None, "3 Elm St, Berkeley")


def test_a_consortium_may_have_its_own_word():
    own = with_value("coalition", "consortium", "collaborative")
    own["consortium"]["collaboratives"] = " coalitions "
    plan = plan_from(own)
    assert (plan.consortium.collaborative, plan.consortium.collaboratives) == ("coalition", "coalitions")
    usual = plan_from(a_plan()).consortium
    assert (usual.collaborative, usual.collaboratives) == (None, None)


@pytest.mark.parametrize("word", ["collaborative", "collaboratives"])
def test_of_its_own_word_both_forms_are_named(word):
    missing = "consortium: The words collaborative and collaboratives come together. One is missing."
    assert faults(with_value("coalition", "consortium", word)) == [missing]
    long = with_value("x" * 31, "consortium", word)
    assert faults(long) == [f"consortium, {word}: This is longer than 30 characters."]
    assert faults(with_value("", "consortium", word)) == [f"consortium, {word}: This is empty."]


def test_what_is_left_out_is_as_in_the_example():
    short = plan_from(a_plan())
    whole = read_plan(FILE)
    assert (short.calls, short.digest, short.decisions) == (whole.calls, whole.digest, whole.decisions)


def test_meetings_may_come_later():
    tables = a_plan()
    del tables["meeting"]
    assert plan_from(tables).meetings == ()


def test_dates_and_times_may_stand_without_quotes_as_toml_has_them():
    bare = (
        FILE.replace('"2027-01-21"', "2027-01-21")
        .replace('"10:00"', "10:00:00")
        .replace('"09:00"', "09:00:00")
    )
    assert read_plan(bare) == read_plan(FILE)


def test_a_plan_read_twice_is_the_same():
    assert read_plan(FILE) == read_plan(FILE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[consortium]\nname = 5 Sisters\n", "Line 2 cannot be read as TOML: "),
        ("[consortium\n", "Line 1 cannot be read as TOML: "),
        ("[consortium]\nname = ", "The end cannot be read as TOML: "),
        ("[[meeting]]\ndate = 2027-02-30\n", "Line 2 cannot be read as TOML: "),
        ("a = " + "[" * 9000, "This cannot be read as TOML: "),
        ("a = " + "9" * 9000, "This cannot be read as TOML: "),
    ],
)
def test_what_is_no_toml_is_said_with_its_line(text, said):
    with pytest.raises(UserError) as refused:
        read_plan(text)
    assert worded(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        (
            "[consortium]\nname = “Sisters”\n",
            'Line 2 cannot be read as TOML. Write straight quotes: "like these".',
        ),
        ("[messages]\r\nquiet = True", "Write true or false, in small letters."),
        ("[consortium]\nname = Sisters", "Write text in quotes."),
        (
            '[collaborative]\nname = "a"\n[collaborative]\nname = "b"',
            "Write each one under [[collaborative]].",
        ),
        ("[meeting]\nminutes = 60\n[[meeting]]\nminutes = 90", "Write each one under [[meeting]]."),
    ],
)
def test_who_does_not_know_toml_is_told_what_helps(text, helps):
    with pytest.raises(UserError) as refused:
        read_plan(text)
    assert helps in worded(refused.value)


def test_an_empty_file_is_told_what_is_missing():
    assert faults({}) == ["consortium: This is missing.", "collaborative: This is missing."]


def test_a_consortium_has_collaboratives():
    assert "collaborative: There has to be at least one." in faults(with_value([], "collaborative"))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            ("consortium", "timezone"),
            "America/Los_Angles",
            "consortium, timezone: “America/Los_Angles” is no time zone. Did you mean America/Los_Angeles",
        ),
        (
            ("meeting", 0, "date"),
            "2027-02-30",
            "meeting 1 (2027-02-30), date: 2027-02-30 is no date: there is no such day.",
        ),
        (("meeting", 0, "date"), 20270121, "meeting 1 (20270121), date: This has to be text, in quotes."),
        (("meeting", 0, "date"), date(9999, 12, 31), "date: 9999-12-31 is too far away to be meant."),
        (("meeting", 0, "date"), date(3027, 1, 21), "date: 3027-01-21 is too far away to be meant."),
        (("meeting", 0, "starts"), time(10, 0, 30), "starts: “10:00:30” is no time of day."),
        (("calls", "at"), time(10, 0, 0, 1), "calls, at: “10:00:00.000001” is no time of day."),
        (("digest", "at"), datetime(2027, 4, 15, 10, tzinfo=UTC), "This has to be text, in quotes."),
        (("meeting", 0, "minutes"), float("inf"), "minutes: This has to be a whole number."),
        (("meeting", 0, "minutes"), float("nan"), "minutes: This has to be a whole number."),
        (("calls", "days_before"), [float("inf")], "days_before 1: This has to be a whole number."),
        (("calls", "days_before"), [10**400], "days_before 1: This has to be 366 or less."),
        (("decisions", "told_after_minutes"), date(2027, 1, 21), "This has to be a whole number."),
        (("meeting", 0, "starts"), "25:00", "meeting 1 (2027-01-21), starts: “25:00” is no time of day."),
        (("meeting", 0, "minutes"), "120", "meeting 1 (2027-01-21), minutes: This has to be a whole number."),
        (("meeting", 0, "minutes"), True, "meeting 1 (2027-01-21), minutes: This has to be a whole number."),
        (("meeting", 0, "minutes"), 0, "meeting 1 (2027-01-21), minutes: This has to be 15 or more."),
        (("meeting", 0, "minutes"), 10**30, "meeting 1 (2027-01-21), minutes: This has to be 720 or less."),
        (
            ("meeting", 1, "host"),
            "Bontera",
            "meeting 2 (2027-04-15), host: No collaborative of this file is called “Bontera”. Did you mean Bonterra?",
        ),
        (
            ("meeting", 1, "host"),
            "xyz",
            "meeting 2 (2027-04-15), host: No collaborative of this file is called “xyz”.",
        ),
        (("meeting", 1, "host"), " ", "meeting 2 (2027-04-15), host: This is empty."),
        (
            ("meeting", 1, "date"),
            "2027-01-21",
            "meeting 2 (2027-01-21), date: Another meeting above is on the same day.",
        ),
        (
            ("meeting", 1, "date"),
            date(2027, 1, 21),
            "meeting 2 (2027-01-21), date: Another meeting above is on the same day.",
        ),
        (("meeting", 1, "date"), datetime(2027, 4, 15, 10, tzinfo=UTC), "This has to be text, in quotes."),
        (("meeting",), 5, "meeting: Write each one under [[meeting]]."),
        (("meeting",), {"date": "2027-01-21"}, "meeting: Write each one under [[meeting]]."),
        (
            ("collaborative", 1, "name"),
            " ccsj ",
            "collaborative 2 ( ccsj ), name: Another collaborative above has the same name.",
        ),
        (("collaborative", 1, "name"), "\u200f", "collaborative 2 (\u200f), name: This is empty."),
        (("collaborative", 1, "name"), "x" * 76, "This is longer than 75 characters."),
        (("collaborative", 1, "name"), "a\ud800b", "This has to be one line of plain text."),
        (("collaborative", 1, "name"), "a\0b", "This has to be one line of plain text."),
        (
            ("collaborative", 1, "office"),
            None,
            "collaborative 2 (Bonterra), office: This has to be text, in quotes.",
        ),
        (
            ("collaborative", 1, "channel"),
            "#curators",
            "channel: “#curators” is no channel's ID. One looks like C0SHARED.",
        ),
        (
            ("collaborative", 1, "curators"),
            ["@ada"],
            "curators 1: “@ada” is no person's ID. One looks like U0ADMIN",
        ),
        (
            ("collaborative", 1, "curators"),
            ["U0ADMIN", "T0/"],
            "collaborative 2 (Bonterra), curators 2: “T0/” is no person's ID.",
        ),
        (("collaborative", 1, "curators"), "U0ADMIN", "curators: This has to be a list, in square brackets."),
        (
            ("collaborative", 1, "members"),
            ["U0NEW", "U0MEMBER"],
            "collaborative 2 (Bonterra), members 2: U0MEMBER is a member of another collaborative above.",
        ),
        (("collaborative", 1), "Bonterra", "collaborative 2: Write each one under [[collaborative]]."),
        (
            ("consortium", "team"),
            "sister",
            "consortium, team: “sister” is no workspace's ID. One looks like T0SISTER.",
        ),
        (("consortium", "channel"), "U0ADMIN", "consortium, channel: “U0ADMIN” is no channel's ID."),
        (("consortium", "admins"), [], "consortium, admins: There has to be at least one."),
        (("consortium", "admins"), ["U0\nADMIN"], "consortium, admins 1: “U0 ADMIN” is no person's ID."),
        (("consortium", "admins"), [7], "consortium, admins 1: This has to be text, in quotes."),
        (("consortium",), [a_plan()["consortium"]], "consortium: Write it under [consortium]."),
        (("consortium", "timezon"), "UTC", "consortium, timezon: This is not known. Did you mean timezone?"),
        (("collaborative", 1, "adress"), "9 Oak St", "adress: This is not known. Did you mean office?"),
        (("meeting", 0, "time"), "10:00", "time: This is not known. Did you mean starts?"),
        (("collaboratives",), [], "collaboratives: This is not known. Did you mean collaborative?"),
        (
            ("xyzzy",),
            1,
            "xyzzy: This is not known. What can stand here: consortium, calls, digest, decisions,",
        ),
        (("calls", "days_before"), [], "calls, days_before: There has to be at least one."),
        (("calls", "days_before"), [28, -1], "calls, days_before 2: This has to be 0 or more."),
        (("calls", "closes_days_before"), 367, "calls, closes_days_before: This has to be 366 or less."),
        (("digest", "weekday"), "mondy", "digest, weekday: “mondy” is no weekday. Did you mean monday"),
        (("digest", "weekday"), 1, "digest, weekday: This has to be text, in quotes."),
        (("decisions", "told_after_minutes"), -5, "decisions, told_after_minutes: This has to be 0 or more."),
        (
            ("decisions", "told_after_minutes"),
            2.5,
            "decisions, told_after_minutes: This has to be a whole number.",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(path, value, said):
    [line] = faults(with_value(value, *path))
    assert " ".join(said.split()) in line


def test_several_faults_are_told_at_once():
    tables = a_plan()
    tables["consortium"]["timezone"] = "Mars/Olympus"
    tables["meeting"][0]["date"] = "2027-02-30"
    tables["meeting"][1]["host"] = "Nobody"
    tables["collaborative"][1]["name"] = "CCSJ"
    del tables["collaborative"][0]["office"]
    assert [line.partition(": ")[0] for line in faults(tables)] == [
        "consortium, timezone",
        "collaborative 1 (CCSJ), office",
        "meeting 1 (2027-02-30), date",
        "collaborative 2 (CCSJ), name",
        "meeting 2 (2027-04-15), host",
    ]


def test_people_without_a_workspace_wait_for_the_workspace_to_be_named():
    tables = a_plan()
    del tables["consortium"]["team"]
    assert faults(tables) == ["consortium, team: This is missing."]


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
PATHS = [
    *(
        (table,)
        for table in ("consortium", "calls", "digest", "decisions", "collaborative", "meeting", "new")
    ),
    *(("consortium", key) for key in ("name", "team", "channel", "timezone", "admins", "new")),
    *(("calls", key) for key in ("days_before", "at", "closes_days_before", "new")),
    *(("digest", key) for key in ("weekday", "at")),
    ("decisions", "told_after_minutes"),
    ("collaborative", 0),
    *(("collaborative", 0, key) for key in ("name", "office", "curators", "members", "channel", "new")),
    ("meeting", 0),
    *(("meeting", 0, key) for key in ("date", "starts", "minutes", "host", "office", "new")),
]


@given(st.sampled_from(PATHS), values)
def test_whatever_stands_in_a_place_makes_a_plan_or_faults_in_our_words(path, value):
    for line in faults(with_value(value, *path)):
        assert line.startswith((path[0], "meeting"))
        assert "Input should" not in line


def as_read(value, *path):
    """The plan, or what is wrong with it."""
    try:
        return plan_from(with_value(value, *path))
    except UserError as refused:
        return worded(refused)


@given(st.dates())
def test_a_day_is_read_alike_with_quotes_and_without(day):
    assert as_read(day, "meeting", 0, "date") == as_read(day.isoformat(), "meeting", 0, "date")


@given(st.times())
def test_a_time_is_read_alike_with_quotes_and_without(at):
    whole = at.replace(second=0, microsecond=0)
    assert as_read(whole, "calls", "at").calls.at == whole
    assert as_read(whole, "calls", "at") == as_read(f"{whole:%H:%M}", "calls", "at")
    if at != whole:
        assert as_read(at, "calls", "at") == as_read(at.isoformat(), "calls", "at")


@given(st.text())
def test_no_text_makes_a_plan_by_chance(text):
    with pytest.raises(UserError):
        read_plan(text)
