// A partner as a plugin of Fastify: `app.register(fastifyPartner(partner))`. Fastify is described by what is used of
// it, so that nobody installs it for the sake of this.
import type { IncomingMessage } from "node:http";
import type { Partner } from "./partner.ts";

interface PartnerReply {
  code(status: number): PartnerReply;
  headers(values: Record<string, string>): PartnerReply;
  send(payload: Buffer): unknown;
}

interface PartnerRoute {
  readonly method: "POST";
  readonly url: string;
  readonly bodyLimit: number;
  readonly handler: (
    request: { readonly raw: IncomingMessage; readonly body: unknown },
    reply: PartnerReply,
  ) => Promise<unknown>;
}

export interface FastifyApp {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    contentType: string,
    options: { readonly parseAs: "buffer" },
    parse: (request: unknown, body: Buffer, done: (error: Error | null, body?: unknown) => void) => void,
  ): unknown;
  route(route: PartnerRoute): unknown;
}

/** A plugin with content parsers of its own: the signature is over the bytes, so nothing may parse them before. */
export function fastifyPartner(partner: Partner): (app: FastifyApp) => Promise<void> {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    app.route({
      method: "POST",
      url: "/pxp/v1/*",
      // One byte more than allowed reaches the partner, which refuses it with a signature.
      bodyLimit: partner.bodyBytesMax + 1,
      handler: async ({ raw, body }, reply) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        const { method = "", url = "", headers } = raw;
        const answer = await partner.handle({ method, path: url, headers, body: bytes });
        return reply
          .code(answer.status)
          .headers({ ...answer.headers })
          .send(Buffer.from(answer.body));
      },
    });
  };
}
