// Four rows for each item: itself, what was done, and a card owed to each of two curators.
import { randomUUID } from "node:crypto";

export const TABLES = `
  CREATE TABLE IF NOT EXISTS item (id TEXT PRIMARY KEY, person TEXT NOT NULL, title TEXT NOT NULL, minutes INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS deed (item TEXT NOT NULL REFERENCES item, person TEXT NOT NULL, at BIGINT NOT NULL);
  CREATE TABLE IF NOT EXISTS post (item TEXT NOT NULL REFERENCES item, curator TEXT NOT NULL, due_at BIGINT NOT NULL);
  CREATE INDEX IF NOT EXISTS post_due_at ON post (due_at);
`;

const CURATORS = ["U0CURATOR1", "U0CURATOR2"];

export function rowsOf({ person, title, minutes }) {
  const id = randomUUID();
  const now = Date.now();
  return {
    item: [id, person, title, minutes],
    deed: [id, person, now],
    posts: CURATORS.map((curator) => [id, curator, now]),
  };
}
