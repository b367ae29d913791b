// The source side of a user mapping, and the key under which its target is looked up.

export interface MappedUser {
  readonly sourceSystem: string;
  readonly sourceUserId: string;
  readonly targetSystem: string;
}

// A user id may contain anything printable, so it comes last.
export function mappedUserKey(user: MappedUser): string {
  return `${user.sourceSystem} ${user.targetSystem} ${user.sourceUserId}`;
}
