import { type ConfigPath, type Finding, placeOf } from './config-fault.ts';

/** Records `name` as used at `path`; a finding when it was used before. */
export function duplicateName(names: Map<string, ConfigPath>, name: string, path: ConfigPath, what: string): Finding[] {
  const before = names.get(name);
  if (before === undefined) {
    names.set(name, path);
    return [];
  }
  const message = `The ${what} name "${name}" is used twice; the first is at ${placeOf(before)}.`;
  return [
    { path: [...path, what === 'key' ? 'id' : 'name'], code: 'duplicate', message, hint: 'Give it a name of its own.' },
  ];
}
