import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '../../api/settings.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { KNOWN } from './known-suppliers.ts';
import { SupplierFields } from './SupplierFields.tsx';
import { type Answers, answersOf, EMPTY, type Supplier, supplierOf } from './supplier-answers.ts';

export function SupplierPage() {
  const { t } = useTranslation();
  const { supplier: name } = useParams({ strict: false });
  const settings = useQuery(settingsQuery<{ outbound?: Supplier[] }>({ of: 'gateway' }));
  const title = name === undefined ? t('suppliers.newTitle') : t('suppliers.changeTitle', { name });
  return (
    <div className="stack-wide">
      <PageHead title={title} back={{ to: '/front-door/suppliers', label: t('suppliers.title') }} />
      <Loaded query={settings} rows={3} height={160}>
        {({ outbound = [] }) => {
          const before = outbound.find((one) => one.name === name);
          if (name !== undefined && before === undefined) {
            return (
              <Notice tone="watch">
                <p>{t('suppliers.unknown')}</p>
              </Notice>
            );
          }
          return <SupplierForm all={outbound} before={before} />;
        }}
      </Loaded>
    </div>
  );
}

function SupplierForm({ all, before }: { all: Supplier[]; before: Supplier | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [answers, setAnswers] = useState<Answers>(() => (before === undefined ? EMPTY : answersOf(before)));
  const save = useSettingsChange({ of: 'gateway' });
  const after = () => void navigate({ to: '/front-door/suppliers' });
  const place = before === undefined ? all.length : all.indexOf(before);
  const keep = () => {
    const next = supplierOf(answers, before ?? {});
    const outbound = before === undefined ? [...all, next] : all.with(place, next);
    save.mutate({ patch: { outbound }, done: t('suppliers.saved', { name: next.name }), after });
  };
  const remove = () => {
    const others = all.filter((one) => one !== before);
    const patch = { outbound: others.length === 0 ? null : others };
    save.mutate({ patch, done: t('suppliers.removed', { name: before?.name }), undo: { outbound: all }, after });
  };
  return (
    <form
      className="stack-wide"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      {before === undefined && (
        <Panel title={t('suppliers.which')}>
          <NativeSelect
            label={t('suppliers.known')}
            description={t('suppliers.knownHint')}
            defaultValue=""
            onChange={(event) => setAnswers({ ...EMPTY, ...KNOWN[event.currentTarget.value] })}
            data={[{ value: '', label: t('suppliers.other') }, ...Object.keys(KNOWN)]}
          />
        </Panel>
      )}
      <SupplierFields
        answers={answers}
        isNew={before === undefined}
        place={`outbound[${place}]`}
        error={save.error}
        onChange={(some) => setAnswers({ ...answers, ...some })}
      />
      <ProblemNotice error={save.error} />
      <div className="row">
        <Button type="submit" loading={save.isPending}>
          {t('settings.save')}
        </Button>
        {before !== undefined && (
          <Button variant="subtle" color="stop" onClick={remove} disabled={save.isPending}>
            {t('suppliers.remove')}
          </Button>
        )}
      </div>
    </form>
  );
}
