"""How much Slack takes of each thing, in characters where the name says nothing else; a test holds each against Slack's library."""

# slack_sdk.models knows these too, and would load two hundred modules for a dozen numbers.
HEADER_TEXT = 150
SECTION_TEXT = 3000
BUTTON_TEXT = 75
BUTTON_URL = 3000
OPTION_TEXT = 75
MENU_OPTIONS = 100
MENU_OPTION_GROUPS = 100
CONFIRM_TITLE = 100
PLACEHOLDER = 150
CONFIRM_TEXT = 300
CONFIRM_ANSWER = 30
INPUT_LABEL = 2000
INPUT_HINT = 2000
VIEW_TITLE = 24
VIEW_SUBMIT = 24
VIEW_CLOSE = 24

# These stand in Slack's documents alone.
BUTTON_ACCESSIBILITY_LABEL = 75  # docs.slack.dev/reference/block-kit/block-elements/button-element
CHART_TITLE = 50  # docs.slack.dev/reference/block-kit/blocks/data-visualization-block
CHART_LABEL = 20  # the same
CHECKBOXES = 10  # docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
INPUT_TEXT = 3000  # docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
MESSAGE_BLOCKS = 50  # docs.slack.dev/reference/block-kit/blocks
VIEW_BLOCKS = 100  # docs.slack.dev/reference/views/home-tab-views and modal-views
MESSAGE_TEXT = 4000  # docs.slack.dev/reference/methods/chat.update, which refuses more

# These Slack does not document, so ours leave some room.
MESSAGE_CHARACTERS = 13_000
"""Of all texts together; Slack says msg_blocks_too_long a little later."""
VIEW_CHARACTERS = 13_000
"""Of all texts together. Slack counts bytes of JSON (250,000), where one character may take twelve."""
CONTEXT_TEXT = 2000
RICH_TEXT_RUN = 3000
