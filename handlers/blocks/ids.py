"""The ids of buttons, menus and forms: what Slack sends back when somebody uses one."""

LIST = "agenda.list"
PREVIEW = "digest.preview"
HELP = "help.show"
SETTINGS = "setup.show"

PUBLISH = "agenda.publish"
ARRANGE = "agenda.arrange"

TAKE = "item.take"
HOLD = "item.hold"
LEAVE_OUT = "item.leave_out"
LEAVE_OUT_FORM = "item.leave_out_form"
UNDO = "item.undo"
BOARD = "agenda.board"

ADD = "item.add"
ADD_AGAIN = "item.add_again"
EDIT = "item.edit"
WITHDRAW = "item.withdraw"
MINE = "item.mine"
ADD_FORM = "item.add_form"
ADD_AGAIN_FORM = "item.add_again_form"
EDIT_FORM = "item.edit_form"

CONFIRM = "meeting.confirm"
CHANGE = "meeting.change"
CHANGE_FORM = "meeting.change_form"

JOIN = "membership.join"
JOIN_FORM = "membership.join_form"

CONSORTIUM = "setup.consortium"
COLLABORATIVE = "setup.collaborative"
MEETING = "setup.meeting"
CONSORTIUM_FORM = "setup.consortium_form"
COLLABORATIVE_FORM = "setup.collaborative_form"
MEETING_FORM = "setup.meeting_form"

SHARE = "tip.share"
FILE_UNDER = "tip.file_under"
FIND = "tip.find"
SEARCH = "tip.search"
TIP_FORM = "tip.form"
SEARCH_FORM = "tip.search_form"

IT_IS_THERE = "post.it_is_there"
POST_AGAIN = "post.again"
