import { CONFIDENCE } from '../../evidence.ts';
import type { Subject } from '../../subject.ts';

/**
 * Files beside an application that its server should not hand out: folders of tools that begin with a dot (but `.well-known`, RFC
 * 8615), and copies of the database. Only paths of requests are judged by them, and the names of files.
 */
export function hiddenFileIn({ carrier, leaf }: Subject, word: string, alone: boolean) {
  if (!alone) return null;
  if (carrier !== 'path' || leaf.key !== 'whole') {
    return carrier === 'query' && DUMP.test(word)
      ? { technique: 'database-copy', confidence: CONFIDENCE.possible }
      : null;
  }
  const path = word.toLowerCase();
  if (DOT_FOLDER.test(path)) return { technique: 'hidden-file', confidence: CONFIDENCE.likely };
  if (path.startsWith('/.') && !path.startsWith('/.well-known/') && /^\/\.\w/.test(path)) {
    return { technique: 'hidden-file', confidence: CONFIDENCE.likely };
  }
  if (DUMP.test(path)) return { technique: 'database-copy', confidence: CONFIDENCE.likely };
  return null;
}

/** Wherever they stand in a path. */
const DOT_FOLDER =
  /\/\.(?:git|svn|hg|bzr|ssh|aws|azure|gcloud|kube|docker|gnupg|idea|vscode|terraform|claude|cursor|codex|env(?:\.[\w.-]{1,32})?|ht\w{1,16}|ds_store|npmrc|netrc|pgpass|bash\w{1,16})(?:\/|$)/;
const DUMP =
  /(?:^|[/_-])(?:backup|dump|database|db|site|www|data)[\w-]{0,32}\.(?:sql|sqlite3?|mdb|bak)(?:\.(?:zip|gz|tgz|bz2|7z|rar))?$/i;
