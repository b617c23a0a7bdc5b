/** A recorded call as far as it can be judged anew. `time` in Unix milliseconds. */
export type RecordedCall = {
  readonly time: number;
  readonly service: string | null;
  readonly route: string | null;
  readonly method: string;
  /** Path template, or the shape of the path where no template describes it. */
  readonly path: string;
  readonly status: number;
  readonly code: string | null;
  readonly consumer: string | null;
  readonly key: string | null;
  readonly address: string;
  readonly bytesIn: number;
  /** What policies in monitor mode would have refused. */
  readonly wouldDeny: readonly { readonly policy: string; readonly code: string }[];
};

/** Calls that a roll-up counts together: no key, address, method or size is known of them. */
export type AlikeCalls = {
  readonly start: number;
  readonly spanMs: number;
  readonly service: string;
  readonly route: string;
  readonly consumer: string | null;
  readonly calls: number;
};

/** Calls of one address that were let in, as counted by roll-ups. */
export type AddressCalls = {
  readonly start: number;
  readonly spanMs: number;
  readonly address: string;
  readonly calls: number;
};

/** Looks at recorded calls twice: under the rules in force and under others. Calls come in the order of their time. */
export type Foresight = {
  add(call: RecordedCall): void;
  addAlike(calls: AlikeCalls): void;
  addAddress(calls: AddressCalls): void;
  /** Roll-ups are wanted by the minute, as limits differ. */
  readonly needsMinutes: boolean;
  result(): Foreseen;
};

/** Whom the other rules would have turned away and the rules in force do not. */
export type Foreseen = {
  calls: number;
  estimated: number;
  turnedAwayCalls: number;
  turnedAway: TurnedAway[];
  /** How many more lines there are. */
  more: number;
  /** What the record cannot tell, one plain sentence each. */
  unknown: string[];
};

export type TurnedAway = {
  consumer: string | null;
  /** Where the caller is not known by name, or where the address is the reason. */
  address: string | null;
  service: string | null;
  /** Id of the route that was called; null: any. */
  route: string | null;
  code: string;
  detail: string | null;
  calls: number;
  /** Unix milliseconds. */
  last: number;
  /** Counted from roll-ups: about so many. */
  estimated: boolean;
};
