// Who may do what: the one place where what somebody holds meets what is asked. HTTP, and with it the command, asks it
// for principals, the partner protocol for partners.
//
// H1  Default deny: what neither the role nor a grant says may not be done.
// H2  A role is a named set of actions over the whole node. A key's systems narrow everything that its holder has, what
//     is granted too; nothing widens a key.
// H3  A grant adds and never takes away. Who is to have less gets a role that says less, and grants.
// H4  A grant over a link is for that direction alone, and for what names both of its systems.

/** What a call of /v1 asks of its caller. */
export type PrincipalAction =
  | "read"
  /** Asking what an exchange would come to, and for a price that is kept. Moves nothing. */
  | "quote"
  /** Having a session in the place of a key, which allows no more than the key. */
  | "sign_in"
  | "exchange"
  | "move_points"
  | "map_users"
  | "open_accounts"
  /** Looking after what is stuck: asking again, undoing, resolving. */
  | "resolve"
  /** Agreeing, as a second person, to what another has proposed. */
  | "approve"
  | "administer";

/** What a partner's call begins. What ends something that is under way is asked of nobody: it is always taken. */
export type PartnerAction = "read" | "credit" | "hold" | "provision" | "agree_rates";

export type Action = PrincipalAction | PartnerAction;

export type Role = "viewer" | "operator" | "approver" | "administrator" | "service" | "partner" | "none";

const viewer: readonly Action[] = ["read", "quote", "sign_in"];
const operator: readonly Action[] = [...viewer, "exchange", "map_users", "open_accounts", "resolve"];
const approver: readonly Action[] = [...operator, "approve"];

/** The named sets (H2). */
export const roleActions: Readonly<Record<Role, ReadonlySet<Action>>> = {
  viewer: new Set(viewer),
  operator: new Set(operator),
  approver: new Set(approver),
  administrator: new Set([...approver, "move_points", "administer"]),
  // These two have keys with systems only.
  service: new Set<Action>(["read", "quote", "exchange", "move_points", "map_users"]),
  partner: new Set<Action>(["read"]),
  none: new Set(),
};

/** What a partner's node may begin, for the systems that it speaks for, unless only grants count. */
export const standardPartner: ReadonlySet<Action> = new Set<Action>([
  "read",
  "credit",
  "hold",
  "provision",
  "agree_rates",
]);

/** Actions that no call takes from somebody who is for some systems only. */
export const wholeNodeActions: ReadonlySet<Action> = new Set<Action>([
  "sign_in",
  "open_accounts",
  "resolve",
  "approve",
  "administer",
]);

/** Actions that have an amount. */
export const actionsOfAmounts: ReadonlySet<Action> = new Set<Action>([
  "exchange",
  "move_points",
  "credit",
  "hold",
]);

/** A grant as its holder has it. */
export interface HeldGrant {
  readonly action: Action;
  readonly systemId: string | null;
  readonly sourceSystem: string | null;
  readonly targetSystem: string | null;
  readonly amountMax: bigint | null;
}

/** Whoever asks: its named set, what it is narrowed to, and what it was granted. */
export interface Holder {
  readonly actions: ReadonlySet<Action>;
  /** Absent: the whole node. */
  readonly systems?: ReadonlySet<string> | undefined;
  readonly grants: readonly HeldGrant[];
}

/** One way in which somebody may do one thing. */
export interface Right {
  /** Absent: any. */
  readonly systems?: ReadonlySet<string>;
  readonly link?: { readonly source: string; readonly target: string };
  readonly amountMax?: bigint;
}

/** Systems of which one is enough; two are a source and a target. What is left out counts for nothing. */
export type Named = readonly (string | null | undefined)[];

/** Points that shall go, or what is done to the accounts of one system where there is no target. */
export interface Move {
  readonly source: string;
  readonly target?: string | undefined;
  readonly amount?: string | number | undefined;
}

export type Asked = Named | Move;

function isMove(asked: Asked): asked is Move {
  return !Array.isArray(asked);
}

function narrow(grant: HeldGrant, scope: ReadonlySet<string> | undefined): Right | undefined {
  const { systemId, sourceSystem: source, targetSystem: target, amountMax } = grant;
  if (systemId !== null && scope !== undefined && !scope.has(systemId)) return undefined;
  const systems = systemId === null ? scope : new Set([systemId]);
  return {
    ...(systems === undefined ? {} : { systems }),
    ...(source === null || target === null ? {} : { link: { source, target } }),
    ...(amountMax === null ? {} : { amountMax }),
  };
}

/** All ways in which somebody may do this; none: it may not (H1). */
export function rightsTo(action: Action, holder: Holder): Right[] {
  const { actions, systems, grants } = holder;
  const ofRole: Right[] = actions.has(action) ? [systems === undefined ? {} : { systems }] : [];
  if (grants.length === 0) return ofRole;
  const granted = grants.filter((grant) => grant.action === action).map((grant) => narrow(grant, systems));
  return [...ofRole, ...granted.filter((right) => right !== undefined)];
}

/** Whether nothing at all that can be asked for is outside of it. */
export function isUnbounded(right: Right): boolean {
  return right.systems === undefined && right.link === undefined && right.amountMax === undefined;
}

/** Whether it is for the whole node, up to some amount perhaps. */
export function isForWholeNode(right: Right): boolean {
  return right.systems === undefined && right.link === undefined;
}

function coversMove({ systems, link, amountMax }: Right, { source, target, amount }: Move): boolean {
  if (systems !== undefined && !systems.has(source)) return false;
  if (link !== undefined && (link.source !== source || link.target !== target)) return false;
  return amountMax === undefined || amount === undefined || BigInt(amount) <= amountMax;
}

function coversNamed({ systems, link }: Right, named: Named): boolean {
  const isOne = (system: string | null | undefined) => typeof system === "string" && systems?.has(system);
  if (systems !== undefined && !named.some(isOne)) return false;
  return (
    link === undefined || (named.length === 2 && named[0] === link.source && named[1] === link.target) // H4
  );
}

/** Whether one of the rights is for this. */
export function areFor(rights: readonly Right[], asked: Asked): boolean {
  return rights.some((right) => (isMove(asked) ? coversMove(right, asked) : coversNamed(right, asked)));
}

/** Whose things may be seen: undefined for everybody's. Links are of what names both of their systems. */
export function systemsOf(rights: readonly Right[]): ReadonlySet<string> | undefined {
  if (rights.some(isForWholeNode)) return undefined;
  return new Set(rights.flatMap(({ systems, link }) => (link === undefined ? [...(systems ?? [])] : [])));
}
