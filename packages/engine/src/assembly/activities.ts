// What a node does by itself: begun together, and ended in the opposite order, so that nothing ends before what uses it.

export interface Activity {
  start?(): void;
  stop(): Promise<void>;
}

interface Kept {
  readonly activity: Activity;
  readonly isForServers: boolean;
}

export class Activities {
  readonly #kept: Kept[] = [];

  /** @param isForServers not begun by a node that is there for one command */
  add<A extends Activity>(activity: A, isForServers = false): A {
    this.#kept.push({ activity, isForServers });
    return activity;
  }

  start(isServer: boolean): void {
    for (const { activity, isForServers } of this.#kept) if (isServer || !isForServers) activity.start?.();
  }

  async stop(): Promise<void> {
    for (const { activity } of this.#kept.toReversed()) await activity.stop();
  }
}
