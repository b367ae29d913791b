// A process that keeps an embedded directory open and credits one point after the other, until it is killed.
import { migrate, openDatabase } from "../../src/database/index.ts";
import { accountCommand, furnish, openPosting } from "./test-ledger.ts";

const database = await openDatabase({ dataDirectory: process.argv[2] });
const shardCount = await migrate(database);
await furnish(database, shardCount);
const posting = openPosting(database, shardCount);
for (let count = 1; ; count += 1) {
  await posting.submit([accountCommand("credit", `c${count}`, "shop/u1", 1n)]);
  process.stdout.write(`${count}\n`);
}
