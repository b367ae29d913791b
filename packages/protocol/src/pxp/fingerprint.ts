// Whether a call asks for what its id was used for before. Source, target, user, credit type and amount
// count, the amount by its value; everything else of a body is free to change between attempts.

/** In the order in which a difference is told. */
export const fingerprintFields = [
  "source_system",
  "target_system",
  "user_id",
  "credit_type_id",
  "amount",
] as const;
export type FingerprintField = (typeof fingerprintFields)[number];

/**
 * What a row or a call says of the movement. A field that is absent or null is not compared: a fence has only
 * the systems, and neither has a rollback, a capture or a release more.
 */
export interface Fingerprint {
  readonly source_system?: string | null;
  readonly target_system?: string | null;
  readonly user_id?: string | null;
  readonly credit_type_id?: string | null;
  readonly amount?: string | number | bigint | null;
}

function amountOf(value: string | number | bigint): string {
  const text = String(value);
  return /^[0-9]{1,40}$/.test(text) ? String(BigInt(text)) : text;
}

function findConflict(row: Fingerprint, call: Fingerprint): FingerprintField | undefined {
  return fingerprintFields.find((field) => {
    const [stored, asked] = [row[field] ?? undefined, call[field] ?? undefined];
    if (stored === undefined || asked === undefined) return false;
    return field === "amount" ? amountOf(stored) !== amountOf(asked) : stored !== asked;
  });
}

/** The first field in which a credit or its rollback differs from the row under its id. */
export function conflictingCreditField(row: Fingerprint, call: Fingerprint): FingerprintField | undefined {
  return findConflict(row, call);
}

/** The first field in which a hold, its capture or its release differs from the row under its id. */
export function conflictingHoldField(row: Fingerprint, call: Fingerprint): FingerprintField | undefined {
  return findConflict(row, call);
}
