<?php
// A pxp/1 partner in one file: the target's part on SQLite, to start from.
//
// It hosts the accounts of one or more systems and takes signed calls from Pointbridge nodes: credits, their rollback,
// both in batches, provisioning of users, the list of what it did, and what that adds up to. It needs PHP 8.1 with sodium and PDO's SQLite
// (Debian 12: apt-get install php-cli php-sqlite3), nothing else. README.md says how to run it.
//
// What must hold, however calls are lost, repeated, delayed, reordered or raced:
//   T1  An id is one row under one unique key, written in the transaction that moves the points.
//   T2  A known id answers what is stored, whatever limits, rates or members say by now.
//   T3  A refusal is committed before it is answered, so it can be relied on and stays.
//   T4  A rollback of an id that was never seen fences it: the credit is refused when it comes.
//   T5  Points that were spent can't be taken back: the row is sealed, and the credit stands for good.
//   T6  Nothing counts that a registered key did not sign for this address, this body and this minute, once.
// To make it yours, replace "The ledger" by your own and keep the transaction around `credit` and `rollBack`.
declare(strict_types=1);

// --- Settings, all from the environment ------------------------------------------------------------------------------

function setting(string $name, string $otherwise): string
{
    $value = getenv("PARTNER_$name");
    return $value === false ? $otherwise : $value;
}

// The address agreed with the nodes, what comes before /pxp/v1. They sign it, so it must be the same to the letter:
// lower-case scheme and host, no default port, no slash at its end. Never take it from the Host header.
define('BASE_URL', setting('BASE_URL', 'http://127.0.0.1:4200'));
define('DATABASE', setting('DATABASE', __DIR__ . '/partner.db'));
define('KEY_FILE', setting('KEY', __DIR__ . '/partner-key.json'));
// {"club": ["star"]}: the systems whose accounts stand here, and the credit types of each.
define('SYSTEMS', json_decode(setting('SYSTEMS', '{"club": ["star"]}'), true, 8, JSON_THROW_ON_ERROR));
// {"shop": {"systems": ["shop"], "keys": "shop.jwks.json"}}: each node that may call, the systems that it speaks for,
// and the file with its public keys, as its GET /v1/keys gives them. "revoked" may name a second such file.
define('CALLERS', json_decode(setting('CALLERS', '{}'), true, 8, JSON_THROW_ON_ERROR));
// [{"source_system", "target_system", "source_credit_type", "target_credit_type", "rate"}]: what was agreed.
define('RATES', json_decode(setting('RATES', '[]'), true, 8, JSON_THROW_ON_ERROR));
// Points that one account may be credited in a UTC day; 0 for no limit.
define('DAILY_LIMIT', (int) setting('DAILY_LIMIT', '0'));
// "known": credits go to members only (added by `member`, or provisioned by a node). "any": to any user id.
define('MEMBERS', setting('MEMBERS', 'known'));

const BATCH_MAX = 100;
const BODY_BYTES_MAX = 4 * 1024 * 1024;
const POINTS_MAX = PHP_INT_MAX; // 2^63-1 on a 64-bit machine, as the protocol has it

// --- The ledger: accounts with balances, and the movements that made them --------------------------------------------

const SCHEMA = <<<'SQL'
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
  signature_input TEXT NOT NULL, signature TEXT NOT NULL, content_digest TEXT NOT NULL, body TEXT NOT NULL,
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
SQL;

function database(): PDO
{
    static $db = null;
    if ($db === null) {
        $db = new PDO('sqlite:' . DATABASE, options: [
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
            PDO::ATTR_TIMEOUT => 10, // seconds to wait for another writer
        ]);
        $db->exec('PRAGMA journal_mode = WAL');
        // What was answered must survive the machine's crash: FULL syncs each commit.
        $db->exec('PRAGMA synchronous = FULL');
        $db->exec('PRAGMA foreign_keys = ON');
    }
    return $db;
}

function query(string $sql, array $values = []): PDOStatement
{
    $statement = database()->prepare($sql);
    foreach (array_values($values) as $index => $value) {
        $type = is_int($value) ? PDO::PARAM_INT : ($value === null ? PDO::PARAM_NULL : PDO::PARAM_STR);
        $statement->bindValue($index + 1, $value, $type);
    }
    $statement->execute();
    return $statement;
}

function transaction(callable $work): mixed
{
    // IMMEDIATE takes the write lock before the first read, so that two calls on one id take turns. PDO's own
    // beginTransaction() is deferred: both would read "unknown" and then fail or, on other databases, both go on.
    // On PostgreSQL or MySQL: INSERT ... ON CONFLICT DO NOTHING to claim the row, then SELECT ... FOR UPDATE.
    database()->exec('BEGIN IMMEDIATE');
    try {
        $result = $work();
        database()->exec('COMMIT');
        return $result;
    } catch (Throwable $error) {
        try {
            database()->exec('ROLLBACK');
        } catch (PDOException) {
            // SQLite has ended the transaction itself, as it does on a full disk; what matters is the first error.
        }
        throw $error;
    }
}

function nowText(string $when = 'now'): string
{
    return (new DateTimeImmutable($when, new DateTimeZone('UTC')))->format('Y-m-d\TH:i:s.v\Z');
}

function balanceOf(array $account): int
{
    $sql = 'SELECT balance FROM accounts WHERE system_id = ? AND user_id = ? AND credit_type_id = ?';
    return query($sql, $account)->fetchColumn() ?: 0;
}

/** Adds to a balance (takes from it below zero) and returns the id of the movement. */
function move(array $account, int $amount, string $kind): int
{
    if ($amount > 0) {
        $sql = 'INSERT INTO accounts VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET balance = balance + excluded.balance';
        query($sql, [...$account, $amount]);
    } else {
        // An insert would trip over CHECK (balance >= 0) before it came to the conflict.
        $sql = 'UPDATE accounts SET balance = balance + ? WHERE system_id = ? AND user_id = ? AND credit_type_id = ?';
        query($sql, [$amount, ...$account]);
    }
    $sql = 'INSERT INTO movements (system_id, user_id, credit_type_id, amount, kind, moved_at) VALUES (?, ?, ?, ?, ?, ?)';
    query($sql, [...$account, $amount, $kind, nowText()]);
    return (int) database()->lastInsertId();
}

