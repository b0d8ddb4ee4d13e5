// What the bot hears, hung up in two ways: 55 listeners as Bolt's guide shows it, or one table that is looked up.
import { receipt } from "./receipt.js";

// As many buttons, events and forms as the bot of this project hears, besides the command.
const NUMBERS = { action: 29, event: 14, view: 11 };
export const OTHERS = Object.entries(NUMBERS).flatMap(([kind, number]) =>
  Array.from({ length: number }, (_, index) => ({ kind, id: `other_${kind}_${index}` })),
);

export function usual(app, others, add) {
  for (const { kind, id } of others) app[kind](id, async ({ ack }) => ack?.());
  app.command("/agenda", ({ command, ack }) => hear(command, ack, add));
}

export function table(app, others, add) {
  const heard = new Map(others.map(({ kind, id }) => [`${kind} ${id}`, async ({ ack }) => ack?.()]));
  heard.set("command /agenda", ({ command, ack }) => hear(command, ack, add));
  app.use(async (turn) => heard.get(key(turn))?.(turn));
}

const key = ({ command, action, view, event }) =>
  (command && `command ${command.command}`) ??
  (action && `action ${action.action_id}`) ??
  (view && `view ${view.callback_id}`) ??
  `event ${event?.type}`;

// The receipt leaves when the rows are committed.
async function hear(command, ack, add) {
  const { title, minutes } = read(command.text);
  await add({ person: command.user_id, title, minutes });
  await ack(receipt(title, minutes));
}

function read(text) {
  const [, title, minutes] = text.match(/^add (.+?)(?: \((\d+) min\))?$/);
  return { title, minutes: Number(minutes ?? 10) };
}
