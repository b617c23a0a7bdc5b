import { type Answer, notFound, text } from '../answers.ts';
import type { Route, Visit } from '../router.ts';
import type { WeaknessId } from '../switches.ts';
import { pretendSecretKey } from '../website/pretend-key.ts';

/** Files that do not belong on a web server. Every value in them is made up. */
function leftover(id: WeaknessId, content: () => string): (visit: Visit) => Answer {
  return (visit) => {
    if (!visit.shop.weak(id)) throw notFound('page');
    return text(content());
  };
}

export const leftoverRoutes: Route[] = [
  {
    method: 'GET',
    path: '/.env',
    // WEAKNESS env-file-served
    handle: leftover(
      'env-file-served',
      () =>
        `APP_NAME=blue-harbour-pottery\nDB_HOST=db.blueharbour.example\nDB_PASSWORD=practice-only\nPAYMENT_SECRET=${pretendSecretKey()}\n`,
    ),
  },
  {
    method: 'GET',
    path: '/.git/config',
    // WEAKNESS git-folder-served
    handle: leftover(
      'git-folder-served',
      () =>
        '[core]\n\trepositoryformatversion = 0\n[remote "origin"]\n\turl = https://git.blueharbour.example/shop.git\n',
    ),
  },
  {
    method: 'GET',
    path: '/backup/shop.sql',
    // WEAKNESS backup-file-served
    handle: leftover(
      'backup-file-served',
      () => "-- Backup of 2026-01-05\nINSERT INTO customers VALUES (3,'Ines Okafor','ines.okafor.3@example.com');\n",
    ),
  },
];
