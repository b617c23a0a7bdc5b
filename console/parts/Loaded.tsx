import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from './Notice.tsx';
import { Skeleton } from './Skeleton.tsx';

type Props<Data> = {
  query: UseQueryResult<Data>;
  rows?: number;
  height?: number;
  children: (data: Data) => ReactNode;
};

/** The three faces of everything that is fetched: on its way, failed (with "try again"), here. */
export function Loaded<Data>({ query, rows = 3, height = 56, children }: Props<Data>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return (
      <div className="stack-tight">
        <ProblemNotice error={query.error} />
        <div>
          <Button variant="default" onClick={() => query.refetch()}>
            {t('shell.tryAgain')}
          </Button>
        </div>
      </div>
    );
  }
  return <Skeleton rows={rows} height={height} />;
}
