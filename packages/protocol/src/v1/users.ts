// Users' profiles: what a user of one system may be created in another from.
import { type Static, Type } from "typebox";
import { closed, metadata, nullable, operationId, printableText, systemId, time, userId } from "./shapes.ts";

const username = printableText(200, "The name that the user goes by.");
const email = printableText(320, "The user's e-mail address. Never used to find a user.");
const phone = printableText(64, "The user's telephone number.");
const attributes = Type.Unsafe<Record<string, unknown>>({
  ...metadata,
  description: "Anything else to create the user from: an object of at most 16 KiB as JSON and 16 levels.",
});

export const userInput = closed("UserInput", "A user's profile as it shall be.", {
  system_id: systemId,
  user_id: userId,
  username: Type.Optional(username),
  email: Type.Optional(email),
  phone: Type.Optional(phone),
  attributes: Type.Optional(attributes),
});

export const user = closed("User", "A user's profile.", {
  system_id: systemId,
  user_id: userId,
  username: nullable(username, "The name that the user goes by."),
  email: nullable(email, "The user's e-mail address."),
  phone: nullable(phone, "The user's telephone number."),
  attributes: Type.Union([attributes, Type.Null()], { description: "Anything else of the user." }),
  created_at: time,
  updated_at: time,
});

export const userErasureInput = closed("UserErasureInput", "Whose profile to erase.", {
  system_id: systemId,
  user_id: userId,
});

const erasedProfile = closed("ErasedProfile", "A profile that was removed.", {
  system_id: systemId,
  user_id: userId,
});

export const userErasure = closed("UserErasure", "What was erased of a person.", {
  operation_id: operationId,
  system_id: systemId,
  user_id: userId,
  erased: Type.Array(erasedProfile, {
    description:
      "The user's profile, and those that provisioning copied from it; empty where there were none.",
  }),
  partners: Type.Array(systemId, {
    description: "Partners' systems in which this user is somebody. They may hold a profile; ask them.",
  }),
});

export type UserErasure = Static<typeof userErasure>;
export type UserInput = Static<typeof userInput>;
export type User = Static<typeof user>;
