import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { callQuery } from '../../api/activity.ts';
import { ApiProblem } from '../../api/request.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { ReferenceField } from '../../parts/ReferenceField.tsx';
import { CallExplained } from './CallExplained.tsx';

/** One call, found by its reference, explained. */
export function CallPage() {
  const { t } = useTranslation();
  const { reference = '' } = useParams({ strict: false });
  const call = useQuery(callQuery(reference));
  const back = { to: '/activity', label: t('activity.title') } as const;
  if (call.error instanceof ApiProblem && call.error.status === 404) {
    return (
      <div className="stack-wide">
        <PageHead title={t('activity.call.unknownTitle')} back={back} />
        <p>{t('activity.call.unknown', { reference })}</p>
        <ReferenceField />
      </div>
    );
  }
  return (
    <Loaded query={call} rows={3} height={130}>
      {(detail) => <CallExplained call={detail} back={back} />}
    </Loaded>
  );
}
