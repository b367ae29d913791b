// Preloaded into a process that was started with a channel: ends it at once when the starter is gone, however that ended.
// SIGKILL to oneself, because the starter may have been killed that way, and the node must be safe under it at any point.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// The channel must not keep a finished command alive.
process.channel?.unref();
