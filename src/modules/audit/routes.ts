import { z } from 'zod';
import { AuditEntry, AuditVerdict } from '../../contracts/api/account.ts';
import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import type { Audit } from './service.ts';

const AuditQuery = z.object({
  before: z.coerce.number().int().min(1).optional().meta({ description: 'entries older than this seq' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const Page = z.object({ items: z.array(AuditEntry), next: z.int().nullable() });

export function auditRoutes(audit: Audit): ApiPlugin {
  return async (api) => {
    api.get(
      '/api/audit',
      {
        config: { access: 'read' },
        schema: {
          summary: 'What people did, newest first',
          tags: ['audit'],
          querystring: AuditQuery,
          response: { 200: Page },
        },
      },
      (request) => audit.list(request.query),
    );
    api.get(
      '/api/audit/verify',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Whether the audit log is whole and unaltered',
          tags: ['audit'],
          response: { 200: AuditVerdict },
        },
      },
      () => audit.verify(),
    );
  };
}
