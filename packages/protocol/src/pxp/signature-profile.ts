// Signatures of requests and answers: HTTP Message Signatures (RFC 9421) by the profile pxp-1.
//
// Z1: a request's signature covers exactly "@method" "@target-uri" "content-type" "content-digest", an answer's
//   exactly "@status" "content-digest", in any order; there is one signature, its label is sig1.
// Z2: created <= now + 60 s, now <= expires + 60 s, 0 < expires - created <= 300 s; an answer's time is not judged.
// Z3: the body's own bytes are hashed, before anything parses them.
// Z4: an answer is bound to its request by the request's nonce.
// Z5: whatever a message holds, verifying ends in a verdict and throws nothing; only `findKey` may throw, and that
//   comes through, because it says nothing about the message.
//
// The first of these that applies is the refusal's code:
//   1. missing_component   a header or parameter is absent, or Signature-Input is not what Z1 wants; so is a label
//                          that is repeated, a second signature, a header that came twice
//   2. bad_signature       alg or tag is another one; an answer's nonce is another request's
//   3. unknown_key, revoked_key
//   4. clock_skew          created lies too far ahead
//   5. expired             the lifetime is not within 1 to 300 s, or is over
//   6. bad_digest          the digest can't be read or is not the body's
//   7. bad_signature       the signature can't be read or does not fit
// A request's nonce is not taken here: that is one write, after this, and answers nonce_replayed.
//
// Own code instead of the library http-message-sig: its time for copying and re-parsing is above that of Ed25519
// itself, it names one reason where this needs seven, and it gives no nonce once a header is bad. Tests hold this
// to it and to a second implementation, both ways (docs/decisions/0016-signatures.md).

export const signatureTag = "pxp-1";
export const signatureSkewSeconds = 60;
export const signatureLifetimeMaxSeconds = 300;

export const signatureAlgorithm = "ed25519";
export const requestComponents = ["@method", "@target-uri", "content-type", "content-digest"] as const;
export const answerComponents = ["@status", "content-digest"] as const;
// At least 128 bits in base64url; padding, a uuid and more bits do no harm.
export const noncePattern = /^[A-Za-z0-9_-]{22,128}={0,2}$/;
export const signatureLabel = "sig1";

/** RFC 9421, 2.5. Values hold no line break: every one was checked to be printable ASCII. */
export function signatureBase(
  components: readonly string[],
  valueOf: (name: string) => string,
  canonicalInput: string,
): Buffer {
  const lines = components.map((name) => `"${name}": ${valueOf(name)}\n`);
  return Buffer.from(`${lines.join("")}"@signature-params": ${canonicalInput}`, "latin1");
}

export function isPlainLine(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
