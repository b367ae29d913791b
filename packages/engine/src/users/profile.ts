// A user's profile as callers see it, and the one text of it that is sealed.
import { canonicalJson } from "../domain/index.ts";

export interface ProfileKey {
  readonly systemId: string;
  readonly userId: string;
}

export interface ProfileInput extends ProfileKey {
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  /** Free data, as parsed from JSON. */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}

/** What is personal of a profile. */
export interface ProfileContent {
  readonly username: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly attributes: Readonly<Record<string, unknown>> | null;
}

export interface Profile extends ProfileKey, ProfileContent {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type ProfileOutcome = "created" | "changed" | "unchanged";

// A user id may contain anything printable, so it comes last.
export function profileKeyOf(key: ProfileKey): string {
  return `${key.systemId} ${key.userId}`;
}

/** What may be left out or be nothing. */
export type GivenContent = { readonly [N in keyof ProfileContent]?: ProfileContent[N] | undefined };

/** One writing for one content, whatever the order of its attributes. */
export function toProfileText({ username, email, phone, attributes }: GivenContent): string {
  return canonicalJson({
    username: username ?? null,
    email: email ?? null,
    phone: phone ?? null,
    attributes: attributes ?? null,
  });
}

/** @param text what `toProfileText` wrote, kept from being changed by its seal */
export function parseProfileText(text: string): ProfileContent {
  return JSON.parse(text) as ProfileContent;
}
