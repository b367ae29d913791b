// Named points at which a process can be told to kill itself, so that tests die exactly there. Nothing happens where
// POINTBRIDGE_CRASH_AT is not set; docs/protocol/failures.md lists the points.
const wanted = process.env["POINTBRIDGE_CRASH_AT"];

/** Ends the process as SIGKILL does, at once and without cleaning up, where this is the point asked for. */
export function crashPoint(name: string): void {
  if (wanted !== undefined && name === wanted) process.kill(process.pid, "SIGKILL");
}

/** Whether any point is asked for: so that names need not be made up for nothing. */
export const hasCrashPoint: boolean = wanted !== undefined;
