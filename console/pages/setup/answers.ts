/** What the set-up asks before the pass phrase. */
export type SetupAnswers = { code: string; businessName: string; name: string; email: string };
