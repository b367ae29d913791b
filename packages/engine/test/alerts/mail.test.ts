// E-mail over SMTP: encrypted before anything is said, signed in, and readable in both languages.
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { AlertWorld } from "./alert-world.ts";
import { MailReceiver, type MailServerOptions } from "./mail-receiver.ts";
import { makeCertificate } from "./test-certificate.ts";

const certificate = makeCertificate();
const authorities = getCACertificates("default");

/** The body of a message in quoted-printable or base64. */
function textOf(mail: string): string {
  const body = mail.slice(mail.indexOf("\r\n\r\n") + 4);
  if (/^Content-Transfer-Encoding: base64/m.test(mail)) return Buffer.from(body, "base64").toString("utf8");
  const bytes = body
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

describe("alerts by e-mail", () => {
  let place: TestDatabase;
  let database: Database;
  let world: AlertWorld;
  let server: MailReceiver | undefined;

  beforeAll(async () => {
    setDefaultCACertificates([...authorities, certificate.cert]);
    place = await createTestDatabase();
    database = await openDatabase({ url: place.url });
    await migrate(database);
    world = new AlertWorld(database);
  });
  afterEach(async () => {
    await server?.close();
  });
  afterAll(async () => {
    setDefaultCACertificates(authorities);
    await world.close();
    await database.close();
    await place.drop();
  });

  async function open(options: Omit<MailServerOptions, "key" | "cert">): Promise<MailReceiver> {
    server = await MailReceiver.open({ ...certificate, ...options });
    return server;
  }

  async function send(
    { port }: Pick<MailReceiver, "port">,
    security: "tls" | "starttls" | "none",
    password?: string,
    to: readonly string[] = ["ops@points.example", "night@points.example"],
  ) {
    const username = password === undefined ? {} : { username: "pointbridge" };
    await world.put("mail", {
      kind: "smtp",
      settings: { host: "127.0.0.1", port, security, from: "alerts@points.example", to, ...username },
      secrets: password === undefined ? {} : { password },
      language: "zh",
    });
    await world.raise({ type: "ledger_unbalanced", key: "ledger", severity: "critical" });
    return (await world.node.test("mail")).result;
  }

  it.each(["tls", "starttls"] as const)(
    "goes to everybody over %s, signed in, in UTF-8",
    async (security) => {
      const receiver = await open({ security, password: "secret 密" });
      expect(await send(receiver, security, "secret 密")).toEqual({ isTaken: true });
      expect(receiver.mails).toMatchObject([
        {
          from: "alerts@points.example",
          to: ["ops@points.example", "night@points.example"],
          isEncrypted: true,
          username: "pointbridge",
        },
      ]);
      const [mail] = receiver.mails;
      expect(mail?.data).toMatch(/^Subject: =\?UTF-8\?/m);
      expect(mail?.data).toMatch(/^Auto-Submitted: auto-generated$/m);
      expect(mail?.data).toContain("charset=utf-8");
    },
  );

  it("N5: says nothing to a server that does not encrypt, unless the channel is set so", async () => {
    const receiver = await open({ security: "none", password: "secret" });
    expect(await send(receiver, "starttls", "secret")).toMatchObject({ isTaken: false });
    expect(receiver.lines.join("\n")).not.toMatch(/AUTH|MAIL/);
    expect(receiver.mails).toEqual([]);
    expect(await send(receiver, "none", "secret")).toEqual({ isTaken: true });
  });

  it("N5: sends no password to a server whose certificate nobody vouches for", async () => {
    setDefaultCACertificates(authorities);
    const receiver = await open({ security: "starttls", password: "secret" });
    const result = await send(receiver, "starttls", "secret");
    setDefaultCACertificates([...authorities, certificate.cert]);
    expect(result).toMatchObject({ isTaken: false });
    expect(receiver.lines.join("\n")).not.toMatch(/AUTH|MAIL/);
  });

  it("says what the server said: a wrong password, a mailbox that is not there", async () => {
    const receiver = await open({ security: "tls", password: "right", refused: ["gone@points.example"] });
    expect(await send(receiver, "tls", "wrong")).toMatchObject({ isTaken: false, isHopeless: true });
    expect((await world.channel("mail")).lastError).toContain("535");
    expect(await send(receiver, "tls", "right", ["gone@points.example"])).toMatchObject({ isTaken: false });
    // Who has it is not sent it again and again for the other's sake.
    const some = await send(receiver, "tls", "right", ["ops@points.example", "gone@points.example"]);
    expect(some).toEqual({ isTaken: true, warning: "the mail server refused gone@points.example" });
    expect((await world.channel("mail")).lastError).toContain("gone@points.example");
  });

  it("gives up on a server that hangs, and on one that is not there", async () => {
    const receiver = await open({ security: "starttls", mood: "hang" });
    expect(await send(receiver, "starttls")).toMatchObject({ isTaken: false });
    expect((await world.channel("mail")).lastError).toContain("no answer within");
    const { port } = receiver;
    await receiver.close();
    server = undefined;
    expect(await send({ port }, "starttls")).toMatchObject({ isTaken: false });
    expect((await world.channel("mail")).lastError).toContain("ECONNREFUSED");
  });

  it("reaches no server of this machine or network but those that whoever runs the node has named", async () => {
    const receiver = await open({ security: "tls" });
    await send(receiver, "tls");
    const strict = new AlertWorld(database, false);
    expect((await strict.node.test("mail")).result).toMatchObject({ isTaken: false });
    expect(receiver.mails).toHaveLength(1);
    strict.mailRelays.add("127.0.0.1");
    expect((await strict.node.test("mail")).result).toEqual({ isTaken: true });
    await strict.close();
  });

  it("tells alerts as it tells tests", async () => {
    const receiver = await open({ security: "tls" });
    await send(receiver, "tls");
    await world.passTime();
    await world.raise({ type: "partner_unreachable", key: "p", subject: { system_id: "club" } });
    await world.tell();
    const shown = textOf(receiver.mails.at(-1)?.data ?? "");
    expect(shown).toContain("合作方无法连接");
    expect(shown).toContain("docs/runbook/partner_unreachable.md");
  });
});