// --- Keys and signatures: RFC 9421 with Ed25519, Content-Digest by RFC 9530 ------------------------------------------

function toBase64url(string $bytes): string
{
    return sodium_bin2base64($bytes, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING);
}

function fromBase64url(string $text): string
{
    return sodium_base642bin($text, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING);
}

/** RFC 7638: the hash of the key's required members, in this order and without spaces. */
function thumbprint(string $x): string
{
    return toBase64url(hash('sha256', '{"crv":"Ed25519","kty":"OKP","x":"' . $x . '"}', true));
}

/** This partner's own key, which `setup` makes. */
function ownKey(): array
{
    return json_decode(file_get_contents(KEY_FILE), true, 8, JSON_THROW_ON_ERROR);
}

function publicJwk(array $key): array
{
    $x = $key['x'];
    return ['kty' => 'OKP', 'crv' => 'Ed25519', 'x' => $x, 'kid' => thumbprint($x), 'alg' => 'EdDSA', 'use' => 'sig'];
}

/** [node, JWK, whether it is revoked] of a registered key. Files are read each time: rotation needs no restart. */
function findCaller(string $keyId): ?array
{
    foreach (CALLERS as $nodeId => $caller) {
        foreach (['revoked', 'keys'] as $name) {
            if (!isset($caller[$name])) {
                continue;
            }
            $set = json_decode(file_get_contents($caller[$name]), true, 8, JSON_THROW_ON_ERROR);
            foreach ($set['keys'] as $jwk) {
                if (($jwk['crv'] ?? '') === 'Ed25519' && thumbprint($jwk['x']) === $keyId) {
                    return [(string) $nodeId, $jwk, $name === 'revoked'];
                }
            }
        }
    }
    return null;
}

function contentDigest(string $body): string
{
    return 'sha-256=:' . base64_encode(hash('sha256', $body, true)) . ':';
}

/** The bytes that are signed: each component on a line, then the parameters as they are sent. */
function signatureBase(array $components, string $params): string
{
    $base = '';
    foreach ($components as $name => $value) {
        $base .= "\"$name\": $value\n";
    }
    return $base . "\"@signature-params\": $params";
}

function signAnswer(int $status, string $body, ?string $nonce): array
{
    $key = ownKey();
    $digest = contentDigest($body);
    $params = sprintf(
        '("@status" "content-digest");created=%d;keyid="%s";alg="ed25519";tag="pxp-1"',
        time(),
        thumbprint($key['x']),
    );
    if ($nonce !== null) {
        $params .= ";nonce=\"$nonce\""; // binds the answer to this very request
    }
    $pair = sodium_crypto_sign_seed_keypair(fromBase64url($key['d']));
    $base = signatureBase(['@status' => $status, 'content-digest' => $digest], $params);
    $signature = sodium_crypto_sign_detached($base, sodium_crypto_sign_secretkey($pair));
    return [
        'Content-Digest' => $digest,
        'Signature-Input' => "sig1=$params",
        'Signature' => 'sig1=:' . base64_encode($signature) . ':',
    ];
}

// Signature-Input as the protocol has it: one signature, labelled sig1, of plain components and these parameters. What
// it has no use for is unreadable, so that no two readers see different things in one header.
const INPUT = '/^sig1=\( *((?:"[@a-z0-9_-]+"(?: +"[@a-z0-9_-]+")*)?) *\)(.*)$/D';
const PARAM = '; *(?:(created|expires)=([0-9]{1,15})|(nonce|keyid|alg|tag)="([ !#-\[\]-~]*)")';
// 64 bytes in the one spelling that padded base64 has for them.
const SIGNATURE = '{^[A-Za-z0-9+/]{85}[AQgw]==$}D';

/** 401: the request is not acted on. `reason` is the protocol's code. */
final class Unauthorised extends Exception
{
    public function __construct(public readonly string $reason, string $detail)
    {
        parent::__construct($detail);
    }
}

/** @param array<string, string> $headers by lower-case name */
function readHeader(array $headers, string $name): string
{
    $value = $headers[$name] ?? throw new Unauthorised('missing_component', "the header $name is missing");
    // PHP joins what came twice with a comma. Only a digest may hold one, and is read with that in mind.
    if ($name === 'content-type' && str_contains($value, ',')) {
        throw new Unauthorised('missing_component', "the header $name came more than once");
    }
    return trim($value, " \t");
}

/** [components, parameters by name], both in the signer's order. */
function readSignatureInput(array $headers): array
{
    $isReadable = preg_match(INPUT, readHeader($headers, 'signature-input'), $match) === 1
        && preg_match('/^(?:' . PARAM . ')*$/D', $match[2]) === 1;
    if (!$isReadable) {
        throw new Unauthorised('missing_component', 'signature-input must be one signature of pxp-1, labelled sig1');
    }
    preg_match_all('/"([^"]*)"/', $match[1], $components);
    preg_match_all('/' . PARAM . '/', $match[2], $parameters, PREG_SET_ORDER);
    $values = [];
    foreach ($parameters as $parameter) {
        [$name, $value] = $parameter[1] !== '' ? [$parameter[1], $parameter[2]] : [$parameter[3], $parameter[4]];
        $values[$name] = $value;
    }
    $covered = $components[1];
    if (count(array_unique($covered)) < count($covered) || count($values) < count($parameters)) {
        throw new Unauthorised('missing_component', 'signature-input names a component or a parameter twice');
    }
    return [$covered, $values];
}

/** What binds an answer to its request, whatever else is wrong with that; null where it can't be read. */
function findNonce(array $headers): ?string
{
    try {
        return readSignatureInput($headers)[1]['nonce'] ?? null;
    } catch (Unauthorised) {
        return null;
    }
}

