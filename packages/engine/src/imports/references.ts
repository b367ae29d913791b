// Whether what a line speaks of is there: systems, credit types, and a system's kind.
import type { Catalog } from "../domain/index.ts";
import { fieldOf, type ImportError, type ImportKind, type NumberedLine } from "../import-files/index.ts";

type Fault = Omit<ImportError, "line">;

function requireSystem(catalog: Catalog, fields: NumberedLine["fields"], field: string): Fault[] {
  const systemId = fieldOf(fields, field);
  if (catalog.system(systemId) !== undefined) return [];
  return [{ field, message: `system ${systemId} is not known; import it first`, code: "system_not_found" }];
}

function requireCreditType(
  catalog: Catalog,
  fields: NumberedLine["fields"],
  systemField: string,
  field: string,
): Fault[] {
  const [systemId, creditTypeId] = [fieldOf(fields, systemField), fieldOf(fields, field)];
  if (catalog.system(systemId) === undefined || catalog.issuing(systemId, creditTypeId) !== undefined)
    return [];
  const message = `credit type ${creditTypeId} of ${systemId} is not known; import it first`;
  return [{ field, message, code: "credit_type_not_found" }];
}

function requireHosted(catalog: Catalog, fields: NumberedLine["fields"]): Fault[] {
  const systemId = fieldOf(fields, "system_id");
  if (catalog.system(systemId)?.kind !== "remote") return [];
  const message = `the accounts of ${systemId} are kept by a partner, not by this node`;
  return [{ field: "system_id", message, code: "system_not_hosted" }];
}

function requireSameKind(catalog: Catalog, fields: NumberedLine["fields"]): Fault[] {
  const [systemId, kind] = [fieldOf(fields, "system_id"), fieldOf(fields, "kind")];
  const standing = catalog.system(systemId);
  if (standing === undefined || standing.kind === kind) return [];
  const message = `system ${systemId} is ${standing.kind}, which can't be changed`;
  return [{ field: "kind", message, code: "system_kind_fixed" }];
}

function findFaults(kind: ImportKind, fields: NumberedLine["fields"], catalog: Catalog): Fault[] {
  const system = (field: string) => requireSystem(catalog, fields, field);
  switch (kind) {
    case "systems":
      return requireSameKind(catalog, fields);
    case "credit-types":
    case "users":
      return system("system_id");
    case "links":
    case "mappings":
      return [...system("source_system"), ...system("target_system")];
    case "rates":
      return [
        ...system("source_system"),
        ...system("target_system"),
        ...requireCreditType(catalog, fields, "source_system", "source_credit_type"),
        ...requireCreditType(catalog, fields, "target_system", "target_credit_type"),
      ];
    case "balances":
      return [
        ...system("system_id"),
        ...requireHosted(catalog, fields),
        ...requireCreditType(catalog, fields, "system_id", "credit_type_id"),
      ];
  }
}

/** Every reference of the lines that leads nowhere. */
export function findBrokenReferences(
  kind: ImportKind,
  lines: readonly NumberedLine[],
  catalog: Catalog,
): ImportError[] {
  return lines.flatMap(({ line, fields }) =>
    findFaults(kind, fields, catalog).map((fault) => ({ line, ...fault })),
  );
}
