"""What is done with the rows of each table where somebody leaves: what stands in exports, and what becomes of the row."""

from storage.keeping import Row, Rows, Tie

ROWS = (
    Rows(
        "consortium",
        shows=(
            *("timezone", "created_at", "is_quiet", "told_at", "told_after_minutes"),
            *("call_days", "call_at", "closes_days_before", "digest_weekday", "digest_at"),
        ),
    ),
    Rows("collaborative", shows=("id", "position")),
    Rows("channel"),
    Rows("former_channel_id"),
    Rows(
        "meeting",
        shows=(
            *("id", "host_id", "day", "starts", "minutes", "opening", "breaks", "reserve", "state"),
            *("help_wanted", "helper_id"),
        ),
        ties=(Tie("meetings prepared with their host", "helped_by_id", ("id", "day"), Row.STAYS),),
    ),
    Rows(
        "person",
        shows=("id", "collaborative_id", "is_admin"),
        ties=(
            Tie(
                "person",
                "id",
                (
                    *("collaborative_id", "is_admin", "is_guest", "is_bot", "runs_workspace"),
                    *("named_at", "asked_at", "deactivated_at", "left_at", "doubted_at"),
                    "erasure_wanted_at",
                ),
                Row.STAYS,
            ),
        ),
    ),
    Rows(
        "curator",
        shows=("person_id", "collaborative_id"),
        ties=(Tie("decides for", "person_id", ("collaborative_id",), Row.GOES),),
    ),
    Rows(
        "item",
        shows=(
            *("id", "meeting_id", "proposer_id", "collaborative_id", "wish", "minutes", "state", "position"),
            *("is_late", "came_up", "is_carried_over", "carry_overs", "wanted_at"),
            *("original_id", "joined_to_id"),
            *("created_at", "submitted_at"),
            *("placed_minutes", "decided_by_id", "decided_at", "told_at"),
        ),
        ties=(
            Tie(
                "items brought",
                "proposer_id",
                (
                    *("id", "meeting_id", "collaborative_id", "wish", "minutes"),
                    *(
                        "is_late",
                        "came_up",
                        "is_carried_over",
                        "carry_overs",
                        "wanted_at",
                        "original_id",
                        "joined_to_id",
                    ),
                    *("created_at", "submitted_at"),
                ),
                Row.STAYS,
            ),
            Tie("items decided about", "decided_by_id", ("id", "state", "decided_at"), Row.STAYS),
        ),
    ),
    Rows(
        "publication",
        shows=("id", "meeting_id", "number", "at", "by_id", "held"),
        ties=(Tie("agendas published", "by_id", ("meeting_id", "number", "at"), Row.STAYS),),
    ),
    Rows(
        "result",
        shows=("meeting_id", "item_id", "became", "written_by_id", "written_at"),
        ties=(
            Tie(
                "what became of items",
                "written_by_id",
                ("meeting_id", "item_id", "became", "written_at"),
                Row.STAYS,
            ),
        ),
    ),
    Rows(
        "coming",
        ties=(
            Tie(
                "meetings to come to",
                "person_id",
                ("meeting_id", "comes", "takes_notes", "is_new", "knows"),
                Row.GOES,
            ),
        ),
    ),
    Rows(
        "party",
        shows=("meeting_id", "collaborative_id", "people", "new"),
        ties=(Tie("people announced", "said_by_id", ("meeting_id", "people", "new"), Row.STAYS),),
    ),
    Rows(
        "duty",
        shows=("meeting_id", "work", "collaborative_id", "day"),
        ties=(
            Tie("what they take on for meetings", "taken_by_id", ("meeting_id", "work", "day"), Row.STAYS),
        ),
    ),
    Rows("live_meeting", shows=("meeting_id", "started_at", "ended_at")),
    Rows("attendance", shows=("meeting_id", "collaborative_id", "people")),
    Rows(
        "follow_up",
        shows=(
            *("meeting_id", "item_id", "owner_id", "due_on"),
            *("written_by_id", "written_at"),
        ),
        ties=(
            Tie(
                "follow-ups written down",
                "written_by_id",
                ("meeting_id", "item_id", "due_on", "written_at"),
                Row.STAYS,
            ),
            Tie(
                "follow-ups to do",
                "owner_id",
                ("meeting_id", "item_id", "due_on", "put_off_to", "put_off_at", "declined_at", "done_at"),
                Row.STAYS,
                told=("words",),
            ),
        ),
    ),
    Rows(
        "question",
        ties=(
            Tie("questions asked", "asked_by_id", ("item_id", "asked_at"), Row.STAYS),
            Tie("questions answered", "answered_by_id", ("item_id", "answered_at"), Row.STAYS),
        ),
    ),
    Rows(
        "swap",
        shows=(
            *("meeting_id", "host_id", "other_id", "in_exchange_id"),
            *("state", "asked_by_id", "asked_at", "answered_at"),
        ),
        ties=(
            Tie("swaps asked for", "asked_by_id", ("meeting_id", "other_id", "asked_at"), Row.STAYS),
            Tie("swaps answered", "answered_by_id", ("meeting_id", "state", "answered_at"), Row.STAYS),
        ),
    ),
    Rows(
        "legal_hold",
        shows=("id", "until", "began_at", "began_by_id"),
        ties=(Tie("holds begun", "began_by_id", ("until", "began_at"), Row.STAYS),),
    ),
    Rows(
        "set_aside",
        shows=("of_table", "row_id", "person_id", "at"),
        ties=(Tie("words set aside", "person_id", ("of_table", "row_id", "at"), Row.GOES),),
    ),
    Rows(
        "me_too",
        shows=("item_id", "person_id"),
        ties=(Tie("items to talk about, too", "person_id", ("item_id",), Row.GOES),),
    ),
    Rows(
        "tip",
        shows=("id", "person_id", "created_at"),
        ties=(Tie("what worked", "person_id", ("created_at",), Row.GOES),),
    ),
    Rows(
        "post",
        ties=(
            Tie("messages", "place", ("kind", "due_at", "sent_at"), Row.STAYS),
            Tie(
                "messages seen or missed",
                "answered_by_id",
                ("kind", "is_said_to_be_there"),
                Row.STAYS,
            ),
        ),
    ),
    Rows("input", ties=(Tie("deeds", "person_id", ("at", "listener", "subject_id"), Row.GOES),)),
    Rows("erasure"),
    Rows("heartbeat"),
)
"""One for each table. A table without a rule fails a test."""