/** A request whose signature holds (T6), and what of it is kept as evidence. */
final class SignedRequest
{
    public readonly string $nonce;
    public readonly string $nodeId;
    private string $keyId;
    private int $keepUntil;
    private string $signatureInput;
    private string $signature;
    private string $contentDigest;

    /** @param array<string, string> $headers by lower-case name */
    public function __construct(
        string $method,
        private readonly string $path,
        array $headers,
        private readonly string $body,
    ) {
        $this->signatureInput = readHeader($headers, 'signature-input');
        [$covered, $values] = readSignatureInput($headers);
        $this->nonce = $values['nonce'] ?? '';
        $this->checkInput($covered, $values);
        $this->signature = readHeader($headers, 'signature');
        if (preg_match('/^sig1=:([^:,]*):$/D', $this->signature, $signature) !== 1) {
            $this->refuse('missing_component', 'signature must read sig1=:BASE64:');
        }
        $this->contentDigest = readHeader($headers, 'content-digest');
        $components = [
            '@method' => $method,
            // Our agreed address and the path as it came, from /pxp/v1/ on: a proxy in front may have taken a prefix
            // away, and what Host or X-Forwarded-* say is anybody's.
            '@target-uri' => BASE_URL . strstr($path, '/pxp/v1/'),
            'content-type' => readHeader($headers, 'content-type'),
            'content-digest' => $this->contentDigest,
        ];
        if ($values['alg'] !== 'ed25519' || $values['tag'] !== 'pxp-1') {
            $this->refuse('bad_signature', 'the signature must have alg="ed25519" and tag="pxp-1"');
        }
        $publicKey = $this->findKey($values['keyid']);
        $this->checkTime((int) $values['created'], (int) $values['expires']);

        // Over the bytes as they came, before anything parses them.
        $digests = array_map(trim(...), explode(',', $this->contentDigest));
        if (array_values(preg_grep('/^sha-256=/', $digests)) !== [contentDigest($body)]) {
            $this->refuse('bad_digest', 'content-digest does not have the sha-256 of the body as it came');
        }
        // In the signer's order, without the space that the header's syntax allows.
        $params = '("' . implode('" "', $covered) . '")';
        foreach ($values as $name => $value) {
            $params .= in_array($name, ['created', 'expires'], true) ? ";$name=$value" : ";$name=\"$value\"";
        }
        $base = signatureBase(array_replace(array_flip($covered), $components), $params);
        $holds = preg_match(SIGNATURE, $signature[1]) === 1
            && sodium_crypto_sign_verify_detached(base64_decode($signature[1]), $base, $publicKey);
        if (!$holds) {
            $this->refuse('bad_signature', "the signature does not hold for {$components['@target-uri']}");
        }
    }

    private function refuse(string $reason, string $detail): never
    {
        throw new Unauthorised($reason, $detail);
    }

    private function checkInput(array $covered, array $values): void
    {
        sort($covered);
        if ($covered !== ['@method', '@target-uri', 'content-digest', 'content-type']) {
            $list = '@method @target-uri content-type content-digest';
            $this->refuse('missing_component', "the signature must cover $list and nothing else");
        }
        $isNonce = preg_match('/^[A-Za-z0-9_-]{22,128}={0,2}$/D', $this->nonce) === 1;
        if (count($values) !== 6 || !$isNonce) {
            $names = 'created expires nonce keyid alg tag';
            $this->refuse('missing_component', "the signature must have $names, and a nonce of 128 bits in base64url");
        }
    }

    private function findKey(string $keyId): string
    {
        $caller = findCaller($keyId) ?? $this->refuse('unknown_key', "no node is registered here with the key $keyId");
        [$this->nodeId, $jwk, $isRevoked] = $caller;
        if ($isRevoked) {
            $this->refuse('revoked_key', "the key $keyId is revoked");
        }
        $this->keyId = $keyId;
        return fromBase64url($jwk['x']);
    }

    private function checkTime(int $created, int $expires): void
    {
        $this->keepUntil = $expires + 60;
        if ($created > time() + 60) {
            $this->refuse('clock_skew', 'created is more than 60 s ahead of our clock');
        }
        if ($expires <= $created || $expires - $created > 300 || microtime(true) > $this->keepUntil) {
            $this->refuse('expired', 'the signature has expired, or is meant to last for more than 300 s');
        }
    }

    /** One atomic insert, after the signature was verified: else anybody could use nonces up. */
    public function takeNonce(): void
    {
        $taken = transaction(function (): int {
            query('DELETE FROM nonces WHERE keep_until < ?', [time()]);
            $row = [$this->nodeId, $this->nonce, $this->keepUntil];
            return query('INSERT INTO nonces VALUES (?, ?, ?) ON CONFLICT DO NOTHING', $row)->rowCount();
        });
        if ($taken === 0) {
            $this->refuse('nonce_replayed', 'this nonce was used before; a retry takes a new one');
        }
    }

    public function keepAsEvidence(): void
    {
        $row = [$this->nodeId, $this->nonce, $this->keyId, $this->path, $this->signatureInput, $this->signature];
        array_push($row, $this->contentDigest, $this->body, nowText());
        query('INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING', $row);
    }
}

// --- The form of calls -----------------------------------------------------------------------------------------------

/** An answer without an outcome: it speaks of this request only, and nothing is stored under its id. */
final class Rejected extends Exception
{
    public function __construct(public readonly int $status, public readonly string $reason, string $detail)
    {
        parent::__construct($detail);
    }
}

// UTC with three decimals and nothing else, so that the order of the texts is the order of the times.
const TIME = '/^([0-9]{4})-([0-9]{2})-([0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/D';
const OPERATION_ID = '/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/D';
const CATALOG_ID = '/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/D';
// No controls, surrogates, unassigned code points, line or paragraph separators.
const USER_ID = '/^[^\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]{1,128}$/Du';
const AMOUNT = '/^[1-9][0-9]{0,18}$/D';
const RATE = '/^(?=.*[1-9])[0-9]{1,12}(?:\.[0-9]{1,18})?$/D';

