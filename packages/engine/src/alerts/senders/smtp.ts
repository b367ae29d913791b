// E-mail: one message to everybody of the channel. The connection goes where the guard of addresses lets it.
//
// N5  A password is only sent over a connection that is encrypted, unless the channel says `none`; STARTTLS that the
//     server does not offer ends the attempt.
import { connect, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import { describeOutsideError, guardedSocketLookup } from "../../egress/index.ts";
import type { MailSecurity } from "../channel.ts";
import type { AlertMessage } from "../message.ts";
import { toPlainText, toText } from "../message-text.ts";
import type { Destination, SendResult, SendSurroundings } from "./sender.ts";
import { failed, taken } from "./sender.ts";

const NAMED_MAX = 5;

export const defaultMailPorts: Readonly<Record<MailSecurity, number>> = { tls: 465, starttls: 587, none: 25 };

function openSocket(host: string, port: number, surroundings: SendSurroundings): Promise<Socket> {
  const { outside, mailRelays, signal } = surroundings;
  return new Promise((resolve, reject) => {
    // Throws for an address that is not permitted; a name is judged when it is looked up.
    const isGuarded = !mailRelays.has(host.toLowerCase());
    const lookup = isGuarded ? guardedSocketLookup(host, outside.allowLoopback) : undefined;
    // The signal ends the socket whenever it comes, and with it whatever the library waits for.
    const socket = connect({ host, port, ...(lookup === undefined ? {} : { lookup }), signal });
    // Stays for good: later the library hears of errors too, but not at every moment.
    socket.on("error", reject);
    socket.once("connect", () => resolve(socket));
  });
}

function codeOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("responseCode" in error)) return undefined;
  return typeof error.responseCode === "number" ? error.responseCode : undefined;
}

/** What a mail server refuses for good: 5xx, which includes a wrong password. */
function toFailure(error: unknown, timeoutMs: number): SendResult {
  const code = codeOf(error);
  return failed(describeOutsideError(error, timeoutMs), { isHopeless: code !== undefined && code >= 500 });
}

export async function sendMail(
  message: AlertMessage,
  { settings, secrets: { password }, language }: Destination,
  surroundings: SendSurroundings,
): Promise<SendResult> {
  const { host = "", security = "starttls", username, from, to = [] } = settings;
  const { port = defaultMailPorts[security] } = settings;
  const { timeoutMs } = surroundings;
  const signal = AbortSignal.any([surroundings.signal, AbortSignal.timeout(timeoutMs)]);
  let socket: Socket | undefined;
  try {
    socket = await openSocket(host, port, { ...surroundings, signal });
    const transport = createTransport({
      host,
      port,
      connection: socket,
      secure: security === "tls",
      requireTLS: security === "starttls",
      ignoreTLS: security === "none",
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(username === undefined ? {} : { auth: { user: username, pass: password ?? "" } }),
    });
    const text = toText(message, language, NAMED_MAX);
    const sent = await transport.sendMail({
      from: from ?? "",
      to: [...to],
      subject: text.title,
      text: toPlainText(text),
      messageId: `<${message.messageId}@pointbridge>`,
      headers: { "Auto-Submitted": "auto-generated" },
    });
    // Some have it: sent again, they would have it again. Where all are refused, the library throws.
    const refused = (sent.rejected ?? []).join(", ");
    return refused === "" ? taken : { ...taken, warning: `the mail server refused ${refused}` };
  } catch (error) {
    return toFailure(signal.aborted ? signal.reason : error, timeoutMs);
  } finally {
    socket?.destroy();
  }
}
