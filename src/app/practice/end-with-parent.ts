/** Loaded before a practice program (`node --import`): ends it with the supervisor, however that one ended. */
process.on('disconnect', () => process.exit(0));
// The channel alone must not keep a program that is done.
process.channel?.unref();
