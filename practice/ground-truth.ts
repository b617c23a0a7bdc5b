import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { WEAKNESS_IDS } from './switches.ts';

const texts = z.array(z.string().min(1)).min(1);
const headers = z.record(z.string(), z.string());

const proof = z.strictObject({
  status: z.int().optional(),
  bodyHas: texts.optional(),
  bodyLacks: texts.optional(),
  headerHas: headers.optional(),
  headerLacks: texts.optional(),
  atLeast: z.int().positive().optional(),
  tokenLacks: z.string().optional(),
});

const weakness = z.strictObject({
  id: z.enum(WEAKNESS_IDS),
  owasp: z.string().regex(/^API([1-9]|10):2023$/),
  mission: z.array(z.string().regex(/^M\d\d$/)),
  title: z.string().min(10),
  attacker: z.string().min(10),
  where: texts,
  /** The places are left out of openapi.yaml on purpose. */
  shadow: z.literal(true).optional(),
  show: z.strictObject({
    as: z.enum(['nobody', 'customer', 'staff']),
    request: z.strictObject({
      method: z.enum(['GET', 'POST', 'PATCH', 'TRACE']),
      path: z.string().startsWith('/'),
      headers: headers.optional(),
      /** Sent as JSON. */
      body: z.record(z.string(), z.unknown()).optional(),
      /** Sent as it stands, one byte per character. */
      rawBody: z.string().optional(),
      times: z.int().min(2).max(20).optional(),
    }),
    proof: proof.refine((wanted) => Object.keys(wanted).length > 0, 'a proof needs something to look for'),
  }),
  visibleFromOutside: z.boolean(),
  gatewayStops: z.string().min(5),
});

export type Weakness = z.infer<typeof weakness>;
export type Proof = Weakness['show']['proof'];

/** Reads `weaknesses.yaml`. @throws Error that names the place of the first mistake in it */
export function readWeaknesses(file: URL | string = new URL('./weaknesses.yaml', import.meta.url)): Weakness[] {
  const result = z.array(weakness).safeParse(parse(readFileSync(file, 'utf8')));
  if (!result.success) throw new Error(`weaknesses.yaml cannot be used.\n${z.prettifyError(result.error)}`);
  return result.data;
}
