// What the robots of the chat services have in common: status 200 whatever happened, and a code in the body.
import type { SendResult, SendSurroundings } from "./sender.ts";
import { failed, failedByStatus, isResult, post, readCode, taken } from "./sender.ts";

export interface RobotRules {
  /** Fields of the answer that may hold the code; 0 is a yes. */
  readonly codeFields: readonly string[];
  /** Codes that ask for patience. */
  readonly busyCodes: readonly number[];
  /** Codes after which somebody has to change something: signature, token, keyword, permitted addresses. */
  readonly hopelessCodes: readonly number[];
}

/** For how long a robot that has had too many messages is left alone. */
const BUSY_MS = 60_000;

export async function postToRobot(
  url: string,
  body: object,
  rules: RobotRules,
  surroundings: SendSurroundings,
): Promise<SendResult> {
  const answer = await post(url, JSON.stringify(body), {}, surroundings);
  if (isResult(answer)) return answer;
  const found = readCode(answer.text, rules.codeFields);
  if (answer.status !== 200) {
    if (answer.status === 429)
      return { ...failedByStatus(answer), retryAfterMs: answer.retryAfterMs ?? BUSY_MS };
    return failedByStatus(answer);
  }
  if (found === undefined)
    return failed("answered 200 without a code, as no robot does; is the address right?");
  if (found.code === 0) return taken;
  const reason = `answered code ${found.code}: ${found.said}`;
  if (rules.busyCodes.includes(found.code)) return failed(reason, { retryAfterMs: BUSY_MS });
  return failed(reason, { isHopeless: rules.hopelessCodes.includes(found.code) });
}
