import type { PlacedEvidence, RequestDetector } from '../../detector.ts';
import { CONFIDENCE } from '../../evidence.ts';
import type { ParsedRequest } from '../../leaves/parsed-request.ts';
import { readDocument, type Shape } from './document.ts';
import { expand } from './fragments.ts';
import { confidenceOf, LIMITS } from './limits.ts';

/**
 * GraphQL documents that cost far more than they weigh, that guess secrets many at a time, or that read the schema (OWASP's cheat sheet on
 * GraphQL; the specification's own rules for fragments). Strings in a document are judged as texts elsewhere.
 */
export const graphql: RequestDetector = {
  id: 'graphql',
  look(request) {
    if (request.graphql.length === 0) return NOTHING;
    const found: PlacedEvidence[] = [];
    let guesses = 0;
    for (const { place, text } of request.graphql.slice(0, MOST_DOCUMENTS)) {
      const add = (technique: string, confidence: number): void => {
        if (confidence > 0) found.push({ technique, confidence, place, excerpt: text.slice(0, 96) });
      };
      const document = readDocument(text);
      judgeShape(document.shape, add);
      const expanded = expand(document);
      if (expanded.hasCycle) add('fragment-cycle', CONFIDENCE.certain);
      if (expanded.fields > document.shape.fields)
        add('fragment-bomb', confidenceOf(expanded.fields, LIMITS.expandedFields));
      if (!document.shape.introspects) add('deep-nesting', confidenceOf(expanded.depth, LIMITS.depth));
      if (document.shape.isMutation) judgeMutation(request, add);
      if (document.shape.isMutation && GUESSING.test(text)) guesses++;
    }
    judgeBatch(request, guesses, found);
    return found;
  },
};

const NOTHING: readonly PlacedEvidence[] = [];
/** More than are judged one by one are judged by their number. */
const MOST_DOCUMENTS = 300;
const GUESSING =
  /\{\s{0,16}(?:\w{1,64}\s{0,8}:\s{0,8})?(?:log_?in|sign_?in|authenticate|verify\w{0,32}|redeem\w{0,32}|\w{0,32}(?:password|otp|token)\w{0,32})\s{0,8}\(/i;

type Add = (technique: string, confidence: number) => void;

function judgeShape(shape: Shape, add: Add): void {
  add('deep-argument', confidenceOf(shape.argumentDepth, LIMITS.argumentDepth));
  add('overlong-document', confidenceOf(shape.tokens, LIMITS.tokens));
  add('ignored-flood', confidenceOf(shape.ignored, LIMITS.ignored));
  add('aliases', confidenceOf(shape.aliases, LIMITS.aliasesOfOneField));
  add('aliased-mutation', confidenceOf(shape.aliasedMutation, LIMITS.aliasesOfOneMutation));
  add('aliased-guesses', confidenceOf(shape.guesses, LIMITS.guesses));
  add('repeated-field', confidenceOf(shape.repeats, LIMITS.repeatsOfOneField));
  add('directive-overload', confidenceOf(shape.directives, LIMITS.directivesInARow));
  add('many-operations', confidenceOf(shape.operations, LIMITS.operations));
  add('many-variables', confidenceOf(shape.variables, LIMITS.variables));
  add('circular-relation', confidenceOf(shape.recurrence, LIMITS.recurrence));
  add('field-probing', confidenceOf(shape.probes, LIMITS.probes));
  add('page-size', confidenceOf(shape.pageSize, LIMITS.pageSize));
  add('nested-page-sizes', confidenceOf(shape.nestedPages, LIMITS.nestedPages));
  if (shape.introspectionDepth >= CIRCLES) add('introspection-circle', CONFIDENCE.likely);
  else if (shape.introspects) add('introspection', CONFIDENCE.possible);
}

/** A tool that reads the schema asks for fields of a type once, for possible types once more. */
const CIRCLES = 4;

/** A browser sends these across sites without asking first; a GraphQL client never does. */
function judgeMutation({ method, headers, bodyFormat }: ParsedRequest, add: Add): void {
  if (method === 'GET' || method === 'HEAD') add('mutation-by-get', CONFIDENCE.likely);
  else if (bodyFormat === 'form') add('mutation-by-form', CONFIDENCE.likely);
  else if (headers.some(([name, value]) => name === 'content-type' && /^text\/plain/i.test(value)))
    add('mutation-as-plain-text', CONFIDENCE.likely);
}

function judgeBatch({ graphql: documents, body }: ParsedRequest, guesses: number, found: PlacedEvidence[]): void {
  const size = documents.filter(({ place }) => /^body\[\d+\]\.query$/.test(place)).length;
  if (size < 2) return;
  const batch = confidenceOf(size, LIMITS.batch);
  const excerpt = (body ?? '').slice(0, 96);
  if (batch > 0) found.push({ technique: 'batch', confidence: batch, place: 'body', excerpt });
  const guessing = confidenceOf(guesses, LIMITS.guesses);
  if (guessing > 0) found.push({ technique: 'batched-guesses', confidence: guessing, place: 'body', excerpt });
}
