import { randomUUID } from 'node:crypto';
import { type Answer, json, notFound, Refusal, text } from '../answers.ts';
import { readBytes } from '../body.ts';
import { all, one, run } from '../database.ts';
import { signedIn } from '../identity.ts';
import type { Route, Visit } from '../router.ts';
import { html, page } from '../website/html.ts';

const MIB = 1024 * 1024;
/** Even the weak shop ends somewhere: it must not fill the computer it runs on. */
const HARD_LIMIT = 4 * MIB;
const KEPT = 20;

const PICTURES = [
  { type: 'image/png', extension: 'png', starts: '89504e470d0a1a0a' },
  { type: 'image/jpeg', extension: 'jpg', starts: 'ffd8ff' },
] as const;

function nameAndType(visit: Visit, bytes: Buffer): { name: string; type: string } {
  // WEAKNESS upload-any-type: the sender chooses name and type, a page with a script too.
  if (visit.shop.weak('upload-any-type')) {
    return {
      name: (visit.query.get('name') ?? randomUUID()).slice(0, 100),
      type: visit.request.headers['content-type'] ?? 'application/octet-stream',
    };
  }
  const start = bytes.subarray(0, 8).toString('hex');
  const picture = PICTURES.find(({ starts }) => start.startsWith(starts));
  if (!picture) throw new Refusal(415, 'not-a-picture', 'Only PNG and JPEG pictures, please.');
  return { name: `${randomUUID()}.${picture.extension}`, type: picture.type };
}

async function upload(visit: Visit): Promise<Answer> {
  const { shop } = visit;
  signedIn(visit);
  // WEAKNESS upload-any-size: no limit worth the name.
  const bytes = await readBytes(visit, shop.weak('upload-any-size') ? HARD_LIMIT : MIB);
  const { name, type } = nameAndType(visit, bytes);
  run(
    shop.db,
    `INSERT INTO uploads (name, type, bytes, uploaded_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET type = excluded.type, bytes = excluded.bytes`,
    [name, type, bytes, new Date().toISOString()],
  );
  run(shop.db, 'DELETE FROM uploads WHERE id NOT IN (SELECT id FROM uploads ORDER BY id DESC LIMIT ?)', [KEPT]);
  return json({ url: `/uploads/${encodeURIComponent(name)}`, type, size: bytes.length }, 201);
}

function download(visit: Visit): Answer {
  const file = one<{ type: string; bytes: Uint8Array }>(
    visit.shop.db,
    'SELECT type, bytes FROM uploads WHERE name = ?',
    [visit.params.name ?? ''],
  );
  if (!file) throw notFound('file');
  return { ...text('', file.type), body: Buffer.from(file.bytes) };
}

function listing(visit: Visit): Answer {
  // WEAKNESS uploads-listing: the folder shows everything in it.
  if (!visit.shop.weak('uploads-listing')) throw notFound('page');
  const files = all<{ name: string }>(visit.shop.db, 'SELECT name FROM uploads ORDER BY name', []);
  const rows = files.map(({ name }) => html`<li><a href="/uploads/${encodeURIComponent(name)}">${name}</a></li>`);
  return page(visit.shop, 'Index of /uploads/', html`<h1>Index of /uploads/</h1><ul>${rows}</ul>`);
}

export const uploadRoutes: Route[] = [
  { method: 'POST', path: '/api/uploads', handle: upload },
  { method: 'GET', path: '/uploads/', handle: listing },
  { method: 'GET', path: '/uploads/{name}', handle: download },
];
