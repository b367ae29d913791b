// What the node answers to anybody: its health, its metrics, and what its API is.
import type { FastifyInstance, FastifyReply } from "fastify";
import { consolePages } from "./console.ts";
import { renderDocsPage } from "./docs-page.ts";
import { checkReadiness } from "./health.ts";
import type { Metrics } from "./metrics.ts";
import { buildOpenApi } from "./openapi.ts";
import { HttpError } from "./problem.ts";
import type { Services } from "./services.ts";

export const nodePagePaths = [
  "/",
  "/openapi.json",
  "/docs",
  "/console",
  "/healthz",
  "/readyz",
  "/metrics",
] as const;

const JSON_TYPE = "application/json; charset=utf-8";
// The page holds its own style and nothing else: no script, no picture, no frame around it.
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  reply.header("content-security-policy", PAGE_POLICY).header("referrer-policy", "no-referrer");
  return reply.type("text/html; charset=utf-8").send(page);
}

export function nodePages(app: FastifyInstance, services: Services, metrics: Metrics): void {
  const document = buildOpenApi(services.version);
  const documentText = JSON.stringify(document, null, 2);
  const page = renderDocsPage(document);

  app.get("/", (_request, reply) => reply.redirect("/docs", 302));
  app.get("/openapi.json", (_request, reply) => reply.type(JSON_TYPE).send(documentText));
  app.get("/docs", (_request, reply) => sendPage(reply, page));
  consolePages(app);
  app.get("/healthz", (_request, reply) => {
    return reply.type(JSON_TYPE).send(JSON.stringify({ status: "ok", version: services.version }));
  });
  app.get("/readyz", async (request, reply) => {
    try {
      await checkReadiness(services);
    } catch (error) {
      services.log.warn({ request_id: request.id, err: error }, "the node is not ready");
      throw new HttpError(
        "database_unavailable",
        "the database does not answer, or lacks this version's schema",
      );
    }
    return reply.type(JSON_TYPE).send(JSON.stringify({ status: "ready" }));
  });
  app.get("/metrics", async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.text());
  });
}
