// Public keys from files: a JSON Web Key Set, or one key.
import { type PublicJwk, toPublicKey } from "@pointbridge/protocol/pxp";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { readInputFile } from "./input-file.ts";

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @throws CommandError naming the file, for what holds no Ed25519 keys */
export async function readKeySet(path: string): Promise<PublicJwk[]> {
  const value = parse((await readInputFile(path)).toString("utf8"));
  const keys = typeof value === "object" && value !== null && "keys" in value ? value.keys : [value];
  try {
    if (!Array.isArray(keys) || keys.length === 0) throw new TypeError("it holds no keys");
    for (const key of keys as PublicJwk[]) toPublicKey(key);
    return keys as PublicJwk[];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = `${path} is no set of public keys, as \`pointbridge keys list --json\` prints it: ${error.message}`;
    throw new CommandError(exitCodes.badInput, message, { file: path });
  }
}
