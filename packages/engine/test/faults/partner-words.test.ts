// Words of whoever answers in a partner's place, signed or not: they are told to people and stop no ladder (T1).
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../src/database/index.ts";
import { PartnerWorld } from "../support/partner-world.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

describe("what an answer that does not count says", () => {
  let place: TestDatabase;
  let database: Database;
  let world: PartnerWorld;
  let server: Server;
  let said = "";

  beforeAll(async () => {
    place = await createTestDatabase();
    database = await openDatabase({ url: place.url });
    world = await PartnerWorld.open(database, {});
    await world.openUsers(["u1"]);
    server = createServer((request, response) => {
      request.resume().on("end", () => response.end(JSON.stringify({ code: said })));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const base_url = `http://127.0.0.1:${port}`;
    await world.put("/v1/systems/airline", { name: "airline", kind: "remote", base_url });
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await world.close();
    await database.close();
    await place.drop();
  });

  it.each([
    ["a NUL character", "a\u0000b"],
    ["half of a surrogate pair", "\ud800"],
    ["a pair that is cut in two", `${"x".repeat(63)}\u{1f600}`],
    ["line breaks", "a\n{}"],
  ])("is stored with %s in it, so that the ladder goes on", async (name, code) => {
    said = code;
    const id = name.replaceAll(" ", "-");
    await world.ask([{ id, route: "out", userId: "u1", amount: 10 }]);
    const [operation] = await world.until(
      [id],
      (_, crossing) => crossing?.lastError?.includes("does not count") === true,
    );
    expect(operation?.data?.crossing?.lastError).toMatch(/^[^\p{C}]+$/u);
  });
});
