// `pointbridge account open/show/list/entries`, and `credit` and `debit`: members' accounts from a shell.
import type { CreditInput } from "@pointbridge/sdk";
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { readMetadata } from "./flags.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

function addOpen(account: Command, parts: CommandLineParts): void {
  const command = account
    .command("open")
    .description("get an account, or open it empty")
    .argument("<system>")
    .argument("<user>")
    .argument("<credit-type>");
  addSessionOptions(command).action(
    (systemId: string, userId: string, creditTypeId: string, options: SessionOptions) =>
      withNode(options, parts, async (client) => {
        const owner = { system_id: systemId, user_id: userId, credit_type_id: creditTypeId };
        await show(await client.accounts.open(owner), options);
      }),
  );
}

function addShow(account: Command, parts: CommandLineParts): void {
  const command = account.command("show").description("show one account").argument("<account-id>", "CS:…");
  addSessionOptions(command).action((accountId: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.accounts.get(accountId), options)),
  );
}

function addList(account: Command, parts: CommandLineParts): void {
  const command = account
    .command("list")
    .description("list accounts by system and user")
    .option("--system <system>", "of this system")
    .option("--user <user>", "of this user");
  addListOptions(command).action((options: ListOptions & { system?: string; user?: string }) => {
    const filter = { ...readPageFilter(options), system_id: options.system, user_id: options.user };
    const columns = ["account_id", "system_id", "user_id", "credit_type_id", "available", "frozen"] as const;
    return withNode(options, parts, (client) => showPage(client.accounts.list(filter), columns, options));
  });
}

function addEntries(account: Command, parts: CommandLineParts): void {
  const command = account
    .command("entries")
    .description("show an account's statement, the newest line first")
    .argument("<account-id>", "CS:…");
  addListOptions(command).action((accountId: string, options: ListOptions) => {
    const columns = [
      "created_at",
      "entry",
      "amount",
      "available_after",
      "frozen_after",
      "operation_id",
    ] as const;
    return withNode(options, parts, (client) =>
      showPage(client.accounts.listEntries(accountId, readPageFilter(options)), columns, options),
    );
  });
}

export function addAccount(program: Command, parts: CommandLineParts): void {
  const account = program.command("account").description("open members' accounts and look at them");
  addOpen(account, parts);
  addShow(account, parts);
  addList(account, parts);
  addEntries(account, parts);
}

interface MovementOptions extends SessionOptions {
  readonly id?: string;
  readonly metadata?: string;
}

function addMovement(
  kind: "credit" | "debit",
  description: string,
  program: Command,
  parts: CommandLineParts,
): void {
  const command = program
    .command(kind)
    .description(description)
    .argument("<system>")
    .argument("<user>")
    .argument("<credit-type>")
    .argument("<amount>")
    .option("--id <operation-id>", "the operation's id: give the same again to ask for the same movement")
    .option("--metadata <json>", "free data to keep with it, a JSON object");
  addSessionOptions(command).action(
    (systemId: string, userId: string, creditTypeId: string, amount: string, options: MovementOptions) =>
      withNode(options, parts, async (client) => {
        const input: CreditInput = {
          operation_id: options.id,
          system_id: systemId,
          user_id: userId,
          credit_type_id: creditTypeId,
          amount,
          metadata: readMetadata(options.metadata),
        };
        await show(await (kind === "credit" ? client.credits : client.debits).create(input), options);
      }),
  );
}

export function addCredit(program: Command, parts: CommandLineParts): void {
  addMovement("credit", "add points to an account", program, parts);
}

export function addDebit(program: Command, parts: CommandLineParts): void {
  addMovement("debit", "take points from an account", program, parts);
}
