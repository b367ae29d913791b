// Checks this clone's structure; prints each offence with its place. Part of `npm run check`.
import { join } from "node:path";
import { checkStructure } from "./check-structure.ts";
import { formatOffence } from "./offence.ts";

const { fileCount, offences } = checkStructure(process.argv[2] ?? join(import.meta.dirname, "../.."));
for (const offence of offences) process.stdout.write(`${formatOffence(offence)}\n`);
process.stdout.write(`${fileCount} files, ${offences.length} offences\n`);
process.exit(offences.length > 0 ? 1 : 0);
