// Every way in which a request may be signed wrong, and those unusual ones that are right. Each case falsifies
// one thing of a sound request, before or after it is signed.
import { generateSigningKey, toSigningKey } from "@pointbridge/protocol/pxp";
import {
  type Draft,
  digestOf,
  dropParameter,
  parameterOf,
  type SignedDraft,
  setParameter,
} from "../draft.ts";
import type { Level } from "../result.ts";
import type { RuleName } from "../rules.ts";
import type { Forgery } from "../trial.ts";
import type { World } from "../world.ts";

export interface SignatureCase {
  readonly name: string;
  readonly title: string;
  readonly rule: RuleName;
  readonly level?: Level;
  /** Of the refusal; several where the protocol leaves it open which is found first. Absent: it is accepted. */
  readonly codes?: readonly string[];
  forge(world: World): Forgery;
}

const anyCode = ["missing_component", "bad_signature", "bad_digest", "expired", "clock_skew"] as const;

function moveTimes(draft: Draft, createdSeconds: number, lifetimeSeconds: number): void {
  const created = Number(parameterOf(draft, "created")) + createdSeconds;
  setParameter(draft, "created", created);
  setParameter(draft, "expires", created + lifetimeSeconds);
}

function timed(createdSeconds: number, lifetimeSeconds: number): () => Forgery {
  return () => ({ draft: (draft) => moveTimes(draft, createdSeconds, lifetimeSeconds) });
}

const windowCases: readonly SignatureCase[] = [
  {
    name: "created-45-s-ahead",
    title: "A clock that is 45 s ahead is taken",
    rule: "signature-window",
    forge: timed(45, 60),
  },
  {
    name: "expired-45-s-ago",
    title: "What expired 45 s ago is taken",
    rule: "signature-window",
    forge: timed(-105, 60),
  },
  {
    name: "window-of-300-s",
    title: "A window of 300 s is taken",
    rule: "signature-window",
    forge: timed(0, 300),
  },
  {
    name: "created-120-s-ahead",
    title: "A clock that is 120 s ahead is refused",
    rule: "signature-window",
    codes: ["clock_skew"],
    forge: timed(120, 60),
  },
  {
    name: "expired-120-s-ago",
    title: "What expired 120 s ago is refused",
    rule: "signature-window",
    codes: ["expired"],
    forge: timed(-180, 60),
  },
  {
    name: "window-of-301-s",
    title: "A window of 301 s is refused",
    rule: "signature-window",
    codes: ["expired", "clock_skew"],
    forge: timed(0, 301),
  },
  {
    name: "empty-window",
    title: "expires equal to created is refused",
    rule: "signature-window",
    codes: ["expired", "clock_skew"],
    forge: timed(0, 0),
  },
];

function coverCase(component: string): SignatureCase {
  return {
    name: `without-${component.replace("@", "")}`,
    title: `A signature that does not cover ${component} is refused`,
    rule: "signature-covers",
    codes: ["missing_component"],
    forge: () => ({
      draft: (draft) => {
        draft.components = draft.components.filter((name) => name !== component);
      },
    }),
  };
}

function parameterCase(name: string): SignatureCase {
  return {
    name: `without-parameter-${name}`,
    title: `A signature without ${name} is refused`,
    rule: "signature-covers",
    codes: name === "keyid" ? ["missing_component", "unknown_key"] : [...anyCode],
    forge: () => ({ draft: (draft) => dropParameter(draft, name), isNonceOptional: name === "nonce" }),
  };
}

const coverCases: readonly SignatureCase[] = [
  ...["@method", "@target-uri", "content-type", "content-digest"].map(coverCase),
  ...["created", "expires", "nonce", "keyid", "alg", "tag"].map(parameterCase),
  {
    name: "without-digest-header",
    title: "A request without Content-Digest is refused",
    rule: "signature-covers",
    codes: ["missing_component", "bad_digest", "bad_signature"],
    forge: () => ({
      signed: (signed) => {
        delete signed.headers["content-digest"];
      },
    }),
  },
  {
    name: "unsigned",
    title: "A request without a signature is refused",
    rule: "signature-covers",
    codes: ["missing_component", "bad_signature"],
    forge: () => ({
      isNonceOptional: true,
      signed: (signed) => {
        delete signed.headers["signature"];
        delete signed.headers["signature-input"];
      },
    }),
  },
  {
    name: "another-label",
    title: "A signature under another label than sig1 is refused",
    rule: "signature-covers",
    level: "should",
    codes: ["missing_component", "bad_signature"],
    forge: () => ({
      isNonceOptional: true,
      draft: (draft) => {
        draft.label = "sig2";
      },
    }),
  },
  {
    name: "label-repeated",
    title: "A request that repeats the label is refused",
    rule: "signature-covers",
    codes: ["missing_component", "bad_signature"],
    forge: () => ({
      isNonceOptional: true,
      signed: (signed) => {
        for (const name of ["signature-input", "signature"]) {
          const value = String(signed.headers[name]);
          signed.headers[name] = `${value}, ${value}`;
        }
      },
    }),
  },
];

function alter(change: (signed: SignedDraft) => void, isNonceOptional = false): () => Forgery {
  return () => ({ signed: change, isNonceOptional });
}

function alterBody(signed: SignedDraft): void {
  // Another amount of the same length: what somebody on the way would change.
  signed.body = Buffer.from(signed.body.toString("utf8").replace(/"amount":"(\d*)\d"/, '"amount":"$19"'));
}

function tampered(
  name: string,
  title: string,
  codes: readonly string[],
  forge: () => Forgery,
): SignatureCase {
  return { name: `tampered-${name}`, title, rule: "signature-verified", codes, forge };
}

