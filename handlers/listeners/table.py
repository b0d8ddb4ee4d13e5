"""The table of contents: everything that can be heard, who may say it, and who hears it."""

from slack_bolt.async_app import AsyncApp

from bot.policies import (
    admin,
    answers_for_post,
    anyone,
    author,
    decides_on_item,
    decides_on_meeting,
    hosts_or_keeps,
    nobody,
    removes_tips,
    removes_words,
    shared_tip,
)
from handlers.blocks.ids import (
    ADD_AGAIN,
    ADD_AGAIN_FORM,
    ADD_FORM,
    ARRANGE,
    CANCEL,
    CANCEL_FORM,
    CHANGE,
    CHANGE_FORM,
    COLLABORATIVE,
    COLLABORATIVE_FORM,
    CONFIRM,
    CONSORTIUM,
    CONSORTIUM_FORM,
    EDIT,
    EDIT_FORM,
    FILE_UNDER,
    HOLD,
    HOST,
    HOST_FORM,
    IT_IS_THERE,
    JOIN,
    JOIN_FORM,
    LEAVE_OUT,
    LEAVE_OUT_FORM,
    MEETING,
    MEETING_FORM,
    POST_AGAIN,
    PUBLISH,
    READ,
    REMOVE,
    REMOVE_FORM,
    REMOVE_TIP,
    SEARCH,
    SEARCH_FORM,
    SEND_ANSWERS,
    TAKE,
    TAKE_OUT,
    TAKE_OUT_FORM,
    TIP_FORM,
    UNDO,
    WITHDRAW,
)
from handlers.hearing.dispatch import Dispatcher, Listener
from handlers.hearing.payloads import CHANNEL_CHANGES, Kind
from handlers.listeners import (
    agenda,
    commands,
    decisions,
    home,
    items,
    meetings,
    membership,
    news,
    removal,
    setup,
    tips,
    undelivered,
)
from handlers.listeners.commands import COMMAND, COMMANDS
from handlers.services import Services
from handlers.slack.connection import Connection

ANYTHING_ELSE = "…"

CHANNEL_CHANGED = Listener(nobody, news.on_channel_changed, is_news=True)

LISTENERS: dict[tuple[Kind, str], Listener] = {
    **{key: listener for command in COMMANDS for key, listener in command.rows.items()},
    ("command", ANYTHING_ELSE): Listener(anyone, commands.on_unknown),
    ("action", ADD_AGAIN): Listener(author, items.on_add_again_clicked),
    ("action", READ): Listener(anyone, items.on_read_clicked),
    ("action", REMOVE): Listener(removes_words, removal.on_remove_clicked),
    ("action", EDIT): Listener(author, items.on_edit_clicked),
    ("action", WITHDRAW): Listener(author, items.on_withdraw_clicked),
    ("action", JOIN): Listener(anyone, membership.on_join_clicked),
    ("action", TAKE): Listener(decides_on_item, decisions.on_take_clicked),
    ("action", HOLD): Listener(decides_on_item, decisions.on_hold_clicked),
    ("action", LEAVE_OUT): Listener(decides_on_item, decisions.on_leave_out_clicked),
    ("action", UNDO): Listener(decides_on_item, decisions.on_undo_clicked),
    ("action", ARRANGE): Listener(decides_on_item, agenda.on_arranged),
    ("action", PUBLISH): Listener(decides_on_meeting, agenda.on_publish_clicked),
    ("action", SEND_ANSWERS): Listener(decides_on_meeting, agenda.on_send_answers_clicked),
    ("action", CONFIRM): Listener(decides_on_meeting, meetings.on_confirm_clicked),
    ("action", CHANGE): Listener(hosts_or_keeps, meetings.on_change_clicked),
    ("action", CANCEL): Listener(hosts_or_keeps, meetings.on_cancel_clicked),
    ("action", FILE_UNDER): Listener(shared_tip, tips.on_filed),
    ("action", REMOVE_TIP): Listener(removes_tips, removal.on_remove_tip_clicked),
    ("action", SEARCH): Listener(anyone, tips.on_search_clicked),
    ("action", CONSORTIUM): Listener(admin, setup.on_consortium_clicked),
    ("action", COLLABORATIVE): Listener(admin, setup.on_collaborative_clicked),
    ("action", TAKE_OUT): Listener(admin, setup.on_take_out_clicked),
    ("action", MEETING): Listener(admin, setup.on_meeting_clicked),
    ("action", HOST): Listener(admin, setup.on_host_clicked),
    ("action", IT_IS_THERE): Listener(answers_for_post, undelivered.on_it_is_there_clicked),
    ("action", POST_AGAIN): Listener(answers_for_post, undelivered.on_post_again_clicked),
    ("view", ADD_FORM): Listener(anyone, items.on_add_form_sent),
    ("view", ADD_AGAIN_FORM): Listener(author, items.on_add_again_form_sent),
    ("view", EDIT_FORM): Listener(author, items.on_edit_form_sent),
    ("view", REMOVE_FORM): Listener(removes_words, removal.on_remove_form_sent),
    ("view", JOIN_FORM): Listener(anyone, membership.on_join_form_sent),
    ("view", LEAVE_OUT_FORM): Listener(decides_on_item, decisions.on_leave_out_form_sent),
    ("view", CHANGE_FORM): Listener(hosts_or_keeps, meetings.on_change_form_sent),
    ("view", CANCEL_FORM): Listener(hosts_or_keeps, meetings.on_cancel_form_sent),
    ("view", TIP_FORM): Listener(anyone, tips.on_tip_form_sent),
    ("view", SEARCH_FORM): Listener(anyone, tips.on_search_form_sent),
    ("view", CONSORTIUM_FORM): Listener(admin, setup.on_consortium_form_sent, begins=True),
    ("view", COLLABORATIVE_FORM): Listener(admin, setup.on_collaborative_form_sent),
    ("view", TAKE_OUT_FORM): Listener(admin, setup.on_take_out_form_sent),
    ("view", MEETING_FORM): Listener(admin, setup.on_meeting_form_sent),
    ("view", HOST_FORM): Listener(admin, setup.on_host_form_sent),
    ("event", "app_home_opened"): Listener(anyone, home.on_home_opened),
    **{("event", happened): CHANNEL_CHANGED for happened in CHANNEL_CHANGES},
    ("event", "channel_id_changed"): Listener(nobody, news.on_channel_got_new_id, is_news=True),
    ("event", "channel_unshared"): Listener(nobody, news.on_channel_unshared, is_news=True),
    ("event", "member_joined_channel"): Listener(nobody, news.on_person_joined, is_news=True),
    ("event", "member_left_channel"): Listener(nobody, news.on_person_left, is_news=True),
    ("event", "user_change"): Listener(nobody, news.on_person_changed, is_news=True),
}


def register(connection: Connection, services: Services) -> AsyncApp:
    """Bolt, which hears with one listener a kind: it would try more of them one after the other."""
    app = connection.bolt()
    Dispatcher(LISTENERS, ANYTHING_ELSE, services, connection.client_of_turns).listen(app, COMMAND)
    return app
