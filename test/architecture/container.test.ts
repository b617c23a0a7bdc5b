import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dataPaths } from '../../src/app/paths.ts';
import { readSettings } from '../../src/app/settings.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string) => readFileSync(root + name, 'utf8');

/** The instructions of the last stage, which is what runs. */
const stages = read('Dockerfile')
  .replace(/\\\n/g, ' ')
  .split(/^FROM /m)
  .slice(1);
const final = stages.at(-1) ?? '';
const instruction = (name: string) =>
  [...final.matchAll(new RegExp(`^${name} +(.*)$`, 'gm'))].map((match) => match[1] ?? '');

const { nightlatch: service } = parse(read('compose.yaml')).services;
const ports = (settings: ReturnType<typeof readSettings>) => [settings.console.port, settings.gateway.port];
const defaults = readSettings(dataPaths('/nowhere'), {}, {});

// There is no container engine where the tests run: this is what can be known without one.
describe('the container', () => {
  it('is built from files that exist and are not left out', () => {
    const ignored = read('.dockerignore').split('\n');
    const sources = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );
    const carried = instruction('COPY').flatMap((line) =>
      [...line.matchAll(/\/build\/(\S+)/g)].map((match) => match[1]),
    );
    expect(sources).toContain('package-lock.json');
    expect(carried).toContain('bin');
    for (const file of sources) expect(existsSync(root + file), file).toBe(true);
    for (const file of [...sources, ...carried].filter((name) => !['node_modules', 'dist'].includes(name ?? ''))) {
      expect(ignored, file).not.toContain(file);
      expect(existsSync(root + file), file).toBe(true);
    }
  });

  it('leaves secrets and this machine outside', () => {
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['data', '.git', 'node_modules', '.env*']),
    );
  });

  it('does not run as root', () => {
    expect(instruction('USER')).toEqual(['node']);
    expect(service.user).toBeUndefined();
    expect(service.privileged).toBeUndefined();
  });

  it('listens and is published on the ports the product has by default', () => {
    expect(instruction('EXPOSE').join(' ').split(' ').map(Number)).toEqual(ports(defaults));
    const env = Object.fromEntries(
      instruction('ENV').flatMap((line) =>
        line
          .trim()
          .split(/\s+/)
          .map((pair) => pair.split('=')),
      ),
    );
    const inside = readSettings(dataPaths('/nowhere'), {}, env);
    expect(ports(inside)).toEqual(ports(defaults));
    expect([inside.console.host, inside.gateway.host]).toEqual(['0.0.0.0', '0.0.0.0']);
    expect(service.ports).toEqual([`127.0.0.1:${defaults.console.port}:4400`, `${defaults.gateway.port}:8080`]);
  });

  it('keeps what it knows in a volume, and can write nowhere else', () => {
    expect(service.volumes).toEqual(['data:/data']);
    expect(service.read_only).toBe(true);
    expect(final).toContain('NIGHTLATCH_HOME=/data');
  });

  it('is asked for its health with a command that exists', () => {
    expect(existsSync(`${root}src/cli/commands/doctor.ts`)).toBe(true);
    expect(instruction('HEALTHCHECK').join()).toContain('"bin/nightlatch", "doctor"');
  });
});
