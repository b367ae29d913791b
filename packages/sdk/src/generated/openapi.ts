// Generated from the OpenAPI document by tools/sdk-types/generate.ts: change the routes, not this file.
export interface paths {
    "/v1/exchanges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List exchanges, newest first */
        get: operations["listExchanges"];
        put?: never;
        /**
         * Exchange points of one system for points of another
         * @description A refusal is a 422 with the first code that applies, kept under the operation's id for good. The same body again answers with the present state and `idempotent: true`.
         */
        post: operations["createExchange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchanges/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Up to 1000 exchanges, with the effects of being done one by one in their order
         * @description One malformed line refuses the whole batch; a refused line is a result like any other.
         */
        post: operations["createExchanges"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchanges/{operation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an exchange, also a refused one */
        get: operations["getExchange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchanges/{operation_id}/ask-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the partner again now
         * @description Changes nothing of an exchange that has ended.
         */
        post: operations["askExchangeAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchanges/{operation_id}/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo an exchange whose outcome at the partner is not known
         * @description Decides that the credit must not be: the target is asked to take it back or to fence it, and the source is released only when it has said so. Where the target can't take it back any more, the exchange is completed.
         */
        post: operations["rollBackExchange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchanges/{operation_id}/write-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose to write an exchange off whose partner is gone for good
         * @description Only of one that needs attention, whose source is hosted here and whose credit is not known. Another person has to approve; then the member is paid back from the suspense account, which stands in for whatever the target turns out to have.
         */
        post: operations["proposeWriteOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchanges/{operation_id}/write-off/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve that an exchange is written off, as a second person */
        post: operations["approveWriteOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchanges/{operation_id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a completed exchange's receipt, signed by each side
         * @description A member or an auditor verifies it alone, with the systems' public keys. A partner is asked for its signature by the first who reads; what is not there yet is in `missing`.
         */
        get: operations["getReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a price that is kept for an exchange
         * @description The price holds until `expires_at` though the rate changes, for one exchange with these fields. It says nothing of balances and users. What would be refused for its route, rate or amount is a 422 with the exchange's code, and nothing is kept. Asking again gives another quote.
         */
        post: operations["createQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/{quote_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a quote, also one that is used or whose time is up
         * @description A quote can be read for a week after its time is up.
         */
        get: operations["getQuote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/exchanges/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try an exchange without making it
         * @description Judges the exchange as it would be judged now and answers what it would come to. Nothing is written, no operation id is used up, and nothing is promised: the next moment may judge otherwise. What a partner or a profile would decide is not asked.
         */
        post: operations["simulateExchange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the log of everything, newest first
         * @description Exchanges, credits, debits, holds, what partners asked for, and changes of rates, mappings, systems, credit types, links, profiles, keys, webhooks and alert channels, refused ones too. Filters may be combined.
         */
        get: operations["listOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations/{operation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an operation of whatever type */
        get: operations["getOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what happened, in order, from a cursor on
         * @description CloudEvents 1.0. With `Accept: text/event-stream` a stream of server-sent events that goes on: the id of each is its cursor, `Last-Event-ID` goes before `after`. `Prefer: wait=SECONDS` waits for an event where there is none yet, to 60 seconds. Callers that are for some systems get what concerns one of them.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inconsistencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what needs a person, newest first */
        get: operations["listInconsistencies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inconsistencies/{inconsistency_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an inconsistency */
        get: operations["getInconsistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inconsistencies/{inconsistency_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was done about an inconsistency, the first first
         * @description Also what happened by itself, with its reason. Entries never change.
         */
        get: operations["listInconsistencyHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inconsistencies/{inconsistency_id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say who works on an inconsistency
         * @description The caller, where nobody is named. It stays open. Whose it is already, it stays.
         */
        post: operations["assignInconsistency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inconsistencies/{inconsistency_id}/unassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that nobody works on an inconsistency any more */
        post: operations["unassignInconsistency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inconsistencies/{inconsistency_id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say how an inconsistency was settled
         * @description Moves no points. One that was resolved before stays as it is. That of an exchange which still needs attention can't be resolved: the exchange has to end.
         */
        post: operations["resolveInconsistency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List reconciliations, newest first */
        get: operations["listReconciliations"];
        put?: never;
        /**
         * Compare what two systems have of their exchanges in a window
         * @description An operation belongs to the window by `initiated_at`, which is its exchange's `created_at`. What has ended is judged however recent it is; what is unfinished is in flight for as long as the pair's grace lasts. Differences are an answer: `completed`, with `mismatches_count`. A run that can't read a side ends as `failed` and says why. Repairs need the role of an approver.
         */
        post: operations["createReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a reconciliation */
        get: operations["getReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/statement-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add lines of a partner's file to a reconciliation that was made with `statement`
         * @description In any number of calls; a line is kept once, by its number. With `is_last` the comparison begins, and nothing is added any more.
         */
        post: operations["addStatementLines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a report on a reconciliation: both totals, what differs, who mended what, and the proof
         * @description `Accept: application/json`, `text/csv` (one line a mismatch) or `text/html` (a page to read and print, in English or Chinese).
         */
        get: operations["getReconciliationReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/mismatches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a reconciliation found, by operation id */
        get: operations["listMismatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/mismatches/{operation_id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what the partner's node signed when it asked for this operation, to show it to the partner */
        get: operations["getMismatchEvidence"];
        put?: never;
        /**
         * Show the credit request that this node signed for an exchange that it has lost, and propose to make it again
         * @description The body is what the target's node answers to `GET` of its own mismatch's evidence. Only a request that a key of this node signed counts, and only where it asks for what the target says that it has. Another person approves it with `approve-repairs`.
         */
        post: operations["importMismatchEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/mismatches/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give mismatches to somebody */
        post: operations["assignMismatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/mismatches/await-partner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that the partner has to act */
        post: operations["awaitPartner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/mismatches/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note something with mismatches */
        post: operations["noteMismatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/mismatches/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say how mismatches were settled
         * @description Moves no points. What still differs is opened again by the next run that finds it.
         */
        post: operations["resolveMismatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/mismatches/approve-repairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve proposed repairs, as a second person, and make them
         * @description By another principal than the one who proposed them. Each is made at once, and resolved only where both sides were read again and agree.
         */
        post: operations["approveRepairs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliations/{reconciliation_id}/mismatches/reject-repairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject proposed repairs, also one's own */
        post: operations["rejectRepairs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reconciliation-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the policies of pairs; a pair without one has the defaults, and no schedule */
        get: operations["listReconciliationPolicies"];
        /**
         * Say when a pair is reconciled by itself, and what holds for its runs
         * @description Replaces the whole: what is left out takes its default. Holds for runs that begin afterwards, also for those that are asked for. Scheduled runs end a grace before now.
         */
        put: operations["putReconciliationPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List alerts, newest first
         * @description Those that stand are `open` or `acknowledged`; `cleared` ones are kept for 90 days.
         */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{alert_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an alert */
        get: operations["getAlert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/{alert_id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that somebody looks after an alert
         * @description Until it is cleared, or becomes graver. Settles nothing. One that is acknowledged or cleared stays as it is.
         */
        post: operations["acknowledgeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-channels/{channel_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an alert channel and how it is doing */
        get: operations["getAlertChannel"];
        /**
         * Make or change a place where alerts are told
         * @description Contacts nobody; `test` does. A channel that fails is tried again at once. What is left out has its default, but for `url`, `secret` and `password`, which stay as long as the address does.
         */
        put: operations["putAlertChannel"];
        post?: never;
        /**
         * Remove an alert channel
         * @description What waits to be told there is told nobody there.
         */
        delete: operations["deleteAlertChannel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List alert channels and how they are doing */
        get: operations["listAlertChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alert-channels/{channel_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message to an alert channel, now
         * @description Answers 200 whether it was taken or not. What came of it is noted on the channel: one that was taken ends its failing.
         */
        post: operations["testAlertChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List members' accounts */
        get: operations["listAccounts"];
        put?: never;
        /** Get or open an account */
        post: operations["openAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an account */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an account's statement */
        get: operations["listEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add points to an account
         * @description Opens the account if there is none. The same body again answers with the present state.
         */
        post: operations["createCredit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Up to 1000 credits, with the effects of being done one by one
         * @description One malformed line refuses the whole batch; a refused line is a result like any other.
         */
        post: operations["createCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits/{operation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a credit, also a refused one */
        get: operations["getCredit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits/{operation_id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a credit back
         * @description An id that was never seen is fenced: a credit that arrives under it later is refused. Where the points can't be taken back, the credit stands for good (rollback_refused). A refused credit answers as it is.
         */
        post: operations["rollBackCredit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take points from an account
         * @description An account that does not exist has 0. The same body again answers with the present state.
         */
        post: operations["createDebit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debits/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Up to 1000 debits, with the effects of being done one by one
         * @description One malformed line refuses the whole batch; a refused line is a result like any other.
         */
        post: operations["createDebits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debits/{operation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a debit, also a refused one */
        get: operations["getDebit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/debits/{operation_id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a debit back
         * @description An id that was never seen is fenced: a debit that arrives under it later is refused. Where the points can't be taken back, the debit stands for good (rollback_refused). A refused debit answers as it is.
         */
        post: operations["rollBackDebit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set points aside
         * @description Held points can't be spent until the hold is captured, released, or expires.
         */
        post: operations["createHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{operation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a hold, also a refused one */
        get: operations["getHold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{operation_id}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take held points
         * @description The whole, or a part: then the rest is released. A hold is captured once.
         */
        post: operations["captureHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{operation_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give held points back
         * @description An id that was never seen is fenced: a hold that arrives under it later is refused. A hold that was refused, released or has expired answers as it is.
         */
        post: operations["releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/systems/{system_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a system */
        get: operations["getSystem"];
        /**
         * Create a system or change it
         * @description Replaces the whole: what is left out takes its default, but keys that are left out stay. A list of keys replaces the one before: a key that is not in it any longer is revoked for good. The partner is never contacted. A system's kind is fixed once made.
         */
        put: operations["putSystem"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/systems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List systems */
        get: operations["listSystems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/systems/{system_id}/credit-types/{credit_type_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a credit type */
        get: operations["getCreditType"];
        /** Create a credit type or rename it */
        put: operations["putCreditType"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/systems/{system_id}/credit-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a system's credit types */
        get: operations["listCreditTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List links */
        get: operations["listLinks"];
        /**
         * Let points go from one system to another
         * @description Replaces the whole: what is left out takes its default. Directed: the way back is a link of its own. A limit or window that is left out stays as it is; one that leaves more to one person waits for a second person's approval under `waiting_operation_id`, whatever else changes at once.
         */
        put: operations["putLink"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/link-changes/{operation_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a looser guard of a link that another person asked for */
        post: operations["approveLinkChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/link-changes/{operation_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject a looser guard of a link, or take one's own back */
        post: operations["rejectLinkChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits/{limit_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a limit */
        get: operations["getLimit"];
        /**
         * Set how much may be exchanged
         * @description Makes a limit or changes its bound; what it measures is fixed once it is made. It starts to count when it is made, and holds for every exchange that is decided after the answer. What passes it is refused as `limit_exceeded`, with the limit named in `exceeded`.
         */
        put: operations["putLimit"];
        post?: never;
        /** Remove a limit, and what was counted by it */
        delete: operations["deleteLimit"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List limits
         * @description Those of any system are among them whatever system is asked for.
         */
        get: operations["listLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits/{limit_id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what has been used of a limit today, or of a position since it was settled */
        get: operations["getLimitUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits/{limit_id}/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take what was settled with a partner off a position */
        post: operations["settleLimit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants/{grant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a grant */
        get: operations["getGrant"];
        /**
         * Say what somebody may do
         * @description Beside what the role of its key says: a grant adds and never takes away, and a key's `systems` narrow it too. Over one system (`system_id`), over a link in one direction (`source_system`, `target_system`), or over the whole node. Replaces the whole. Holds on every node for what is asked after the answer.
         */
        put: operations["putGrant"];
        post?: never;
        /**
         * Take a grant away
         * @description On every node from the moment of the answer. What is under way goes on.
         */
        delete: operations["takeGrant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List grants
         * @description Those whose time is up too.
         */
        get: operations["listGrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/request-limits/{request_limit_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a limit on requests */
        get: operations["getRequestLimit"];
        /**
         * Set how many requests a principal or a partner may send
         * @description Shared by all nodes of the database: on this one from the answer on, on the others within seconds. What is above it is answered 429 `too_many_requests` with `Retry-After`; nothing is done and no id is used up. Every answer under a limit carries `RateLimit` and `RateLimit-Policy`.
         */
        put: operations["putRequestLimit"];
        post?: never;
        /** Remove a limit on requests */
        delete: operations["deleteRequestLimit"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/request-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List limits on requests */
        get: operations["listRequestLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rates in force */
        get: operations["listRates"];
        /**
         * Put a rate in force, or propose it
         * @description In force for every exchange that is judged after the answer. The rate in force already makes no new version. A change of more than 20 %, up or down, against the rate in force or the oldest one in force in the last 24 hours waits for approval by another principal; an approved rate starts the 24 hours afresh. A first rate is not measured. A rate that would let points grow by going round a cycle of rates is refused, unless the link has `allow_gaining_cycles`. With `effective_at` it comes into force then; with `agree` the partner's node has to accept it, and it is in force on both from one time.
         */
        put: operations["putRate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rates/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List every rate that was ever in force */
        get: operations["listRateHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rates/scheduled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rates that are set for later */
        get: operations["listScheduledRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the changes of rates that wait for approval, or for a partner */
        get: operations["listRateChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-changes/{operation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a change of a rate */
        get: operations["getRateChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-changes/{operation_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a change of a rate
         * @description By another principal than the one who proposed it. The rate is in force from then on. Where the pair's rate was changed meanwhile, or a cycle of rates would gain by now, the change can't be had any more and ends as failed.
         */
        post: operations["approveRateChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-changes/{operation_id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a change of a rate
         * @description Also one's own. The rate stays as it is.
         */
        post: operations["rejectRateChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read who a user is at the target */
        get: operations["getMapping"];
        /**
         * Say who a user is at the target
         * @description A user has one target user per pair of systems, and a target user belongs to one source user of that pair.
         */
        put: operations["putMapping"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mappings/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what became of a mapping */
        get: operations["listMappingHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keep a user's profile
         * @description What the user is created from at a target whose link provisions. Replaces the whole: what is left out is gone.
         */
        put: operations["putUser"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a person's profile
         * @description For good: the profile and every copy that provisioning made of it on this node. The ledger, the log and the audit keep the user's id. Each call is an operation in the log. A POST, since what names a person does not belong into an address.
         */
        post: operations["eraseUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the keys that this node signs with
         * @description A JSON Web Key Set to hand to partners: the active key first, then those that it took the place of.
         */
        get: operations["listKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign with a new key from now on
         * @description The key before stays in use towards partners that do not know the new one yet, so nothing under way stops. Each call makes another key.
         */
        post: operations["rotateKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of the keys that seal profiles */
        get: operations["listDataKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/data-keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Seal a system's profiles with a new key
         * @description From now on; what the version before has sealed is sealed anew in the background, and then that version is destroyed. Nothing stops meanwhile. Each call makes another version.
         */
        post: operations["rotateDataKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys, newest first
         * @description Revoked and expired ones too; the keys themselves never.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The answer is the only one that has the key. Each call makes one, so where the answer was lost, list the keys and revoke the one that nobody has.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{api_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description For good, and on every node of the database from the moment of the answer. One that was revoked before stays as it is.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say who the caller is */
        get: operations["getSession"];
        put?: never;
        /**
         * Sign in from the console's page
         * @description Exchanges the API key for a cookie that the page itself can't read. The session acts as the key, for twelve hours at most, and ends with it. Only a browser on the console's own page gets one, and requests with the cookie need the header `x-pointbridge-console`.
         */
        post: operations["openSession"];
        /**
         * Sign out
         * @description Ends the browser's session on every node of the database.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook and how it is doing */
        get: operations["getWebhook"];
        /**
         * Make a webhook, or make one as given
         * @description A new one begins with what happens from now on; its answer is the only one that shows its secret. One that was switched off, by itself too, is switched on unless `enabled` is false, and goes on where it stood.
         */
        put: operations["putWebhook"];
        post?: never;
        /**
         * Remove a webhook, its keys and its deliveries
         * @description Answers it as it was. What is under way at this moment may still arrive.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks by id */
        get: operations["listWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret and a new key pair
         * @description The ones before sign beside them for a while, so that the receiver can change over at any time in between. The answer is the only one that shows the secret.
         */
        post: operations["rotateWebhookKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events that were not taken at once, newest first
         * @description What waits, what was given up, and for 30 days what was taken later. An event up to the webhook's `cursor` that is not listed was taken at its first attempt.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send one event again
         * @description One that waits is sent at once, with whatever of its key stands before it.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again from a cursor or a time on, or what was given up
         * @description Everything after `after`, or from `since` on and up to a minute before it, is sent again in order under its old ids. A cursor ahead of where the webhook stands leaves out what lies between.
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make one attempt with an event of type webhook.test
         * @description At once, whatever the state of the webhook is, and outside its order.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Recompute every balance from the movements
         * @description Reads the whole ledger in one snapshot, so it takes as long as the ledger is large. Differences are an answer, not an error; the alert `ledger_unbalanced` stands until a later verification finds none.
         */
        get: operations["verifyLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the newest signed checkpoint
         * @description Keep it where the node's database does not reach: whoever has it can prove that nothing up to it was changed.
         */
        get: operations["getAuditCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List signed checkpoints, the oldest first */
        get: operations["listAuditCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the entries of the audit log, in order
         * @description Each is what one transaction did: operations with their kind, status, principal and a digest of their rows. Who has them all can compute every checkpoint's root.
         */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/operations/{operation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the entries that name an operation, with proofs
         * @description The proofs are for the newest checkpoint. An entry comes some seconds behind what it tells of.
         */
        get: operations["getAuditedOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hold every entry against the operations that it names
         * @description Reads all of both. It finds operations that were changed after they were audited; that the entries themselves are what was signed, a verifier outside computes by itself (`pointbridge audit verify`).
         */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/proofs/inclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prove that an entry is in a tree */
        get: operations["getInclusionProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/proofs/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prove that a tree is the beginning of a later one */
        get: operations["getConsistencyProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import up to 1000 lines of a file
         * @description One malformed line refuses the whole call. Where a line is refused for another reason (an unknown system, an account that was opened with another amount), nothing is applied either, and `errors` says which. The same lines again change nothing. A dry run makes the same checks and applies nothing: check all of a file before its first line is applied.
         */
        post: operations["importLines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * FormError
         * @description One fault in the form of a request.
         */
        FormError: {
            /** @description JSON pointer into the body (`/exchanges/3/amount`), or `/query/NAME`, `/path/NAME`, `/header/NAME`; empty for the body as a whole. */
            path: string;
            /** @description What is wrong and what is expected. */
            message: string;
        };
        /**
         * ExceededLimit
         * @description Which limit refused.
         */
        ExceededLimit: {
            /** @description Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            limit_id: string;
            /**
             * @description `exchange_amount`: points of one exchange, at most. `day_amount`, `day_count`: points, exchanges of a day, at most. `balance_left`: points that have to stay available, at least. `position`: points taken and not yet settled, at most.
             * @enum {string}
             */
            measure: "exchange_amount" | "day_amount" | "day_count" | "balance_left" | "position";
            /**
             * @description `member`: each member has the whole limit. `everybody`: all have it together.
             * @enum {string}
             */
            subject: "member" | "everybody";
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            bound: string;
            /** @description Before this one; left out where nothing is counted. */
            used?: string;
        };
        /**
         * RateCycleNode
         * @description A credit type on a cycle of rates.
         */
        RateCycleNode: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            credit_type_id: string;
        };
        /**
         * Problem
         * @description An error (RFC 9457, application/problem+json).
         */
        Problem: {
            /** @description An address of the code's description. */
            type: string;
            /** @description What the code means, in one line. */
            title: string;
            status: number;
            /** @description What happened here, and what to do. */
            detail: string;
            /** @description The error's code; the table is in docs/errors.md. */
            code: string;
            /** @description Whether to send the very same request again. */
            retryable: boolean;
            /** @description Also in the X-Request-Id header and in the node's log. */
            request_id: string;
            /** @description Of a malformed request: each fault found. */
            errors?: components["schemas"]["FormError"][];
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id?: string;
            /** @description Of a refusal: it was stored by an earlier call. */
            idempotent?: boolean;
            /** @description Of operation_conflict: the first field that differs from the stored body. */
            conflicting_field?: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            required?: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            available?: string;
            /** @description With which code a partner refused. */
            partner_code?: string;
            exceeded?: components["schemas"]["ExceededLimit"];
            /** @description Of rate_cycle_gains: the way round, which ends where it begins. */
            cycle?: components["schemas"]["RateCycleNode"][];
            /** @description Of rate_cycle_gains: the product of the ratios round the cycle, exactly. */
            gain?: string;
        };
        /**
         * ExchangeInput
         * @description An exchange to make.
         */
        ExchangeInput: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id?: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_credit_type: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_credit_type: string;
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            amount: string | number;
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            quote_id?: string;
            /** @description Free data of yours, kept with the operation: an object of at most 16 KiB as JSON and 16 levels. Numbers in it to 9007199254740991; write larger ones as strings. */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * ExchangeStep
         * @description A step of an exchange.
         */
        ExchangeStep: {
            /**
             * @description Which step.
             * @enum {string}
             */
            step: "deduct_source_credits" | "add_target_credits" | "confirm_source_deduction" | "rollback_target_addition" | "rollback_source_freeze";
            /**
             * @description Where it stands.
             * @enum {string}
             */
            status: "pending" | "completed" | "failed";
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            at: string;
            attempts?: number;
            /** @description What went wrong: a code, or why there was no answer. */
            error?: string;
        };
        /**
         * WriteOff
         * @description Writing an exchange off against the suspense account: by two people.
         */
        WriteOff: {
            proposed_by: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            proposed_at: string;
            note: string;
            /** @description Null while nobody has approved it. */
            approved_by: string | null;
        };
        /**
         * Failure
         * @description Why an operation was refused.
         */
        Failure: {
            /** @description A code of the error table. */
            code: string;
            message: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            required?: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            available?: string;
            /** @description With which code a partner refused. */
            partner_code?: string;
            exceeded?: components["schemas"]["ExceededLimit"];
        };
        /**
         * Exchange
         * @description An exchange.
         */
        Exchange: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /**
             * @description `failed`: nothing moved, or all of it was put back. `needs_attention`: an open inconsistency names it.
             * @enum {string}
             */
            status: "started" | "processing" | "completed" | "failed" | "needs_attention";
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Who gets the points; null where a refusal came before that was known. */
            target_user_id: string | null;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_credit_type: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_credit_type: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            source_amount: string;
            /** @description Source amount x rate, rounded down; null where a refusal came before. */
            target_amount: string | null;
            /** @description Frozen in the exchange; null where a refusal came before. */
            exchange_rate: string | null;
            /** @description Of the rate; null where a refusal came before. */
            rate_version: number | null;
            /** @description As given. */
            quote_id: string | null;
            steps: components["schemas"]["ExchangeStep"][];
            /** @description That it be written off, as proposed; null where nobody did. */
            write_off: components["schemas"]["WriteOff"] | null;
            /** @description Why it failed; null if it did not. */
            failure: components["schemas"]["Failure"] | null;
            /** @description As given. */
            metadata: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
            /** @description True where the operation was there before this call. */
            idempotent: boolean;
        };
        /**
         * ExchangeBatch
         * @description Exchanges, with the effects of being done one by one in this order.
         */
        ExchangeBatch: {
            exchanges: components["schemas"]["ExchangeInput"][];
        };
        /**
         * ExchangeBatchLine
         * @description What one line of a batch came to.
         */
        ExchangeBatchLine: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /**
             * @description `conflict`: the id belongs to another body, nothing changed. `error`: the outcome is not known, send the line again.
             * @enum {string}
             */
            status: "completed" | "processing" | "failed" | "conflict" | "error";
            /** @description Of failed, conflict and error. */
            code?: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            target_amount?: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            required?: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            available?: string;
            /** @description With which code a partner refused. */
            partner_code?: string;
            exceeded?: components["schemas"]["ExceededLimit"];
            conflicting_field?: string;
            idempotent?: boolean;
        };
        /**
         * ExchangeBatchResult
         * @description One result per line, in the lines' order.
         */
        ExchangeBatchResult: {
            results: components["schemas"]["ExchangeBatchLine"][];
        };
        /**
         * ExchangePage
         * @description A page of a list.
         */
        ExchangePage: {
            items: components["schemas"]["Exchange"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * WriteOffInput
         * @description Why an exchange has to be written off.
         */
        WriteOffInput: {
            /** @description Words for people: 1-2000 printable characters. */
            note: string;
        };
        /**
         * ReceiptSignature
         * @description One node's.
         */
        ReceiptSignature: {
            /** @description The header: key, systems, and the fields that the signer checked. */
            protected: string;
            /** @description Ed25519 over `protected.payload`. */
            signature: string;
        };
        /**
         * MissingReceiptSignature
         * @description A side that has not signed.
         */
        MissingReceiptSignature: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Why, for people. Reading again asks again. */
            reason: string;
        };
        /**
         * Receipt
         * @description What an exchange came to, signed by each side: a JSON Web Signature (RFC 7515, 7.2.1) with a member of its own.
         */
        Receipt: {
            /** @description The content: canonical JSON, base64url. */
            payload: string;
            signatures: components["schemas"]["ReceiptSignature"][];
            missing: components["schemas"]["MissingReceiptSignature"][];
        };
        /**
         * QuoteInput
         * @description The fields of the exchange that a price is asked for.
         */
        QuoteInput: {
            /** @description The exchange's, where the quote is to be for this one only. Asking does not use the id up. */
            operation_id?: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_credit_type: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_credit_type: string;
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            amount: string | number;
        };
        /**
         * Quote
         * @description A price that is kept for one exchange, until its time is up.
         */
        Quote: {
            /** @description Give it to the exchange as `quote_id`. */
            quote_id: string;
            /** @description As given. */
            operation_id: string | null;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_credit_type: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_credit_type: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            source_amount: string;
            /** @description Source amount x rate, rounded down. */
            target_amount: string;
            /** @description Target points per source point: a decimal string greater than 0 with at most 12 integer and 18 fractional digits. */
            exchange_rate: string;
            /** @description Of the rate. */
            rate_version: number;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description Good until then, by the database's clock.
             */
            expires_at: string;
            /** @description The exchange that it was used for; null while there is none. */
            used_by: string | null;
        };
        /**
         * ExchangeSimulation
         * @description What an exchange would come to now. It promises nothing.
         */
        ExchangeSimulation: {
            /**
             * @description As the exchange would be answered at first: `processing` where a partner has a part in it.
             * @enum {string}
             */
            status: "started" | "processing" | "completed" | "failed" | "needs_attention";
            /** @description With which code it would be refused; null if it would not. */
            code: string | null;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Who would get the points; null where a refusal comes before, or the user would be created first. */
            target_user_id: string | null;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_credit_type: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_credit_type: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            source_amount: string;
            /** @description What the target would get; null where a refusal comes before. */
            target_amount: string | null;
            /** @description The quote's or the one in force; null where a refusal comes before. */
            exchange_rate: string | null;
            /** @description Of the rate; null where a refusal comes before. */
            rate_version: number | null;
            /** @description As given. */
            quote_id: string | null;
            /** @description What the source's account has; null where a partner keeps it, or a refusal comes before. */
            available: string | null;
            /** @description Whether that is enough; null where it is not known. */
            balance_suffices: boolean | null;
            /** @description True where the operation id is known: what stands under it is what would be answered. */
            idempotent: boolean;
        };
        /**
         * OperationStep
         * @description A step of an operation.
         */
        OperationStep: {
            /** @description Which step; of an exchange as there, else the operation's own type. */
            step: string;
            /**
             * @description Where it stands.
             * @enum {string}
             */
            status: "pending" | "completed" | "failed";
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            at: string;
            attempts?: number;
            /** @description What went wrong: a code, or why there was no answer. */
            error?: string;
        };
        /**
         * Operation
         * @description An operation in the log. What a type does not have is null.
         */
        Operation: {
            /** @description The operation's id. Of what a partner asked for: `pxp/credit/` or `pxp/hold/`, the partner's node, the system, and the partner's id. */
            operation_id: string;
            /**
             * @description `cross_system_add_credits`, `cross_system_hold`: a partner asked for it. `add_credits`, `deduct_credits`, `hold_credits`: a caller of this API did. `open_account`: an imported balance.
             * @enum {string}
             */
            type: "cross_system_exchange" | "cross_system_add_credits" | "cross_system_hold" | "add_credits" | "deduct_credits" | "hold_credits" | "open_account" | "exchange_rate_update" | "mapping_update" | "api_key_update" | "system_update" | "credit_type_update" | "link_update" | "limit_update" | "limit_settlement" | "reconciliation_adjustment" | "grant_update" | "user_update" | "user_provisioning" | "key_update" | "webhook_update" | "alert_channel_update" | "cross_system_reconciliation";
            /**
             * @description `in_progress`: also a hold that is held. `retrying`: a partner has not answered yet, and is asked again. `failed`: nothing moved, or all of it was put back; also what was rolled back or released, has expired, or was rejected.
             * @enum {string}
             */
            status: "started" | "in_progress" | "retrying" | "pending_approval" | "completed" | "failed";
            /** @description The status in the words of the type's own calls, such as `captured`. */
            state: string;
            /** @description Who asked for it; `partner NODE` for what a partner did. */
            principal: string;
            /** @description Of what a partner asked for: the id as the partner wrote it. */
            partner_operation_id: string | null;
            /** @description Whom it is about; of an exchange the source's user. */
            user_id: string | null;
            /** @description Of an exchange or a mapping. */
            target_user_id: string | null;
            /** @description Where points come from. */
            source_system: string | null;
            /** @description Where points go to. */
            target_system: string | null;
            /** @description Of the source. */
            source_credit_type: string | null;
            /** @description Of the target. */
            target_credit_type: string | null;
            /** @description What the source gives. */
            source_amount: string | null;
            /** @description What the target gets. */
            target_amount: string | null;
            /** @description Of an exchange, or the new one of a rate's update. */
            exchange_rate: string | null;
            /** @description Of the rate. */
            rate_version: number | null;
            /** @description As given. */
            quote_id: string | null;
            /** @description As given. */
            business_code: string | null;
            /** @description As given. */
            business_id: string | null;
            steps: components["schemas"]["OperationStep"][];
            /** @description What belongs to its type only. */
            data: Record<string, never>;
            /** @description Why it failed, where it was refused. */
            failure: components["schemas"]["Failure"] | null;
            /** @description As given. */
            metadata: {
                [key: string]: unknown;
            } | null;
            /** @description Of what a partner asked for: when its exchange was made, as its hub says. */
            initiated_at: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * OperationPage
         * @description A page of a list.
         */
        OperationPage: {
            items: components["schemas"]["Operation"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * Event
         * @description A CloudEvent 1.0. `source` and `id` together are the same whenever and however it is delivered.
         */
        Event: {
            /**
             * @description Of CloudEvents.
             * @enum {string}
             */
            specversion: "1.0";
            /** @description Unique within the source, the same at each delivery. */
            id: string;
            /** @description This node's log of events, as a URN. */
            source: string;
            /**
             * @description What happened.
             * @enum {string}
             */
            type: "exchange.started" | "exchange.completed" | "exchange.failed" | "exchange.needs_attention" | "account.balance_changed" | "account.opened" | "credit.completed" | "credit.failed" | "credit.rolled_back" | "debit.completed" | "debit.failed" | "debit.rolled_back" | "hold.placed" | "hold.captured" | "hold.released" | "hold.expired" | "hold.failed" | "partner_credit.completed" | "partner_credit.failed" | "partner_credit.rolled_back" | "partner_hold.placed" | "partner_hold.captured" | "partner_hold.released" | "partner_hold.failed" | "exchange_rate.proposed" | "exchange_rate.updated" | "exchange_rate.rejected" | "mapping.updated" | "inconsistency.opened" | "inconsistency.resolved" | "reconciliation.started" | "reconciliation.completed" | "reconciliation.failed" | "adjustment.completed" | "adjustment.failed" | "system.updated" | "credit_type.updated" | "link.updated" | "link.change_proposed" | "link.change_rejected" | "limit.updated" | "grant.updated" | "node_key.updated" | "api_key.updated";
            /** @description The id of what it happened to. */
            subject: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            time: string;
            /**
             * @description Of `data`.
             * @enum {string}
             */
            datacontenttype: "application/json";
            /** @description Events of one key come in the order in which they happened; of different keys, in any. */
            orderingkey: string;
            /** @description Where to read on: `next_cursor` of a page, or the `cursor` of the last event that was processed. */
            cursor: string;
            /** @description By type; amounts are decimal strings. Ids and numbers only, no profiles and no metadata. */
            data: Record<string, never>;
        };
        /**
         * EventPage
         * @description Events in the order of the log.
         */
        EventPage: {
            items: components["schemas"]["Event"][];
            /** @description Where to read on. Never null: the log goes on. It moves also past events that were filtered out. */
            next_cursor: string;
        };
        /**
         * Inconsistency
         * @description What a person has to look at.
         */
        Inconsistency: {
            /** @description Id of an inconsistency: what it is about, and that thing's id, like `exchange:e-17`. */
            id: string;
            /** @description What kind of thing is inconsistent, such as exchange_needs_attention. */
            type: string;
            /**
             * @description How grave it is.
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            /**
             * @description `resolved`: by somebody, or because what it is about has ended.
             * @enum {string}
             */
            status: "open" | "resolved";
            /**
             * @description `assigned`: open, and somebody works on it. `open`: nobody does yet.
             * @enum {string}
             */
            state: "open" | "assigned" | "resolved";
            /** @description The operation that it is about, where it is about one. */
            operation_id: string | null;
            /** @description Where known. */
            source_system: string | null;
            /** @description Where known. */
            target_system: string | null;
            /** @description The evidence: what was found. */
            data: Record<string, never>;
            /** @description Who works on it, or did when it was resolved; null for nobody. */
            assigned_to: string | null;
            /** @description Since when. */
            assigned_at: string | null;
            /** @description Since it was opened; of a resolved one, for how long it was open. */
            age_ms: number;
            /** @description How it was settled; null while it is open. */
            resolution: string | null;
            /** @description Why, in the words of whoever settled it. */
            note: string | null;
            /** @description Who settled it; `node` where it settled itself. */
            resolved_by: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            opened_at: string;
            /** @description Null while it is open. */
            resolved_at: string | null;
        };
        /**
         * InconsistencyPage
         * @description A page of a list.
         */
        InconsistencyPage: {
            items: components["schemas"]["Inconsistency"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * InconsistencyEntry
         * @description What was done about an inconsistency.
         */
        InconsistencyEntry: {
            /** @description From 1, in the order in which it was done. */
            entry_number: number;
            /**
             * @description `opened` a second time where it came back after it had been resolved.
             * @enum {string}
             */
            action: "opened" | "assigned" | "unassigned" | "resolved";
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            at: string;
            /** @description Who did it; `node` where it happened by itself. */
            principal: string;
            /** @description Of `assigned`: to whom. */
            assigned_to: string | null;
            /** @description Of `resolved`: how. */
            resolution: string | null;
            /** @description Why. */
            note: string | null;
            /** @description Of `opened`: the evidence as it was found. */
            data: Record<string, never> | null;
        };
        /**
         * InconsistencyHistoryPage
         * @description A page of a list.
         */
        InconsistencyHistoryPage: {
            items: components["schemas"]["InconsistencyEntry"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * AssignmentInput
         * @description Who is to work on an inconsistency.
         */
        AssignmentInput: {
            /** @description A person, by the principal of their API keys. */
            assigned_to?: string;
            /** @description Words for people: 1-2000 printable characters. */
            note?: string;
        };
        /**
         * UnassignmentInput
         * @description Why nobody works on an inconsistency any more.
         */
        UnassignmentInput: {
            /** @description Words for people: 1-2000 printable characters. */
            note?: string;
        };
        /**
         * ResolutionInput
         * @description How an inconsistency was settled.
         */
        ResolutionInput: {
            /** @description Words for people: 1-2000 printable characters. */
            resolution: string;
            /** @description Words for people: 1-2000 printable characters. */
            note: string;
        };
        /**
         * ReconciliationInput
         * @description What is to be compared.
         */
        ReconciliationInput: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id?: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
            start_time: string;
            /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
            end_time: string;
            /**
             * @description What is done about differences: nothing; repairs are proposed, and another person approves them; or those within the caps are made at once.
             * @default none
             * @enum {string}
             */
            repair?: "none" | "propose" | "apply";
            /**
             * @description Compares with a file of that side's instead of asking its node: the lines come after, with `statement-lines`.
             * @enum {string}
             */
            statement?: "source" | "target";
        };
        /**
         * ReconciledLeg
         * @description One comparison of a run.
         */
        ReconciledLeg: {
            /** @description What was compared with what, such as `target_credits`. */
            leg: string;
            /** @description 0: both listings, row by row. 1: counts and sums. 2: digests. 3: sketches. Null where it was not compared. */
            level: number | null;
            /** @description Why the other side does not tell it; this node has nothing of it either. */
            untold: string | null;
        };
        /**
         * ReconciliationTotal
         * @description Points that moved for good, on both sides of one comparison.
         */
        ReconciliationTotal: {
            /** @description What was compared with what, such as `target_credits`. */
            leg: string;
            /** @description Of the compared ledger. */
            credit_type_id: string;
            /** @description By this node's exchanges. */
            ours: string;
            /** @description By the other side's ledger. */
            theirs: string;
        };
        /**
         * ReconciliationDigest
         * @description Equal digests prove equal sides.
         */
        ReconciliationDigest: {
            /** @description What was compared with what. */
            leg: string;
            /** @description Sum of the digests of this node's rows, hex. */
            ours: string;
            /** @description Sum of the digests of the other side's rows, hex. */
            theirs: string;
        };
        /**
         * Reconciliation
         * @description One run over a pair and a window.
         */
        Reconciliation: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            reconciliation_id: string;
            /**
             * @description `completed` also with differences; `failed` where a side could not be read.
             * @enum {string}
             */
            status: "running" | "completed" | "failed";
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            start_time: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            end_time: string;
            /** @description Earlier than `end_time` where a grace applies; null before it is known. */
            compared_until: string | null;
            /**
             * @description Who began it.
             * @enum {string}
             */
            origin: "asked" | "scheduled" | "file";
            /**
             * @description What is done about differences: nothing; repairs are proposed, and another person approves them; or those within the caps are made at once.
             * @enum {string}
             */
            repair: "none" | "propose" | "apply";
            /** @description Where it is: load, compare, check, settle, repair, prove or done. */
            step: string;
            source_operations_count: number;
            target_operations_count: number;
            matched_count: number;
            /** @description Unfinished, and for no longer than the grace. */
            in_flight_count: number;
            /** @description Differed at first sight and agreed when they were read again. */
            late_arrivals_count: number;
            /** @description That were found, whatever became of them. */
            mismatches_count: number;
            /** @description Of them, what is not resolved yet. */
            open_mismatches_count: number;
            /** @description Counts by type; what did not occur is left out. */
            mismatches_by_type: {
                [key: string]: number;
            };
            legs: components["schemas"]["ReconciledLeg"][];
            totals: components["schemas"]["ReconciliationTotal"][];
            digests: components["schemas"]["ReconciliationDigest"][];
            /** @description Why it repaired nothing though it was asked to. */
            repair_stopped: string | null;
            /** @description Why it could not be done. */
            failure: string | null;
            /** @description Who began it; `node` by schedule. */
            principal: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /** @description Null while it is running. */
            ended_at: string | null;
            /** @description True where it was there before this call. */
            idempotent: boolean;
        };
        /**
         * ReconciliationPage
         * @description A page of a list.
         */
        ReconciliationPage: {
            items: components["schemas"]["Reconciliation"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * StatementLine
         * @description One line of the partner's file.
         */
        StatementLine: {
            /** @description In the file. */
            line: number;
            /** @description The exchange's id. */
            operation_id: string;
            /** @description Points in the partner's ledger. */
            amount: string;
            /** @description In the partner's ledger. */
            user_id?: string;
            /** @description There. */
            credit_type_id?: string;
            /**
             * @description `completed` where left out.
             * @enum {string}
             */
            outcome?: "completed" | "captured" | "pending" | "held" | "refused" | "rolled_back" | "released";
            /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
            initiated_at?: string;
            /** @description As the partner has it. */
            exchange_rate?: string;
        };
        /**
         * StatementLinesInput
         * @description Lines of a file, in any number of calls.
         */
        StatementLinesInput: {
            lines: components["schemas"]["StatementLine"][];
            /** @description No lines come after these: the comparison begins. */
            is_last: boolean;
        };
        /**
         * MismatchRow
         * @description What one side says of the operation.
         */
        MismatchRow: {
            /** @description In the compared ledger. */
            user_id: string | null;
            /** @description In the compared ledger. */
            credit_type_id: string | null;
            /** @description In the compared ledger. */
            amount: string | null;
            /** @description The side's own word for its outcome. */
            state: string;
            /** @description Where the side tells it. */
            exchange_rate: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            initiated_at: string;
        };
        /**
         * RepairPreview
         * @description What a repair does to a member's account once it is allowed.
         */
        RepairPreview: {
            /**
             * @description Whether the member gets points or gives them.
             * @enum {string}
             */
            entry: "credit" | "debit";
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description The member. */
            user_id: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            credit_type_id: string;
            /** @description The system whose clearing account it faces. */
            counterparty: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            amount: string;
            /** @description What the operation comes to in this ledger now. */
            from: string;
            /** @description What it is to come to. */
            to: string;
        };
        /**
         * MismatchRepair
         * @description What may mend it, and what became of that.
         */
        MismatchRepair: {
            /**
             * @description `send_again`: the same call under its own id once more. `ask_again`: an exchange under way goes on. `adjust`: a movement under an id of its own, up or down to what the partner signed. `restore`: an exchange that this node has lost is made again from what it signed itself. `present_evidence`: the other side has to act on what it signed.
             * @enum {string}
             */
            action: "send_again" | "ask_again" | "adjust" | "restore" | "present_evidence";
            /** @description Null while nobody asked for it. */
            status: ("proposed" | "approved" | "applied" | "failed" | "rejected") | null;
            /** @description Who asked for it. */
            proposed_by: string | null;
            /** @description Who allowed or rejected it. */
            decided_by: string | null;
            /** @description When it was made. */
            applied_at: string | null;
            /** @description What came of it. */
            outcome: string | null;
            /** @description Of the movement that it makes, or of the exchange that is made again. */
            operation_id: string | null;
            /** @description What it does to a member's account; null where it moves none itself. */
            preview: components["schemas"]["RepairPreview"] | null;
        };
        /**
         * MismatchDeed
         * @description Who did what about it.
         */
        MismatchDeed: {
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            at: string;
            principal: string;
            action: string;
            /** @description Why, or what came of it. */
            note: string | null;
        };
        /**
         * Mismatch
         * @description An operation about which the two sides differ.
         */
        Mismatch: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description What was compared with what, such as `target_credits`. */
            leg: string;
            /**
             * @description The gravest difference; a stuck operation is one that was unfinished for longer than the grace.
             * @enum {string}
             */
            type: "missing_in_source" | "missing_in_target" | "amount_mismatch" | "status_mismatch" | "rate_mismatch" | "duplicate_id" | "wrong_account";
            /** @description What differs beside it. */
            also: ("missing_in_source" | "missing_in_target" | "amount_mismatch" | "status_mismatch" | "rate_mismatch" | "duplicate_id" | "wrong_account")[];
            /** @description Unfinished for longer than the grace. */
            is_stuck: boolean;
            /**
             * @description Where the work on it stands.
             * @enum {string}
             */
            status: "open" | "assigned" | "awaiting_partner" | "resolved";
            /**
             * @description By its points or its age, whichever is worse.
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            /** @description Points of the compared ledger that the sides differ by. */
            value: string;
            /** @description Of those points. */
            credit_type_id: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            initiated_at: string;
            /** @description What this node says; null where it has nothing. */
            ours: components["schemas"]["MismatchRow"] | null;
            /** @description Every row that the other side has under the id. */
            theirs: components["schemas"]["MismatchRow"][];
            /** @description Who works on it. */
            assigned_to: string | null;
            /** @description Null where only a person can mend it. */
            repair: components["schemas"]["MismatchRepair"] | null;
            /** @description Where the other side's signed request is kept. */
            evidence_id: string | null;
            /** @description Why an amount that differs can't be adjusted. */
            repair_obstacle: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            found_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
            /** @description How it ended: repaired, agrees, carried_on, or in somebody's words. */
            resolution: string | null;
            /** @description `node` where it closed itself. */
            resolved_by: string | null;
            /** @description The run that agreed, repaired it, or carries it on. */
            resolved_by_run: string | null;
            /** @description Null while it is not. */
            resolved_at: string | null;
            history: components["schemas"]["MismatchDeed"][];
        };
        /**
         * ReconciliationReport
         * @description A run with everything that it found.
         */
        ReconciliationReport: {
            reconciliation: components["schemas"]["Reconciliation"];
            mismatches: components["schemas"]["Mismatch"][];
            /** @description False where there are more mismatches than a report holds. */
            is_complete: boolean;
        };
        /**
         * MismatchPage
         * @description A page of a list.
         */
        MismatchPage: {
            items: components["schemas"]["Mismatch"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * SignedRequest
         * @description What a partner's node signed: anybody who has its public key can verify it (RFC 9421).
         */
        SignedRequest: {
            /** @description Where it is kept by whoever answers it. */
            evidence_id: string;
            /** @description Whose key signed it. */
            node_id: string;
            /** @description RFC 7638 thumbprint. */
            key_id: string;
            /** @description Signed as `@target-uri`; the method was POST. */
            target_uri: string;
            /** @description As it was sent. */
            content_type: string;
            /** @description As it was sent: the digest of the body. */
            content_digest: string;
            /** @description As it was sent: what is signed. */
            signature_input: string;
            /** @description As it was sent. */
            signature: string;
            /** @description Exactly what was signed, as text: a JSON object on one line. */
            body: string;
            /** @description When it was taken, in UTC. */
            received_at: string;
        };
        /**
         * MismatchChange
         * @description The mismatches as they stand now.
         */
        MismatchChange: {
            items: components["schemas"]["Mismatch"][];
        };
        /**
         * MismatchAssignInput
         * @description Who is to work on them.
         */
        MismatchAssignInput: {
            /** @description The operations that it is about, up to 1000. */
            operation_ids: string[];
            /** @description A name for people: 1-200 printable characters. */
            assignee: string;
            /** @description Words for people: 1-2000 printable characters. */
            note?: string;
        };
        /**
         * MismatchSelection
         * @description Which ones.
         */
        MismatchSelection: {
            /** @description The operations that it is about, up to 1000. */
            operation_ids: string[];
            /** @description Words for people: 1-2000 printable characters. */
            note?: string;
        };
        /**
         * MismatchNoteInput
         * @description Which ones, and why.
         */
        MismatchNoteInput: {
            /** @description The operations that it is about, up to 1000. */
            operation_ids: string[];
            /** @description Words for people: 1-2000 printable characters. */
            note: string;
        };
        /**
         * MismatchResolveInput
         * @description How they were settled.
         */
        MismatchResolveInput: {
            /** @description The operations that it is about, up to 1000. */
            operation_ids: string[];
            /** @description Words for people: 1-2000 printable characters. */
            resolution: string;
            /** @description Words for people: 1-2000 printable characters. */
            note?: string;
        };
        /**
         * ReconciliationPolicyInput
         * @description How a pair is reconciled; what is left out takes its default.
         */
        ReconciliationPolicyInput: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Minute, hour, day of the month, month and day of the week, in UTC; numbers, *, lists, ranges and steps. Null: not by the calendar. */
            cron?: string | null;
            /** @description From one run's beginning to the next; null: by the calendar or not at all. */
            interval_ms?: number | null;
            /** @description How far back a scheduled run looks; default a day. */
            window_ms?: number;
            /** @description How long what is unfinished is in flight, and how long before now a scheduled run ends; default 15 minutes. */
            grace_ms?: number;
            /**
             * @description What is done about differences: nothing; repairs are proposed, and another person approves them; or those within the caps are made at once.
             * @default none
             * @enum {string}
             */
            repair?: "none" | "propose" | "apply";
            /** @description Differences that are worth an alert; default 1; null: none are for their number. */
            alert_count?: number | null;
            /** @description Points of one difference that are; default null. */
            alert_value?: string | null;
            /** @description Age of one difference that is; default null. */
            alert_age_ms?: number | null;
            /** @description From how many points a difference is a warning; default 1000. */
            warning_value?: string;
            /** @description From how many it is critical; default 100000. */
            critical_value?: string;
            /** @description From what age it is a warning; default a day. */
            warning_age_ms?: number;
            /** @description From what age it is critical; default three days. */
            critical_age_ms?: number;
            /** @description Repairs of one run; default 100. */
            repair_count_max?: number;
            /** @description Points that one run's repairs may come to; default 1000000. */
            repair_value_max?: string;
            /** @description A repair of more points needs another person; default 10000. */
            four_eyes_above?: string;
            /** @description A run that differs by more of what it compared repairs nothing; default 20. */
            stop_share_percent?: number;
            /** @description … if so many differ at least; default 10. */
            stop_count_min?: number;
        };
        /**
         * ReconciliationPolicy
         * @description How a pair is reconciled.
         */
        ReconciliationPolicy: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Null: not by the calendar. */
            cron: string | null;
            /** @description Null: not by an interval. */
            interval_ms: number | null;
            window_ms: number;
            grace_ms: number;
            /**
             * @description What is done about differences: nothing; repairs are proposed, and another person approves them; or those within the caps are made at once.
             * @enum {string}
             */
            repair: "none" | "propose" | "apply";
            /** @description Null: never for their number. */
            alert_count: number | null;
            /** @description Null: never for their points. */
            alert_value: string | null;
            /** @description Null: never for their age. */
            alert_age_ms: number | null;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            warning_value: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            critical_value: string;
            warning_age_ms: number;
            critical_age_ms: number;
            repair_count_max: number;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            repair_value_max: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            four_eyes_above: string;
            stop_share_percent: number;
            stop_count_min: number;
            /** @description Null where none is scheduled. */
            next_run_at: string | null;
            updated_by: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * ReconciliationPolicyPage
         * @description A page of a list.
         */
        ReconciliationPolicyPage: {
            items: components["schemas"]["ReconciliationPolicy"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * Alert
         * @description What somebody should be told.
         */
        Alert: {
            /** @description Id of an alert. */
            alert_id: string;
            /** @description What kind of alert it is, such as exchange_needs_attention. docs/runbook has a page for each. */
            type: string;
            /**
             * @description How grave it is.
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            /** @description The type in words. */
            title: string;
            /** @description What it is about: one alert stands for a type and key. */
            key: string;
            /**
             * @description `acknowledged`: somebody looks after it. `cleared`: what it tells is over.
             * @enum {string}
             */
            state: "open" | "acknowledged" | "cleared";
            /** @description Ids of what it is about, such as operation_id or system_id. */
            subject: Record<string, never>;
            /** @description What was found. */
            data: Record<string, never>;
            /** @description How often it was raised. */
            count: number;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            first_seen_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            last_seen_at: string;
            /** @description Null until somebody has acknowledged it. */
            acknowledged_at: string | null;
            /** @description Who looks after it. */
            acknowledged_by: string | null;
            /** @description What they said. */
            note: string | null;
            /** @description Null while it stands. */
            cleared_at: string | null;
            /** @description The page that says what to do, in the project's repository. */
            runbook: string;
        };
        /**
         * AlertPage
         * @description A page of a list.
         */
        AlertPage: {
            items: components["schemas"]["Alert"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * Acknowledgement
         * @description That somebody looks after an alert.
         */
        Acknowledgement: {
            /** @description Words for people: 1-2000 printable characters. */
            note?: string;
        };
        /**
         * AlertChannelInput
         * @description Where alerts are told. What is left out of `url`, `secret` and `password` stays as it is, as long as the address does.
         */
        AlertChannelInput: {
            /**
             * @description `log`: the node's log. `webhook`: JSON to an address of yours. `dingtalk`, `wecom`, `feishu`, `slack`: the robot of a group there. `smtp`: e-mail.
             * @enum {string}
             */
            kind: "log" | "webhook" | "dingtalk" | "wecom" | "feishu" | "slack" | "smtp";
            /** @description False: nothing is told here, and nothing is kept for later. */
            enabled?: boolean;
            /**
             * @description How grave it is.
             * @enum {string}
             */
            min_severity?: "info" | "warning" | "critical";
            types?: string[];
            /**
             * @description Of what is written: English or Chinese.
             * @enum {string}
             */
            language?: "en" | "zh";
            /** @description What was told of a type is told of it again after this time at the earliest, in one message; 60000 if absent. */
            interval_ms?: number;
            /** @description Of `webhook` and the robots: the whole address, with its token or key. Never shown again. */
            url?: string;
            /** @description Of `webhook`, `dingtalk` and `feishu`: what messages are signed with. Never shown again. */
            secret?: string;
            /** @description Of `smtp`: name or address of the mail server. */
            host?: string;
            /** @description Of `smtp`: 587, or 465 with `tls`, or 25 with `none`, if absent. */
            port?: number;
            /**
             * @description Of `smtp`: `starttls` (the default) encrypts before anything is said and ends where the server can't; `tls` from the first byte.
             * @enum {string}
             */
            security?: "tls" | "starttls" | "none";
            /** @description Of `smtp`: who signs in; absent for nobody. */
            username?: string;
            /** @description Of `smtp`, with a `username`. Never shown again. */
            password?: string;
            /** @description An e-mail address. */
            from?: string;
            /** @description Of `smtp`: to whom. */
            to?: string[];
        };
        /**
         * AlertChannel
         * @description Where alerts are told, and how that goes. No secrets.
         */
        AlertChannel: {
            /** @description Id of an alert channel: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            channel_id: string;
            /**
             * @description `log`: the node's log. `webhook`: JSON to an address of yours. `dingtalk`, `wecom`, `feishu`, `slack`: the robot of a group there. `smtp`: e-mail.
             * @enum {string}
             */
            kind: "log" | "webhook" | "dingtalk" | "wecom" | "feishu" | "slack" | "smtp";
            /** @description False: nothing is told here, and nothing is kept for later. */
            enabled: boolean;
            /**
             * @description How grave it is.
             * @enum {string}
             */
            min_severity: "info" | "warning" | "critical";
            /** @description Null for all. */
            types: string[] | null;
            /**
             * @description Of what is written: English or Chinese.
             * @enum {string}
             */
            language: "en" | "zh";
            /** @description What was told of a type is told of it again after this time at the earliest, in one message; 60000 if absent. */
            interval_ms: number;
            /** @description Scheme and host of its address, of which nothing more is shown. */
            origin: string | null;
            /** @description Whether messages are signed with a secret. */
            signed: boolean;
            /** @description Of `smtp`. */
            host: string | null;
            /** @description Of `smtp`. */
            port: number | null;
            /** @description Of `smtp`. */
            security: ("tls" | "starttls" | "none") | null;
            /** @description Of `smtp`. */
            username: string | null;
            /** @description Of `smtp`. */
            from: string | null;
            /** @description Of `smtp`. */
            to: string[] | null;
            /**
             * @description `failing`: the last message was not taken; it is tried again.
             * @enum {string}
             */
            state: "working" | "failing" | "disabled";
            /** @description Attempts in a row that failed. */
            failures: number;
            /** @description Null while it works. */
            failing_since: string | null;
            /** @description What was wrong, in words. */
            last_error: string | null;
            /** @description Null before the first. */
            last_attempt_at: string | null;
            /** @description When a message was taken last. */
            last_delivered_at: string | null;
            /** @description Messages that were taken. */
            message_count: number;
            /** @description Alerts that wait to be told here. */
            pending_count: number;
            /** @description Alerts that were given up after three days. */
            dropped_count: number;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
            /** @description Who put it last. */
            updated_by: string;
        };
        /**
         * AlertChannelPage
         * @description A page of a list.
         */
        AlertChannelPage: {
            items: components["schemas"]["AlertChannel"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * AlertChannelTest
         * @description What came of a test message.
         */
        AlertChannelTest: {
            /** @description Whether the place took it, by its own answer. */
            delivered: boolean;
            /** @description What was wrong, in words; null where it was taken. */
            error: string | null;
        };
        /**
         * AccountInput
         * @description Whose account, of which points.
         */
        AccountInput: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            credit_type_id: string;
        };
        /**
         * Account
         * @description A member's account.
         */
        Account: {
            /** @description `CS:` and the hex SHA-256 of `{user_id}:{system_id}:{credit_type_id}`. */
            account_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            credit_type_id: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            available: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            frozen: string;
        };
        /**
         * AccountPage
         * @description A page of a list.
         */
        AccountPage: {
            items: components["schemas"]["Account"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * Entry
         * @description A line of an account's statement.
         */
        Entry: {
            /** @description The account's id, a dot, and the line's number from 1. */
            transaction_id: string;
            /**
             * @description A credit adds to available, a debit takes from it; a hold moves available to frozen, a release back; a capture takes from frozen.
             * @enum {string}
             */
            entry: "credit" | "debit" | "hold" | "capture" | "release";
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            amount: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            available_after: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            frozen_after: string;
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
        };
        /**
         * EntryPage
         * @description A page of a list.
         */
        EntryPage: {
            items: components["schemas"]["Entry"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * CreditInput
         * @description Points to add to a member's account.
         */
        CreditInput: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id?: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            credit_type_id: string;
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            amount: string | number;
            /** @description 1-128 printable characters. */
            business_code?: string;
            /** @description 1-128 printable characters. */
            business_id?: string;
            /** @description Free data of yours, kept with the operation: an object of at most 16 KiB as JSON and 16 levels. Numbers in it to 9007199254740991; write larger ones as strings. */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Credit
         * @description A credit.
         */
        Credit: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            system_id: string | null;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            user_id: string | null;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            credit_type_id: string | null;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            amount: string | null;
            /** @description The caller's own reference, with business_id unique within system and kind. */
            business_code: string | null;
            /** @description The caller's own reference. */
            business_id: string | null;
            /** @description The entry that it made: the account's id, a dot, and the line's number. */
            transaction_id: string | null;
            /** @description The account's available points right after it last changed this account. */
            new_balance: string | null;
            /** @description Why it was refused; null if it was not. */
            failure: components["schemas"]["Failure"] | null;
            /** @description As given. */
            metadata: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
            /** @description True where the operation was there before this call. */
            idempotent: boolean;
            /**
             * @description `failed`: refused, nothing moved. `rolled_back`: taken back, or fenced before it arrived.
             * @enum {string}
             */
            status: "completed" | "failed" | "rolled_back";
        };
        /**
         * CreditBatch
         * @description Credits, done one after the other.
         */
        CreditBatch: {
            credits: components["schemas"]["CreditInput"][];
        };
        /**
         * MovementBatchLine
         * @description What one line of a batch came to.
         */
        MovementBatchLine: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /**
             * @description `conflict`: the id belongs to another body, nothing changed. `error`: the outcome is not known, send the line again.
             * @enum {string}
             */
            status: "completed" | "failed" | "conflict" | "error";
            /** @description Of every status but completed. */
            code?: string;
            transaction_id?: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            new_balance?: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            required?: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            available?: string;
            conflicting_field?: string;
            idempotent?: boolean;
        };
        /**
         * MovementBatchResult
         * @description One result per line, in the lines' order.
         */
        MovementBatchResult: {
            results: components["schemas"]["MovementBatchLine"][];
        };
        /**
         * EmptyInput
         * @description No fields.
         */
        EmptyInput: Record<string, never>;
        /**
         * DebitInput
         * @description Points to take from a member's account.
         */
        DebitInput: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id?: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            credit_type_id: string;
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            amount: string | number;
            /** @description 1-128 printable characters. */
            business_code?: string;
            /** @description 1-128 printable characters. */
            business_id?: string;
            /** @description Free data of yours, kept with the operation: an object of at most 16 KiB as JSON and 16 levels. Numbers in it to 9007199254740991; write larger ones as strings. */
            metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * Debit
         * @description A debit.
         */
        Debit: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            system_id: string | null;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            user_id: string | null;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            credit_type_id: string | null;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            amount: string | null;
            /** @description The caller's own reference, with business_id unique within system and kind. */
            business_code: string | null;
            /** @description The caller's own reference. */
            business_id: string | null;
            /** @description The entry that it made: the account's id, a dot, and the line's number. */
            transaction_id: string | null;
            /** @description The account's available points right after it last changed this account. */
            new_balance: string | null;
            /** @description Why it was refused; null if it was not. */
            failure: components["schemas"]["Failure"] | null;
            /** @description As given. */
            metadata: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
            /** @description True where the operation was there before this call. */
            idempotent: boolean;
            /**
             * @description `failed`: refused, nothing moved. `rolled_back`: taken back, or fenced before it arrived.
             * @enum {string}
             */
            status: "completed" | "failed" | "rolled_back";
        };
        /**
         * DebitBatch
         * @description Debits, done one after the other.
         */
        DebitBatch: {
            debits: components["schemas"]["DebitInput"][];
        };
        /**
         * HoldInput
         * @description Points to set aside.
         */
        HoldInput: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id?: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            credit_type_id: string;
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            amount: string | number;
            /** @description 1-128 printable characters. */
            business_code?: string;
            /** @description 1-128 printable characters. */
            business_id?: string;
            /** @description Free data of yours, kept with the operation: an object of at most 16 KiB as JSON and 16 levels. Numbers in it to 9007199254740991; write larger ones as strings. */
            metadata?: {
                [key: string]: unknown;
            };
            /** @description Milliseconds until the hold releases itself, by the database's clock. Absent: never. */
            expires_in_ms?: number;
        };
        /**
         * Hold
         * @description A hold.
         */
        Hold: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            system_id: string | null;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            user_id: string | null;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            credit_type_id: string | null;
            /** @description Null where a rollback or release came first, so that the request itself was never seen. */
            amount: string | null;
            /** @description The caller's own reference, with business_id unique within system and kind. */
            business_code: string | null;
            /** @description The caller's own reference. */
            business_id: string | null;
            /** @description The entry that it made: the account's id, a dot, and the line's number. */
            transaction_id: string | null;
            /** @description The account's available points right after it last changed this account. */
            new_balance: string | null;
            /** @description Why it was refused; null if it was not. */
            failure: components["schemas"]["Failure"] | null;
            /** @description As given. */
            metadata: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
            /** @description True where the operation was there before this call. */
            idempotent: boolean;
            /**
             * @description `held` until it ends, once, as captured, released or expired. `failed`: refused, nothing was held.
             * @enum {string}
             */
            status: "held" | "captured" | "released" | "expired" | "failed";
            /** @description What was captured; the rest was released. Null before. */
            captured_amount: string | null;
            /** @description When it releases itself; null for never. */
            expires_at: string | null;
        };
        /**
         * CaptureInput
         * @description How much of a hold to capture.
         */
        CaptureInput: {
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            amount?: string | number;
        };
        /**
         * JsonWebKey
         * @description An Ed25519 public key (RFC 8037).
         */
        JsonWebKey: {
            /**
             * @description Key type.
             * @enum {string}
             */
            kty: "OKP";
            /**
             * @description Curve.
             * @enum {string}
             */
            crv: "Ed25519";
            /** @description The public key, base64url. */
            x: string;
            /** @description 1-128 printable characters. */
            kid?: string;
            /**
             * @description Purpose.
             * @enum {string}
             */
            use?: "sig";
            /**
             * @description Algorithm.
             * @enum {string}
             */
            alg?: "EdDSA" | "Ed25519";
            key_ops?: "verify"[];
            ext?: boolean;
        };
        /**
         * JsonWebKeySet
         * @description The keys that the partner signs with.
         */
        JsonWebKeySet: {
            keys: components["schemas"]["JsonWebKey"][];
        };
        /**
         * SystemInput
         * @description A system as it shall be.
         */
        SystemInput: {
            /** @description A name for people: 1-200 printable characters. */
            name: string;
            /**
             * @description `hosted`: this node keeps its accounts. `remote`: a partner does. Fixed once made.
             * @enum {string}
             */
            kind: "hosted" | "remote";
            /**
             * @description A suspended system takes part in no new exchange.
             * @enum {string}
             */
            status?: "active" | "suspended";
            /** @description Address of the partner's node: what comes before /pxp/v1. */
            base_url?: string;
            keys?: components["schemas"]["JsonWebKeySet"];
            /** @description Other systems that this node speaks for. */
            speaks_for?: string[];
            /** @description Milliseconds to wait for an answer. */
            timeout_ms?: number;
            /** @description Calls a second to send at most. */
            rate_limit?: number;
            /**
             * @description What the partner's node may begin here. `standard`: all that the partner protocol has, for the systems that it speaks for. `granted`: what grants say, and nothing else.
             * @enum {string}
             */
            access?: "standard" | "granted";
        };
        /**
         * System
         * @description A system.
         */
        System: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description A name for people: 1-200 printable characters. */
            name: string;
            /**
             * @description `hosted`: this node keeps its accounts. `remote`: a partner does. Fixed once made.
             * @enum {string}
             */
            kind: "hosted" | "remote";
            /**
             * @description A suspended system takes part in no new exchange.
             * @enum {string}
             */
            status: "active" | "suspended";
            /** @description Address of the partner's node: what comes before /pxp/v1. */
            base_url?: string;
            keys?: components["schemas"]["JsonWebKeySet"];
            /** @description Other systems that this node speaks for. */
            speaks_for?: string[];
            /** @description Milliseconds to wait for an answer. */
            timeout_ms?: number;
            /** @description Calls a second to send at most. */
            rate_limit?: number;
            /**
             * @description What the partner's node may begin here. `standard`: all that the partner protocol has, for the systems that it speaks for. `granted`: what grants say, and nothing else.
             * @enum {string}
             */
            access?: "standard" | "granted";
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * SystemPage
         * @description A page of a list.
         */
        SystemPage: {
            items: components["schemas"]["System"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * CreditTypeInput
         * @description A credit type as it shall be.
         */
        CreditTypeInput: {
            /** @description A name for people: 1-200 printable characters. */
            name: string;
        };
        /**
         * CreditType
         * @description A kind of points within a system.
         */
        CreditType: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            credit_type_id: string;
            /** @description A name for people: 1-200 printable characters. */
            name: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * CreditTypePage
         * @description A page of a list.
         */
        CreditTypePage: {
            items: components["schemas"]["CreditType"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * LinkInput
         * @description A link as it shall be.
         */
        LinkInput: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /**
             * @description `same_id`: a user has the same id in both systems. `mapped`: a mapping says who the user is at the target.
             * @enum {string}
             */
            user_mapping: "same_id" | "mapped";
            /**
             * @description Create the target's user where no mapping is known.
             * @default false
             */
            auto_provision?: boolean;
            /**
             * @description Whether new exchanges are taken.
             * @default true
             */
            enabled?: boolean;
            /**
             * @description Allow rates that gain points round a cycle.
             * @default false
             */
            allow_gaining_cycles?: boolean;
            /** @description How much a rate of this link may change, up or down, without a second person's approval, in per cent: a decimal string, usually `20`; `0` leaves no change to one person. What leaves more to one person, a higher limit or a shorter window, waits for a second person's approval; what leaves less is in force at once. Left out: as it is. */
            rate_change_limit_percent?: string;
            /** @description How far back a change is measured, in milliseconds, usually 86400000 (24 hours): against the oldest rate in force within it. What leaves more to one person, a higher limit or a shorter window, waits for a second person's approval; what leaves less is in force at once. Left out: as it is. */
            rate_change_window_ms?: number;
        };
        /**
         * Link
         * @description The agreement that points may go from one system to another.
         */
        Link: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /**
             * @description `same_id`: a user has the same id in both systems. `mapped`: a mapping says who the user is at the target.
             * @enum {string}
             */
            user_mapping: "same_id" | "mapped";
            auto_provision: boolean;
            enabled: boolean;
            allow_gaining_cycles: boolean;
            /** @description How much a rate of this link may change, up or down, without a second person's approval, in per cent: a decimal string, usually `20`; `0` leaves no change to one person. */
            rate_change_limit_percent: string;
            /** @description How far back a change is measured, in milliseconds, usually 86400000 (24 hours): against the oldest rate in force within it. */
            rate_change_window_ms: number;
            /** @description Of a PUT that asks for a looser guard: what a second person has to approve. */
            waiting_operation_id?: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * LinkPage
         * @description A page of a list.
         */
        LinkPage: {
            items: components["schemas"]["Link"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * LinkChange
         * @description A looser guard of a link, as it was decided.
         */
        LinkChange: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /**
             * @description In force now; or rejected, overdue or stale, as `code` says.
             * @enum {string}
             */
            status: "completed" | "failed";
            /** @description Why it failed. */
            code: string | null;
            /** @description True where it had ended before this call. */
            idempotent: boolean;
        };
        /**
         * LimitInput
         * @description A limit as it shall be.
         */
        LimitInput: {
            /**
             * @description Whose points are measured. `source`: what exchanges take, and what partners hold. `target`: what partners credit.
             * @enum {string}
             */
            side: "source" | "target";
            /** @description Has to be given where `side` is `source`; else left out for any. */
            source_system?: string;
            /** @description Has to be given where `side` is `target`; else left out for any. */
            target_system?: string;
            /** @description Of the side's system: points of this type are measured. */
            credit_type_id: string;
            /**
             * @description `member`: each member has the whole limit. `everybody`: all have it together.
             * @default member
             * @enum {string}
             */
            subject?: "member" | "everybody";
            /**
             * @description `exchange_amount`: points of one exchange, at most. `day_amount`, `day_count`: points, exchanges of a day, at most. `balance_left`: points that have to stay available, at least. `position`: points taken and not yet settled, at most.
             * @enum {string}
             */
            measure: "exchange_amount" | "day_amount" | "day_count" | "balance_left" | "position";
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            bound: string | number;
            /**
             * @description Where the day of a daily limit begins: minutes east of UTC, 480 for China.
             * @default 0
             */
            utc_offset_minutes?: number;
        };
        /**
         * Limit
         * @description How much may be exchanged.
         */
        Limit: {
            /** @description Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            limit_id: string;
            /**
             * @description Whose points are measured. `source`: what exchanges take, and what partners hold. `target`: what partners credit.
             * @enum {string}
             */
            side: "source" | "target";
            /** @description Null: any. */
            source_system: string | null;
            /** @description Null: any. */
            target_system: string | null;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            credit_type_id: string;
            /**
             * @description `member`: each member has the whole limit. `everybody`: all have it together.
             * @enum {string}
             */
            subject: "member" | "everybody";
            /**
             * @description `exchange_amount`: points of one exchange, at most. `day_amount`, `day_count`: points, exchanges of a day, at most. `balance_left`: points that have to stay available, at least. `position`: points taken and not yet settled, at most.
             * @enum {string}
             */
            measure: "exchange_amount" | "day_amount" | "day_count" | "balance_left" | "position";
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            bound: string;
            utc_offset_minutes: number;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * LimitPage
         * @description A page of a list.
         */
        LimitPage: {
            items: components["schemas"]["Limit"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * LimitUsage
         * @description What has been used of a limit.
         */
        LimitUsage: {
            /** @description Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            limit_id: string;
            /** @description Null where all have it together. */
            user_id: string | null;
            /** @description The day that is counted, like 2026-11-23; null for a position. */
            day: string | null;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            used_amount: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            used_count: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            bound: string;
        };
        /**
         * LimitSettlementInput
         * @description What was settled of a position.
         */
        LimitSettlementInput: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id?: string;
            /** @description Has to be given where each member has the limit. */
            user_id?: string;
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            amount: string | number;
            /** @description Words for people: 1-2000 printable characters. */
            note?: string;
        };
        /**
         * LimitSettlement
         * @description What was taken off a position.
         */
        LimitSettlement: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            limit_id: string;
            /** @description Less than was asked where less was open. */
            settled: string;
            /** @description True where the operation was there before this call. */
            idempotent: boolean;
        };
        /**
         * GrantInput
         * @description A grant as it shall be.
         */
        GrantInput: {
            /**
             * @description `principal`: a person or a service, with any of its API keys. `partner`: the node of a partner's system, where the system's `access` is `granted`.
             * @enum {string}
             */
            applies_to: "principal" | "partner";
            /** @description The principal's name, or the id of a system of the partner. */
            subject: string;
            /**
             * @description What may be done. Of a principal: `read`, `quote`, `sign_in`, `exchange`, `move_points`, `map_users`, `open_accounts`, `resolve`, `approve`, `administer`. Of a partner: `read`, `credit`, `hold`, `provision`, `agree_rates`.
             * @enum {string}
             */
            action: "read" | "quote" | "sign_in" | "exchange" | "move_points" | "map_users" | "open_accounts" | "resolve" | "approve" | "administer" | "credit" | "hold" | "provision" | "agree_rates";
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id?: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system?: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system?: string;
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            max_amount?: string | number;
            /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
            expires_at?: string;
        };
        /**
         * Grant
         * @description What somebody may do.
         */
        Grant: {
            /** @description Id of a grant: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            grant_id: string;
            /**
             * @description `principal`: a person or a service, with any of its API keys. `partner`: the node of a partner's system, where the system's `access` is `granted`.
             * @enum {string}
             */
            applies_to: "principal" | "partner";
            /** @description The principal's name, or the id of a system of the partner. */
            subject: string;
            /**
             * @description What may be done. Of a principal: `read`, `quote`, `sign_in`, `exchange`, `move_points`, `map_users`, `open_accounts`, `resolve`, `approve`, `administer`. Of a partner: `read`, `credit`, `hold`, `provision`, `agree_rates`.
             * @enum {string}
             */
            action: "read" | "quote" | "sign_in" | "exchange" | "move_points" | "map_users" | "open_accounts" | "resolve" | "approve" | "administer" | "credit" | "hold" | "provision" | "agree_rates";
            /** @description The system that it is over; null where it is over a link or the whole node. */
            system_id: string | null;
            /** @description With `target_system`: the link, in this direction. */
            source_system: string | null;
            /** @description With `source_system`: the link, in this direction. */
            target_system: string | null;
            /** @description The most points of one exchange, credit, debit or hold. */
            max_amount: string | null;
            /** @description From when on it counts for nothing; null for never. */
            expires_at: string | null;
            /** @description Who gave it. */
            created_by: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * GrantPage
         * @description A page of a list.
         */
        GrantPage: {
            items: components["schemas"]["Grant"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * RequestLimitInput
         * @description A limit on requests as it shall be.
         */
        RequestLimitInput: {
            /**
             * @description `principal`: requests to /v1 with any of its API keys. `partner`: signed calls of the node that a system is of.
             * @enum {string}
             */
            applies_to: "principal" | "partner";
            /** @description The principal's name, or the id of a system of the partner. */
            subject: string;
            /** @description How many in a window. */
            requests: number;
            /**
             * @description Milliseconds.
             * @default 60000
             */
            window_ms?: number;
        };
        /**
         * RequestLimit
         * @description How many requests somebody may send.
         */
        RequestLimit: {
            /** @description Id of a limit on requests: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            request_limit_id: string;
            /**
             * @description `principal`: requests to /v1 with any of its API keys. `partner`: signed calls of the node that a system is of.
             * @enum {string}
             */
            applies_to: "principal" | "partner";
            /** @description The principal's name, or the id of a system of the partner. */
            subject: string;
            /** @description How many in a window. */
            requests: number;
            /**
             * @description Milliseconds.
             * @default 60000
             */
            window_ms: number;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * RequestLimitPage
         * @description A page of a list.
         */
        RequestLimitPage: {
            items: components["schemas"]["RequestLimit"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * RateInput
         * @description A rate to put in force.
         */
        RateInput: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id?: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_credit_type: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_credit_type: string;
            /** @description Target points per source point: a decimal string greater than 0 with at most 12 integer and 18 fractional digits. */
            rate: string;
            /**
             * @description How a fraction of a point is rounded.
             * @enum {string}
             */
            rounding?: "down";
            /** @description Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits. */
            min_source_amount?: string | number;
            /** @description When it shall come into force. Absent: at once; or, of a change that is agreed on, soon after both nodes have agreed. */
            effective_at?: string;
            /**
             * @description The partner's node has to accept it too: then it is in force on both sides from one time. Absent: it is in force here, whatever the partner has.
             * @default false
             */
            agree?: boolean;
        };
        /**
         * RateChange
         * @description What setting a rate came to.
         */
        RateChange: {
            /**
             * @description The rate is in force.
             * @enum {string}
             */
            status: "completed";
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description The rate in force before; null for a first one. */
            old_rate: string | null;
            /** @description Target points per source point: a decimal string greater than 0 with at most 12 integer and 18 fractional digits. */
            new_rate: string;
            /** @description Counts the versions of this pair's rate. */
            rate_version: number;
            /** @description When it comes into force, where that was named; null: it is. */
            effective_at: string | null;
            /** @description True where this very call was made before. */
            idempotent: boolean;
        };
        /**
         * PendingRateChange
         * @description A change that another principal has to approve, or the partner to accept, before it is in force.
         */
        PendingRateChange: {
            /**
             * @description The rate is as it was. It waits for another principal of this node; or for the partner.
             * @enum {string}
             */
            status: "pending_approval" | "pending_agreement";
            /** @description Whether it waits for another principal of this node. */
            needs_approval: boolean;
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description The rate in force before; null for a first one. */
            old_rate: string | null;
            /** @description Target points per source point: a decimal string greater than 0 with at most 12 integer and 18 fractional digits. */
            new_rate: string;
            /** @description Null where one person was enough. */
            change_percentage: string | null;
            /** @description When it shall come into force, where that was named. */
            effective_at: string | null;
            /**
             * Format: date-time
             * @description When it ends as failed unless somebody decides.
             */
            expires_at: string;
            /** @description True where this very call was made before. */
            idempotent: boolean;
        };
        /**
         * ExchangeRate
         * @description A version of a rate.
         */
        ExchangeRate: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_credit_type: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_credit_type: string;
            /** @description Target points per source point: a decimal string greater than 0 with at most 12 integer and 18 fractional digits. */
            rate: string;
            /** @description Counts the versions of this pair's rate. */
            rate_version: number;
            /**
             * @description How a fraction of a point is rounded.
             * @enum {string}
             */
            rounding: "down";
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            min_source_amount: string;
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description Who set it. */
            proposed_by: string;
            /** @description Who approved it; null where no approval was needed. */
            approved_by: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            effective_at: string;
            /** @description When the next version came into force; null while this one is. */
            superseded_at: string | null;
        };
        /**
         * ExchangeRatePage
         * @description A page of a list.
         */
        ExchangeRatePage: {
            items: components["schemas"]["ExchangeRate"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * RateAgreement
         * @description Of a change that two nodes agree on.
         */
        RateAgreement: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            agreement_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            partner_system: string;
            /**
             * @description Which side asked for it.
             * @enum {string}
             */
            proposed_by: "this_node" | "partner";
            /** @description Who of this node accepted what the partner proposed; beyond the limit another one has to approve. */
            accepted_by: string | null;
            /** @description Why the partner did not accept it, or does not keep to it. */
            partner_code: string | null;
        };
        /**
         * RateChangeFailure
         * @description Why a change failed.
         */
        RateChangeFailure: {
            /** @description A code of the error table. */
            code: string;
            message: string;
            /** @description Of rate_cycle_gains: the way round, which ends where it begins. */
            cycle?: components["schemas"]["RateCycleNode"][];
            /** @description Of rate_cycle_gains: the product of the ratios round the cycle, exactly. */
            gain?: string;
        };
        /**
         * RateChangeState
         * @description A change of a rate as it stands.
         */
        RateChangeState: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /**
             * @description Waits for another principal; for the partner; done; or refused, rejected, expired or stale, as `failure` says.
             * @enum {string}
             */
            status: "pending_approval" | "pending_agreement" | "completed" | "failed";
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_credit_type: string;
            /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_credit_type: string;
            /** @description The rate in force before; null for a first one. */
            old_rate: string | null;
            /** @description Target points per source point: a decimal string greater than 0 with at most 12 integer and 18 fractional digits. */
            new_rate: string;
            /** @description Points, as a decimal string from 0 to 9223372036854775807. */
            min_source_amount: string;
            /** @description Null where no approval was needed. */
            change_percentage: string | null;
            /** @description The version that it put in force, or found there; null before. */
            rate_version: number | null;
            /** @description Who asked for it. */
            proposed_by: string;
            /** @description Who approved it; null if nobody did. */
            approved_by: string | null;
            /** @description Who rejected it; null if nobody did. */
            rejected_by: string | null;
            /** @description From when it is, or shall be, in force, where that was named or agreed on; null: since it was completed. */
            effective_at: string | null;
            /** @description Null where this node alone decides. */
            agreement: components["schemas"]["RateAgreement"] | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /** @description When it ends as failed unless somebody decides. Null where no approval was needed. */
            expires_at: string | null;
            /** @description When it was completed or failed; null while it waits. */
            ended_at: string | null;
            /** @description Null if it did not. */
            failure: components["schemas"]["RateChangeFailure"] | null;
            /** @description True where it had ended before this call. */
            idempotent: boolean;
        };
        /**
         * RateChangePage
         * @description A page of a list.
         */
        RateChangePage: {
            items: components["schemas"]["RateChangeState"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * MappingInput
         * @description A mapping as it shall be.
         */
        MappingInput: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id?: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            source_user_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            target_user_id: string;
            /**
             * @description Replace the mapping where the user has another target.
             * @default false
             */
            replace?: boolean;
        };
        /**
         * MappingResult
         * @description A mapping, and what putting it came to.
         */
        MappingResult: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            source_user_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            target_user_id: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
            /** @description Of the change; null where nothing was to be changed and no id was given. */
            operation_id: string | null;
            /** @description True where this very call was made before. */
            idempotent: boolean;
        };
        /**
         * Mapping
         * @description Who a user of the source is at the target.
         */
        Mapping: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            source_user_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            target_user_id: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * MappingChange
         * @description A change of a mapping.
         */
        MappingChange: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            source_system: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            source_user_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            target_system: string;
            /** @description The target user before; null for a first mapping. */
            old_target_user_id: string | null;
            /** @description Id of a user within a system: 1-128 printable characters. */
            new_target_user_id: string;
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description Who changed it. */
            changed_by: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            changed_at: string;
        };
        /**
         * MappingChangePage
         * @description A page of a list.
         */
        MappingChangePage: {
            items: components["schemas"]["MappingChange"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * UserInput
         * @description A user's profile as it shall be.
         */
        UserInput: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description The name that the user goes by. */
            username?: string;
            /** @description The user's e-mail address. Never used to find a user. */
            email?: string;
            /** @description The user's telephone number. */
            phone?: string;
            /** @description Anything else to create the user from: an object of at most 16 KiB as JSON and 16 levels. */
            attributes?: {
                [key: string]: unknown;
            };
        };
        /**
         * User
         * @description A user's profile.
         */
        User: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description The name that the user goes by. */
            username: string | null;
            /** @description The user's e-mail address. */
            email: string | null;
            /** @description The user's telephone number. */
            phone: string | null;
            /** @description Anything else of the user. */
            attributes: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
        };
        /**
         * UserErasureInput
         * @description Whose profile to erase.
         */
        UserErasureInput: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
        };
        /**
         * ErasedProfile
         * @description A profile that was removed.
         */
        ErasedProfile: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
        };
        /**
         * UserErasure
         * @description What was erased of a person.
         */
        UserErasure: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Id of a user within a system: 1-128 printable characters. */
            user_id: string;
            /** @description The user's profile, and those that provisioning copied from it; empty where there were none. */
            erased: components["schemas"]["ErasedProfile"][];
            /** @description Partners' systems in which this user is somebody. They may hold a profile; ask them. */
            partners: string[];
        };
        /**
         * NodeKeySet
         * @description The public halves of what this node signs with, the active key first.
         */
        NodeKeySet: {
            keys: components["schemas"]["JsonWebKey"][];
        };
        /**
         * DataKey
         * @description A version of the key that seals a system's profiles; never the key.
         */
        DataKey: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
            /** @description Grows with each rotation. */
            version: number;
            /**
             * @description `active`: seals. `retiring`: opens what it sealed, which is being sealed anew. `retired`: destroyed.
             * @enum {string}
             */
            state: "active" | "retiring" | "retired";
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /** @description When another took its place; null for the active one. */
            retired_at: string | null;
        };
        /**
         * DataKeyList
         * @description The versions of the data keys, the newest of a system first.
         */
        DataKeyList: {
            items: components["schemas"]["DataKey"][];
        };
        /**
         * DataKeyRotation
         * @description Of which system to rotate the data key.
         */
        DataKeyRotation: {
            /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            system_id: string;
        };
        /**
         * ApiKeyInput
         * @description An API key to make.
         */
        ApiKeyInput: {
            /** @description A name for people: 1-200 printable characters. */
            name: string;
            /** @description Whom the key stands for, in the log and where two people are needed: two keys of one principal are one. 1-128 of A-Z a-z 0-9 . _ @ : - and no mark in front. */
            principal: string;
            /**
             * @description What the key lets its holder do. `viewer`: every GET, and quotes. `operator`: also exchanges, mappings, users, accounts, and what is stuck. `approver`: also approving. `administrator`: everything. `service`: exchanges, credits, debits, holds, users and mappings of its `systems`. `partner`: reading what concerns its `systems`. `none`: what its principal is granted, and nothing else.
             * @enum {string}
             */
            role: "viewer" | "operator" | "approver" | "administrator" | "service" | "partner" | "none";
            /** @description The systems that the key is for. A service and a partner need them; any other key is narrowed to them. */
            systems?: string[];
            /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
            expires_at?: string;
        };
        /**
         * NewApiKey
         * @description An API key just made: the only answer that shows the key.
         */
        NewApiKey: {
            /** @description Id of an API key. */
            api_key_id: string;
            /** @description A name for people: 1-200 printable characters. */
            name: string;
            /** @description Whom the key stands for, in the log and where two people are needed: two keys of one principal are one. 1-128 of A-Z a-z 0-9 . _ @ : - and no mark in front. */
            principal: string;
            /**
             * @description What the key lets its holder do. `viewer`: every GET, and quotes. `operator`: also exchanges, mappings, users, accounts, and what is stuck. `approver`: also approving. `administrator`: everything. `service`: exchanges, credits, debits, holds, users and mappings of its `systems`. `partner`: reading what concerns its `systems`. `none`: what its principal is granted, and nothing else.
             * @enum {string}
             */
            role: "viewer" | "operator" | "approver" | "administrator" | "service" | "partner" | "none";
            /** @description The systems that it is for; null for the whole node. */
            systems: string[] | null;
            /** @description Who made it. */
            created_by: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /** @description From when on it is refused; null for never. */
            expires_at: string | null;
            /** @description Null while it is not revoked. */
            revoked_at: string | null;
            /** @description Who revoked it. */
            revoked_by: string | null;
            /** @description The key itself. It is kept nowhere; store it now. */
            api_key: string;
        };
        /**
         * ApiKey
         * @description An API key, without the key.
         */
        ApiKey: {
            /** @description Id of an API key. */
            api_key_id: string;
            /** @description A name for people: 1-200 printable characters. */
            name: string;
            /** @description Whom the key stands for, in the log and where two people are needed: two keys of one principal are one. 1-128 of A-Z a-z 0-9 . _ @ : - and no mark in front. */
            principal: string;
            /**
             * @description What the key lets its holder do. `viewer`: every GET, and quotes. `operator`: also exchanges, mappings, users, accounts, and what is stuck. `approver`: also approving. `administrator`: everything. `service`: exchanges, credits, debits, holds, users and mappings of its `systems`. `partner`: reading what concerns its `systems`. `none`: what its principal is granted, and nothing else.
             * @enum {string}
             */
            role: "viewer" | "operator" | "approver" | "administrator" | "service" | "partner" | "none";
            /** @description The systems that it is for; null for the whole node. */
            systems: string[] | null;
            /** @description Who made it. */
            created_by: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /** @description From when on it is refused; null for never. */
            expires_at: string | null;
            /** @description Null while it is not revoked. */
            revoked_at: string | null;
            /** @description Who revoked it. */
            revoked_by: string | null;
        };
        /**
         * ApiKeyPage
         * @description A page of a list.
         */
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * Session
         * @description Who the caller is to this node.
         */
        Session: {
            /** @description Whom the key stands for. */
            principal: string;
            /**
             * @description What the key lets its holder do.
             * @enum {string}
             */
            role: "viewer" | "operator" | "approver" | "administrator" | "service" | "partner" | "none";
            /** @description The systems that the key is for; null for the whole node. */
            systems: string[] | null;
            /**
             * @description How the caller has shown who it is: with a key, or a browser's session.
             * @enum {string}
             */
            kind: "api_key" | "session";
            /** @description When the session ends; null for a caller with a key. */
            expires_at: string | null;
            /** @description The node's version. */
            version: string;
        };
        /**
         * WebhookInput
         * @description Where events are sent. What is left out has its default.
         */
        WebhookInput: {
            /** @description Where events are sent: a public https address on the standard port. What stands in it is shown to everybody who may read; the signature is what the receiver has to trust. */
            url: string;
            types?: ("exchange.started" | "exchange.completed" | "exchange.failed" | "exchange.needs_attention" | "account.balance_changed" | "account.opened" | "credit.completed" | "credit.failed" | "credit.rolled_back" | "debit.completed" | "debit.failed" | "debit.rolled_back" | "hold.placed" | "hold.captured" | "hold.released" | "hold.expired" | "hold.failed" | "partner_credit.completed" | "partner_credit.failed" | "partner_credit.rolled_back" | "partner_hold.placed" | "partner_hold.captured" | "partner_hold.released" | "partner_hold.failed" | "exchange_rate.proposed" | "exchange_rate.updated" | "exchange_rate.rejected" | "mapping.updated" | "inconsistency.opened" | "inconsistency.resolved" | "reconciliation.started" | "reconciliation.completed" | "reconciliation.failed" | "adjustment.completed" | "adjustment.failed" | "system.updated" | "credit_type.updated" | "link.updated" | "link.change_proposed" | "link.change_rejected" | "limit.updated" | "grant.updated" | "node_key.updated" | "api_key.updated")[];
            systems?: string[];
            /**
             * @description How long the receiver may take to answer, from the look-up of its name on.
             * @default 10000
             */
            timeout_ms?: number;
            /** @description False: nothing is sent, and it goes on later where it stood. */
            enabled?: boolean;
        };
        /**
         * WebhookKey
         * @description A key that signs beside the newest until it expires.
         */
        WebhookKey: {
            public_key: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            expires_at: string;
        };
        /**
         * Webhook
         * @description A webhook and how it is doing.
         */
        Webhook: {
            /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            webhook_id: string;
            /** @description Where events are sent: a public https address on the standard port. What stands in it is shown to everybody who may read; the signature is what the receiver has to trust. */
            url: string;
            /** @description Types of events that are sent; null for all. */
            types: string[] | null;
            /** @description Events that are about one of these are sent; null for all. */
            systems: string[] | null;
            /**
             * @description How long the receiver may take to answer, from the look-up of its name on.
             * @default 10000
             */
            timeout_ms: number;
            /** @description Whether events are sent. */
            enabled: boolean;
            /**
             * @description `failing`: nothing is taken at the moment, and it is tried again.
             * @enum {string}
             */
            state: "delivering" | "failing" | "disabled";
            /** @description Why nothing is sent; null while it is. */
            disabled_reason: ("switched_off" | "gone" | "exhausted" | "swept") | null;
            /** @description Since when nothing is sent. */
            disabled_at: string | null;
            /** @description Every event up to here was taken or is in the list of deliveries. */
            cursor: string | null;
            /** @description Deliveries that were taken. */
            delivered_count: number;
            /** @description Events that were not taken yet and are sent again. */
            pending_count: number;
            /** @description Events that were given up. */
            dead_count: number;
            /** @description When an event was taken last. */
            last_delivered_at: string | null;
            /** @description Since when nothing was taken. */
            failing_since: string | null;
            /** @description What went wrong last. */
            last_error: string | null;
            /** @description When that was. */
            last_error_at: string | null;
            /** @description `whpk_…`: what the newest `v1a` signature is checked with. */
            public_key: string;
            older_public_keys: components["schemas"]["WebhookKey"][];
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
            /** @description Who put it as it stands. */
            updated_by: string;
        };
        /**
         * NewWebhook
         * @description A webhook whose secret was made just now.
         */
        NewWebhook: {
            /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            webhook_id: string;
            /** @description Where events are sent: a public https address on the standard port. What stands in it is shown to everybody who may read; the signature is what the receiver has to trust. */
            url: string;
            /** @description Types of events that are sent; null for all. */
            types: string[] | null;
            /** @description Events that are about one of these are sent; null for all. */
            systems: string[] | null;
            /**
             * @description How long the receiver may take to answer, from the look-up of its name on.
             * @default 10000
             */
            timeout_ms: number;
            /** @description Whether events are sent. */
            enabled: boolean;
            /**
             * @description `failing`: nothing is taken at the moment, and it is tried again.
             * @enum {string}
             */
            state: "delivering" | "failing" | "disabled";
            /** @description Why nothing is sent; null while it is. */
            disabled_reason: ("switched_off" | "gone" | "exhausted" | "swept") | null;
            /** @description Since when nothing is sent. */
            disabled_at: string | null;
            /** @description Every event up to here was taken or is in the list of deliveries. */
            cursor: string | null;
            /** @description Deliveries that were taken. */
            delivered_count: number;
            /** @description Events that were not taken yet and are sent again. */
            pending_count: number;
            /** @description Events that were given up. */
            dead_count: number;
            /** @description When an event was taken last. */
            last_delivered_at: string | null;
            /** @description Since when nothing was taken. */
            failing_since: string | null;
            /** @description What went wrong last. */
            last_error: string | null;
            /** @description When that was. */
            last_error_at: string | null;
            /** @description `whpk_…`: what the newest `v1a` signature is checked with. */
            public_key: string;
            older_public_keys: components["schemas"]["WebhookKey"][];
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            updated_at: string;
            /** @description Who put it as it stands. */
            updated_by: string;
            /** @description `whsec_…`: what `v1` signatures are checked with. No other answer shows it; store it now. */
            secret: string;
        };
        /**
         * WebhookPage
         * @description A page of a list.
         */
        WebhookPage: {
            items: components["schemas"]["Webhook"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * WebhookRotationInput
         * @description How keys are rotated.
         */
        WebhookRotationInput: {
            /**
             * @description How long the keys before sign beside the new ones; a day if absent.
             * @default 86400000
             */
            overlap_ms?: number;
        };
        /**
         * WebhookDelivery
         * @description An event that was not taken at its first attempt.
         */
        WebhookDelivery: {
            /** @description The id of the event that is delivered, which is the header `webhook-id`. */
            delivery_id: string;
            /** @description What happened. */
            event_type: string;
            /** @description Events of one key are sent one after the other. */
            ordering_key: string;
            /**
             * @description `pending`: sent again until it is taken; `dead`: given up after three days.
             * @enum {string}
             */
            state: "pending" | "delivered" | "dead";
            /** @description So far; 0 where it waits for an earlier event of its key. */
            attempts: number;
            /** @description Null before the first. */
            first_attempt_at: string | null;
            /** @description Null before the first. */
            last_attempt_at: string | null;
            /** @description Of what is pending: no attempt is made before. */
            next_attempt_at: string | null;
            /** @description The receiver's last answer; null where there was none. */
            last_status: number | null;
            /** @description What went wrong last. */
            last_error: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            created_at: string;
            /** @description When it was taken or given up. */
            ended_at: string | null;
        };
        /**
         * WebhookDeliveryPage
         * @description A page of a list.
         */
        WebhookDeliveryPage: {
            items: components["schemas"]["WebhookDelivery"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * WebhookReplayInput
         * @description What is sent again: one of these.
         */
        WebhookReplayInput: {
            /** @description Where to read on: `next_cursor` of a page, or the `cursor` of the last event that was processed. */
            after?: string;
            /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
            since?: string;
            /** @description True: every event that was given up. */
            dead_letters?: boolean;
        };
        /**
         * WebhookReplay
         * @description What is sent again.
         */
        WebhookReplay: {
            /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            webhook_id: string;
            /** @description Every event after it is sent, again where it was sent before. */
            cursor: string | null;
            /** @description Events that had been given up and are sent again. */
            dead_letters_count: number;
        };
        /**
         * WebhookTest
         * @description What came of one attempt with an event of type webhook.test.
         */
        WebhookTest: {
            /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
            webhook_id: string;
            /** @description The id of the event that is delivered, which is the header `webhook-id`. */
            delivery_id: string;
            /** @description Whether the receiver answered 2xx. */
            delivered: boolean;
            /** @description What it answered; null for nothing. */
            status: number | null;
            /** @description What went wrong. */
            error: string | null;
            /** @description How long it took. */
            duration_ms: number;
        };
        /**
         * LedgerDifference
         * @description Something that does not add up.
         */
        LedgerDifference: {
            /** @description Which check found it. */
            check: string;
            /** @description What does not hold. */
            message: string;
            /** @description The row that breaks the rule; amounts are decimal strings. */
            found: {
                [key: string]: unknown;
            };
        };
        /**
         * LedgerVerification
         * @description Every balance recomputed from the movements.
         */
        LedgerVerification: {
            ok: boolean;
            /** @description Members' accounts looked at. */
            accounts: number;
            /** @description Movements looked at. */
            transfers: number;
            /** @description Operations compared with their movements. */
            operations: number;
            /** @description The first of them; empty if all is well. */
            differences: components["schemas"]["LedgerDifference"][];
        };
        /**
         * AuditCheckpoint
         * @description The size and root of the audit tree, signed.
         */
        AuditCheckpoint: {
            /** @description Which log it is of, and the name that its key has in the note. */
            origin: string;
            /** @description Entries in the tree. */
            tree_size: number;
            /** @description SHA-256, in hex. */
            root_hash: string;
            /** @description The signed note, in the form of C2SP tlog-checkpoint. Keep it elsewhere. */
            note: string;
            /** @description The key of the node that signed it (`GET /v1/keys`). */
            key_id: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            at: string;
        };
        /**
         * AuditCheckpointPage
         * @description A page of a list.
         */
        AuditCheckpointPage: {
            items: components["schemas"]["AuditCheckpoint"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * AuditEntry
         * @description What one transaction did.
         */
        AuditEntry: {
            /** @description Its place in the tree, from 0. */
            entry_index: number;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            at: string;
            /** @description What the leaf commits to, byte for byte: JSON that names operations, with a digest of each. */
            body: string;
            /** @description 16 bytes in base64url, kept beside the entry. */
            salt: string;
            /** @description SHA-256 of salt and body, in hex; the leaf is its hash after a byte 0. */
            commitment: string;
        };
        /**
         * AuditEntryPage
         * @description A page of a list.
         */
        AuditEntryPage: {
            items: components["schemas"]["AuditEntry"][];
            /** @description Pass it as `cursor` to read on; null on the last page. */
            next_cursor: string | null;
        };
        /**
         * ProvenAuditEntry
         * @description An entry, and that it is in the checkpoint's tree.
         */
        ProvenAuditEntry: {
            /** @description Its place in the tree, from 0. */
            entry_index: number;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.
             */
            at: string;
            /** @description What the leaf commits to, byte for byte: JSON that names operations, with a digest of each. */
            body: string;
            /** @description 16 bytes in base64url, kept beside the entry. */
            salt: string;
            /** @description SHA-256 of salt and body, in hex; the leaf is its hash after a byte 0. */
            commitment: string;
            /** @description Null where the checkpoint does not hold the entry yet. */
            proof: string[] | null;
        };
        /**
         * AuditedOperation
         * @description The entries that name an operation, with their proofs.
         */
        AuditedOperation: {
            /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
            operation_id: string;
            /** @description What the proofs are for; null before the first one. */
            checkpoint: components["schemas"]["AuditCheckpoint"] | null;
            entries: components["schemas"]["ProvenAuditEntry"][];
        };
        /**
         * AuditVerification
         * @description The entries held against the operations they name.
         */
        AuditVerification: {
            ok: boolean;
            /** @description Entries looked at. */
            entries: number;
            /** @description Operations that they name. */
            operations: number;
            /** @description The first that do not fit; empty if all is well. */
            faults: string[];
        };
        /**
         * InclusionProof
         * @description That an entry is in a tree.
         */
        InclusionProof: {
            entry_index: number;
            tree_size: number;
            /** @description SHA-256, in hex. */
            leaf_hash: string;
            /** @description The hashes of RFC 6962's proof, in its order. */
            proof: string[];
        };
        /**
         * ConsistencyProof
         * @description That a tree is the beginning of a later one.
         */
        ConsistencyProof: {
            from_size: number;
            to_size: number;
            /** @description The hashes of RFC 6962's proof, in its order. */
            proof: string[];
        };
        /**
         * ImportInput
         * @description Lines of a file; the fields are the file's columns.
         */
        ImportInput: {
            /**
             * @description Look at the form only; change nothing.
             * @default false
             */
            dry_run?: boolean;
            /**
             * @description The first line's number in its file, for messages.
             * @default 1
             */
            first_line?: number;
            lines: {
                [key: string]: string;
            }[];
        };
        /**
         * ImportError
         * @description Why a line can't be had.
         */
        ImportError: {
            /** @description The line's number in its file. */
            line: number;
            /** @description The column. */
            field: string;
            /** @description What is wrong and what is expected. */
            message: string;
            /** @description A code of the error table. */
            code: string;
        };
        /**
         * ImportResult
         * @description What an import came to.
         */
        ImportResult: {
            /**
             * @description What the lines describe.
             * @enum {string}
             */
            kind: "systems" | "credit-types" | "links" | "rates" | "balances" | "mappings" | "users";
            dry_run: boolean;
            /** @description Lines that changed something. */
            applied: number;
            /** @description Lines that said what stood already. */
            unchanged: number;
            /** @description Lines that are refused, in their order. Where a check finds any, nothing is applied. */
            errors: components["schemas"]["ImportError"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listExchanges: {
        parameters: {
            query?: {
                /** @description `failed`: nothing moved, or all of it was put back. `needs_attention`: an open inconsistency names it. */
                status?: "started" | "processing" | "completed" | "failed" | "needs_attention";
                /** @description Id of a user within a system: 1-128 printable characters. */
                user_id?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
                created_after?: string;
                /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
                created_before?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Exchanges created in [created_after, created_before). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangePage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createExchange: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=SECONDS` (default 10) or `respond-async`. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExchangeInput"];
            };
        };
        responses: {
            /** @description Completed before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description Completed. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description Still under way: a partner has not answered yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_conflict`: The operation id belongs to another request. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `system_not_found`: The system is not known.
             *
             *     `system_suspended`: The system is suspended.
             *
             *     `link_not_found`: No agreement lets points go from the source to the target.
             *
             *     `link_disabled`: The agreement between source and target is switched off.
             *
             *     `exchange_rate_not_found`: No rate is in force for this pair of credit types.
             *
             *     `quote_mismatch`: The quote does not belong to this exchange.
             *
             *     `quote_expired`: The quote is no longer valid.
             *
             *     `amount_too_small`: The amount is below the minimum or would be worth nothing at the target.
             *
             *     `mapping_not_found`: It is not known who this user is at the target.
             *
             *     `user_not_found`: There is no profile to create the target's user from.
             *
             *     `limit_exceeded`: A limit is used up.
             *
             *     `insufficient_balance`: The account does not have enough available points.
             *
             *     `amount_too_large`: The amount or the resulting balance is above 9223372036854775807.
             *
             *     `source_refused`: The source's partner refused; nothing moved.
             *
             *     `source_unknown`: The source's partner could not be heard; nothing moved.
             *
             *     `target_refused`: The target refused; the points are back.
             *
             *     `target_unknown`: The target could not be heard and has nothing; the points are back.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createExchanges: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=SECONDS` (default 10) or `respond-async`. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExchangeBatch"];
            };
        };
        responses: {
            /** @description One result per line, in order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeBatchResult"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExchange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exchange. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askExchangeAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exchange, which has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description The exchange, which goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackExchange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exchange, which has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description The exchange, which goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_undoable`: The exchange can't be undone as it stands. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeWriteOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WriteOffInput"];
            };
        };
        responses: {
            /** @description The exchange, which has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description The exchange, which goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_undoable`: The exchange can't be undone as it stands. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveWriteOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The exchange, which has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description The exchange, which goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `forbidden`: This API key may not do that.
             *
             *     `four_eyes_required`: Another person than the one who proposed it has to approve.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_undoable`: The exchange can't be undone as it stands. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `receipt_refused`: There is no receipt: the exchange is not completed, or the books say otherwise. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createQuote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuoteInput"];
            };
        };
        responses: {
            /** @description Kept. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `system_not_found`: The system is not known.
             *
             *     `system_suspended`: The system is suspended.
             *
             *     `link_not_found`: No agreement lets points go from the source to the target.
             *
             *     `link_disabled`: The agreement between source and target is switched off.
             *
             *     `exchange_rate_not_found`: No rate is in force for this pair of credit types.
             *
             *     `amount_too_small`: The amount is below the minimum or would be worth nothing at the target.
             *
             *     `amount_too_large`: The amount or the resulting balance is above 9223372036854775807.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getQuote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Give it to the exchange as `quote_id`. */
                quote_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The quote. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `quote_not_found`: No quote has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    simulateExchange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExchangeInput"];
            };
        };
        responses: {
            /** @description What it would come to, a refusal included. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeSimulation"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_conflict`: The operation id belongs to another request. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperations: {
        parameters: {
            query?: {
                /** @description `cross_system_add_credits`, `cross_system_hold`: a partner asked for it. `add_credits`, `deduct_credits`, `hold_credits`: a caller of this API did. `open_account`: an imported balance. */
                type?: "cross_system_exchange" | "cross_system_add_credits" | "cross_system_hold" | "add_credits" | "deduct_credits" | "hold_credits" | "open_account" | "exchange_rate_update" | "mapping_update" | "api_key_update" | "system_update" | "credit_type_update" | "link_update" | "limit_update" | "limit_settlement" | "reconciliation_adjustment" | "grant_update" | "user_update" | "user_provisioning" | "key_update" | "webhook_update" | "alert_channel_update" | "cross_system_reconciliation";
                /** @description `in_progress`: also a hold that is held. `retrying`: a partner has not answered yet, and is asked again. `failed`: nothing moved, or all of it was put back; also what was rolled back or released, has expired, or was rejected. */
                status?: "started" | "in_progress" | "retrying" | "pending_approval" | "completed" | "failed";
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description Id of a user within a system: 1-128 printable characters. */
                user_id?: string;
                /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
                created_after?: string;
                /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
                created_before?: string;
                /** @description 1-128 printable characters. */
                business_code?: string;
                /** @description 1-128 printable characters. */
                business_id?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Operations created in [created_after, created_before). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOperation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The operation's id. Of what a partner asked for: `pxp/credit/` or `pxp/hold/`, the partner's node, the system, and the partner's id. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Where to read on: `next_cursor` of a page, or the `cursor` of the last event that was processed. */
                after?: string;
                /** @description Where to begin without `after`: at the oldest event that is kept, which is the default, or after the latest. */
                start?: "oldest" | "latest";
                /** @description Only these types, separated by commas. */
                types?: string;
                /** @description Events per page, to 1000. */
                limit?: number;
            };
            header?: {
                /** @description `wait=SECONDS`: wait for an event where there is none; without it the answer comes at once. */
                Prefer?: string;
                /** @description Of a stream that goes on after a cut: the id of the last event. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, and where to read on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /**
             * @description `invalid_request`: The request is malformed.
             *
             *     `cursor_unknown`: The cursor is not one of this node's log of events.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor_expired`: Events after this cursor are no longer kept. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInconsistencies: {
        parameters: {
            query?: {
                /** @description `resolved`: by somebody, or because what it is about has ended. */
                status?: "open" | "resolved";
                /** @description `assigned`: open, and somebody works on it. `open`: nobody does yet. */
                state?: "open" | "assigned" | "resolved";
                /** @description Of this type. */
                type?: string;
                /** @description How grave it is. */
                severity?: "info" | "warning" | "critical";
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description A person, by the principal of their API keys. */
                assigned_to?: string;
                /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
                opened_after?: string;
                /** @description ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z. */
                opened_before?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Inconsistencies. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InconsistencyPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInconsistency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an inconsistency: what it is about, and that thing's id, like `exchange:e-17`. */
                inconsistency_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The inconsistency. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inconsistency"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `inconsistency_not_found`: No inconsistency has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInconsistencyHistory: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Id of an inconsistency: what it is about, and that thing's id, like `exchange:e-17`. */
                inconsistency_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InconsistencyHistoryPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `inconsistency_not_found`: No inconsistency has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignInconsistency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an inconsistency: what it is about, and that thing's id, like `exchange:e-17`. */
                inconsistency_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AssignmentInput"];
            };
        };
        responses: {
            /** @description The inconsistency. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inconsistency"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `inconsistency_not_found`: No inconsistency has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `inconsistency_resolved`: The inconsistency is resolved, so nobody can be given it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unassignInconsistency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an inconsistency: what it is about, and that thing's id, like `exchange:e-17`. */
                inconsistency_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UnassignmentInput"];
            };
        };
        responses: {
            /** @description The inconsistency. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inconsistency"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `inconsistency_not_found`: No inconsistency has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `inconsistency_resolved`: The inconsistency is resolved, so nobody can be given it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveInconsistency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an inconsistency: what it is about, and that thing's id, like `exchange:e-17`. */
                inconsistency_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolutionInput"];
            };
        };
        responses: {
            /** @description Resolved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inconsistency"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `inconsistency_not_found`: No inconsistency has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `exchange_under_way`: The exchange still needs attention, so its inconsistency stays open. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReconciliations: {
        parameters: {
            query?: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description `completed` also with differences; `failed` where a side could not be read. */
                status?: "running" | "completed" | "failed";
                /** @description Who began it. */
                origin?: "asked" | "scheduled" | "file";
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reconciliations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createReconciliation: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=SECONDS` (default 10) or `respond-async`. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReconciliationInput"];
            };
        };
        responses: {
            /** @description It was there before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description Made; `running` where it takes longer than the wait. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_conflict`: The operation id belongs to another request. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `reconciliation_not_found`: No reconciliation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addStatementLines: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=SECONDS` (default 10) or `respond-async`. */
                Prefer?: string;
            };
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatementLinesInput"];
            };
        };
        responses: {
            /** @description The run as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `reconciliation_not_found`: No reconciliation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `statement_closed`: The reconciliation takes no lines of a file. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliationReport: {
        parameters: {
            query?: {
                /** @description Of the HTML page; else what Accept-Language asks for. */
                language?: "en" | "zh";
            };
            header?: {
                /** @description Language of the page, where the query names none. */
                "Accept-Language"?: string;
            };
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationReport"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `reconciliation_not_found`: No reconciliation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMismatches: {
        parameters: {
            query?: {
                /** @description The gravest difference; a stuck operation is one that was unfinished for longer than the grace. */
                type?: "missing_in_source" | "missing_in_target" | "amount_mismatch" | "status_mismatch" | "rate_mismatch" | "duplicate_id" | "wrong_account";
                /** @description Where the work on it stands. */
                status?: "open" | "assigned" | "awaiting_partner" | "resolved";
                /** @description `approved`: allowed, and being made. */
                repair_status?: "proposed" | "approved" | "applied" | "failed" | "rejected";
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mismatches. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MismatchPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `reconciliation_not_found`: No reconciliation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMismatchEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signed request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedRequest"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `reconciliation_not_found`: No reconciliation has this id.
             *
             *     `mismatch_not_found`: The reconciliation has found nothing about this operation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importMismatchEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignedRequest"];
            };
        };
        responses: {
            /** @description The mismatch with the proposed repair. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MismatchChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `reconciliation_not_found`: No reconciliation has this id.
             *
             *     `mismatch_not_found`: The reconciliation has found nothing about this operation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mismatch_resolved`: The mismatch is resolved. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `evidence_refused`: The signed request does not show what is missing here. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignMismatches: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MismatchAssignInput"];
            };
        };
        responses: {
            /** @description The mismatches as they stand now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MismatchChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `reconciliation_not_found`: No reconciliation has this id.
             *
             *     `mismatch_not_found`: The reconciliation has found nothing about this operation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mismatch_resolved`: The mismatch is resolved. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    awaitPartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MismatchSelection"];
            };
        };
        responses: {
            /** @description The mismatches as they stand now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MismatchChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `reconciliation_not_found`: No reconciliation has this id.
             *
             *     `mismatch_not_found`: The reconciliation has found nothing about this operation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mismatch_resolved`: The mismatch is resolved. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    noteMismatches: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MismatchNoteInput"];
            };
        };
        responses: {
            /** @description The mismatches as they stand now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MismatchChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `reconciliation_not_found`: No reconciliation has this id.
             *
             *     `mismatch_not_found`: The reconciliation has found nothing about this operation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mismatch_resolved`: The mismatch is resolved. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resolveMismatches: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MismatchResolveInput"];
            };
        };
        responses: {
            /** @description The mismatches as they stand now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MismatchChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `reconciliation_not_found`: No reconciliation has this id.
             *
             *     `mismatch_not_found`: The reconciliation has found nothing about this operation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRepairs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MismatchSelection"];
            };
        };
        responses: {
            /** @description The mismatches as they stand now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MismatchChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `forbidden`: This API key may not do that.
             *
             *     `four_eyes_required`: Another person than the one who proposed it has to approve.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `reconciliation_not_found`: No reconciliation has this id.
             *
             *     `mismatch_not_found`: The reconciliation has found nothing about this operation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `mismatch_resolved`: The mismatch is resolved.
             *
             *     `repair_not_proposed`: No repair of the mismatch waits for a decision.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectRepairs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                reconciliation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MismatchSelection"];
            };
        };
        responses: {
            /** @description The mismatches as they stand now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MismatchChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `reconciliation_not_found`: No reconciliation has this id.
             *
             *     `mismatch_not_found`: The reconciliation has found nothing about this operation.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `mismatch_resolved`: The mismatch is resolved.
             *
             *     `repair_not_proposed`: No repair of the mismatch waits for a decision.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReconciliationPolicies: {
        parameters: {
            query?: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Policies by source and target. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationPolicyPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putReconciliationPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReconciliationPolicyInput"];
            };
        };
        responses: {
            /** @description As it holds now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationPolicy"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                /** @description `acknowledged`: somebody looks after it. `cleared`: what it tells is over. */
                state?: "open" | "acknowledged" | "cleared";
                /** @description What kind of alert it is, such as exchange_needs_attention. docs/runbook has a page for each. */
                type?: string;
                /** @description How grave it is. */
                severity?: "info" | "warning" | "critical";
                /** @description With this key. */
                key?: string;
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alerts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an alert. */
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The alert. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `alert_not_found`: No alert has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acknowledgeAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an alert. */
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Acknowledgement"];
            };
        };
        responses: {
            /** @description The alert. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alert"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `alert_not_found`: No alert has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an alert channel: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertChannel"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `alert_channel_not_found`: No alert channel has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an alert channel: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertChannelInput"];
            };
        };
        responses: {
            /** @description Changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertChannel"];
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertChannel"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an alert channel: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed; as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertChannel"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `alert_channel_not_found`: No alert channel has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAlertChannels: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Channels, by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertChannelPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testAlertChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an alert channel: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertChannelTest"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `alert_channel_not_found`: No alert channel has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                system_id?: string;
                /** @description Id of a user within a system: 1-128 printable characters. */
                user_id?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accounts in code-point order of system, user and credit type. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description It stood. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Opened, empty. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `system_not_found`: The system is not known.
             *
             *     `system_not_hosted`: The system's accounts are not kept by this node.
             *
             *     `credit_type_not_found`: The credit type is not known in this system.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `CS:` and the hex SHA-256 of `{user_id}:{system_id}:{credit_type_id}`. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_not_found`: No account has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEntries: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description `CS:` and the hex SHA-256 of `{user_id}:{system_id}:{credit_type_id}`. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entries, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_not_found`: No account has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCredit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditInput"];
            };
        };
        responses: {
            /** @description Done before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credit"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_conflict`: The operation id belongs to another request. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `system_not_found`: The system is not known.
             *
             *     `system_not_hosted`: The system's accounts are not kept by this node.
             *
             *     `credit_type_not_found`: The credit type is not known in this system.
             *
             *     `business_id_used`: The business reference has been used by another operation.
             *
             *     `insufficient_balance`: The account does not have enough available points.
             *
             *     `amount_too_large`: The amount or the resulting balance is above 9223372036854775807.
             *
             *     `rolled_back`: The operation was rolled back before it arrived.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCredits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditBatch"];
            };
        };
        responses: {
            /** @description One result per line, in order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MovementBatchResult"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCredit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The credit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackCredit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyInput"];
            };
        };
        responses: {
            /** @description The credit as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `operation_conflict`: The operation id belongs to another request.
             *
             *     `rollback_refused`: The points have been spent, so the operation stands for good.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDebit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DebitInput"];
            };
        };
        responses: {
            /** @description Done before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Debit"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Debit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_conflict`: The operation id belongs to another request. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `system_not_found`: The system is not known.
             *
             *     `system_not_hosted`: The system's accounts are not kept by this node.
             *
             *     `credit_type_not_found`: The credit type is not known in this system.
             *
             *     `business_id_used`: The business reference has been used by another operation.
             *
             *     `insufficient_balance`: The account does not have enough available points.
             *
             *     `amount_too_large`: The amount or the resulting balance is above 9223372036854775807.
             *
             *     `rolled_back`: The operation was rolled back before it arrived.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDebits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DebitBatch"];
            };
        };
        responses: {
            /** @description One result per line, in order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MovementBatchResult"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDebit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The debit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Debit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackDebit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyInput"];
            };
        };
        responses: {
            /** @description The debit as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Debit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `operation_conflict`: The operation id belongs to another request.
             *
             *     `rollback_refused`: The points have been spent, so the operation stands for good.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createHold: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldInput"];
            };
        };
        responses: {
            /** @description Done before: held, or captured since. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description Held. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_conflict`: The operation id belongs to another request. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `system_not_found`: The system is not known.
             *
             *     `system_not_hosted`: The system's accounts are not kept by this node.
             *
             *     `credit_type_not_found`: The credit type is not known in this system.
             *
             *     `business_id_used`: The business reference has been used by another operation.
             *
             *     `insufficient_balance`: The account does not have enough available points.
             *
             *     `released`: The hold was released before it arrived.
             *
             *     `hold_expired`: The hold has expired.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    captureHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CaptureInput"];
            };
        };
        responses: {
            /** @description The hold, captured. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `operation_conflict`: The operation id belongs to another request.
             *
             *     `hold_released`: The hold is released.
             *
             *     `hold_expired`: The hold has expired.
             *
             *     `hold_refused`: The hold was refused, so there is nothing to capture.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `amount_exceeds_hold`: The amount to capture is above the amount held. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyInput"];
            };
        };
        responses: {
            /** @description The hold as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `operation_conflict`: The operation id belongs to another request.
             *
             *     `hold_captured`: The hold is captured.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                system_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The system. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSystem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                system_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SystemInput"];
            };
        };
        responses: {
            /** @description It stood, and is as given now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `system_kind_fixed`: A system's kind can't be changed.
             *
             *     `key_registered`: The key belongs to another partner's node.
             *
             *     `key_revoked`: The key was revoked and can't be registered again.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSystems: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Systems by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCreditType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                system_id: string;
                /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                credit_type_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The credit type. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditType"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credit_type_not_found`: The credit type is not known in this system. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCreditType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                system_id: string;
                /** @description Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                credit_type_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditTypeInput"];
            };
        };
        responses: {
            /** @description It stood, and is as given now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditType"];
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditType"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCreditTypes: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                system_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Credit types by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditTypePage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLinks: {
        parameters: {
            query?: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Links by source and target. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkInput"];
            };
        };
        responses: {
            /** @description It stood, and is as given now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveLinkChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It stands as decided. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `forbidden`: This API key may not do that.
             *
             *     `four_eyes_required`: Another person than the one who proposed it has to approve.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_change_completed`: The change of the rate is completed.
             *
             *     `rate_change_rejected`: The change of the rate was rejected.
             *
             *     `rate_change_expired`: Nobody approved the change of the rate in time.
             *
             *     `rate_change_stale`: The rate was changed after this change had been proposed.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectLinkChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It stands as decided. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_change_completed`: The change of the rate is completed.
             *
             *     `rate_change_rejected`: The change of the rate was rejected.
             *
             *     `rate_change_expired`: Nobody approved the change of the rate in time.
             *
             *     `rate_change_stale`: The rate was changed after this change had been proposed.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                limit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_not_found`: No limit has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                limit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LimitInput"];
            };
        };
        responses: {
            /** @description It stood, and is as given now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limit"];
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_fixed`: What a limit measures can't be changed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `system_not_found`: The system is not known.
             *
             *     `credit_type_not_found`: The credit type is not known in this system.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                limit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limit as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_not_found`: No limit has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLimits: {
        parameters: {
            query?: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Limits by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLimitUsage: {
        parameters: {
            query?: {
                /** @description Has to be given where each member has the limit. */
                user_id?: string;
            };
            header?: never;
            path: {
                /** @description Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                limit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What has been used. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitUsage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_not_found`: No limit has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settleLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                limit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LimitSettlementInput"];
            };
        };
        responses: {
            /** @description It was settled before under this id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitSettlement"];
                };
            };
            /** @description Settled. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitSettlement"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_not_found`: No limit has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `limit_not_settled`: Only a limit of a position is settled.
             *
             *     `operation_conflict`: The operation id belongs to another request.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGrant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a grant: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The grant. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `grant_not_found`: No grant has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putGrant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a grant: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantInput"];
            };
        };
        responses: {
            /** @description It stood, and is as given now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description Given. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeGrant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a grant: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The grant as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `grant_not_found`: No grant has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGrants: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description `principal`: a person or a service, with any of its API keys. `partner`: the node of a partner's system, where the system's `access` is `granted`. */
                applies_to?: "principal" | "partner";
                /** @description The principal's name, or the id of a system of the partner. */
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Grants by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRequestLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a limit on requests: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                request_limit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestLimit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_not_found`: No limit has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRequestLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a limit on requests: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                request_limit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestLimitInput"];
            };
        };
        responses: {
            /** @description It stood, and is as given now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestLimit"];
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestLimit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_fixed`: What a limit measures can't be changed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRequestLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a limit on requests: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                request_limit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limit as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestLimit"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_not_found`: No limit has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRequestLimits: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Limits by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestLimitPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRates: {
        parameters: {
            query?: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rates by systems and credit types. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRatePage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateInput"];
            };
        };
        responses: {
            /** @description The rate is in force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateChange"];
                };
            };
            /** @description The change waits for approval. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PendingRateChange"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `operation_conflict`: The operation id belongs to another request.
             *
             *     `rate_change_under_way`: Another change of this rate is set for later or promised to a partner.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `system_not_found`: The system is not known.
             *
             *     `credit_type_not_found`: The credit type is not known in this system.
             *
             *     `rate_cycle_gains`: The rate would let points grow by going round a cycle of rates.
             *
             *     `rate_change_rejected`: The change of the rate was rejected.
             *
             *     `rate_change_expired`: Nobody approved the change of the rate in time.
             *
             *     `rate_change_stale`: The rate was changed after this change had been proposed.
             *
             *     `rate_not_accepted`: The partner did not accept the change of the rate.
             *
             *     `rate_partner_missing`: There is no partner to agree with: this node hosts both systems.
             *
             *     `effective_time_passed`: The time from which it was to be in force has passed.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRateHistory: {
        parameters: {
            query?: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions, the oldest of each pair first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRatePage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScheduledRates: {
        parameters: {
            query?: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Versions whose effective_at lies ahead. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRatePage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRateChanges: {
        parameters: {
            query?: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system?: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes, the oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateChangePage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRateChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The change as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateChangeState"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRateChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rate is in force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateChangeState"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `forbidden`: This API key may not do that.
             *
             *     `four_eyes_required`: Another person than the one who proposed it has to approve.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_change_completed`: The change of the rate is completed.
             *
             *     `rate_change_under_way`: Another change of this rate is set for later or promised to a partner.
             *
             *     `rate_change_rejected`: The change of the rate was rejected.
             *
             *     `rate_change_expired`: Nobody approved the change of the rate in time.
             *
             *     `rate_change_stale`: The rate was changed after this change had been proposed.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_not_accepted`: The partner did not accept the change of the rate.
             *
             *     `rate_cycle_gains`: The rate would let points grow by going round a cycle of rates.
             *
             *     `system_not_found`: The system is not known.
             *
             *     `credit_type_not_found`: The credit type is not known in this system.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectRateChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The change is rejected. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateChangeState"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_change_completed`: The change of the rate is completed.
             *
             *     `rate_change_under_way`: Another change of this rate is set for later or promised to a partner.
             *
             *     `rate_change_rejected`: The change of the rate was rejected.
             *
             *     `rate_change_expired`: Nobody approved the change of the rate in time.
             *
             *     `rate_change_stale`: The rate was changed after this change had been proposed.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_not_accepted`: The partner did not accept the change of the rate.
             *
             *     `rate_cycle_gains`: The rate would let points grow by going round a cycle of rates.
             *
             *     `system_not_found`: The system is not known.
             *
             *     `credit_type_not_found`: The credit type is not known in this system.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapping: {
        parameters: {
            query: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system: string;
                /** @description Id of a user within a system: 1-128 printable characters. */
                source_user_id: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mapping. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mapping"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `mapping_not_found`: It is not known who this user is at the target. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMapping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MappingInput"];
            };
        };
        responses: {
            /** @description It stood so, or was replaced. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingResult"];
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingResult"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `mapping_exists`: The user is mapped to another target user.
             *
             *     `mapping_taken`: The target user belongs to another source user.
             *
             *     `operation_conflict`: The operation id belongs to another request.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMappingHistory: {
        parameters: {
            query: {
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                source_system: string;
                /** @description Id of a user within a system: 1-128 printable characters. */
                source_user_id: string;
                /** @description Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                target_system: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes, the oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MappingChangePage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserInput"];
            };
        };
        responses: {
            /** @description It stood, and is as given now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `node_closed`: The node takes nothing new until it was compared with its partners.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserErasureInput"];
            };
        };
        responses: {
            /** @description What was erased; nothing of it is left here. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserErasure"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The public halves. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeKeySet"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The public halves, the new key first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeKeySet"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDataKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest of a system first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataKeyList"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateDataKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DataKeyRotation"];
            };
        };
        responses: {
            /** @description The system's versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataKeyList"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description API keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyInput"];
            };
        };
        responses: {
            /** @description Made, and in force on every node of the database. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `system_not_found`: The system is not known. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an API key. */
                api_key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `api_key_not_found`: No API key has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed in; the cookie is set. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out; the cookie is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: No webhook has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookInput"];
            };
        };
        responses: {
            /** @description It stood, and is as given now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Made, with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed; this is what it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: No webhook has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhooks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebhookRotationInput"];
            };
        };
        responses: {
            /** @description New keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: No webhook has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description `pending`: sent again until it is taken; `dead`: given up after three days. */
                state?: "pending" | "delivered" | "dead";
                /** @description The id of the event that is delivered, which is the header `webhook-id`. */
                delivery_id?: string;
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: No webhook has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                webhook_id: string;
                /** @description The id of the event that is delivered, which is the header `webhook-id`. */
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is in line. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_delivery_not_found`: The webhook has no delivery with this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookReplayInput"];
            };
        };
        responses: {
            /** @description It is being sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            /**
             * @description `invalid_request`: The request is malformed.
             *
             *     `cursor_unknown`: The cursor is not one of this node's log of events.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: No webhook has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor_expired`: Events after this cursor are no longer kept. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front. */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: No webhook has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyLedger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerVerification"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The checkpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCheckpoint"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `audit_entry_not_found`: The audit log has no such entry, tree or checkpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditCheckpoints: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Checkpoints. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCheckpointPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description Items per page, to 1000. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                from_index?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditedOperation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out. */
                operation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditedOperation"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `operation_not_found`: No operation has this id. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInclusionProof: {
        parameters: {
            query: {
                entry_index: number;
                tree_size: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof of RFC 6962, 2.1.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InclusionProof"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `audit_entry_not_found`: The audit log has no such entry, tree or checkpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConsistencyProof: {
        parameters: {
            query: {
                from_size: number;
                to_size: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof of RFC 6962, 2.1.2. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsistencyProof"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `audit_entry_not_found`: The audit log has no such entry, tree or checkpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importLines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What the lines describe. */
                kind: "systems" | "credit-types" | "links" | "rates" | "balances" | "mappings" | "users";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportInput"];
            };
        };
        responses: {
            /** @description What it came to. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: A valid API key is needed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This API key may not do that. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_too_large`: The body is larger than 4 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The body must be application/json in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_requests`: More requests than the limit allows. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: The node failed; the outcome is not known. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `overloaded`: The node has more work queued than it may take.
             *
             *     `database_unavailable`: The database did not answer; the outcome is not known.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

/** Fields that hold points, wherever they stand. */
export const pointsFields = [
    "alert_value",
    "amount",
    "available",
    "available_after",
    "bound",
    "captured_amount",
    "critical_value",
    "four_eyes_above",
    "frozen",
    "frozen_after",
    "max_amount",
    "min_source_amount",
    "new_balance",
    "repair_value_max",
    "required",
    "settled",
    "source_amount",
    "target_amount",
    "used",
    "used_amount",
    "used_count",
    "value",
    "warning_value",
] as const;

/** Fields whose content is free, so that no name in it means anything. */
export const freeFields = [
    "attributes",
    "found",
    "metadata",
] as const;
