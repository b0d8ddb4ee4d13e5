"""Text on the page: Slack's marks are shown, and nothing that a person wrote becomes live."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from playground.page.reader import Reader
from playground.page.rich_text import rich_text
from playground.page.text import mrkdwn, plain_text

ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2027, 1, 14, 9, 0, tzinfo=ZONE)
READER = Reader("U1", ZONE, NOW.timestamp, {"U1": "Ana <b>"}.get, {"C1": "shared"}.get)
MEETING = int(datetime(2027, 1, 21, 10, 0, tzinfo=ZONE).timestamp())

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<javascript:alert(1)|click>",
    '<https://a.example/" onmouseover="alert(1)|click>',
    "<https://a.example|<b>x</b>>",
    "*<script>*",
    "`<script>`",
    "```<script>```",
    "> <script>",
    "<@U1><script>",
    "<!date^1^{date}^javascript:alert(1)|<script>>",
    "https://a.example/<script>",
    ":<script>:",
    "&amp;lt;script&amp;gt;",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_written_in_mrkdwn_becomes_live(attack):
    shown = str(mrkdwn(attack, READER)).lower()

    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert '" onmouseover' not in shown


@pytest.mark.parametrize("attack", ATTACKS)
def test_plain_text_is_shown_as_it_was_written(attack):
    assert "<" not in plain_text({"type": "plain_text", "text": attack})


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*bold* _soft_ ~gone~ `code`", "<b>bold</b> <i>soft</i> <s>gone</s> <code>code</code>"),
        ("*bold and _both_*", "<b>bold and <i>both</i></b>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("* not bold * nor _ this _", "* not bold * nor _ this _"),
        ("`*as it is*`", "<code>*as it is*</code>"),
        ("```\na *b*\n```", "<pre>a *b*</pre>"),
        ("said\n> one\n&gt; two\nso", "said<blockquote>one\ntwo</blockquote>so"),
        ("a &lt;b&gt; &amp; c & d", "a &lt;b&gt; &amp; c &amp; d"),
        (
            "<@U1> in <#C1>",
            '<span class="mention user">@Ana &lt;b&gt;</span> in <span class="mention channel">#shared</span>',
        ),
        ("<!here>", '<span class="mention broadcast">@here</span>'),
        (":tada: :round_pushpin: :no_such_one: 10:30:45", "🎉 📍 :no_such_one: 10:30:45"),
        (
            "<https://a.example/?a=1&amp;b=2|*read*>",
            '<a href="https://a.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">*read*</a>',
        ),
        (
            "see https://a.example.",
            'see <a href="https://a.example" target="_blank" rel="noopener noreferrer">https://a.example</a>.',
        ),
        (
            f"<!date^{MEETING}^{{date_short_pretty}} at {{time}}|later>",
            "<time>Jan 21, 2027 at 10:00 AM</time>",
        ),
        (f"<!date^{MEETING}^{{date_none}}|the fallback>", "<time>the fallback</time>"),
    ],
)
def test_mrkdwn_is_shown_as_slack_shows_it(written, shown):
    assert str(mrkdwn(written, READER)) == shown


def test_rich_text_is_shown_with_its_styles_and_lists():
    block = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "<b>*kept*</b> ", "style": {"bold": True}},
                    {"type": "link", "url": "javascript:alert(1)", "text": "click"},
                    {"type": "user", "user_id": "U1"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "offset": 2,
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "third"}]}],
            },
        ],
    }

    assert str(rich_text(block, READER)) == (
        "<div><b>&lt;b&gt;*kept*&lt;/b&gt; </b>click"
        '<span class="mention user">@Ana &lt;b&gt;</span></div>'
        '<ol class="indent-0" start="3"><li>third</li></ol>'
    )
