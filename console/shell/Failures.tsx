import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../parts/Notice.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PlainFrame } from './PlainFrame.tsx';

/** A page that could not be shown: why, and the way on. */
export function PageFailure({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const router = useRouter();
  const client = useQueryClient();
  const again = async () => {
    await client.resetQueries();
    await router.invalidate();
  };
  return (
    <PlainFrame house="dark">
      <PageHead title={t('shell.failure.title')} />
      <ProblemNotice error={error} />
      <div>
        <Button onClick={again}>{t('shell.tryAgain')}</Button>
      </div>
    </PlainFrame>
  );
}

export function NothingHere() {
  const { t } = useTranslation();
  return (
    <PlainFrame house="empty">
      <PageHead title={t('shell.nothing.title')} />
      <p>{t('shell.nothing.text')}</p>
      <p>
        <Link to="/front-door">{t('shell.nothing.back')}</Link>
      </p>
    </PlainFrame>
  );
}
