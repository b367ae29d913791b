// Answers to partners: JSON, signed with the request's nonce, errors too.

import { type SigningKey, signAnswer } from "@pointbridge/protocol/pxp";
import type { FastifyReply } from "fastify";
import type { PartnerAnswer } from "./handler.ts";

export function sendSigned(
  reply: FastifyReply,
  key: SigningKey,
  nonce: string | undefined,
  answer: PartnerAnswer,
): FastifyReply {
  const body = Buffer.from(JSON.stringify(answer.body));
  const signed = signAnswer(key, { status: answer.status, body, now: new Date(), nonce });
  reply.code(answer.status).headers({ ...answer.headers, ...signed, "cache-control": "no-store" });
  return reply.header("content-type", "application/json").send(body);
}
