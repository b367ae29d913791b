// Every route for every role, held to the reviewed table. A new route fails here until somebody has said who may call it.
import { describe, expect, it } from "vitest";
import type { Role } from "../../src/api-keys/index.ts";
import { permit } from "../../src/http/permissions.ts";
import { HttpError } from "../../src/http/problem.ts";
import { routes } from "../../src/http/routes.ts";
import { allowedRoles } from "./allowed-calls.ts";

const roles: readonly Role[] = ["viewer", "operator", "approver", "administrator", "service", "partner"];

function isPermitted(role: Role, route: (typeof routes)[number]): boolean {
  const isScoped = role === "service" || role === "partner";
  const principal = isScoped ? { name: "p", role, systems: new Set(["shop"]) } : { name: "p", role };
  try {
    permit(principal, route);
    return true;
  } catch (error) {
    if (error instanceof HttpError && error.code === "forbidden") return false;
    throw error;
  }
}

describe("permissions", () => {
  it("every route is in the table, and nothing else", () => {
    expect(routes.map((route) => route.name).sort()).toEqual(Object.keys(allowedRoles).sort());
  });

  it.each(routes.map((route) => [route.name, route] as const))("%s", (name, route) => {
    const permitted = roles.filter((role) => isPermitted(role, route));
    expect(permitted.sort()).toEqual((allowedRoles[name] ?? "").split(" ").sort());
  });

  it("whoever reads only reads: no role but those that act may call anything else than GET and quotes", () => {
    for (const route of routes.filter((one) => one.method !== "GET")) {
      expect({ name: route.name, may: isPermitted("partner", route) }).toEqual({
        name: route.name,
        may: false,
      });
      const isAsking = route.permission === "quote" || route.permission === "sign_in";
      expect({ name: route.name, may: isPermitted("viewer", route) }).toEqual({
        name: route.name,
        may: isAsking,
      });
    }
  });
});
