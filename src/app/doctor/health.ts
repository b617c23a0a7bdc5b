/** One thing the doctor looked at. `warn` wants attention; `fail` makes the whole unhealthy. */
export type Finding = {
  readonly check: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly message: string;
  readonly next?: string;
};

export type Health = { readonly healthy: boolean; readonly folder: string; readonly findings: readonly Finding[] };
