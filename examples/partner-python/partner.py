#!/usr/bin/env python3
"""A pxp/1 partner in one file: the target's part on SQLite, to start from.

It hosts the accounts of one or more systems and takes signed calls from Pointbridge nodes: credits, their
rollback, both in batches, provisioning of users, the list of what it did, and what that adds up to. It needs Python 3.9, `cryptography`
and SQLite 3.37 (Debian 12: apt-get install python3-cryptography), nothing else. README.md says how to run it.

What must hold, however calls are lost, repeated, delayed, reordered or raced:
  T1  An id is one row under one unique key, written in the transaction that moves the points.
  T2  A known id answers what is stored, whatever limits, rates or members say by now.
  T3  A refusal is committed before it is answered, so it can be relied on and stays.
  T4  A rollback of an id that was never seen fences it: the credit is refused when it comes.
  T5  Points that were spent can't be taken back: the row is sealed, and the credit stands for good.
  T6  Nothing counts that a registered key did not sign for this address, this body and this minute, once.
To make it yours, replace "The ledger" by your own and keep the transaction around `credit` and `roll_back`.
"""
import base64
import hashlib
import hmac
import json
import os
import re
import sqlite3
import sys
import threading
import time
import traceback
import unicodedata
import uuid
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

# --- Settings, all from the environment -----------------------------------------------------------------------------

HOST = os.environ.get("PARTNER_HOST", "127.0.0.1")
PORT = int(os.environ.get("PARTNER_PORT", "4200"))
# The address agreed with the nodes, what comes before /pxp/v1. They sign it, so it must be the same to the letter:
# lower-case scheme and host, no default port, no slash at its end. Never take it from the Host header.
BASE_URL = os.environ.get("PARTNER_BASE_URL", f"http://{HOST}:{PORT}")
DATABASE = os.environ.get("PARTNER_DATABASE", "partner.db")
KEY_FILE = os.environ.get("PARTNER_KEY", "partner-key.json")
# {"club": ["star"]}: the systems whose accounts stand here, and the credit types of each.
SYSTEMS = json.loads(os.environ.get("PARTNER_SYSTEMS", '{"club": ["star"]}'))
# {"shop": {"systems": ["shop"], "keys": "shop.jwks.json"}}: each node that may call, the systems that it speaks for,
# and the file with its public keys, as its GET /v1/keys gives them. "revoked" may name a second such file.
CALLERS = json.loads(os.environ.get("PARTNER_CALLERS", "{}"))
# [{"source_system", "target_system", "source_credit_type", "target_credit_type", "rate"}]: what was agreed.
RATES = json.loads(os.environ.get("PARTNER_RATES", "[]"))
# Points that one account may be credited in a UTC day; 0 for no limit.
DAILY_LIMIT = int(os.environ.get("PARTNER_DAILY_LIMIT", "0"))
# "known": credits go to members only (added by `member`, or provisioned by a node). "any": to any user id.
MEMBERS = os.environ.get("PARTNER_MEMBERS", "known")

BATCH_MAX = 100
BODY_BYTES_MAX = 4 * 1024 * 1024
POINTS_MAX = 2**63 - 1

# --- The ledger: accounts with balances, and the movements that made them -------------------------------------------

SCHEMA = """
CREATE TABLE IF NOT EXISTS members (
  system_id TEXT NOT NULL, user_id TEXT NOT NULL, profile TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (system_id, user_id)
) STRICT;
CREATE TABLE IF NOT EXISTS accounts (
  system_id TEXT NOT NULL, user_id TEXT NOT NULL, credit_type_id TEXT NOT NULL,
  balance INTEGER NOT NULL CHECK (balance >= 0),
  PRIMARY KEY (system_id, user_id, credit_type_id)
) STRICT;
CREATE TABLE IF NOT EXISTS movements (
  movement_id INTEGER PRIMARY KEY AUTOINCREMENT,
  system_id TEXT NOT NULL, user_id TEXT NOT NULL, credit_type_id TEXT NOT NULL, amount INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('credit', 'rollback', 'spend')), moved_at TEXT NOT NULL
) STRICT;

-- The callee's one table (T1). A fence has no user, type or amount: the rollback that made it names none.
CREATE TABLE IF NOT EXISTS credits (
  node_id TEXT NOT NULL, target_system TEXT NOT NULL, operation_id TEXT NOT NULL,
  source_system TEXT NOT NULL, user_id TEXT, credit_type_id TEXT, amount INTEGER,
  state TEXT NOT NULL CHECK (state IN ('completed', 'sealed', 'refused', 'rolled_back')),
  code TEXT, movement_id INTEGER REFERENCES movements, initiated_at TEXT NOT NULL, completed_at TEXT NOT NULL,
  nonce TEXT NOT NULL, exchange_rate TEXT,
  PRIMARY KEY (node_id, target_system, operation_id)
) STRICT;
CREATE INDEX IF NOT EXISTS credits_by_time
  ON credits (node_id, target_system, source_system, initiated_at, operation_id);
CREATE INDEX IF NOT EXISTS credits_by_account ON credits (target_system, user_id, credit_type_id, completed_at);

-- The signed request under which a row was made: what you show when the other side denies having asked.
CREATE TABLE IF NOT EXISTS evidence (
  node_id TEXT NOT NULL, nonce TEXT NOT NULL, key_id TEXT NOT NULL, path TEXT NOT NULL,
  signature_input TEXT NOT NULL, signature TEXT NOT NULL, content_digest TEXT NOT NULL, body BLOB NOT NULL,
  received_at TEXT NOT NULL, PRIMARY KEY (node_id, nonce)
) STRICT;
CREATE TABLE IF NOT EXISTS nonces (
  node_id TEXT NOT NULL, nonce TEXT NOT NULL, keep_until INTEGER NOT NULL, PRIMARY KEY (node_id, nonce)
) STRICT;
CREATE INDEX IF NOT EXISTS nonces_by_time ON nonces (keep_until);
-- What nodes want digests of their legs under, to compare without listing.
CREATE TABLE IF NOT EXISTS secrets (
  node_id TEXT NOT NULL, kind TEXT NOT NULL, source_system TEXT NOT NULL, target_system TEXT NOT NULL,
  key_version INTEGER NOT NULL, secret TEXT NOT NULL,
  PRIMARY KEY (node_id, kind, source_system, target_system, key_version)
) STRICT;
-- Every version of every rate; NULL says that from then on there is none.
CREATE TABLE IF NOT EXISTS rates (
  source_system TEXT NOT NULL, target_system TEXT NOT NULL,
  source_credit_type TEXT NOT NULL, target_credit_type TEXT NOT NULL, rate TEXT, valid_from TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS provisioned (
  target_system TEXT NOT NULL, source_system TEXT NOT NULL, source_user_id TEXT NOT NULL, user_id TEXT NOT NULL,
  PRIMARY KEY (target_system, source_system, source_user_id)
) STRICT;
"""


