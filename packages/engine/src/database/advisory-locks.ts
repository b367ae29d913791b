// The keys of PostgreSQL's advisory locks, in one place so that no two uses share one.

export const advisoryLocks = {
  /** Exclusive while the schema is brought up to date. */
  migrations: 7_242_701,
  /** Exclusive while a system, credit type, link or rate changes; shared while a batch is under way. */
  catalog: 7_242_702,
  /** First half of a two-part key; the second is a stripe of user mappings. */
  mappings: 7_242_703,
} as const;
