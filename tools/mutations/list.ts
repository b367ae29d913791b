// Every defence that is switched off to see its test fail.
import { callerMutations } from "./callers.ts";
import type { Mutation } from "./mutation.ts";
import { pointMutations } from "./points.ts";
import { recordMutations } from "./records.ts";

export const mutations: readonly Mutation[] = [
  ...pointMutations,
  ...callerMutations,
  ...recordMutations,
].toSorted((left, right) => left.threat - right.threat);
