import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Problem } from '../contracts/api/problem.ts';
import { AppError } from '../platform/app-error.ts';

/** Every failure of the API leaves as `application/problem+json` (RFC 9457); what nobody foresaw leaves with a reference. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler(sendFailure);
  app.setNotFoundHandler((request, reply) => {
    const detail = 'There is nothing at this address, or not with this method.';
    return send(request, reply, problem(404, 'not-found', detail, 'The whole API is described at /api/openapi.json.'));
  });
}

export function sendFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof AppError && error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
  return send(request, reply, toProblem(error, request));
}

function send(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem.status >= 500 ? { ...problem, reference: request.id } : problem);
}

function toProblem(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof AppError) {
    if (error.status >= 500) request.log.error({ err: error, code: error.code }, 'request failed');
    return problem(error.status, error.code, error.message, error.next, error.faults);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.map((fault) => ({
      place: `${error.validationContext ?? 'body'}${fault.instancePath.replace(/\/$/, '')}`,
      message: fault.message ?? 'not accepted',
    }));
    return problem(
      400,
      'input-invalid',
      'Some of what was sent is not accepted.',
      'Correct the places named and send it again.',
      faults,
    );
  }
  const known = FASTIFY_FAULTS[(error as Partial<FastifyError>).code ?? ''];
  if (known !== undefined) return problem(known.status, known.code, known.detail, known.next);
  const status = (error as Partial<FastifyError>).statusCode ?? 500;
  if (status >= 400 && status < 500) {
    return problem(status, 'request-malformed', 'The request cannot be read.', 'Send it again with a standard client.');
  }
  request.log.error({ err: error }, 'request failed');
  return problem(
    500,
    'internal',
    'Something went wrong inside Nightlatch.',
    'Try again; if it happens again, look for the reference in the diagnostic log.',
  );
}

function problem(
  status: number,
  code: string,
  detail: string,
  next?: string,
  faults?: Problem['faults'] | readonly { place: string; message: string }[],
): Problem {
  return {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    detail,
    code,
    ...(next === undefined ? {} : { next }),
    ...(faults === undefined ? {} : { faults: [...faults] }),
  };
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign-in needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Body too large',
  415: 'Unsupported type',
  421: 'Misdirected request',
  422: 'Not accepted',
  429: 'Too many requests',
  500: 'Internal error',
  502: 'Service unreachable',
  503: 'Not ready',
};

type Known = { status: number; code: string; detail: string; next: string };
const FASTIFY_FAULTS: Record<string, Known> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'body-too-large',
    detail: 'The body is larger than this address accepts.',
    next: 'Send less at once.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'body-type-unsupported',
    detail: 'The body has a type that this address does not read.',
    next: 'Send it as application/json.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    code: 'body-malformed',
    detail: 'The body is not valid JSON.',
    next: 'Check the body and send it again.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    code: 'body-malformed',
    detail: 'The body is empty although its type says JSON.',
    next: 'Send a JSON body, or no Content-Type.',
  },
};
