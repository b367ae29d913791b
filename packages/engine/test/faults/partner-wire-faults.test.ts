// What the network does to any call of the protocol: lost, cut off, late, twice, out of order.
import { describeOnBothEngines } from "../support/both-engines.ts";
import { declareFaultSuite } from "../support/fault-suite.ts";
import { tableFaults } from "../support/fault-table.ts";
import { orderFaults, wireFaults } from "../support/partner-faults.ts";

const kinds: readonly string[] = [...wireFaults, ...orderFaults];
const faults = tableFaults.filter(([, { kind }]) => kinds.includes(kind));
const slice = ["answer_lost", "delivered_late"];

describeOnBothEngines("a network that fails on any call", (engine) => {
  const isAll = engine.name === "postgres";
  declareFaultSuite(engine, {
    onCalls: faults.filter(([, { kind }]) => isAll || slice.includes(kind)),
    onNode: isAll ? faults : [],
  });
});
