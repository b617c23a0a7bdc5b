import { z } from 'zod';
import {
  ActivityDetail,
  ActivityPage,
  ActivityQuery,
  ActivitySummary,
  SummaryQuery,
} from '../../contracts/api/activity.ts';
import { Misfit } from '../../contracts/api/misfits.ts';
import { PersonalData, PersonalDataQuery } from '../../contracts/api/personal-data.ts';
import { EventsReceipt, GATEWAY_PROTOCOL } from '../../contracts/protocol/gateway-protocol.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { Activity } from './service.ts';
import { streamCalls } from './stream-calls.ts';

const EventsQuery = z.object({ gateway: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) });
const NDJSON = 'application/x-ndjson';

export function activityRoutes(activity: Activity): ApiPlugin {
  return async (api) => {
    const bodyLimit = GATEWAY_PROTOCOL.maxBatchBytes;
    api.addContentTypeParser(NDJSON, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
    api.post(
      GATEWAY_PROTOCOL.events,
      {
        bodyLimit,
        config: { access: 'gateway' },
        schema: {
          summary: 'Events from a gateway, one JSON object a line',
          tags: ['gateway'],
          consumes: [NDJSON],
          querystring: EventsQuery,
          body: z.instanceof(Buffer).meta({ override: { type: 'string' } }),
          response: { 200: EventsReceipt },
        },
      },
      (request) => activity.ingest(request.query.gateway, request.body),
    );
    const read = { config: { access: 'read' as const } };
    api.get(
      '/api/activity/events',
      {
        ...read,
        schema: {
          summary: 'Recorded calls, newest first',
          tags: ['activity'],
          querystring: ActivityQuery,
          response: { 200: ActivityPage },
        },
      },
      (request) => activity.search(request.query),
    );
    api.get(
      '/api/activity/events/:reference',
      {
        ...read,
        schema: {
          summary: 'Everything about one call',
          tags: ['activity'],
          params: z.object({ reference: z.string().max(200) }),
          response: { 200: ActivityDetail },
        },
      },
      (request) => activity.find(request.params.reference),
    );
    api.get(
      '/api/activity/summary',
      {
        ...read,
        schema: {
          summary: 'The picture of a span of time',
          tags: ['activity'],
          querystring: SummaryQuery,
          response: { 200: ActivitySummary },
        },
      },
      ({ query }) => activity.summary({ ...query, from: Date.parse(query.from), to: Date.parse(query.to) }),
    );
    api.get(
      '/api/activity/misfits',
      {
        ...read,
        schema: {
          summary: 'What did not fit the description of a service, among the latest calls',
          tags: ['activity'],
          querystring: z.object({ service: z.string().max(200) }),
          response: { 200: z.object({ items: z.array(Misfit) }) },
        },
      },
      async ({ query }) => ({ items: await activity.misfits(query.service) }),
    );
    api.get(
      '/api/personal-data',
      {
        ...read,
        schema: {
          summary: 'Which routes gave out personal data of which kinds',
          tags: ['activity'],
          querystring: PersonalDataQuery,
          response: { 200: z.object({ items: z.array(PersonalData) }) },
        },
      },
      async ({ query }) => ({ items: await activity.personalData(query.days) }),
    );
    api.get(
      '/api/activity/stream',
      { ...read, schema: { summary: 'Calls as they come in (server-sent events)', tags: ['activity'] } },
      (request, reply) => streamCalls(activity.live, request, reply),
    );
  };
}
