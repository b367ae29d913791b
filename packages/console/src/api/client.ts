// The one way to the node: the SDK, with the browser's session in the place of a key.
import { type Client, createClient, PointbridgeError, type Session } from "@pointbridge/sdk";

const url = location.origin;

export const client: Client = createClient({ url, apiKey: null, retries: 1, timeoutMs: 20_000 });

/** Exchanges a key for a session. The key is kept nowhere. */
export async function signIn(apiKey: string): Promise<Session> {
  return createClient({ url, apiKey, retries: 0 }).session.open();
}

/** Whether the node says that nobody is signed in (any more). */
export function isSignedOut(error: unknown): boolean {
  return error instanceof PointbridgeError && error.status === 401;
}
