import { NativeSelect, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DENIALS } from '../../../src/contracts/errors/denials.ts';
import type { CallFilter } from '../../api/activity.ts';
import { reasonInWords } from '../../words/denial.ts';
import { hourAndMinute } from '../../words/moment.ts';
import classes from './CallFilters.module.css';

/** The filters; they stand in the page's address, so that a filtered list can be kept as a bookmark. */
export function CallFilters({ filter }: { filter: CallFilter }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const set = (some: { [name in keyof CallFilter]: string }) => {
    const next = Object.entries({ ...filter, ...some }).filter(([, value]) => value !== '' && value !== undefined);
    void navigate({ to: '/activity', search: Object.fromEntries(next), replace: true, resetScroll: false });
  };
  const codes = Object.keys(DENIALS).map((code) => ({ value: code, label: reasonInWords(t, code) }));
  const active = Object.keys(filter).length;
  return (
    <details className={classes.filters} open={active > 0 ? true : undefined}>
      <summary>{active === 0 ? t('activity.filters.title') : t('activity.filters.active', { count: active })}</summary>
      <div className={classes.fields}>
        <NativeSelect
          label={t('activity.filters.direction')}
          value={filter.direction ?? ''}
          onChange={(event) => set({ direction: event.currentTarget.value })}
          data={[
            { value: '', label: t('activity.filters.all') },
            { value: 'inbound', label: t('activity.filters.inbound') },
            { value: 'outbound', label: t('activity.filters.outbound') },
          ]}
        />
        <NativeSelect
          label={t('activity.filters.outcome')}
          value={filter.outcome ?? ''}
          onChange={(event) => set({ outcome: event.currentTarget.value })}
          data={[
            { value: '', label: t('activity.filters.all') },
            { value: 'let-in', label: t('words.outcome.let-in') },
            { value: 'turned-away', label: t('words.outcome.turned-away') },
            { value: 'failed', label: t('words.outcome.failed') },
            { value: 'would-stop', label: t('words.outcome.would-stop') },
          ]}
        />
        <NativeSelect
          label={t('activity.filters.code')}
          value={filter.code ?? ''}
          onChange={(event) => set({ code: event.currentTarget.value })}
          data={[
            { value: '', label: t('activity.filters.all') },
            ...codes.toSorted((a, b) => a.label.localeCompare(b.label)),
          ]}
        />
        {(['consumer', 'caller', 'route', 'method'] as const).map((name) => (
          <TextInput
            key={`${name} ${filter[name] ?? ''}`}
            label={t(`activity.filters.${name}`)}
            defaultValue={filter[name] ?? ''}
            onBlur={(event) => {
              const value = event.currentTarget.value.trim();
              if (value !== (filter[name] ?? '')) set({ [name]: name === 'method' ? value.toUpperCase() : value });
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur();
            }}
            autoCapitalize="none"
            spellCheck={false}
          />
        ))}
      </div>
      {filter.from !== undefined && filter.to !== undefined && (
        <p className={classes.span}>
          {t('activity.filters.span', {
            from: hourAndMinute(i18n.language, filter.from),
            to: hourAndMinute(i18n.language, filter.to),
          })}
        </p>
      )}
      {active > 0 && (
        <p className={classes.span}>
          <Link to="/activity">{t('activity.filters.clear')}</Link>
        </p>
      )}
    </details>
  );
}
