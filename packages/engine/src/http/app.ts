// The node's HTTP application: every request passes here, in this order.
//
// W1  A request gets its id first, so that whatever happens to it can be found in the log.
// W2  Authentication, then permission, then form, then the rest: who may not call learns nothing of a body.
// W3  Whatever goes wrong is answered as a problem, and only `toProblem` makes one.
// W4  Bad input never reaches the database.
import { Readable } from "node:stream";
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { authenticate } from "./authentication.ts";
import { answerBrokenRequest } from "./broken-request.ts";
import { judgeOpen } from "./closed-node.ts";
import { declaredBytes, defaultLoadSettings, kindOfRoute, LoadGate, type Place } from "./load-gate.ts";
import { Metrics } from "./metrics.ts";
import { nodePages } from "./node-pages.ts";
import { allowedMethods } from "./not-found.ts";
import { permit } from "./permissions.ts";
import type { Caller, Principal } from "./principal.ts";
import { HttpError, toProblem } from "./problem.ts";
import { addPartnerCalls } from "./pxp/index.ts";
import { logFieldsOf, requestIdOf, traceOf } from "./request-id.ts";
import { allowanceHeaders, judgeAllowance } from "./request-limits.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";
import type { Services } from "./services.ts";

const BODY_BYTES_MAX = 4 * 1024 * 1024;
const callers = new WeakMap<FastifyRequest, Caller>();
const places = new WeakMap<FastifyRequest, Place>();

function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error(`${request.method} ${request.url} was not authenticated (W2)`);
  return caller;
}

function placeOf(request: FastifyRequest): Place {
  const place = places.get(request);
  if (place === undefined) throw new Error(`${request.method} ${request.url} was not let in`);
  return place;
}

/** The route's pattern for logs and metrics: addresses that do not exist must not grow their number. */
function routeNameOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? "none";
}

function sendProblem(
  services: Services,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = toProblem(error, request.id);
  if (problem.isFault) {
    const { method } = request;
    const where = { ...logFieldsOf(request.id, request.headers), method, route: routeNameOf(request) };
    services.log.error({ ...where, code: problem.body.code, err: error }, "a request failed");
  }
  for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
  reply.header("x-request-id", request.id).code(problem.status).type("application/problem+json");
  // As bytes: Fastify would add a charset to a text, which this type does not have.
  return reply.send(Buffer.from(JSON.stringify(problem.body)));
}

function judgeEncoding(request: FastifyRequest): void {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    throw new HttpError("unsupported_media_type", "send the body without a Content-Encoding");
  }
}

const UTF8_JSON = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

function takeJsonAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, bytes, done) => {
    if (UTF8_JSON.test(request.headers["content-type"] ?? "")) done(null, bytes);
    else done(new HttpError("unsupported_media_type", "the only charset taken is utf-8"));
  });
}

/** Counts a request of whoever has a limit. @throws HttpError too_many_requests */
async function passGate(principal: Principal, reply: FastifyReply, services: Services): Promise<void> {
  const subject = { appliesTo: "principal", names: [principal.name] } as const;
  const allowance = await services.requestGate.pass(subject);
  if (allowance === undefined) return;
  for (const [name, value] of Object.entries(allowanceHeaders(allowance))) reply.header(name, value);
  judgeAllowance(allowance);
}

function addRoute(app: FastifyInstance, route: Route, services: Services, gate: LoadGate): void {
  const kind = kindOfRoute(route);
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{([a-z_]+)\}/g, ":$1"),
    onRequest: async (request, reply) => {
      // What is thrown here goes to the error handler, like everything else.
      const place = gate.enter(kind, declaredBytes(request, BODY_BYTES_MAX), request.raw.socket);
      places.set(request, place);
      const principal = await authenticate(request, services);
      place.claim(`principal ${principal.name}`);
      callers.set(request, permit(principal, route));
      judgeOpen(services.isClosed ?? false, principal, route);
      await passGate(principal, reply, services);
      // The body of a GET is not read.
      if (route.method !== "GET") judgeEncoding(request);
    },
    handler: async (request, reply) => {
      const asked = {
        url: request.url,
        address: request.ip,
        headers: request.headers,
        trace: traceOf(request.id, request.headers),
        params: { ...(request.params as object) },
        body: request.body as Buffer | undefined,
        principal: callerOf(request),
      };
      const answer = await placeOf(request).keepFor(() => route.answer(asked, services));
      for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
      reply.code(answer.status).header("cache-control", "no-store");
      if (answer.body instanceof Readable) {
        // A stream waits for what happens, for as long as its reader likes.
        placeOf(request).leave();
        return reply.send(answer.body);
      }
      reply.type("application/json; charset=utf-8");
      return reply.send(JSON.stringify(answer.body));
    },
  });
}

