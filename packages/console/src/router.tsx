// The addresses below /console and the page of each. Pages are loaded when they are first shown.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from "@tanstack/react-router";
import { BrokenPage, Layout, NoSuchPage } from "./shell/index.ts";

type TextSearch<N extends string> = { readonly [K in N]?: string };

/** Keeps the named parts of an address's query, as text; the rest is nobody's. */
function textSearch<const N extends string>(...names: readonly N[]) {
  return (search: Readonly<Record<string, unknown>>): TextSearch<N> => {
    const entries = names.flatMap((name) => {
      const value = search[name];
      return typeof value === "string" && value !== "" ? [[name, value]] : [];
    });
    return Object.fromEntries(entries) as TextSearch<N>;
  };
}

const root = createRootRoute({
  component: Layout,
  notFoundComponent: NoSuchPage,
  errorComponent: BrokenPage,
});

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./overview/index.ts"), "Overview") as RouteComponent,
});
const exchangeList = createRoute({
  getParentRoute: () => root,
  path: "/exchanges",
  validateSearch: textSearch("status", "user", "source", "target", "after", "before", "cursor"),
  component: lazyRouteComponent(() => import("./exchanges/index.ts"), "ExchangeList") as RouteComponent,
});
const exchangeDetail = createRoute({
  getParentRoute: () => root,
  path: "/exchanges/$operationId",
  component: lazyRouteComponent(() => import("./exchanges/index.ts"), "ExchangeDetail") as RouteComponent,
});
const members = createRoute({
  getParentRoute: () => root,
  path: "/members",
  validateSearch: textSearch("user", "account", "cursor"),
  component: lazyRouteComponent(() => import("./members/index.ts"), "Members") as RouteComponent,
});
const log = createRoute({
  getParentRoute: () => root,
  path: "/log",
  validateSearch: textSearch(
    "type",
    "status",
    "user",
    "source",
    "target",
    "after",
    "before",
    "operation",
    "cursor",
  ),
  component: lazyRouteComponent(() => import("./log/index.ts"), "OperationLog") as RouteComponent,
});
const rates = createRoute({
  getParentRoute: () => root,
  path: "/rates",
  validateSearch: textSearch("tab", "pair", "change", "quote"),
  component: lazyRouteComponent(() => import("./rates/index.ts"), "Rates") as RouteComponent,
});
const inconsistencies = createRoute({
  getParentRoute: () => root,
  path: "/inconsistencies",
  validateSearch: textSearch("status", "type", "id", "cursor"),
  component: lazyRouteComponent(
    () => import("./inconsistencies/index.ts"),
    "Inconsistencies",
  ) as RouteComponent,
});
const reconciliationList = createRoute({
  getParentRoute: () => root,
  path: "/reconciliations",
  validateSearch: textSearch("cursor"),
  component: lazyRouteComponent(
    () => import("./reconciliations/index.ts"),
    "ReconciliationList",
  ) as RouteComponent,
});
const reconciliationDetail = createRoute({
  getParentRoute: () => root,
  path: "/reconciliations/$reconciliationId",
  component: lazyRouteComponent(
    () => import("./reconciliations/index.ts"),
    "ReconciliationDetail",
  ) as RouteComponent,
});
const alerts = createRoute({
  getParentRoute: () => root,
  path: "/alerts",
  validateSearch: textSearch("state", "cursor"),
  component: lazyRouteComponent(() => import("./alerts/index.ts"), "Alerts") as RouteComponent,
});
const webhooks = createRoute({
  getParentRoute: () => root,
  path: "/webhooks",
  validateSearch: textSearch("id"),
  component: lazyRouteComponent(() => import("./webhooks/index.ts"), "Webhooks") as RouteComponent,
});
const systems = createRoute({
  getParentRoute: () => root,
  path: "/systems",
  component: lazyRouteComponent(() => import("./network/index.ts"), "Systems") as RouteComponent,
});
const systemDetail = createRoute({
  getParentRoute: () => root,
  path: "/systems/$systemId",
  component: lazyRouteComponent(() => import("./network/index.ts"), "SystemDetail") as RouteComponent,
});
const limits = createRoute({
  getParentRoute: () => root,
  path: "/limits",
  component: lazyRouteComponent(() => import("./limits/index.ts"), "Limits") as RouteComponent,
});
const receipts = createRoute({
  getParentRoute: () => root,
  path: "/receipts",
  validateSearch: textSearch("operation"),
  component: lazyRouteComponent(() => import("./receipts/index.ts"), "Receipts") as RouteComponent,
});
const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: textSearch("operation"),
  component: lazyRouteComponent(() => import("./audit/index.ts"), "Audit") as RouteComponent,
});
const links = createRoute({
  getParentRoute: () => root,
  path: "/links",
  component: lazyRouteComponent(() => import("./network/index.ts"), "Links") as RouteComponent,
});
const keys = createRoute({
  getParentRoute: () => root,
  path: "/keys",
  component: lazyRouteComponent(() => import("./settings/index.ts"), "SigningKeys") as RouteComponent,
});
const apiKeys = createRoute({
  getParentRoute: () => root,
  path: "/api-keys",
  validateSearch: textSearch("cursor"),
  component: lazyRouteComponent(() => import("./settings/index.ts"), "ApiKeys") as RouteComponent,
});

const routeTree = root.addChildren([
  overview,
  exchangeList,
  exchangeDetail,
  members,
  log,
  rates,
  inconsistencies,
  reconciliationList,
  reconciliationDetail,
  alerts,
  webhooks,
  systems,
  systemDetail,
  links,
  limits,
  receipts,
  audit,
  keys,
  apiKeys,
]);

export const router = createRouter({
  routeTree,
  basepath: "/console",
  defaultPreload: "intent",
  scrollRestoration: false,
  // Plain names and values: an id that looks like a number stays the text that it is.
  parseSearch: (text) =>
    Object.fromEntries([...new URLSearchParams(text)].filter(([, value]) => value !== "")),
  stringifySearch: (search) => {
    const pairs = Object.entries(search).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string",
    );
    return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs).toString()}`;
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
