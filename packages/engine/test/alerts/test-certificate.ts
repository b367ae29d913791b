// A certificate of its own authority for 127.0.0.1, made for one run: no key lies in the repository.
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

function encode(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...parts: readonly Uint8Array[]) => encode(0x30, ...parts);
const identifier = (...bytes: readonly number[]) => encode(0x06, Uint8Array.from(bytes));
const text = (value: string) => encode(0x0c, Buffer.from(value));
const time = (at: Date) => encode(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]|\..*/g, "")}Z`));

const ed25519 = sequence(identifier(0x2b, 0x65, 0x70));
const commonName = identifier(0x55, 0x04, 0x03);
const basicConstraints = identifier(0x55, 0x1d, 0x13);
const subjectAltName = identifier(0x55, 0x1d, 0x11);
const isTrue = encode(0x01, Buffer.from([0xff]));
const DAY_MS = 86_400_000;

export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
}

export function makeCertificate(): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const name = sequence(encode(0x31, sequence(commonName, text("Pointbridge tests"))));
  const extensions = sequence(
    sequence(basicConstraints, isTrue, encode(0x04, sequence(isTrue))),
    sequence(subjectAltName, encode(0x04, sequence(encode(0x87, Buffer.from([127, 0, 0, 1]))))),
  );
  const serial = randomBytes(8);
  serial[0] = 0x11;
  const body = sequence(
    encode(0xa0, encode(0x02, Buffer.from([2]))),
    encode(0x02, serial),
    ed25519,
    name,
    sequence(time(new Date(Date.now() - DAY_MS)), time(new Date(Date.now() + DAY_MS))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    encode(0xa3, extensions),
  );
  const signature = encode(0x03, Buffer.from([0]), sign(null, body, privateKey));
  const lines =
    sequence(body, ed25519, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
  };
}