/** Why an address under /v1 may not be asked at all; only who may call learns what there is (W2). */
async function judgeCaller(services: Services, request: FastifyRequest): Promise<unknown> {
  if (!request.url.startsWith("/v1")) return undefined;
  try {
    await authenticate(request, services);
  } catch (error) {
    return error;
  }
  return undefined;
}

function answerTheUnknown(app: FastifyInstance, services: Services): void {
  app.setNotFoundHandler(async (request, reply) => {
    const refusal = await judgeCaller(services, request);
    if (refusal !== undefined) return sendProblem(services, refusal, request, reply);
    const path = request.url.split("?", 1)[0] ?? "";
    const methods = allowedMethods(path);
    if (methods.length === 0) throw new HttpError("not_found", "see /docs for what this node answers");
    const allow = methods.join(", ");
    throw new HttpError("method_not_allowed", `this address takes ${allow}`, { headers: { allow } });
  });
}

/** Counts what passes through to the ledger. */
function counted(services: Services, metrics: Metrics): Services {
  const submit: Services["posting"]["submit"] = async (commands) => {
    const outcomes = await services.posting.submit(commands);
    metrics.countOutcomes(commands, outcomes);
    return outcomes;
  };
  const makeExchanges: Services["crossings"]["submit"] = async (commands, waitMs) => {
    const outcomes = await services.crossings.submit(commands, waitMs);
    metrics.countOutcomes(commands, outcomes);
    return outcomes;
  };
  const advance: Services["crossings"]["advance"] = (commands) => services.crossings.advance(commands);
  return { ...services, posting: { submit }, crossings: { submit: makeExchanges, advance } };
}

function addHooks(app: FastifyInstance, services: Services, metrics: Metrics): void {
  let isClosing = false;
  app.addHook("preClose", (done) => {
    isClosing = true;
    done();
  });
  app.addHook("onSend", (_request, reply, payload, done) => {
    // A connection that was busy when the closing began would otherwise be kept alive and hold it up.
    if (isClosing) reply.header("connection", "close");
    done(null, payload);
  });
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    reply.header("x-content-type-options", "nosniff");
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    places.get(request)?.leave();
    const { method } = request;
    const route = routeNameOf(request);
    metrics.observeRequest(method, route, reply.statusCode, reply.elapsedTime);
    if (!services.log.isLevelEnabled("debug")) return done();
    const fields = { ...logFieldsOf(request.id, request.headers), method, route, status: reply.statusCode };
    services.log.debug({ ...fields, duration_ms: Math.round(reply.elapsedTime) }, "request");
    done();
  });
}

/** Builds the application; nothing listens yet. */
export function buildApp(given: Services, metrics: Metrics = new Metrics()): FastifyInstance {
  const services = counted(given, metrics);
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    // Closing waits for the requests under way and drops connections that carry none.
    forceCloseConnections: "idle",
    return503OnClosing: false,
    genReqId: (request) => requestIdOf(request.headers),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 8192, ignoreTrailingSlash: false },
    // A request that is not over by then is given up, so that slow senders can't hold connections for ever.
    requestTimeout: 120_000,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      // Never fails: whatever keeps a caller from being judged is what it answers.
      void judgeCaller(services, request).then((refusal) =>
        sendProblem(services, refusal ?? error, request, reply),
      );
    },
  });
  const { load = defaultLoadSettings, posting } = given;
  const gate = new LoadGate(load, () => posting.isFull?.() ?? false);
  takeJsonAsBytes(app);
  addHooks(app, services, metrics);
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(services, error, request, reply));
  for (const route of routes) addRoute(app, route, services, gate);
  nodePages(app, services, metrics);
  addPartnerCalls(app, services, metrics, gate);
  answerTheUnknown(app, services);
  return app;
}
