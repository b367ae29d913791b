// Signature-Input and Signature as pxp-1 allows them: one signature, label sig1, the profile's parameters only.
// Small and strict instead of a whole structured-field parser (RFC 8941): what the profile has no use for is unreadable,
// so no two readers of one header can see different things in it.

export interface SignatureParameters {
  readonly created?: number;
  readonly expires?: number;
  readonly nonce?: string;
  readonly keyid?: string;
  readonly alg?: string;
  readonly tag?: string;
}

export interface SignatureInput {
  /** Names of the covered components, in the signer's order. */
  readonly components: readonly string[];
  readonly parameters: SignatureParameters;
  /** The member's value in its canonical spelling (RFC 9421, 2.3): the last line of the signature base. */
  readonly canonical: string;
}

interface Fault {
  readonly fault: string;
}

type ParameterName = keyof SignatureParameters;

const parameterTypes: Readonly<Record<ParameterName, "number" | "string">> = {
  created: "number",
  expires: "number",
  nonce: "string",
  keyid: "string",
  alg: "string",
  tag: "string",
};

const memberStart = /^ *sig1=\(([^()]*)\)/;
const componentName = /^"(@?[a-z0-9_-]+)"$/;
// Alternatives that exclude each other, so that no input makes the match slow.
const parameter = /; *([a-z*][a-z0-9_.*-]*)=(?:"((?:[ !#-[\]-~]|\\["\\])*)"|(-?[0-9]{1,15}))/y;

function isParameterName(name: string): name is ParameterName {
  return Object.hasOwn(parameterTypes, name);
}

/** A structured-field string. Throws for what can't be one; such a text can't come out of a readable header either. */
export function serializeText(text: string): string {
  if (!/^[ -~]*$/.test(text)) throw new TypeError("a signature's parameter must be printable ASCII");
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

export function serializeInput(components: readonly string[], parameters: SignatureParameters): string {
  const names = components.map((name) => `"${name}"`).join(" ");
  const values = Object.entries(parameters).map(([name, value]: [string, string | number]) => {
    return `;${name}=${typeof value === "number" ? value : serializeText(value)}`;
  });
  return `(${names})${values.join("")}`;
}

function readComponents(text: string): string[] | Fault {
  const components: string[] = [];
  for (const part of text.split(" ")) {
    if (part === "") continue;
    const name = componentName.exec(part)?.[1];
    if (name === undefined) {
      return {
        fault: `signature-input covers ${part}; pxp-1's components are plain names without parameters`,
      };
    }
    if (components.includes(name)) return { fault: `signature-input covers "${name}" twice` };
    components.push(name);
  }
  return components;
}

function valueOf(quoted: string | undefined, digits: string | undefined): string | number {
  // -0 is written 0 again.
  if (quoted === undefined) return Number(digits) + 0;
  return quoted.replaceAll(/\\(["\\])/g, "$1");
}

function readParameters(text: string): { readonly parameters: SignatureParameters } | Fault {
  const parameters: Record<string, string | number> = {};
  parameter.lastIndex = 0;
  let end = 0;
  for (let match = parameter.exec(text); match !== null; match = parameter.exec(text)) {
    const [, name = "", quoted, digits] = match;
    if (!isParameterName(name)) return { fault: `signature-input has the parameter ${name}; pxp-1 has none` };
    if (parameters[name] !== undefined) return { fault: `signature-input has ${name} twice` };
    const value = valueOf(quoted, digits);
    if (typeof value !== parameterTypes[name]) {
      const kind = parameterTypes[name] === "number" ? "an integer" : "a quoted string";
      return { fault: `signature-input's ${name} must be ${kind}` };
    }
    parameters[name] = value;
    end = parameter.lastIndex;
  }
  const rest = text.slice(end).trimStart();
  if (rest === "") return { parameters };
  return rest.startsWith(",")
    ? { fault: "signature-input holds more than one signature; send exactly one, with the label sig1" }
    : {
        fault:
          'signature-input can\'t be read behind its components; parameters are ;name=INTEGER or ;name="TEXT"',
      };
}

/** Reads a Signature-Input, or says why it is none of pxp-1's. */
export function readSignatureInput(text: string): SignatureInput | Fault {
  const start = memberStart.exec(text);
  if (start === null) {
    return { fault: 'signature-input must read sig1=("@method" …);created=…: one signature, label sig1' };
  }
  const components = readComponents(start[1] ?? "");
  if ("fault" in components) return components;
  const read = readParameters(text.slice(start[0].length));
  if ("fault" in read) return read;
  return { components, parameters: read.parameters, canonical: serializeInput(components, read.parameters) };
}

/** The value between the colons of `sig1=:…:`, or undefined where the header holds anything else. */
export function readSignature(text: string): string | undefined {
  return /^ *sig1=:([^:,]*): *$/.exec(text)?.[1];
}

// 64 bytes are 86 characters and "=="; the last character's four spare bits are 0.
const sixtyFourBytes = /^[A-Za-z0-9+/]{85}[AQgw]==$/;

/** An Ed25519 signature of its one spelling in padded base64; base64url and spare bits are refused. */
export function decodeSignature(value: string): Buffer | undefined {
  return sixtyFourBytes.test(value) ? Buffer.from(value, "base64") : undefined;
}