def open_database():
    # isolation_level None: transactions begin and end where this file says so, not where the driver guesses.
    db = sqlite3.connect(DATABASE, isolation_level=None, timeout=10)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode = WAL")
    # What was answered must survive the machine's crash: FULL syncs each commit.
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    return db


# Threads of this process line up here; SQLite's own waiting is a poll.
WRITERS = threading.Lock()


@contextmanager
def transaction(db):
    # IMMEDIATE takes the write lock before the first read, so that two calls on one id take turns. A plain BEGIN
    # would let both read "unknown" and then fail or, on other databases, both go on. On PostgreSQL or MySQL:
    # INSERT ... ON CONFLICT DO NOTHING to claim the row, then SELECT ... FOR UPDATE.
    with WRITERS:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def now_text(at=None):
    at = at or datetime.now(timezone.utc)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def balance_of(db, account):
    row = db.execute(
        "SELECT balance FROM accounts WHERE system_id = ? AND user_id = ? AND credit_type_id = ?", account
    ).fetchone()
    return row["balance"] if row else 0


def move(db, account, amount, kind):
    """Adds to a balance (takes from it below zero) and returns the id of the movement."""
    db.execute(
        "INSERT INTO accounts VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET balance = balance + excluded.balance"
        if amount > 0
        # An insert would trip over CHECK (balance >= 0) before it came to the conflict.
        else "UPDATE accounts SET balance = balance + ?4 WHERE (system_id, user_id, credit_type_id) = (?1, ?2, ?3)",
        (*account, amount),
    )
    return db.execute(
        "INSERT INTO movements (system_id, user_id, credit_type_id, amount, kind, moved_at) VALUES (?, ?, ?, ?, ?, ?)",
        (*account, amount, kind, now_text()),
    ).lastrowid


# --- Keys and signatures: RFC 9421 with Ed25519, Content-Digest by RFC 9530 -----------------------------------------


def to_base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def thumbprint(x):
    """RFC 7638: the hash of the key's required members, in this order and without spaces."""
    return to_base64url(hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()).digest())


