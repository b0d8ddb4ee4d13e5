// pg, with a pool of ten for transactions of one item, or one connection for groups of them.
import pg from "pg";
import { grouped } from "./groups.js";
import { TABLES, rowsOf } from "./rows.js";

const ITEM = { name: "item", text: "INSERT INTO item VALUES ($1, $2, $3, $4)" };
const DEED = { name: "deed", text: "INSERT INTO deed VALUES ($1, $2, $3)" };
const POST = { name: "post", text: "INSERT INTO post VALUES ($1, $2, $3)" };

export async function oneByOne(url) {
  const pool = await open(url, 10);
  return async (added) => {
    const rows = rowsOf(added);
    await inTransaction(pool, async (client) => {
      await client.query({ ...ITEM, values: rows.item });
      await client.query({ ...DEED, values: rows.deed });
      for (const values of rows.posts) await client.query({ ...POST, values });
    });
  };
}

const ITEMS = {
  name: "items",
  text: "INSERT INTO item SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[])",
};
const DEEDS = { name: "deeds", text: "INSERT INTO deed SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])" };
const POSTS = { name: "posts", text: "INSERT INTO post SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])" };

export async function inGroups(url) {
  const pool = await open(url, 1);
  const keep = grouped((group) =>
    inTransaction(pool, async (client) => {
      await client.query({ ...ITEMS, values: columns(group.map(({ item }) => item)) });
      await client.query({ ...DEEDS, values: columns(group.map(({ deed }) => deed)) });
      await client.query({ ...POSTS, values: columns(group.flatMap(({ posts }) => posts)) });
    }),
  );
  return (added) => keep(rowsOf(added));
}

const columns = (rows) => rows[0].map((_, number) => rows.map((row) => row[number]));

async function open(url, connections) {
  const pool = new pg.Pool({ ...settingsIn(url), max: connections });
  await pool.query(TABLES);
  return pool;
}

// Of a server that listens on a socket, as the bot is told it: postgresql://user@/database?host=/folder
function settingsIn(url) {
  const [, user, database, host] = url.match(/\/\/(.+)@\/(.+)\?host=(.+)/);
  return { user, database, host };
}

async function inTransaction(pool, work) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await work(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