const bad = ["bad_signature"];
const tamperCases: readonly SignatureCase[] = [
  tampered("method", "A signature for another method is refused", bad, () => ({
    draft: (draft) => {
      draft.values["@method"] = "PUT";
    },
  })),
  tampered("path", "A signature for another path is refused", bad, () => ({
    draft: (draft) => {
      draft.values["@target-uri"] = `${draft.values["@target-uri"]}/rollback`;
    },
  })),
  tampered("content-type", "A content type changed on the way is refused", bad, () => ({
    draft: (draft) => {
      draft.values["content-type"] = "application/json; charset=utf-8";
    },
  })),
  tampered("body", "A body changed on the way is refused", ["bad_digest"], alter(alterBody)),
  tampered(
    "body-and-digest",
    "A body changed on the way together with its digest is refused",
    bad,
    alter((signed) => {
      alterBody(signed);
      signed.headers["content-digest"] = digestOf(signed.body);
    }),
  ),
  tampered("signed-digest", "A signed digest of another body is refused", ["bad_digest"], () => ({
    draft: (draft) => {
      const digest = digestOf(Buffer.from("{}"));
      draft.values["content-digest"] = digest;
      draft.headers["content-digest"] = digest;
    },
  })),
  tampered("signature", "A changed signature is refused", bad, () => ({
    signed: (signed) => {
      const text = String(signed.headers["signature"]);
      const at = text.indexOf(":") + 10;
      signed.headers["signature"] = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
    },
  })),
  tampered("created", "A created changed on the way is refused", bad, () => ({
    signed: (signed) => {
      const text = String(signed.headers["signature-input"]);
      const created = Number(/created=(\d+)/.exec(text)?.[1]);
      signed.headers["signature-input"] = text.replace(/created=\d+/, `created=${created - 1}`);
    },
  })),
  tampered("expires", "An expires changed on the way is refused", bad, () => ({
    isNonceOptional: true,
    signed: (signed) => {
      const text = String(signed.headers["signature-input"]);
      const expires = Number(/expires=(\d+)/.exec(text)?.[1]);
      signed.headers["signature-input"] = text.replace(/expires=\d+/, `expires=${expires + 100}`);
    },
  })),
  tampered("nonce", "A nonce changed on the way is refused", bad, () => ({
    isNonceOptional: true,
    signed: (signed) => {
      const text = String(signed.headers["signature-input"]);
      signed.headers["signature-input"] = text.replace(
        /nonce="./,
        (start) => `nonce="${start.endsWith("x") ? "y" : "x"}`,
      );
    },
  })),
  {
    name: "another-tag",
    title: "A signature made for another purpose (tag) is refused",
    rule: "signature-covers",
    codes: ["missing_component", "bad_signature"],
    forge: () => ({ draft: (draft) => setParameter(draft, "tag", "pxp-2") }),
  },
  {
    name: "another-algorithm",
    title: "A signature that names another algorithm is refused",
    rule: "signature-covers",
    codes: ["missing_component", "bad_signature", "unknown_key"],
    forge: () => ({ draft: (draft) => setParameter(draft, "alg", "hmac-sha256") }),
  },
];

const keyCases: readonly SignatureCase[] = [
  {
    name: "wrong-key",
    title: "A signature by another key than keyid names is refused",
    rule: "keys",
    codes: ["bad_signature"],
    forge: (world) => ({
      draft: (draft) => {
        draft.key = { ...draft.key, privateKey: world.keys.foreign.privateKey };
      },
    }),
  },
  {
    name: "unknown-key",
    title: "A key that was never registered is refused",
    rule: "keys",
    codes: ["unknown_key"],
    forge: () => ({ key: toSigningKey(generateSigningKey().privateJwk) }),
  },
  {
    name: "revoked-key",
    title: "A revoked key is refused",
    rule: "keys",
    codes: ["revoked_key"],
    forge: (world) => ({ key: world.keys.revoked }),
  },
];

const otherHost = "other.example.com";

const addressCases: readonly SignatureCase[] = [
  {
    name: "forwarded-headers",
    title: "X-Forwarded-Host, X-Forwarded-Proto and Forwarded don't change what is verified",
    rule: "target-uri",
    forge: () => ({
      signed: (signed) => {
        signed.headers["x-forwarded-host"] = otherHost;
        signed.headers["x-forwarded-proto"] = "gopher";
        signed.headers["forwarded"] = `host=${otherHost};proto=gopher`;
      },
    }),
  },
  {
    name: "another-host-header",
    title: "Another Host header, as behind a proxy, doesn't change what is verified",
    rule: "target-uri",
    // Where several sites share an address, a server in front may refuse this before the partner sees it.
    level: "should",
    forge: () => ({
      signed: (signed) => {
        signed.headers["host"] = otherHost;
      },
    }),
  },
  {
    name: "signed-for-another-host",
    title: "A request signed for another host is refused, though its Host header names that one",
    rule: "target-uri",
    codes: ["bad_signature"],
    forge: (world) => ({
      draft: (draft) => {
        const url = new URL(world.baseUrl);
        draft.values["@target-uri"] = String(draft.values["@target-uri"]).replace(url.host, otherHost);
        draft.headers["host"] = otherHost;
        draft.headers["x-forwarded-host"] = otherHost;
      },
    }),
  },
];

export const signatureCases: readonly SignatureCase[] = [
  ...coverCases,
  ...tamperCases,
  ...windowCases,
  ...keyCases,
  ...addressCases,
];
