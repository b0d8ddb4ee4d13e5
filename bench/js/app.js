// A Bolt JS bot that keeps an item and answers with a receipt: `node app.js usual|table`.
import bolt from "@slack/bolt";
import { OTHERS, usual, table } from "./listeners.js";

const manner = { usual, table }[process.argv[2]];
const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, DATABASE_URL, HOST, PORT } = process.env;
const engine = DATABASE_URL.startsWith("sqlite:") ? "./sqlite.js" : "./postgres.js";
const { oneByOne, inGroups } = await import(engine);

const app = new bolt.App({
  token: SLACK_BOT_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: SLACK_API_URL },
  logLevel: bolt.LogLevel.ERROR,
});
manner(app, OTHERS, await (manner === usual ? oneByOne : inGroups)(DATABASE_URL));
await app.start({ port: Number(PORT), host: HOST });
process.once("SIGTERM", () => process.exit());
