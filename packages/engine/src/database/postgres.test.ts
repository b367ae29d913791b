// What a transaction does when its beginning fails, which no server does on request.
import type pg from "pg";
import { expect, it } from "vitest";
import { statement } from "./database.ts";
import { runTransaction } from "./postgres.ts";

it("sends no write behind a begin that failed, where each would be kept by itself", async () => {
  const sent: string[] = [];
  const client = {
    query: async (query: string | { text: string }) => {
      const text = typeof query === "string" ? query : query.text;
      sent.push(text);
      if (text.startsWith("begin")) throw Object.assign(new Error("canceled"), { code: "57014" });
      return { rows: [], command: text.toUpperCase() };
    },
    release: (destroyed: boolean) => sent.push(destroyed ? "thrown away" : "kept"),
  } as unknown as pg.PoolClient;
  const work = runTransaction(client, async (transaction) => {
    await transaction.query(statement("read", "read"));
    await transaction.query(statement("write", "write"));
  });
  await expect(work).rejects.toMatchObject({ kind: "unavailable" });
  expect(sent.slice(1)).toEqual(["read", "thrown away"]);
});
