// Serves the console: its page under any address below /console, its files as they were built.
//
// A16  The page may run its own scripts and nothing else: no inline script, no script of others, no frame around
//      it, nothing sent anywhere but here. Styles that are made at run time carry a nonce, new with every page.
import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ConsoleFile, type ConsoleFiles, readConsoleFiles } from "./console-files.ts";
import { HttpError } from "./problem.ts";

const NONCE = "POINTBRIDGE-NONCE";

function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function sendPage(reply: FastifyReply, { page }: ConsoleFiles): FastifyReply {
  const nonce = randomBytes(16).toString("base64");
  return reply
    .header("content-security-policy", policyOf(nonce))
    .header("referrer-policy", "same-origin")
    .header("cross-origin-opener-policy", "same-origin")
    .header("permissions-policy", "camera=(), geolocation=(), microphone=()")
    .header("cache-control", "no-store")
    .type("text/html; charset=utf-8")
    .send(page.replaceAll(NONCE, nonce));
}

function sendFile(request: FastifyRequest, reply: FastifyReply, path: string, file: ConsoleFile) {
  const isHashed = path.startsWith("assets/");
  const takesGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
  reply.header("cross-origin-resource-policy", "same-origin").header("vary", "accept-encoding");
  if (file.gzipped === undefined || !takesGzip) return reply.type(file.type).send(file.bytes);
  return reply.header("content-encoding", "gzip").type(file.type).send(file.gzipped);
}

export function consolePages(app: FastifyInstance): void {
  let files: ConsoleFiles | undefined;
  const require = (): ConsoleFiles => {
    files ??= readConsoleFiles();
    if (files !== undefined) return files;
    throw new HttpError("not_found", "the console is not built here: node tools/build-console.ts builds it");
  };
  app.get("/console", (_request, reply) => sendPage(reply, require()));
  app.get<{ Params: { "*": string } }>("/console/*", (request, reply) => {
    const path = request.params["*"];
    const found = require().assets.get(path);
    if (found !== undefined) return sendFile(request, reply, path, found);
    // What an older page asks for after an update is not there; its own address would answer with the page.
    if (path.startsWith("assets/")) throw new HttpError("not_found", "this file is of another build");
    return sendPage(reply, require());
  });
}
