import type { Contents, OperationShape, Part, Shape, TextShape } from '../contracts/drafts/shape.ts';

/** So many texts make an enumeration believable, and so often each of its words must have come. */
const LEAST_TEXTS = 50;
const LEAST_REPEATS = 5;

/**
 * An operation as it may leave the memory of the gateway: words stay only where they are an enumeration beyond doubt. A text of
 * a person is not repeated so often, in so few forms.
 */
export function published(operation: OperationShape): OperationShape {
  return {
    ...operation,
    params: partOf(operation.params),
    query: partOf(operation.query),
    request: contentsOf(operation.request),
    answers: Object.fromEntries(
      Object.entries(operation.answers).map(([status, contents]) => [status, contentsOf(contents)]),
    ),
  };
}

const contentsOf = (contents: Contents): Contents => ({
  ...contents,
  types:
    contents.types === null
      ? null
      : Object.fromEntries(
          Object.entries(contents.types).map(([type, part]) => [type, part === null ? null : partOf(part)]),
        ),
});

const partOf = (part: Part): Part => ({ ...part, shape: shapeOf(part.shape) });

function shapeOf(shape: Shape): Shape {
  const { text, list, object } = shape;
  return {
    ...shape,
    text: text === null ? null : { ...text, words: wordsOf(text) },
    list: list === null ? null : { ...list, items: list.items === null ? null : shapeOf(list.items) },
    object:
      object === null
        ? null
        : {
            ...object,
            members: Object.fromEntries(Object.entries(object.members).map(([name, one]) => [name, shapeOf(one)])),
            values: object.values === null ? null : shapeOf(object.values),
          },
  };
}

function wordsOf({ seen, words }: TextShape): TextShape['words'] {
  if (words === null || seen < LEAST_TEXTS) return null;
  return Object.values(words).every((count) => count >= LEAST_REPEATS) ? words : null;
}
