/**
 * One thing wrong with a configuration, said to a person. `place` is the path of the value (`services[0].routes[1].auth`, empty
 * for the whole file), `line` and `column` count from 1, `code` is stable, `message` one plain sentence, `hint` the next step.
 */
export type ConfigFault = {
  place: string;
  line: number;
  column: number;
  code: string;
  message: string;
  hint?: string;
  /** The file that it stands in, where that is not the configuration itself. */
  file?: string;
};

export type ConfigPath = readonly (string | number)[];

/** What a check finds, before its place is looked up in the file. `atKey` points at the key rather than at its value. */
export type Finding = { path: ConfigPath; atKey?: boolean; code: string; message: string; hint?: string };

/** `['services', 0, 'name']` → `services[0].name`. */
export function placeOf(path: ConfigPath): string {
  let place = '';
  for (const step of path) {
    if (typeof step === 'number') place += `[${step}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(step)) place += place === '' ? step : `.${step}`;
    else place += `[${JSON.stringify(step)}]`;
  }
  return place;
}

/** The same with the list positions left out, for tables that are keyed by place: `services[].name`. */
export function patternOf(path: ConfigPath): string {
  return path.reduce<string>(
    (pattern, step) => (typeof step === 'number' ? `${pattern}[]` : pattern === '' ? step : `${pattern}.${step}`),
    '',
  );
}
