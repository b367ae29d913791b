// The network between the hub and its partners: which messages are under way, and what may become of them.
import { asked, type Message, operationId, type Request, type World } from "./world.ts";

/** Numbers the messages of one exploration, so that a world counts them instead of holding them. */
export interface Register {
  numberOf(message: Message): number;
  messageOf(number: number): Message;
  readonly size: number;
}

/** Equal messages, and only they, have equal texts. Made by hand: an exploration asks for millions. */
function textOfMessage({ kind, request, ...rest }: Message): string {
  const text = `${kind} ${request.call} ${request.by} ${request.id} ${request.amount}`;
  if (!("answer" in rest)) return text;
  const { status, outcome, code, id, amount, userId, proof } = rest.answer;
  return `${text} ${status} ${outcome} ${code} ${id} ${amount} ${userId} ${proof}`;
}

export function createRegister(): Register {
  const messages: Message[] = [];
  const numbers = new Map<string, number>();
  return {
    numberOf(message) {
      const text = textOfMessage(message);
      let number = numbers.get(text);
      if (number === undefined) {
        number = messages.push(message) - 1;
        numbers.set(text, number);
      }
      return number;
    },
    messageOf(number) {
      const message = messages[number];
      if (message === undefined) throw new Error(`there is no message ${number}`);
      return message;
    },
    get size() {
      return messages.length;
    },
  };
}

export interface Network {
  /** Undefined where one more copy would be too many. */
  post(world: World, message: Message): World | undefined;
  /** The world without the copy that is being delivered. */
  take(world: World, number: number): World;
  /** What the network does by itself. */
  meddle(world: World): ReadonlyArray<{ readonly note: string; readonly next: World }>;
  underWay(world: World): readonly number[];
  hasSent(world: World, request: Request): boolean;
}

/** Without zeros behind its last: what is not under way is as if never sent. */
function setCopies(world: World, number: number, copies: number): World {
  const flight = world.flight.slice();
  while (flight.length <= number) flight.push(0);
  flight[number] = copies;
  while (flight.at(-1) === 0) flight.pop();
  return { ...world, flight };
}

/** Says only what is unusual. */
export function describeRequest({ call, id, amount }: Request): string {
  const another = id === operationId ? "" : ` under ${id}`;
  return amount === asked ? `${call}${another}` : `${call}${another} of ${amount} points`;
}

export function describeMessage(message: Message): string {
  if (message.kind === "request") return `${describeRequest(message.request)} of the ${message.request.by}`;
  const { status, outcome = "", code = "" } = message.answer;
  return `the answer to ${message.request.call} (${[status, outcome, code].filter((part) => part !== "").join(" ")})`;
}

export function createNetwork(register: Register, limit: "everlasting" | number): Network {
  const underWay = ({ flight }: World) => {
    const numbers: number[] = [];
    for (let number = 0; number < flight.length; number += 1) if (flight[number] !== 0) numbers.push(number);
    return numbers;
  };
  const copiesOf = (world: World, number: number) => world.flight[number] ?? 0;
  return {
    underWay,
    hasSent: (world, request) => copiesOf(world, register.numberOf({ kind: "request", request })) > 0,
    post(world, message) {
      const number = register.numberOf(message);
      const copies = copiesOf(world, number);
      if (limit === "everlasting") return copies > 0 ? world : setCopies(world, number, 1);
      return copies >= limit ? undefined : setCopies(world, number, copies + 1);
    },
    take(world, number) {
      return limit === "everlasting" ? world : setCopies(world, number, copiesOf(world, number) - 1);
    },
    meddle(world) {
      if (limit === "everlasting") return [];
      return underWay(world).flatMap((number) => {
        const copies = copiesOf(world, number);
        const what = describeMessage(register.messageOf(number));
        const lost = { note: `${what} is lost`, next: setCopies(world, number, copies - 1) };
        if (copies >= limit) return [lost];
        return [lost, { note: `${what} is doubled`, next: setCopies(world, number, copies + 1) }];
      });
    },
  };
}
