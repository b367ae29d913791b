// The sandbox's way to its node: the public HTTP API, and nothing behind it.
import { CommandError, exitCodes } from "./exit-codes.ts";

type Method = "GET" | "POST" | "PUT";

/** Statuses that are an answer: done, done before, and refused for good. */
const answered: readonly number[] = [200, 201, 422];

export class SandboxClient {
  readonly url: string;
  readonly apiKey: string;

  constructor(url: string, apiKey: string) {
    this.url = url;
    this.apiKey = apiKey;
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>("GET", path);
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.#call<T>("PUT", path, body);
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.#call<T>("POST", path, body);
  }

  async #call<T>(method: Method, path: string, body?: object): Promise<T> {
    const response = await this.#send(method, path, body);
    const text = await response.text();
    if (!answered.includes(response.status)) {
      const detail = `${method} ${path} was answered with ${response.status}: ${text.slice(0, 500)}`;
      throw new CommandError(exitCodes.unreachable, detail);
    }
    return JSON.parse(text) as T;
  }

  async #send(method: Method, path: string, body: object | undefined): Promise<Response> {
    const headers = { authorization: `Bearer ${this.apiKey}`, "content-type": "application/json" };
    try {
      return await fetch(this.url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      const cause =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      // Such a cause is "bad port": fetch calls no port that belongs to another protocol, such as 4190.
      throw new CommandError(
        exitCodes.unreachable,
        `the sandbox can't reach its node at ${this.url}: ${cause}`,
      );
    }
  }
}