const IDENTITY = [
    'operation_id' => OPERATION_ID,
    'source_system' => CATALOG_ID,
    'target_system' => CATALOG_ID,
    'initiated_at' => TIME,
];
const CREDIT = IDENTITY + [
    'user_id' => USER_ID,
    'credit_type_id' => CATALOG_ID,
    'amount' => AMOUNT,
    'source_credit_type' => CATALOG_ID,
    'source_amount' => AMOUNT,
    'exchange_rate' => RATE,
];
const USERS = ['source_system' => CATALOG_ID, 'source_user_id' => USER_ID, 'target_system' => CATALOG_ID];
const LEG = ['kind' => '/^(?:credits|holds)$/D', 'source_system' => CATALOG_ID, 'target_system' => CATALOG_ID];
const OPERATIONS = LEG + ['start_time' => TIME, 'end_time' => TIME];

/** Every field is a string that fits; fields that we don't know are ignored. */
function checkForm(array $form, mixed $body): void
{
    foreach ($form as $name => $pattern) {
        $value = is_array($body) ? $body[$name] ?? null : null;
        $fits = is_string($value) && preg_match($pattern, $value, $match) === 1 && match ($pattern) {
            TIME => checkdate((int) $match[2], (int) $match[3], (int) $match[1]),
            // 19 digits may be above 2^63-1, and then (int) would silently give another number.
            AMOUNT => strlen($value) < 19 || strcmp($value, (string) POINTS_MAX) <= 0,
            default => true,
        };
        if (!$fits) {
            throw new Rejected(400, 'invalid_request', "$name is missing or malformed");
        }
    }
}

/** The caller must speak for one side, and the other must stand here. 403 uses no id up. */
function checkSpeaker(SignedRequest $request, string $speaker, string $hosted): void
{
    if (!in_array($speaker, CALLERS[$request->nodeId]['systems'], true)) {
        throw new Rejected(403, 'forbidden', "{$request->nodeId} does not speak for $speaker");
    }
    if (!isset(SYSTEMS[$hosted])) {
        throw new Rejected(403, 'forbidden', "$hosted is not hosted here");
    }
}

// --- The callee's table: credits and their rollback ------------------------------------------------------------------

function findRow(SignedRequest $request, array $body): ?array
{
    // Ids belong to the calling node (not to its key) and to the system that is called.
    $sql = 'SELECT * FROM credits WHERE node_id = ? AND target_system = ? AND operation_id = ?';
    return query($sql, [$request->nodeId, $body['target_system'], $body['operation_id']])->fetch() ?: null;
}

function storedRow(array $row): array
{
    $names = ['operation_id', 'source_system', 'target_system', 'user_id', 'credit_type_id', 'initiated_at', 'completed_at', 'exchange_rate'];
    return array_intersect_key($row, array_flip($names)) + [
        'amount' => $row['amount'] === null ? null : (string) $row['amount'],
        'outcome' => $row['state'] === 'sealed' ? 'completed' : $row['state'],
    ];
}

/** The 409 for an id that came with other fields, beside the row as it stands; null where they agree. It decides
 *  nothing. What a fence left open can't differ. */
function conflict(array $row, array $body): ?array
{
    foreach (['source_system', 'target_system', 'user_id', 'credit_type_id', 'amount'] as $name) {
        if (isset($row[$name], $body[$name]) && (string) $row[$name] !== $body[$name]) {
            $answer = ['code' => 'operation_conflict', 'detail' => "$name was {$row[$name]}", 'conflicting_field' => $name];
            return [409, $answer + storedRow($row)];
        }
    }
    return null;
}

/** What a row answers to a credit, the first time and ever after (T2). */
function answerRow(array $row, bool $idempotent): array
{
    $answer = ['operation_id' => $row['operation_id'], 'idempotent' => $idempotent];
    if ($row['state'] === 'completed' || $row['state'] === 'sealed') {
        return [200, $answer + [
            'outcome' => 'completed',
            'transaction_id' => (string) $row['movement_id'],
            'amount' => (string) $row['amount'],
            'completed_at' => $row['completed_at'],
        ]];
    }
    return [422, $answer + ['outcome' => $row['state'], 'code' => $row['code'] ?? 'rolled_back']];
}

/** Both sides compare rates as texts, so there is one for each: no zero that says nothing. */
function shortestRate(string $rate): string
{
    [$whole, $fraction] = explode('.', "$rate.");
    $whole = ltrim($whole, '0');
    $fraction = rtrim($fraction, '0');
    return ($whole === '' ? '0' : $whole) . ($fraction === '' ? '' : ".$fraction");
}

function insertRow(SignedRequest $request, array $body, string $state, ?string $code = null, ?int $movementId = null): void
{
    $request->keepAsEvidence();
    $amount = isset($body['amount']) ? (int) $body['amount'] : null;
    $row = [$request->nodeId, $body['target_system'], $body['operation_id'], $body['source_system']];
    array_push($row, $body['user_id'] ?? null, $body['credit_type_id'] ?? null, $amount, $state, $code, $movementId);
    $rate = isset($body['exchange_rate']) ? shortestRate($body['exchange_rate']) : null;
    array_push($row, $body['initiated_at'], nowText(), $request->nonce, $rate);
    query('INSERT INTO credits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', $row);
}

/** A rate over 10^18 as 30 digits, so that rates compare as texts. */
function scaledRate(string $rate): string
{
    [$whole, $fraction] = explode('.', "$rate.0");
    return str_pad($whole, 12, '0', STR_PAD_LEFT) . str_pad($fraction, 18, '0');
}

/** a × b, digit by digit: the product has up to 49 digits, and points never touch floating point. */
function multiply(string $left, string $right): string
{
    $digits = array_fill(0, strlen($left) + strlen($right), 0);
    for ($i = strlen($left) - 1; $i >= 0; $i--) {
        for ($j = strlen($right) - 1; $j >= 0; $j--) {
            $sum = $digits[$i + $j + 1] + (int) $left[$i] * (int) $right[$j];
            $digits[$i + $j + 1] = $sum % 10;
            $digits[$i + $j] += intdiv($sum, 10);
        }
    }
    return implode('', $digits);
}

