// What a partner answers to any call of the protocol that decides nothing, or would be wrong to believe.
import { describeOnBothEngines } from "../support/both-engines.ts";
import { declareFaultSuite } from "../support/fault-suite.ts";
import { tableFaults } from "../support/fault-table.ts";
import { batchFaults, lies, statusFaults } from "../support/partner-faults.ts";

const kinds: readonly string[] = [...statusFaults, ...lies, ...batchFaults];
const faults = tableFaults.filter(([, { kind }]) => kinds.includes(kind));
const slice = ["server_error", "foreign_key_lie", "line_doubled"];

describeOnBothEngines("a partner that answers wrongly to any call", (engine) => {
  const isAll = engine.name === "postgres";
  declareFaultSuite(engine, {
    onCalls: faults.filter(([, { kind }]) => isAll || slice.includes(kind)),
    onNode: isAll ? faults : [],
  });
});
