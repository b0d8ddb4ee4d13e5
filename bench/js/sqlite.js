// better-sqlite3, WAL, and a commit that waits for the disk.
import Database from "better-sqlite3";
import { grouped } from "./groups.js";
import { TABLES, rowsOf } from "./rows.js";

export function oneByOne(url) {
  const database = open(url);
  const keep = database.transaction(inserting(database));
  return (added) => keep(rowsOf(added));
}

export function inGroups(url) {
  const database = open(url);
  const insert = inserting(database);
  const keep = grouped(database.transaction((group) => group.forEach(insert)));
  return (added) => keep(rowsOf(added));
}

function open(url) {
  const database = new Database(url.replace("sqlite:///", ""));
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.exec(TABLES);
  return database;
}

function inserting(database) {
  const item = database.prepare("INSERT INTO item VALUES (?, ?, ?, ?)");
  const deed = database.prepare("INSERT INTO deed VALUES (?, ?, ?)");
  const post = database.prepare("INSERT INTO post VALUES (?, ?, ?)");
  return (rows) => {
    item.run(rows.item);
    deed.run(rows.deed);
    rows.posts.forEach((row) => post.run(row));
  };
}