/** The highest rate in force for the pair in the last 24 hours, null where none is: the source may have frozen an
 *  exchange at yesterday's rate, but must not invent one. */
function bestRate(array $body): ?string
{
    $versions = query(
        'SELECT rate, valid_from FROM rates WHERE source_system = ? AND target_system = ? AND source_credit_type = ?'
        . ' AND target_credit_type = ? ORDER BY valid_from DESC, rowid DESC',
        [$body['source_system'], $body['target_system'], $body['source_credit_type'], $body['credit_type_id']],
    )->fetchAll();
    if ($versions === [] || $versions[0]['rate'] === null) {
        return null;
    }
    $dayAgo = nowText('-24 hours');
    $best = '';
    foreach ($versions as $version) {
        if ($version['rate'] !== null && strcmp(scaledRate($version['rate']), $best) > 0) {
            $best = scaledRate($version['rate']);
        }
        if ($version['valid_from'] <= $dayAgo) {
            break; // older versions had ended before the day began
        }
    }
    return $best;
}

function isWithinRate(array $body): bool
{
    $rate = bestRate($body);
    if ($rate === null) {
        return false;
    }
    $most = multiply($body['source_amount'], $rate);
    $asked = str_pad($body['amount'] . str_repeat('0', 18), strlen($most), '0', STR_PAD_LEFT);
    return strcmp($asked, $most) <= 0; // an amount is whole: at most the product is at most the product rounded down
}

/** The code under which a new credit is refused, or null. Put your own rules here. */
function findRefusal(array $body, array $account): ?string
{
    $amount = (int) $body['amount'];
    if (!isWithinRate($body)) {
        return 'rate_not_agreed';
    }
    if (!in_array($body['credit_type_id'], SYSTEMS[$body['target_system']], true)) {
        return 'credit_type_not_found';
    }
    $member = 'SELECT 1 FROM members WHERE system_id = ? AND user_id = ?';
    if (MEMBERS === 'known' && query($member, array_slice($account, 0, 2))->fetch() === false) {
        return 'user_not_found';
    }
    if (DAILY_LIMIT > 0) {
        $credited = (int) query(
            'SELECT coalesce(sum(amount), 0) FROM credits WHERE target_system = ? AND user_id = ?'
            . " AND credit_type_id = ? AND completed_at >= ? AND state IN ('completed', 'sealed')",
            [...$account, substr(nowText(), 0, 10)],
        )->fetchColumn();
        if ($amount > DAILY_LIMIT - $credited) {
            return 'limit_exceeded';
        }
    }
    // Not a sum: above PHP_INT_MAX it would become a float.
    return $amount > POINTS_MAX - balanceOf($account) ? 'amount_too_large' : null;
}

function credit(SignedRequest $request, mixed $body): array
{
    checkForm(CREDIT, $body);
    checkSpeaker($request, speaker: $body['source_system'], hosted: $body['target_system']);
    // What it returns is said only once it is committed, the refusal too (T3).
    return transaction(function () use ($request, $body): array {
        // The row comes first: a repeat must not be judged by what changed since (T2).
        $row = findRow($request, $body);
        if ($row !== null) {
            return conflict($row, $body) ?? answerRow($row, idempotent: true);
        }
        $account = [$body['target_system'], $body['user_id'], $body['credit_type_id']];
        $code = findRefusal($body, $account);
        if ($code === null) {
            $movementId = move($account, (int) $body['amount'], 'credit');
            insertRow($request, $body, 'completed', movementId: $movementId);
        } else {
            insertRow($request, $body, 'refused', $code);
        }
        return answerRow(findRow($request, $body), idempotent: false);
    });
}

function rollBack(SignedRequest $request, mixed $body): array
{
    checkForm(IDENTITY, $body);
    checkSpeaker($request, speaker: $body['source_system'], hosted: $body['target_system']);
    $identity = array_intersect_key($body, IDENTITY);
    return transaction(function () use ($request, $identity): array {
        $id = $identity['operation_id'];
        $row = findRow($request, $identity);
        if ($row === null) {
            // Never seen: it may still be on its way, so the id is closed before anything is said (T4).
            insertRow($request, $identity, 'rolled_back');
            return [200, ['operation_id' => $id, 'outcome' => 'rolled_back', 'idempotent' => false]];
        }
        $differs = conflict($row, $identity);
        if ($differs !== null) {
            return $differs;
        }
        $changes = $row['state'] === 'completed';
        if ($changes) {
            $row['state'] = takeBackOrSeal($row);
            $request->keepAsEvidence();
        }
        if ($row['state'] === 'sealed') {
            [, $answer] = answerRow($row, idempotent: !$changes);
            return [409, ['code' => 'rollback_refused'] + $answer];
        }
        return [200, ['operation_id' => $id, 'outcome' => $row['state'], 'idempotent' => !$changes]];
    });
}

/** Ends a completed row and returns its state: `rolled_back`, or `sealed` where the points were spent (T5). */
function takeBackOrSeal(array $row): string
{
    $account = [$row['target_system'], $row['user_id'], $row['credit_type_id']];
    $state = 'sealed'; // one-way: the caller, told so, takes the source's points for good
    if (balanceOf($account) >= $row['amount']) {
        move($account, -$row['amount'], 'rollback');
        $state = 'rolled_back';
    }
    // Compared and set: only the state that was judged is changed.
    $sql = 'UPDATE credits SET state = ? WHERE node_id = ? AND target_system = ? AND operation_id = ?';
    query("$sql AND state = 'completed'", [$state, $row['node_id'], $row['target_system'], $row['operation_id']]);
    return $state;
}

// --- The other calls -------------------------------------------------------------------------------------------------

