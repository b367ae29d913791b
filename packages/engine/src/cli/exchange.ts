// `pointbridge exchange create/quote/simulate/show/list`: single exchanges from a shell; `run` has a file of its own.

import { v1 } from "@pointbridge/protocol";
import type { ExchangeFilter, ExchangeInput, QuoteInput } from "@pointbridge/sdk";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { addExchangeRun } from "./exchange-run.ts";
import { readMetadata, readPlace } from "./flags.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface QuoteOptions extends SessionOptions {
  readonly id?: string;
  readonly user: string;
  readonly from: string;
  readonly to: string;
  readonly amount: string;
}

interface CreateOptions extends QuoteOptions {
  readonly quote?: string;
  readonly metadata?: string;
}

function toQuoteInput(options: QuoteOptions): QuoteInput {
  const [sourceSystem, sourceCreditType] = readPlace("--from", options.from);
  const [targetSystem, targetCreditType] = readPlace("--to", options.to);
  return {
    ...(options.id === undefined ? {} : { operation_id: options.id }),
    user_id: options.user,
    source_system: sourceSystem,
    target_system: targetSystem,
    source_credit_type: sourceCreditType,
    target_credit_type: targetCreditType,
    amount: options.amount,
  };
}

function toInput(options: CreateOptions): ExchangeInput {
  const metadata = readMetadata(options.metadata);
  return {
    ...toQuoteInput(options),
    ...(options.quote === undefined ? {} : { quote_id: options.quote }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** What an exchange and a price for it have in common. */
function addFields(command: Command): Command {
  return command
    .requiredOption("--user <id>", "whose points, by the id in the source system")
    .requiredOption("--from <system/credit-type>", "what is given, like shop/coin")
    .requiredOption("--to <system/credit-type>", "what is got, like airline/mile")
    .requiredOption("--amount <points>", "how much is given");
}

function addQuote(exchange: Command, parts: CommandLineParts): void {
  const command = addFields(exchange.command("quote"))
    .description("ask for a price that is kept for one exchange")
    .option("--id <operation-id>", "the exchange's id, where the quote is to be for this one only");
  addSessionOptions(command).action((options: QuoteOptions) =>
    withNode(options, parts, async (client) => {
      const input = toQuoteInput(options);
      await show(await client.quotes.create(input), options);
    }),
  );
}

function addCreateOptions(command: Command): Command {
  return addFields(command)
    .option("--quote <quote-id>", "at the price of this quote")
    .option("--id <operation-id>", "the operation's id: give the same again to ask for the same exchange")
    .option("--metadata <json>", "free data to keep with it, a JSON object");
}

function addSimulate(exchange: Command, parts: CommandLineParts): void {
  const command = addCreateOptions(exchange.command("simulate")).description(
    "say what an exchange would come to now; makes nothing and promises nothing",
  );
  addSessionOptions(command).action((options: CreateOptions) =>
    withNode(options, parts, async (client) => {
      const input = toInput(options);
      await show(await client.exchanges.simulate(input), options);
    }),
  );
}

function addCreate(exchange: Command, parts: CommandLineParts): void {
  const command = addCreateOptions(exchange.command("create")).description("make one exchange");
  addSessionOptions(command).action((options: CreateOptions) =>
    withNode(options, parts, async (client) => {
      const input = toInput(options);
      await show(await client.exchanges.create(input), options);
    }),
  );
}

interface FilterOptions extends ListOptions {
  readonly status?: (typeof v1.exchangeStatuses)[number];
  readonly user?: string;
  readonly source?: string;
  readonly target?: string;
  readonly after?: string;
  readonly before?: string;
}

function addList(exchange: Command, parts: CommandLineParts): void {
  const command = exchange
    .command("list")
    .description("list exchanges, the newest first")
    .addOption(new Option("--status <status>", "of this status").choices(v1.exchangeStatuses))
    .option("--user <id>", "of this user of the source system")
    .option("--source <system>", "from this system")
    .option("--target <system>", "to this system")
    .option("--after <time>", "created then or later (ISO 8601)")
    .option("--before <time>", "created earlier than that (ISO 8601)");
  addListOptions(command).action((options: FilterOptions) => {
    const filter: ExchangeFilter = {
      ...readPageFilter(options),
      status: options.status,
      user_id: options.user,
      source_system: options.source,
      target_system: options.target,
      created_after: options.after,
      created_before: options.before,
    };
    const columns = [
      "operation_id",
      "status",
      "user_id",
      "source_system",
      "target_system",
      "source_amount",
      "target_amount",
      "created_at",
    ] as const;
    return withNode(options, parts, (client) => showPage(client.exchanges.list(filter), columns, options));
  });
}

interface WriteOffOptions extends SessionOptions {
  readonly note: string;
}

/** What a person may do about an exchange that is stuck. */
function addVerbs(exchange: Command, parts: CommandLineParts): void {
  const verbs = [
    ["ask-again", "ask the partner that it waits on again now", "askAgain"],
    ["roll-back", "undo it, if its outcome at the partner is not known", "rollBack"],
    ["approve-write-off", "approve that it is written off, as a second person", "approveWriteOff"],
  ] as const;
  for (const [name, description, method] of verbs) {
    const command = exchange.command(name).description(description).argument("<operation-id>");
    addSessionOptions(command).action((operationId: string, options: SessionOptions) =>
      withNode(options, parts, async (client) => show(await client.exchanges[method](operationId), options)),
    );
  }
  const writeOff = exchange
    .command("write-off")
    .description("propose to write it off, where its partner is gone for good")
    .argument("<operation-id>")
    .requiredOption("--note <text>", "why");
  addSessionOptions(writeOff).action((operationId: string, options: WriteOffOptions) =>
    withNode(options, parts, async (client) =>
      show(await client.exchanges.proposeWriteOff(operationId, options.note), options),
    ),
  );
}

export function addExchange(program: Command, parts: CommandLineParts): void {
  const exchange = program.command("exchange").description("make exchanges and look at them");
  addExchangeRun(exchange, parts);
  addCreate(exchange, parts);
  addQuote(exchange, parts);
  addSimulate(exchange, parts);
  const showCommand = exchange
    .command("show")
    .description("show one exchange, also a refused one")
    .argument("<operation-id>");
  addSessionOptions(showCommand).action((operationId: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.exchanges.get(operationId), options)),
  );
  addList(exchange, parts);
  addVerbs(exchange, parts);
}
