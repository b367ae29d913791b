// The request that asked for an exchange is known to the partner by the same request id and trace.
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { callPaths, generateSigningKey } from "@pointbridge/protocol/pxp";
import { expect, it } from "vitest";
import { openDatabase } from "../../src/database/index.ts";
import {
  nodeApiKey,
  openPartnerNode,
  putHosted,
  putRemote,
  putTestRoute,
  quickLadder,
} from "../support/partner-node.ts";
import { createTestDatabase } from "../support/test-database.ts";

it("carries request id and trace context to the partner, with every attempt", async () => {
  const heard: IncomingHttpHeaders[] = [];
  let heardTwice = (): void => undefined;
  const twice = new Promise<void>((resolve) => {
    heardTwice = resolve;
  });
  const server = createServer((request, answer) => {
    if (request.url === callPaths.credits) heard.push(request.headers);
    if (heard.length === 2) heardTwice();
    answer.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = await createTestDatabase();
  const database = await openDatabase({ url: place.url });
  const ladder = { ...quickLadder, undoAfterMs: 3_600_000 };
  const shop = await openPartnerNode(database, { ladder });

  await putHosted(shop, "shop", "coin");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { keys: [generateSigningKey().publicJwk] };
  await putRemote(shop, { systemId: "mute", creditTypeId: "mark", baseUrl, keys });
  await putTestRoute(shop, { source: ["shop", "coin"], target: ["mute", "mark"], rate: "1" });
  const account = { system_id: "shop", user_id: "u1", credit_type_id: "coin" };
  await shop.client.credits.create({ ...account, operation_id: "open", amount: 10n });
  const trace = {
    "x-request-id": "request-17",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  };
  await shop.app.inject({
    method: "POST",
    url: "/v1/exchanges",
    headers: { authorization: `Bearer ${nodeApiKey}`, prefer: "respond-async", ...trace },
    payload: {
      operation_id: "traced",
      user_id: "u1",
      source_system: "shop",
      target_system: "mute",
      source_credit_type: "coin",
      target_credit_type: "mark",
      amount: "5",
    },
  });
  await twice;
  expect(heard.slice(0, 2)).toMatchObject([trace, trace]);

  await shop.close();
  await database.close();
  await place.drop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