function describe(SignedRequest $request, mixed $body): array
{
    return [200, [
        'protocol' => 'pxp/1',
        'roles' => ['target'],
        'systems' => array_map(strval(...), array_keys(SYSTEMS)),
        'keys' => ['keys' => [publicJwk(ownKey())]],
        'batch_max' => BATCH_MAX,
        'provisioning' => true,
        'reconciliation_level' => 2,
        'time' => nowText(),
    ]];
}

/** Each call as if it were sent alone, in order, never all or nothing. A transaction each keeps it plain; one for all
 *  of them with a savepoint each saves disk syncs, as long as nothing is answered before it is committed. */
function runBatch(SignedRequest $request, mixed $body): array
{
    $calls = is_array($body) ? $body['calls'] ?? null : null;
    if (!is_array($calls) || !array_is_list($calls) || $calls === [] || count($calls) > BATCH_MAX) {
        throw new Rejected(400, 'invalid_request', 'calls must be a list of 1 to ' . BATCH_MAX);
    }
    $results = [];
    foreach ($calls as $line) {
        $handler = match (is_array($line) ? $line['call'] ?? null : null) {
            'credits' => credit(...),
            'credits/rollback' => rollBack(...),
            default => fn () => throw new Rejected(400, 'invalid_request', 'call must be credits or credits/rollback'),
        };
        [$status, $answer] = attempt($handler, $request, $line);
        $id = is_array($line) ? $line['operation_id'] ?? null : null;
        $results[] = $answer + ['operation_id' => is_string($id) ? $id : null, 'status' => $status];
    }
    return [200, ['results' => $results]];
}

/** Makes a member for a source's user, once: the same source user always gets the same member. Never found by e-mail
 *  or phone, which anybody can claim; linking a member who exists is between them and you. */
function provision(SignedRequest $request, mixed $body): array
{
    checkForm(USERS, $body);
    if (!is_array($body['profile'] ?? null)) {
        throw new Rejected(400, 'invalid_request', 'profile must be an object');
    }
    checkSpeaker($request, speaker: $body['source_system'], hosted: $body['target_system']);
    return transaction(function () use ($body): array {
        $source = [$body['target_system'], $body['source_system'], $body['source_user_id']];
        $sql = 'SELECT user_id FROM provisioned WHERE target_system = ? AND source_system = ? AND source_user_id = ?';
        $known = query($sql, $source)->fetchColumn();
        if ($known !== false) {
            return [200, ['user_id' => $known, 'created' => false]];
        }
        $userId = 'm-' . bin2hex(random_bytes(16));
        query('INSERT INTO members VALUES (?, ?, ?)', [$source[0], $userId, json_encode($body['profile'])]);
        query('INSERT INTO provisioned VALUES (?, ?, ?, ?)', [...$source, $userId]);
        return [200, ['user_id' => $userId, 'created' => true]];
    });
}

function listOperations(SignedRequest $request, mixed $body): array
{
    checkForm(OPERATIONS, $body);
    $limit = $body['limit'] ?? null;
    if (!is_int($limit) || $limit < 1 || $limit > 1000) {
        throw new Rejected(400, 'invalid_request', 'limit must be an integer from 1 to 1000');
    }
    $afterTime = $afterId = '';
    // Read before the rows of the first page: what is committed later may be missing, also behind a page that was
    // read already, so we must not vouch for it on any page.
    $completeUntil = nowText();
    if (isset($body['cursor'])) {
        $parts = is_string($body['cursor']) ? explode('/', $body['cursor']) : [];
        if (count($parts) !== 3) {
            throw new Rejected(400, 'invalid_request', 'cursor must be a next_cursor of ours');
        }
        [$afterTime, $afterId, $completeUntil] = $parts;
        checkForm(['cursor' => TIME], ['cursor' => $afterTime]);
        checkForm(['cursor' => OPERATION_ID], ['cursor' => $afterId]);
        checkForm(['cursor' => TIME], ['cursor' => $completeUntil]);
    }
    if ($body['kind'] === 'holds') { // a target has none
        checkSpeaker($request, speaker: $body['target_system'], hosted: $body['source_system']);
        return [200, ['items' => [], 'next_cursor' => null, 'complete_until' => $completeUntil]];
    }
    checkSpeaker($request, speaker: $body['source_system'], hosted: $body['target_system']);
    // The cursor begins with the last row's place in the order, no count: rows that come meanwhile shift nothing.
    $rows = query(
        'SELECT * FROM credits WHERE node_id = ? AND target_system = ? AND source_system = ?'
        . ' AND initiated_at >= ? AND initiated_at < ? AND (initiated_at, operation_id) > (?, ?)'
        . ' ORDER BY initiated_at, operation_id LIMIT ?',
        [$request->nodeId, $body['target_system'], $body['source_system'], $body['start_time'], $body['end_time'],
            $afterTime, $afterId, $limit + 1],
    )->fetchAll();
    $page = array_map(storedRow(...), array_slice($rows, 0, $limit));
    $last = end($page);
    $next = count($rows) > $limit ? "{$last['initiated_at']}/{$last['operation_id']}/$completeUntil" : null;
    return [200, ['items' => $page, 'next_cursor' => $next, 'complete_until' => $completeUntil]];
}

// --- Comparing without listing: level 2 -----------------------------------------------------------------------------
//
// A record is a credit that stands. Its digest is HMAC-SHA-256 under the leg's key; digests are added up, so sums of
// hours are sums of days, and two sides agree if their sums do. Here each sum is made from the rows; with many of them
// keep the digest beside the row when it is written, and sums by the hour.

/** A target has credits only; of holds it has none, which is an answer too. */
function checkLeg(SignedRequest $request, array $body): array
{
    [$speaker, $hosted] = [$body['source_system'], $body['target_system']];
    if ($body['kind'] === 'holds') {
        [$speaker, $hosted] = [$hosted, $speaker];
    }
    checkSpeaker($request, speaker: $speaker, hosted: $hosted);
    return [$request->nodeId, $body['kind'], $body['source_system'], $body['target_system']];
}