def load_key():
    """This partner's own key, made on first use."""
    if not os.path.exists(KEY_FILE):
        seed = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        x = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        jwk = {"kty": "OKP", "crv": "Ed25519", "x": to_base64url(x), "d": to_base64url(seed)}
        with os.fdopen(os.open(KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(jwk, file)
    with open(KEY_FILE, encoding="utf-8") as file:
        return json.load(file)


def public_jwk(key):
    return {"kty": "OKP", "crv": "Ed25519", "x": key["x"], "kid": thumbprint(key["x"]), "alg": "EdDSA", "use": "sig"}


def find_caller(key_id):
    """(node, JWK, whether it is revoked) of a registered key. Files are read each time: rotation needs no restart."""
    for node_id, caller in CALLERS.items():
        for name in ("revoked", "keys"):
            if name not in caller:
                continue
            with open(caller[name], encoding="utf-8") as file:
                for jwk in json.load(file)["keys"]:
                    if jwk.get("crv") == "Ed25519" and thumbprint(jwk["x"]) == key_id:
                        return node_id, jwk, name == "revoked"
    return None


def content_digest(body):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def signature_base(components, params):
    """The bytes that are signed: each component on a line, then the parameters as they are sent."""
    lines = [f'"{name}": {value}' for name, value in components]
    return "\n".join([*lines, f'"@signature-params": {params}']).encode("latin-1")


def sign_answer(key, status, body, nonce):
    digest = content_digest(body)
    params = f'("@status" "content-digest");created={int(time.time())};keyid="{thumbprint(key["x"])}"'
    params += ';alg="ed25519";tag="pxp-1"'
    if nonce is not None:
        params += f';nonce="{nonce}"'  # binds the answer to this very request
    base = signature_base([("@status", status), ("content-digest", digest)], params)
    signature = Ed25519PrivateKey.from_private_bytes(from_base64url(key["d"])).sign(base)
    return {
        "Content-Digest": digest,
        "Signature-Input": f"sig1={params}",
        "Signature": f"sig1=:{base64.b64encode(signature).decode()}:",
    }


# Signature-Input as the protocol has it: one signature, labelled sig1, of plain components and these parameters. What
# it has no use for is unreadable, so that no two readers see different things in one header.
INPUT = r'sig1=\( *((?:"[@a-z0-9_-]+"(?: +"[@a-z0-9_-]+")*)?) *\)(.*)'
PARAM = r'; *(?:(created|expires)=([0-9]{1,15})|(nonce|keyid|alg|tag)="([ !#-\[\]-~]*)")'
# 64 bytes in the one spelling that padded base64 has for them.
SIGNATURE = r"[A-Za-z0-9+/]{85}[AQgw]=="


class Unauthorised(Exception):
    """401: the request is not acted on. `code` is the protocol's."""

    def __init__(self, code, detail):
        super().__init__(detail)
        self.code = code


def read_header(headers, name):
    values = headers.get_all(name, [])
    if len(values) != 1:
        raise Unauthorised("missing_component", f"the request has the header {name} {len(values)} times")
    return values[0].strip(" \t")


def read_signature_input(headers):
    """([component], {parameter: value}), both in the signer's order."""
    match = re.fullmatch(INPUT, read_header(headers, "signature-input"))
    if match is None or re.fullmatch(f"(?:{PARAM})*", match[2]) is None:
        raise Unauthorised("missing_component", "signature-input must be one signature of pxp-1 with the label sig1")
    covered = re.findall(r'"([^"]*)"', match[1])
    given = [(time_name or name, number or text) for time_name, number, name, text in re.findall(PARAM, match[2])]
    values = dict(given)
    if len(set(covered)) < len(covered) or len(values) < len(given):
        raise Unauthorised("missing_component", "signature-input names a component or a parameter twice")
    return covered, values


def find_nonce(headers):
    """What binds an answer to its request, whatever else is wrong with that; None where it can't be read."""
    try:
        return read_signature_input(headers)[1].get("nonce")
    except Unauthorised:
        return None


class SignedRequest:
    """A request whose signature holds (T6), and what of it is kept as evidence."""

    def __init__(self, method, path, headers, body):
        self.path, self.body = path, body
        self.signature_input = headers["signature-input"]
        covered, values = read_signature_input(headers)
        self.nonce = values.get("nonce", "")
        wanted = ["@method", "@target-uri", "content-type", "content-digest"]
        if sorted(covered) != sorted(wanted):
            raise Unauthorised("missing_component", f"the signature must cover {wanted} and nothing else")
        names = ["created", "expires", "nonce", "keyid", "alg", "tag"]
        if sorted(values) != sorted(names) or not re.fullmatch(r"[A-Za-z0-9_-]{22,128}={0,2}", self.nonce):
            raise Unauthorised("missing_component", f"the signature must have {names}, and a nonce of 128 bits in base64url")
        self.signature = read_header(headers, "signature")
        signature = re.fullmatch(r"sig1=:([^:,]*):", self.signature)
        if signature is None:
            raise Unauthorised("missing_component", "signature must read sig1=:BASE64:")
        self.content_digest = read_header(headers, "content-digest")
        components = {
            "@method": method,
            # Our agreed address and the path as it came, from /pxp/v1/ on: a proxy in front may have taken a prefix
            # away, and what Host or X-Forwarded-* say is anybody's.
            "@target-uri": BASE_URL + path[path.index("/pxp/v1/") :],
            "content-type": read_header(headers, "content-type"),
            "content-digest": self.content_digest,
        }
        if values["alg"] != "ed25519" or values["tag"] != "pxp-1":
            raise Unauthorised("bad_signature", 'the signature must have alg="ed25519" and tag="pxp-1"')

        self.key_id = values["keyid"]
        caller = find_caller(self.key_id)
        if caller is None:
            raise Unauthorised("unknown_key", f"no node is registered here with the key {self.key_id}")
        self.node_id, jwk, is_revoked = caller
        if is_revoked:
            raise Unauthorised("revoked_key", f"the key {self.key_id} is revoked")

        now, created, expires = time.time(), int(values["created"]), int(values["expires"])
        self.keep_until = expires + 60
        if created > now + 60:
            raise Unauthorised("clock_skew", "created is more than 60 s ahead of our clock")
        if not 0 < expires - created <= 300 or now > self.keep_until:
            raise Unauthorised("expired", "the signature has expired, or is meant to last for more than 300 s")

        # Over the bytes as they came, before anything parses them.
        digests = [text.strip() for text in self.content_digest.split(",")]
        if [text for text in digests if text.startswith("sha-256=")] != [content_digest(body)]:
            raise Unauthorised("bad_digest", "content-digest does not have the sha-256 of the body as it came")
        # In the signer's order, without the space that the header's syntax allows.
        params = " ".join(f'"{name}"' for name in covered)
        params = f"({params})" + "".join(
            f";{name}={value}" if name in ("created", "expires") else f';{name}="{value}"' for name, value in values.items()
        )
        base = signature_base([(name, components[name]) for name in covered], params)
        try:
            if re.fullmatch(SIGNATURE, signature[1]) is None:
                raise InvalidSignature
            public_key = Ed25519PublicKey.from_public_bytes(from_base64url(jwk["x"]))
            public_key.verify(base64.b64decode(signature[1]), base)
        except InvalidSignature:
            raise Unauthorised("bad_signature", f"the signature does not hold for {components['@target-uri']}")

    def take_nonce(self, db):
        """One atomic insert, after the signature was verified: else anybody could use nonces up."""
        with transaction(db):
            db.execute("DELETE FROM nonces WHERE keep_until < ?", (int(time.time()),))
            row = (self.node_id, self.nonce, self.keep_until)
            if db.execute("INSERT INTO nonces VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row).rowcount == 0:
                raise Unauthorised("nonce_replayed", "this nonce was used before; a retry takes a new one")

    def keep_as_evidence(self, db):
        row = (self.node_id, self.nonce, self.key_id, self.path, self.signature_input, self.signature)
        row += (self.content_digest, self.body, now_text())
        db.execute("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row)


# --- The form of calls ----------------------------------------------------------------------------------------------


class Rejected(Exception):
    """An answer without an outcome: it speaks of this request only, and nothing is stored under its id."""

    def __init__(self, status, code, detail):
        super().__init__(detail)
        self.status, self.code = status, code


def is_time(text):
    """UTC with three decimals and nothing else, so that the order of the texts is the order of the times."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z", text):
        return False
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
        return not text.endswith(":60", 0, 19)  # strptime knows leap seconds
    except ValueError:
        return False  # no such day or hour


def is_printable(text):
    hidden = ("Cc", "Cs", "Cn", "Zl", "Zp")
    return 1 <= len(text) <= 128 and all(unicodedata.category(character) not in hidden for character in text)


def is_amount(text):
    return re.fullmatch(r"[1-9][0-9]{0,18}", text) is not None and int(text) <= POINTS_MAX


def is_rate(text):
    return re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,18})?", text) is not None and text.strip("0.") != ""


def matches(pattern):
    return lambda text: re.fullmatch(pattern, text) is not None


is_catalog_id = matches(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
IDENTITY = {
    "operation_id": matches(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}"),
    "source_system": is_catalog_id,
    "target_system": is_catalog_id,
    "initiated_at": is_time,
}
CREDIT = IDENTITY | {
    "user_id": is_printable,
    "credit_type_id": is_catalog_id,
    "amount": is_amount,
    "source_credit_type": is_catalog_id,
    "source_amount": is_amount,
    "exchange_rate": is_rate,
}
USERS = {"source_system": is_catalog_id, "source_user_id": is_printable, "target_system": is_catalog_id}
LEG = {"kind": matches("credits|holds"), "source_system": is_catalog_id, "target_system": is_catalog_id}
OPERATIONS = LEG | {"start_time": is_time, "end_time": is_time}


def check_form(form, body):
    """Every field is a string that fits; fields that we don't know are ignored."""
    if not isinstance(body, dict):
        raise Rejected(400, "invalid_request", "the body must be a JSON object")
    for name, fits in form.items():
        if not isinstance(body.get(name), str) or not fits(body[name]):
            raise Rejected(400, "invalid_request", f"{name} is missing or malformed")


def check_speaker(request, speaker, hosted):
    """The caller must speak for one side, and the other must stand here. 403 uses no id up."""
    if speaker not in CALLERS[request.node_id]["systems"]:
        raise Rejected(403, "forbidden", f"{request.node_id} does not speak for {speaker}")
    if hosted not in SYSTEMS:
        raise Rejected(403, "forbidden", f"{hosted} is not hosted here")


# --- The callee's table: credits and their rollback -----------------------------------------------------------------


def find_row(db, request, body):
    # Ids belong to the calling node (not to its key) and to the system that is called.
    key = (request.node_id, body["target_system"], body["operation_id"])
    return db.execute(
        "SELECT * FROM credits WHERE node_id = ? AND target_system = ? AND operation_id = ?", key
    ).fetchone()


def stored_row(row):
    outcome = "completed" if row["state"] == "sealed" else row["state"]
    amount = None if row["amount"] is None else str(row["amount"])
    return {
        "operation_id": row["operation_id"],
        "source_system": row["source_system"],
        "target_system": row["target_system"],
        "user_id": row["user_id"],
        "credit_type_id": row["credit_type_id"],
        "amount": amount,
        "outcome": outcome,
        "initiated_at": row["initiated_at"],
        "completed_at": row["completed_at"],
        "exchange_rate": row["exchange_rate"],
    }


def conflict(row, body):
    """The 409 for an id that came with other fields, beside the row as it stands; None where they agree. It decides
    nothing. What a fence left open can't differ."""
    for name in ("source_system", "target_system", "user_id", "credit_type_id", "amount"):
        stored, given = row[name], body.get(name)
        if stored is not None and given is not None and str(stored) != given:
            answer = {"code": "operation_conflict", "detail": f"{name} was {stored}", "conflicting_field": name}
            return 409, answer | stored_row(row)
    return None


def answer_row(row, idempotent):
    """What a row answers to a credit, the first time and ever after (T2)."""
    answer = {"operation_id": row["operation_id"], "idempotent": idempotent}
    if row["state"] in ("completed", "sealed"):
        answer |= {"outcome": "completed", "transaction_id": str(row["movement_id"])}
        return 200, answer | {"amount": str(row["amount"]), "completed_at": row["completed_at"]}
    return 422, answer | {"outcome": row["state"], "code": row["code"] or "rolled_back"}


def shortest_rate(text):
    """Both sides compare rates as texts, so there is one for each: no zero that says nothing."""
    whole, _, fraction = text.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def insert_row(db, request, body, state, code=None, movement_id=None):
    request.keep_as_evidence(db)
    amount = int(body["amount"]) if "amount" in body else None
    row = (request.node_id, body["target_system"], body["operation_id"], body["source_system"])
    row += (body.get("user_id"), body.get("credit_type_id"), amount, state, code, movement_id)
    rate = shortest_rate(body["exchange_rate"]) if "exchange_rate" in body else None
    row += (body["initiated_at"], now_text(), request.nonce, rate)
    db.execute("INSERT INTO credits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def best_rate(db, body):
    """The highest rate in force for the pair in the last 24 hours, None where none is: the source may have frozen
    an exchange at yesterday's rate, but must not invent one."""
    pair = (body["source_system"], body["target_system"], body["source_credit_type"], body["credit_type_id"])
    versions = db.execute(
        "SELECT rate, valid_from FROM rates WHERE source_system = ? AND target_system = ? AND source_credit_type = ?"
        " AND target_credit_type = ? ORDER BY valid_from DESC, rowid DESC",
        pair,
    ).fetchall()
    if not versions or versions[0]["rate"] is None:
        return None
    day_ago, best = now_text(datetime.now(timezone.utc) - timedelta(days=1)), None
    for version in versions:
        if version["rate"] is not None:
            whole, _, fraction = version["rate"].partition(".")
            # Exact: over 10^18, so that whole numbers compare. Points never touch floating point.
            scaled = int(whole + fraction.ljust(18, "0"))
            best = scaled if best is None else max(best, scaled)
        if version["valid_from"] <= day_ago:
            break  # older versions had ended before the day began
    return best


def find_refusal(db, body, account):
    """The code under which a new credit is refused, or None. Put your own rules here."""
    rate, amount = best_rate(db, body), int(body["amount"])
    if rate is None or amount > int(body["source_amount"]) * rate // 10**18:
        return "rate_not_agreed"
    if body["credit_type_id"] not in SYSTEMS[body["target_system"]]:
        return "credit_type_not_found"
    member = "SELECT 1 FROM members WHERE system_id = ? AND user_id = ?"
    if MEMBERS == "known" and db.execute(member, account[:2]).fetchone() is None:
        return "user_not_found"
    if DAILY_LIMIT > 0:
        credited = db.execute(
            "SELECT coalesce(sum(amount), 0) AS today FROM credits WHERE target_system = ? AND user_id = ?"
            " AND credit_type_id = ? AND completed_at >= ? AND state IN ('completed', 'sealed')",
            (*account, now_text()[:10]),
        ).fetchone()
        if credited["today"] + amount > DAILY_LIMIT:
            return "limit_exceeded"
    return "amount_too_large" if balance_of(db, account) + amount > POINTS_MAX else None


def credit(db, request, body):
    check_form(CREDIT, body)
    check_speaker(request, speaker=body["source_system"], hosted=body["target_system"])
    with transaction(db):
        # The row comes first: a repeat must not be judged by what changed since (T2).
        row = find_row(db, request, body)
        if row is not None:
            return conflict(row, body) or answer_row(row, idempotent=True)
        account = (body["target_system"], body["user_id"], body["credit_type_id"])
        code = find_refusal(db, body, account)
        if code is None:
            movement_id = move(db, account, int(body["amount"]), "credit")
            insert_row(db, request, body, "completed", movement_id=movement_id)
        else:
            insert_row(db, request, body, "refused", code)
        answer = answer_row(find_row(db, request, body), idempotent=False)
    # Only now that it is committed may it be said, the refusal too (T3).
    return answer


def roll_back(db, request, body):
    check_form(IDENTITY, body)
    check_speaker(request, speaker=body["source_system"], hosted=body["target_system"])
    identity = {name: body[name] for name in IDENTITY}
    with transaction(db):
        row = find_row(db, request, body)
        if row is None:
            # Never seen: it may still be on its way, so the id is closed before anything is said (T4).
            insert_row(db, request, identity, "rolled_back")
            return 200, {"operation_id": body["operation_id"], "outcome": "rolled_back", "idempotent": False}
        differs = conflict(row, identity)
        if differs is not None:
            return differs
        state, changes = row["state"], False
        if state == "completed":
            account, changes = (row["target_system"], row["user_id"], row["credit_type_id"]), True
            if balance_of(db, account) >= row["amount"]:
                move(db, account, -row["amount"], "rollback")
                state = "rolled_back"
            else:
                # Spent. Sealing is one-way: the caller, told so, takes the source's points for good (T5).
                state = "sealed"
            # Compared and set: only the state that was judged is changed.
            db.execute(
                "UPDATE credits SET state = ? WHERE node_id = ? AND target_system = ? AND operation_id = ?"
                " AND state = 'completed'",
                (state, row["node_id"], row["target_system"], row["operation_id"]),
            )
            request.keep_as_evidence(db)
    if state == "sealed":
        _, answer = answer_row(row, idempotent=not changes)
        return 409, answer | {"code": "rollback_refused"}
    return 200, {"operation_id": body["operation_id"], "outcome": state, "idempotent": not changes}


# --- The other calls ------------------------------------------------------------------------------------------------


def describe(db, request, body):
    return 200, {
        "protocol": "pxp/1",
        "roles": ["target"],
        "systems": list(SYSTEMS),
        "keys": {"keys": [public_jwk(load_key())]},
        "batch_max": BATCH_MAX,
        "provisioning": True,
        "reconciliation_level": 2,
        "time": now_text(),
    }


def run_batch(db, request, body):
    """Each call as if it were sent alone, in order, never all or nothing. A transaction each keeps it plain; one for
    all of them with a savepoint each saves disk syncs, as long as nothing is answered before it is committed."""
    calls = body.get("calls") if isinstance(body, dict) else None
    if not isinstance(calls, list) or not 1 <= len(calls) <= BATCH_MAX:
        raise Rejected(400, "invalid_request", f"calls must be a list of 1 to {BATCH_MAX}")
    results = []
    for line in calls:
        line = line if isinstance(line, dict) else {}
        handler = {"credits": credit, "credits/rollback": roll_back}.get(str(line.get("call")))
        if handler is None:
            status, answer = 400, {"code": "invalid_request", "detail": "call must be credits or credits/rollback"}
        else:
            status, answer = attempt(handler, db, request, line)
        results.append({"operation_id": line.get("operation_id"), "status": status} | answer)
    return 200, {"results": results}


def provision(db, request, body):
    """Makes a member for a source's user, once: the same source user always gets the same member. Never found by
    e-mail or phone, which anybody can claim; linking a member who exists is between them and you."""
    check_form(USERS, body)
    if not isinstance(body.get("profile"), dict):
        raise Rejected(400, "invalid_request", "profile must be an object")
    check_speaker(request, speaker=body["source_system"], hosted=body["target_system"])
    source = (body["target_system"], body["source_system"], body["source_user_id"])
    with transaction(db):
        known = db.execute(
            "SELECT user_id FROM provisioned WHERE target_system = ? AND source_system = ? AND source_user_id = ?",
            source,
        ).fetchone()
        if known is not None:
            return 200, {"user_id": known["user_id"], "created": False}
        user_id = f"m-{uuid.uuid4()}"
        db.execute("INSERT INTO members VALUES (?, ?, ?)", (source[0], user_id, json.dumps(body["profile"])))
        db.execute("INSERT INTO provisioned VALUES (?, ?, ?, ?)", (*source, user_id))
    return 200, {"user_id": user_id, "created": True}


def list_operations(db, request, body):
    check_form(OPERATIONS, body)
    limit = body.get("limit")
    if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= 1000:
        raise Rejected(400, "invalid_request", "limit must be an integer from 1 to 1000")
    after_time = after_id = ""
    # Read before the rows of the first page: what is committed later may be missing, also behind a page that
    # was read already, so we must not vouch for it on any page.
    complete_until = now_text()
    if "cursor" in body:
        parts = str(body["cursor"]).split("/")
        if len(parts) != 3 or not (is_time(parts[0]) and IDENTITY["operation_id"](parts[1]) and is_time(parts[2])):
            raise Rejected(400, "invalid_request", "cursor must be a next_cursor of ours")
        after_time, after_id, complete_until = parts
    if body["kind"] == "holds":  # a target has none
        check_speaker(request, speaker=body["target_system"], hosted=body["source_system"])
        return 200, {"items": [], "next_cursor": None, "complete_until": complete_until}
    check_speaker(request, speaker=body["source_system"], hosted=body["target_system"])
    # The cursor begins with the last row's place in the order, no count: rows that come meanwhile shift nothing.
    rows = db.execute(
        "SELECT * FROM credits WHERE node_id = ? AND target_system = ? AND source_system = ?"
        " AND initiated_at >= ? AND initiated_at < ? AND (initiated_at, operation_id) > (?, ?)"
        " ORDER BY initiated_at, operation_id LIMIT ?",
        (request.node_id, body["target_system"], body["source_system"], body["start_time"], body["end_time"])
        + (after_time, after_id, limit + 1),
    ).fetchall()
    page = [stored_row(row) for row in rows[:limit]]
    cursor = None
    if len(rows) > limit:
        cursor = f'{page[-1]["initiated_at"]}/{page[-1]["operation_id"]}/{complete_until}'
    return 200, {"items": page, "next_cursor": cursor, "complete_until": complete_until}


# --- Comparing without listing: level 2 -----------------------------------------------------------------------------
#
# A record is a credit that stands. Its digest is HMAC-SHA-256 under the leg's key; digests are added up, so sums of
# hours are sums of days, and two sides agree if their sums do. Here each sum is made from the rows; with many of them
# keep the digest beside the row when it is written, and sums by the hour.


def check_leg(request, body):
    """A target has credits only; of holds it has none, which is an answer too."""
    source, target = body["source_system"], body["target_system"]
    if body["kind"] == "credits":
        check_speaker(request, speaker=source, hosted=target)
    else:
        check_speaker(request, speaker=target, hosted=source)
    return (request.node_id, body["kind"], body["source_system"], body["target_system"])


def check_key_version(body):
    version = body.get("key_version")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= 2**31 - 1:
        raise Rejected(400, "invalid_request", "key_version must be an integer from 1 on")
    return version


def find_secret(db, leg, version):
    row = db.execute(
        "SELECT secret FROM secrets WHERE node_id = ? AND kind = ? AND source_system = ? AND target_system = ?"
        " AND key_version = ?",
        (*leg, version),
    ).fetchone()
    return None if row is None else row["secret"]


def keep_secret(db, request, body):
    check_form(LEG | {"secret": matches(r"[A-Za-z0-9_-]{43}")}, body)
    leg, version = check_leg(request, body), check_key_version(body)
    with transaction(db):
        # One version is one secret for ever: whoever was first decides.
        db.execute("INSERT INTO secrets VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", (*leg, version, body["secret"]))
        if find_secret(db, leg, version) != body["secret"]:
            raise Rejected(409, "reconciliation_key_taken", f"secret {version} is another one here")
    return 200, {"key_version": version}


def leg_key(leg, secret):
    text = "\n".join(["pxp-record-1", *leg[1:]])
    return hmac.digest(from_base64url(secret), text.encode("utf-8"), "sha256")


def record_digest(key, row):
    fields = (row["operation_id"], row["user_id"], row["credit_type_id"], str(row["amount"]), row["exchange_rate"] or "")
    return hmac.digest(key, "\n".join(fields).encode("utf-8"), "sha256")


def summarise(db, request, body):
    check_form(OPERATIONS, body)
    leg = check_leg(request, body)
    if body.get("per") not in (None, "hour"):
        raise Rejected(400, "invalid_request", "per must be hour")
    key = None
    if "key_version" in body:
        secret = find_secret(db, leg, check_key_version(body))
        if secret is None:
            raise Rejected(409, "reconciliation_key_unknown", "send the secret first")
        key = leg_key(leg, secret)
    complete_until = now_text()  # before the rows are read: what is committed later may be missing
    rows = db.execute(
        "SELECT * FROM credits WHERE ? = 'credits' AND node_id = ? AND target_system = ? AND source_system = ?"
        " AND initiated_at >= ? AND initiated_at < ? AND state IN ('completed', 'sealed')",
        (leg[1], leg[0], leg[3], leg[2], body["start_time"], body["end_time"]),
    )
    types, hours = {}, {}  # [count, points, digests added up]
    for row in rows:
        digest = 0 if key is None else int.from_bytes(record_digest(key, row)[:16], "big")
        hour = row["initiated_at"][:13] + ":00:00.000Z"
        for sums, name in ((types, row["credit_type_id"]), (hours, hour)):
            count, amount, total = sums.get(name, (0, 0, 0))
            sums[name] = (count + 1, amount + row["amount"], (total + digest) % 2**128)

    def told(sums):
        count, amount, total = sums
        return {"count": count, "amount": str(amount)} | ({} if key is None else {"digest_sum": f"{total:032x}"})

    answer = {
        "count": sum(count for count, _, _ in types.values()),
        "totals": [
            {"credit_type_id": name, "count": count, "amount": str(amount)}
            for name, (count, amount, _) in sorted(types.items())
        ],
        "open_count": 0,  # a credit is decided when it arrives
        "complete_until": complete_until,
    }
    if key is not None:
        answer["digest_sum"] = f"{sum(total for _, _, total in types.values()) % 2**128:032x}"
    if body.get("per") == "hour":
        answer["hours"] = [{"start_time": hour} | told(sums) for hour, sums in sorted(hours.items())]
    return 200, answer


HANDLERS = {
    "/pxp/v1/node": describe,
    "/pxp/v1/credits": credit,
    "/pxp/v1/credits/rollback": roll_back,
    "/pxp/v1/batch": run_batch,
    "/pxp/v1/users": provision,
    "/pxp/v1/operations": list_operations,
    "/pxp/v1/reconciliation/key": keep_secret,
    "/pxp/v1/reconciliation/summary": summarise,
}


def attempt(handler, db, request, body):
    """(status, answer) of one call, whatever becomes of it."""
    try:
        return handler(db, request, body)
    except Rejected as rejected:
        return rejected.status, {"code": rejected.code, "detail": str(rejected)}
    except Exception:
        # A full disk, a lock that was not given: nothing can be said of the outcome, and the caller asks again.
        traceback.print_exc()
        return 503, {"code": "unavailable", "detail": "the call could not be decided; send it again"}


# --- HTTP -----------------------------------------------------------------------------------------------------------


class Partner(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30  # of a connection that says nothing

    def setup(self):
        super().setup()
        self.db, self.key = open_database(), load_key()

    def finish(self):
        self.db.close()
        super().finish()

    def do_POST(self):
        length = self.headers.get("content-length", "")
        if not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > BODY_BYTES_MAX:
            # Read on for a while, unkept: whoever still sends does not hear the answer.
            rest = min(int(length), 4 * BODY_BYTES_MAX) if length.isdigit() else 0
            while rest > 0 and (piece := self.rfile.read(min(rest, 65536))):
                rest -= len(piece)
            self.close_connection = True
            return self.answer(413, {"code": "invalid_request", "detail": "send content-length, to 4 MiB"})
        body = self.rfile.read(int(length))
        if "/pxp/v1/" not in self.path:
            return self.answer(404, {"code": "not_found", "detail": "there is nothing at this address"})
        try:
            request = SignedRequest(self.command, self.path, self.headers, body)
            request.take_nonce(self.db)
        except Unauthorised as refusal:
            # Our time goes with it: most of these are clocks.
            answer = {"code": refusal.code, "detail": str(refusal), "time": now_text()}
            return self.answer(401, answer)
        except Exception:
            traceback.print_exc()
            return self.answer(503, {"code": "unavailable", "detail": "send it again"})
        handler = HANDLERS.get(self.path[self.path.index("/pxp/v1/") :])
        if handler is None:
            answer = {"code": "not_found", "detail": "this partner does not have this call"}
            return self.answer(404, answer)
        try:
            parsed = json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError):
            answer = {"code": "invalid_request", "detail": "the body must be JSON in UTF-8"}
            return self.answer(400, answer)
        return self.answer(*attempt(handler, self.db, request, parsed))

    def do_GET(self):
        self.close_connection = True
        self.answer(405, {"code": "method_not_allowed", "detail": "every call is a POST"})

    do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_GET

    def answer(self, status, answer):
        """Every answer is signed, errors too: an unsigned one could be anybody's, and says nothing to the caller."""
        body = json.dumps(answer, separators=(",", ":")).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in sign_answer(self.key, status, body, find_nonce(self.headers)).items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self._headers_buffer.append(b"\r\n")
        if self.command != "HEAD":
            self._headers_buffer.append(body)
        self.flush_headers()

    def log_message(self, format, *args):
        sys.stderr.write(f"{now_text()} {format % args}\n")


# --- Commands -------------------------------------------------------------------------------------------------------


def set_up(db):
    """Makes the tables and the key, and keeps each rate that is new as a version of its own."""
    db.executescript(SCHEMA)
    load_key()
    names = ("source_system", "target_system", "source_credit_type", "target_credit_type")
    wanted = {tuple(rate[name] for name in names): rate["rate"] for rate in RATES}
    bad = [text for text in wanted.values() if not is_rate(text)]
    if bad:
        sys.exit(f"PARTNER_RATES: {bad[0]} is not a rate")
    with transaction(db):
        for *pair, rate in db.execute(f"SELECT {', '.join(names)}, rate FROM rates ORDER BY rowid").fetchall():
            # In the end holds what is in force for each pair that ever had a rate.
            wanted.setdefault(tuple(pair), None)
        for pair, rate in wanted.items():
            where = " AND ".join(f"{name} = ?" for name in names)
            stands = db.execute(f"SELECT rate FROM rates WHERE {where} ORDER BY rowid DESC LIMIT 1", pair).fetchone()
            if stands is None or stands["rate"] != rate:
                db.execute("INSERT INTO rates VALUES (?, ?, ?, ?, ?, ?)", (*pair, rate, now_text()))


def main(command="", *rest):
    db = open_database()
    set_up(db)
    if command == "serve":
        print(f"ready {BASE_URL}", flush=True)
        ThreadingHTTPServer.request_queue_size = 128
        ThreadingHTTPServer((HOST, PORT), Partner).serve_forever()
    elif command == "setup":
        print(json.dumps({"keys": [public_jwk(load_key())]}))
    elif command == "member" and len(rest) == 2:
        db.execute("INSERT INTO members (system_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING", rest)
    elif command == "spend" and len(rest) == 4 and is_amount(rest[3]):
        with transaction(db):
            if balance_of(db, rest[:3]) < int(rest[3]):
                sys.exit("not enough points")
            move(db, rest[:3], -int(rest[3]), "spend")
    elif command == "balance" and len(rest) == 3:
        print(balance_of(db, rest))
    else:
        sys.exit(
            "usage: partner.py serve | setup (prints the public keys as JWKS) | member SYSTEM USER"
            " | balance SYSTEM USER TYPE | spend SYSTEM USER TYPE AMOUNT"
        )


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(0)
