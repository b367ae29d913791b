// The shell of /pxp/v1: every call of a partner passes here, in this order.
//
// X1  The bytes as they came in, then the signature, then the nonce, then the form and the right to speak; only
//     then a handler. What fails before has no effect and no outcome.
// X2  Every answer is signed with the request's nonce, errors too.
// X0  Before all that: a node that has all under way that it takes turns new calls away, unread, without an outcome.
// X3  What is kept as evidence is exactly what was signed.
import type { IncomingMessage } from "node:http";
import {
  callPaths,
  canonicalBaseUrl,
  messageBytesMax,
  type PxpCallName,
  verifyRequest,
} from "@pointbridge/protocol/pxp";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readBody } from "../../form/index.ts";
import type { Evidence } from "../../partner/index.ts";
import { newOperationId } from "../../system/index.ts";
import { judgeOpenToPartners } from "../closed-node.ts";
import { declaredBytes, kindOfCall, type LoadGate, type Place } from "../load-gate.ts";
import type { Metrics } from "../metrics.ts";
import { HttpError } from "../problem.ts";
import { logFieldsOf } from "../request-id.ts";
import { judgeAllowance } from "../request-limits.ts";
import type { Services } from "../services.ts";
import { acceptCall } from "./accept-call.ts";
import { handlers } from "./calls.ts";
import { refuseSignature, toFailureAnswer } from "./failure.ts";
import type { PartnerAnswer, PartnerHandler } from "./handler.ts";
import { sendSigned } from "./signed-answer.ts";
import { type CallVerdict, type ReceivedRequest, verifyCall } from "./verify-call.ts";

const places = new WeakMap<FastifyRequest, Place>();

type Verified = Extract<CallVerdict, { ok: true }>;

const names = new Map(Object.entries(callPaths).map(([name, path]) => [path as string, name as PxpCallName]));

/** Every value of every header: Node would drop or join those that came more than once. */
function headersOf(message: IncomingMessage): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
    const name = (message.rawHeaders[index] ?? "").toLowerCase();
    const value = message.rawHeaders[index + 1] ?? "";
    if (name === "__proto__") continue;
    (headers[name] ??= []).push(value);
  }
  return headers;
}

function receive(request: FastifyRequest): ReceivedRequest {
  const { raw } = request;
  return {
    method: raw.method ?? "",
    path: raw.url ?? "",
    headers: headersOf(raw),
    body: request.body === undefined ? new Uint8Array() : (request.body as Buffer),
  };
}

function publicUrlOf(services: Services): string {
  const { publicUrl } = services.partners;
  if (publicUrl === undefined) {
    throw new HttpError("overloaded", "this node has no public address yet; set POINTBRIDGE_PUBLIC_URL");
  }
  return canonicalBaseUrl(publicUrl);
}

function evidenceOf(received: ReceivedRequest, verified: Verified, bodyText: string): Evidence {
  const header = (name: string): string => received.headers[name]?.join(", ") ?? "";
  return {
    evidenceId: newOperationId(),
    nodeId: verified.nodeId,
    keyId: verified.keyId,
    path: received.path,
    targetUri: verified.targetUri,
    signatureInput: header("signature-input"),
    signature: header("signature"),
    contentDigest: header("content-digest"),
    contentType: header("content-type"),
    body: bodyText,
    receivedAt: new Date(),
  };
}

const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

function judgeContent(received: ReceivedRequest): void {
  const [type = ""] = received.headers["content-type"] ?? [];
  const [encoding = "identity"] = received.headers["content-encoding"] ?? [];
  if (!JSON_TYPE.test(type)) throw new HttpError("unsupported_media_type", "send application/json in UTF-8");
  if (encoding !== "identity") {
    throw new HttpError("unsupported_media_type", "send the body without a Content-Encoding");
  }
}

/** A call that is turned away has no outcome and uses no id up. @throws HttpError too_many_requests */
async function passGate({ nodeId, book }: Verified, services: Services, place?: Place): Promise<void> {
  place?.claim(`partner ${nodeId}`);
  const subject = { appliesTo: "partner", names: [nodeId, ...book.systemsOf(nodeId)] } as const;
  const allowance = await services.requestGate.pass(subject);
  if (allowance !== undefined) judgeAllowance(allowance);
}

