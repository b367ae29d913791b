// Lists: read on page by page as they are looped over.

export interface Page<T> {
  readonly items: readonly T[];
  /** To pass as `cursor` for the page after; null on the last one. */
  readonly next_cursor: string | null;
}

/** A list that nothing has been asked of yet; each loop over it reads it anew. */
export class Listing<T> implements AsyncIterable<T> {
  readonly #read: (cursor: string | undefined) => Promise<Page<T>>;
  readonly #cursor: string | undefined;

  /** @param cursor of the first page */
  constructor(read: (cursor: string | undefined) => Promise<Page<T>>, cursor: string | undefined) {
    this.#read = read;
    this.#cursor = cursor;
  }

  /** The first page alone, from the given `cursor` on. */
  page(): Promise<Page<T>> {
    return this.#read(this.#cursor);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    let cursor = this.#cursor;
    do {
      const page = await this.#read(cursor);
      yield* page.items;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** Every item; of a long list rather loop over it. */
  async toArray(): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this) items.push(item);
    return items;
  }
}
