// Links: PUT, list.
import { v1 } from "@pointbridge/protocol";
import { type Link, listLinks, putLink } from "../catalog/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Links";
const id = new RegExp(v1.catalogIdPattern);

function viewLink(link: Link): v1.Link {
  return {
    source_system: link.sourceSystem,
    target_system: link.targetSystem,
    user_mapping: link.userMapping,
    auto_provision: link.autoProvision,
    enabled: link.enabled,
    allow_gaining_cycles: link.allowGainingCycles,
    created_at: link.createdAt.toISOString(),
    updated_at: link.updatedAt.toISOString(),
  };
}

export const linkRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/links",
    name: "putLink",
    tag,
    summary: "Let points go from one system to another",
    description:
      "Replaces the whole: what is left out takes its default. Directed: the way back is a link of its own.",
    permission: "administer",
    body: v1.linkInput,
    answers: {
      200: { description: "It stood, and is as given now.", schema: v1.link },
      201: { description: "Made.", schema: v1.link },
    },
    errors: ["system_not_found"],
    async handle({ body, form }, services) {
      if (body.source_system === body.target_system) {
        form.fault("/target_system", "must differ from source_system");
      }
      form.finish();
      const { link, outcome } = await putLink(services.database, {
        sourceSystem: body.source_system,
        targetSystem: body.target_system,
        userMapping: body.user_mapping,
        autoProvision: body.auto_provision,
        enabled: body.enabled,
        allowGainingCycles: body.allow_gaining_cycles,
      });
      return { status: outcome === "created" ? 201 : 200, body: viewLink(link) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/links",
    name: "listLinks",
    tag,
    summary: "List links",
    permission: "read",
    reach: ({ query }) => [[query.source_system, query.target_system]],
    query: v1.linkQuery,
    answers: { 200: { description: "Links by source and target.", schema: v1.linkPage } },
    async handle({ query }, services) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [sourceSystem, targetSystem] = readCursor(query.cursor, [id, id]) ?? [];
      const isNext = sourceSystem !== undefined && targetSystem !== undefined;
      const found = await services.database.transaction((transaction) =>
        listLinks(transaction, {
          sourceSystem: query.source_system,
          targetSystem: query.target_system,
          limit: limit + 1,
          after: isNext ? { sourceSystem, targetSystem } : undefined,
        }),
      );
      const body = toPage(found, limit, viewLink, (link) => [link.sourceSystem, link.targetSystem]);
      return { status: 200, body };
    },
  }),
];
