// What a rate belongs to: a credit type of the source and one of the target.

export interface RateKey {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly sourceCreditType: string;
  readonly targetCreditType: string;
}

/** As the statements take it. */
export function keyParameters(key: RateKey): [string, string, string, string] {
  return [key.sourceSystem, key.targetSystem, key.sourceCreditType, key.targetCreditType];
}
