// The receipt, from a template: nothing in it depends on who asks or what they may.
export const receipt = (title, minutes) => ({
  response_type: "ephemeral",
  text: `Added: ${title}`,
  blocks: [
    { type: "section", text: { type: "mrkdwn", text: `*Added:* ${title} (${minutes} min)` } },
    { type: "context", elements: [{ type: "mrkdwn", text: "The host's curators will look at it." }] },
    {
      type: "actions",
      elements: [
        { type: "button", action_id: "edit", text: { type: "plain_text", text: "Edit" } },
        { type: "button", action_id: "withdraw", text: { type: "plain_text", text: "Withdraw" } },
      ],
    },
  ],
});