function checkKeyVersion(array $body): int
{
    $version = $body['key_version'] ?? null;
    if (!is_int($version) || $version < 1 || $version > 2 ** 31 - 1) {
        throw new Rejected(400, 'invalid_request', 'key_version must be an integer from 1 on');
    }
    return $version;
}

function findSecret(array $leg, int $version): ?string
{
    $sql = 'SELECT secret FROM secrets WHERE node_id = ? AND kind = ? AND source_system = ? AND target_system = ?';
    $secret = query("$sql AND key_version = ?", [...$leg, $version])->fetchColumn();
    return $secret === false ? null : $secret;
}

function keepSecret(SignedRequest $request, mixed $body): array
{
    checkForm(LEG + ['secret' => '/^[A-Za-z0-9_-]{43}$/D'], $body);
    $leg = checkLeg($request, $body);
    $version = checkKeyVersion($body);
    return transaction(function () use ($leg, $version, $body): array {
        // One version is one secret for ever: whoever was first decides.
        $sql = 'INSERT INTO secrets VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
        query($sql, [...$leg, $version, $body['secret']]);
        if (findSecret($leg, $version) !== $body['secret']) {
            throw new Rejected(409, 'reconciliation_key_taken', "secret $version is another one here");
        }
        return [200, ['key_version' => $version]];
    });
}

function legKey(array $leg, string $secret): string
{
    $text = implode("\n", ['pxp-record-1', $leg[1], $leg[2], $leg[3]]);
    return hash_hmac('sha256', $text, fromBase64url($secret), true);
}

function recordDigest(string $key, array $row): string
{
    $fields = [$row['operation_id'], $row['user_id'], $row['credit_type_id'], $row['amount'], $row['exchange_rate']];
    return hash_hmac('sha256', implode("\n", $fields), $key, true);
}

/** Adds to a sum: [count, points in billions, the rest of them, and the digests as four numbers of 32 bits]. In parts,
 *  since PHP's integers end at 2^63. */
function addRecord(?array $sums, int $amount, ?string $digest): array
{
    [$count, $billions, $rest, $words] = $sums ?? [0, 0, 0, [0, 0, 0, 0]];
    $rest += $amount % 1_000_000_000;
    $billions += intdiv($amount, 1_000_000_000) + intdiv($rest, 1_000_000_000);
    $carry = 0;
    foreach ($digest === null ? [] : array_reverse(array_values(unpack('N4', $digest)), true) as $place => $word) {
        $sum = $words[$place] + $word + $carry;
        $words[$place] = $sum & 0xFFFFFFFF;
        $carry = $sum >> 32;
    }
    return [$count + 1, $billions, $rest % 1_000_000_000, $words];
}

function tellSums(array $sums, bool $hasDigest): array
{
    [$count, $billions, $rest, $words] = $sums;
    $amount = $billions === 0 ? (string) $rest : sprintf('%d%09d', $billions, $rest);
    $told = ['count' => $count, 'amount' => $amount];
    return $told + ($hasDigest ? ['digest_sum' => vsprintf('%08x%08x%08x%08x', $words)] : []);
}

function summarise(SignedRequest $request, mixed $body): array
{
    checkForm(OPERATIONS, $body);
    $leg = checkLeg($request, $body);
    if (!in_array($body['per'] ?? null, [null, 'hour'], true)) {
        throw new Rejected(400, 'invalid_request', 'per must be hour');
    }
    $key = null;
    if (array_key_exists('key_version', $body)) {
        $secret = findSecret($leg, checkKeyVersion($body));
        if ($secret === null) {
            throw new Rejected(409, 'reconciliation_key_unknown', 'send the secret first');
        }
        $key = legKey($leg, $secret);
    }
    $completeUntil = nowText(); // before the rows are read: what is committed later may be missing
    $rows = query(
        "SELECT * FROM credits WHERE ? = 'credits' AND node_id = ? AND target_system = ? AND source_system = ?"
        . " AND initiated_at >= ? AND initiated_at < ? AND state IN ('completed', 'sealed')",
        [$leg[1], $leg[0], $leg[3], $leg[2], $body['start_time'], $body['end_time']],
    );
    $types = $hours = [];
    $whole = [0, 0, 0, [0, 0, 0, 0]];
    foreach ($rows as $row) {
        $digest = $key === null ? null : recordDigest($key, $row);
        $type = $row['credit_type_id'];
        $hour = substr($row['initiated_at'], 0, 13) . ':00:00.000Z';
        $types[$type] = addRecord($types[$type] ?? null, $row['amount'], null);
        $hours[$hour] = addRecord($hours[$hour] ?? null, $row['amount'], $digest);
        $whole = addRecord($whole, $row['amount'], $digest);
    }
    ksort($types, SORT_STRING);
    ksort($hours, SORT_STRING);
    $totals = [];
    foreach ($types as $type => $sums) {
        $totals[] = ['credit_type_id' => (string) $type] + tellSums($sums, false);
    }
    $answer = ['count' => $whole[0], 'totals' => $totals, 'open_count' => 0, 'complete_until' => $completeUntil];
    if ($key !== null) {
        $answer['digest_sum'] = tellSums($whole, true)['digest_sum'];
    }
    if (isset($body['per'])) {
        $answer['hours'] = [];
        foreach ($hours as $hour => $sums) {
            $answer['hours'][] = ['start_time' => $hour] + tellSums($sums, $key !== null);
        }
    }
    return [200, $answer];
}

/** [status, answer] of one call, whatever becomes of it. */
function attempt(callable $handler, SignedRequest $request, mixed $body): array
{
    try {
        return $handler($request, $body);
    } catch (Rejected $rejected) {
        return [$rejected->status, ['code' => $rejected->reason, 'detail' => $rejected->getMessage()]];
    } catch (Throwable $error) {
        // A full disk, a lock that was not given: nothing can be said of the outcome, and the caller asks again.
        error_log((string) $error);
        return [503, ['code' => 'unavailable', 'detail' => 'the call could not be decided; send it again']];
    }
}

// --- HTTP ------------------------------------------------------------------------------------------------------------