/** Decides a verified call. @throws whatever its handler does, FormError, HttpError */
async function decide(
  received: ReceivedRequest,
  verified: Verified,
  services: Services,
  place: Place | undefined,
): Promise<PartnerAnswer> {
  await passGate(verified, services, place);
  const [path = ""] = received.path.split("?", 1);
  const name = names.get(path);
  if (name === undefined) throw new HttpError("not_found", `pxp/1 has no call ${path.slice(0, 200)}`);
  judgeContent(received);
  const read = readBody(received.body);
  const caller = verified.book.callerOf(verified.nodeId);
  const body = acceptCall(name, read?.value, caller, verified.book);
  const request = evidenceOf(received, verified, read?.text ?? "");
  // Name and body belong together, which the types can't follow through the table.
  const handler = handlers[name] as PartnerHandler<typeof body>;
  return handler({ caller, body, request, book: verified.book }, services);
}

async function answerCall(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  metrics: Metrics,
): Promise<FastifyReply> {
  const received = receive(request);
  // The router decodes what is signed as it was sent, and takes a whole address for a path.
  if (!received.path.startsWith("/pxp/v1/")) throw new HttpError("not_found", "calls are sent to /pxp/v1/");
  const verdict = await verifyCall(services.partners, publicUrlOf(services), received);
  const callName = names.get(received.path.split("?", 1)[0] ?? "") ?? "none";
  if (!verdict.ok) {
    metrics.countPartnerCall(callName, 401, verdict.code);
    const answer = refuseSignature(verdict.code, verdict.detail);
    return sendSigned(reply, verdict.book.nodeKeys[0], verdict.nonce, answer);
  }
  let answer: PartnerAnswer;
  try {
    answer = await decide(received, verdict, services, places.get(request));
  } catch (error) {
    const failure = toFailureAnswer(error, request.id);
    if (failure.isFault) {
      const where = { ...logFieldsOf(request.id, request.headers), call: callName, node_id: verdict.nodeId };
      services.log.error({ ...where, err: error }, "a partner's call failed");
    }
    answer = failure.answer;
  }
  services.partners.learnAcceptedKey(verdict.book, verdict.nodeId);
  const { code } = answer.body;
  metrics.countPartnerCall(callName, answer.status, typeof code === "string" ? code : "");
  return sendSigned(reply, verdict.book.answerKeyFor(verdict.nodeId, new Date()), verdict.nonce, answer);
}

/** The nonce of a request whose signature can't be judged; undefined where it can't be read. */
async function readNonce(request: FastifyRequest): Promise<string | undefined> {
  const { method, headers } = receive(request);
  // No key fits, so the verdict is a refusal, and refusals tell the nonce.
  const unjudged = { method, targetUri: "", headers, body: new Uint8Array() };
  const verdict = await verifyRequest(unjudged, new Date(), async () => undefined);
  return verdict.nonce;
}

/** What failed before the signature could be looked at: a body too large, a database that does not answer. */
async function answerUnverified(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  metrics: Metrics,
): Promise<FastifyReply> {
  const { answer, isFault } = toFailureAnswer(error, request.id);
  if (isFault)
    services.log.error(
      { ...logFieldsOf(request.id, request.headers), err: error },
      "a partner's request failed",
    );
  const { code } = answer.body;
  metrics.countPartnerCall("none", answer.status, typeof code === "string" ? code : "");
  const book = await services.partners.registry.latest();
  return sendSigned(reply, book.nodeKeys[0], await readNonce(request), answer); // X2
}

/** Adds the partner protocol's calls to the application. */
export function addPartnerCalls(
  app: FastifyInstance,
  services: Services,
  metrics: Metrics,
  gate: LoadGate,
): void {
  app.register(async (scope) => {
    scope.addHook("onRequest", async (request) => {
      const callName = names.get(request.url.split("?", 1)[0] ?? "") ?? "none";
      judgeOpenToPartners(services.isClosed ?? false, callName);
      const bytes = declaredBytes(request, messageBytesMax);
      places.set(request, gate.enter(kindOfCall(callName), bytes, request.raw.socket));
    });
    scope.addHook("onResponse", async (request) => places.get(request)?.leave());
    scope.removeAllContentTypeParsers();
    // The signature covers bytes, so whatever the type is, the bytes are what is taken.
    scope.addContentTypeParser<Buffer>(
      "*",
      { parseAs: "buffer", bodyLimit: messageBytesMax },
      (_request, bytes, done) => done(null, bytes),
    );
    scope.setErrorHandler((error: FastifyError, request, reply) =>
      answerUnverified(error, request, reply, services, metrics),
    );
    scope.post("/pxp/v1/*", async (request, reply) => {
      const answer = () => answerCall(request, reply, services, metrics);
      const place = places.get(request);
      return place === undefined ? answer() : place.keepFor(answer);
    });
  });
}
