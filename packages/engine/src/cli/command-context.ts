// What every command is given: how to build a node, and how its output and its end are told.
import type { NodeConfig } from "../config.ts";

/** A key of an administrator that a node takes. */
export interface AdministratorKey {
  readonly name: string;
  readonly apiKey: string;
}

/** What the command line needs of a node; main.ts builds it. */
export interface OpenedNode {
  readonly engine: "postgres" | "embedded";
  readonly app: {
    listen(options: { host: string; port: number }): Promise<string>;
    inject(request: {
      method: "GET" | "POST" | "PUT" | "DELETE";
      url: string;
      headers: Record<string, string>;
      payload?: string;
    }): Promise<{ statusCode: number; headers: Record<string, unknown>; rawPayload: Buffer }>;
  };
  close(): Promise<void>;
}

export interface CommandLineParts {
  readonly version: string;
  /** @param use a node that serves, or one that is there for one command */
  openNode(
    config: NodeConfig,
    keys: readonly AdministratorKey[],
    use: "server" | "command",
  ): Promise<OpenedNode>;
}