/** [status, answer] of the request that PHP was started for. */
function answerRequest(array $headers): array
{
    $path = $_SERVER['REQUEST_URI'];
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
        return [405, ['code' => 'method_not_allowed', 'detail' => 'every call is a POST']];
    }
    if (!str_contains($path, '/pxp/v1/')) {
        return [404, ['code' => 'not_found', 'detail' => 'there is nothing at this address']];
    }
    $body = file_get_contents('php://input', length: BODY_BYTES_MAX + 1);
    if (strlen($body) > BODY_BYTES_MAX || (int) ($_SERVER['CONTENT_LENGTH'] ?? 0) > BODY_BYTES_MAX) {
        return [413, ['code' => 'invalid_request', 'detail' => 'a body has at most 4 MiB']];
    }
    try {
        $request = new SignedRequest('POST', $path, $headers, $body);
        $request->takeNonce();
    } catch (Unauthorised $refusal) {
        // Our time goes with it: most of these are clocks.
        $answer = ['code' => $refusal->reason, 'detail' => $refusal->getMessage(), 'time' => nowText()];
        return [401, $answer];
    }
    $handler = match (strstr($path, '/pxp/v1/')) {
        '/pxp/v1/node' => describe(...),
        '/pxp/v1/credits' => credit(...),
        '/pxp/v1/credits/rollback' => rollBack(...),
        '/pxp/v1/batch' => runBatch(...),
        '/pxp/v1/users' => provision(...),
        '/pxp/v1/operations' => listOperations(...),
        '/pxp/v1/reconciliation/key' => keepSecret(...),
        '/pxp/v1/reconciliation/summary' => summarise(...),
        default => null,
    };
    if ($handler === null) {
        return [404, ['code' => 'not_found', 'detail' => 'this partner does not have this call']];
    }
    try {
        // Large numbers become floats, which no field takes: points are strings.
        $parsed = json_decode($body, true, 64, JSON_THROW_ON_ERROR);
    } catch (JsonException) {
        return [400, ['code' => 'invalid_request', 'detail' => 'the body must be JSON in UTF-8']];
    }
    return attempt($handler, $request, $parsed);
}

function serve(): void
{
    $headers = array_change_key_case(getallheaders(), CASE_LOWER);
    try {
        [$status, $answer] = answerRequest($headers);
    } catch (Throwable $error) {
        error_log((string) $error);
        [$status, $answer] = [503, ['code' => 'unavailable', 'detail' => 'send it again']];
    }
    // Every answer is signed, errors too: an unsigned one could be anybody's, and says nothing to the caller.
    $body = json_encode($answer, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
    http_response_code($status);
    header_remove('X-Powered-By');
    header('Content-Type: application/json');
    header('Content-Length: ' . strlen($body));
    foreach (signAnswer($status, $body, findNonce($headers)) as $name => $value) {
        header("$name: $value");
    }
    echo $body;
}

// --- Commands --------------------------------------------------------------------------------------------------------

/** Makes the tables and the key, and keeps each rate that is new as a version of its own. */
function setUp(): void
{
    database()->exec(SCHEMA);
    if (!file_exists(KEY_FILE)) {
        $pair = sodium_crypto_sign_keypair();
        $seed = substr(sodium_crypto_sign_secretkey($pair), 0, SODIUM_CRYPTO_SIGN_SEEDBYTES);
        $x = toBase64url(sodium_crypto_sign_publickey($pair));
        umask(0077);
        file_put_contents(KEY_FILE, json_encode(['kty' => 'OKP', 'crv' => 'Ed25519', 'x' => $x, 'd' => toBase64url($seed)]));
    }
    $names = ['source_system', 'target_system', 'source_credit_type', 'target_credit_type'];
    $wanted = [];
    foreach (RATES as $rate) {
        if (preg_match(RATE, $rate['rate']) !== 1) {
            exit("PARTNER_RATES: {$rate['rate']} is not a rate\n");
        }
        $wanted[implode("\n", array_map(fn ($name) => $rate[$name], $names))] = $rate['rate'];
    }
    transaction(function () use ($names, $wanted): void {
        $inForce = [];
        foreach (query('SELECT ' . implode(', ', $names) . ', rate FROM rates ORDER BY rowid') as $row) {
            $rate = array_pop($row);
            $inForce[implode("\n", $row)] = $rate;
        }
        // What is no longer wanted ends with a version that has no rate.
        foreach ($wanted + array_fill_keys(array_keys($inForce), null) as $pair => $rate) {
            if (!array_key_exists($pair, $inForce) || $inForce[$pair] !== $rate) {
                query('INSERT INTO rates VALUES (?, ?, ?, ?, ?, ?)', [...explode("\n", $pair), $rate, nowText()]);
            }
        }
    });
}

function main(array $words): int
{
    $command = array_shift($words);
    if ($command === 'setup') {
        setUp();
        echo json_encode(['keys' => [publicJwk(ownKey())]]), "\n";
        return 0;
    }
    if ($command === 'member' && count($words) === 2) {
        query('INSERT INTO members (system_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING', $words);
        return 0;
    }
    if ($command === 'balance' && count($words) === 3) {
        echo balanceOf($words), "\n";
        return 0;
    }
    if ($command === 'spend' && count($words) === 4 && preg_match(AMOUNT, $words[3]) === 1) {
        $amount = (int) array_pop($words);
        return transaction(function () use ($words, $amount): int {
            if (balanceOf($words) < $amount) {
                fwrite(STDERR, "not enough points\n");
                return 1;
            }
            move($words, -$amount, 'spend');
            return 0;
        });
    }
    fwrite(STDERR, 'usage: php partner.php setup (prints the public keys as JWKS) | member SYSTEM USER'
        . " | balance SYSTEM USER TYPE | spend SYSTEM USER TYPE AMOUNT\nto serve: php -S HOST:PORT partner.php\n");
    return 2;
}

if (PHP_SAPI === 'cli') {
    exit(main(array_slice($argv, 1)));
}
serve();
