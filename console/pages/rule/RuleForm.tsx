import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RouteInput } from '../../../src/contracts/api/front-door.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { LimitsField } from './LimitsField.tsx';
import { ScopesField } from './ScopesField.tsx';

type Props = {
  before: RouteInput;
  known: string[];
  busy: boolean;
  error: unknown;
  onDone: (input: RouteInput) => void;
};

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const MODES = ['enforce', 'monitor', 'off'] as const;

export function RuleForm({ before, known, busy, error, onDone }: Props) {
  const { t } = useTranslation();
  const [rule, setRule] = useState(before);
  const change = (some: Partial<RouteInput>) => setRule((now) => ({ ...now, ...some }));
  const methods = [...METHODS, ...before.methods.filter((one) => !METHODS.includes(one))];
  return (
    <form
      className="stack-wide"
      onSubmit={(event) => {
        event.preventDefault();
        onDone({ ...rule, path: rule.path.trim(), scopes: rule.auth === 'none' ? [] : rule.scopes });
      }}
    >
      <Panel title={t('rules.form.what')}>
        <TextInput
          label={t('rules.form.path')}
          description={t('rules.form.pathHint')}
          value={rule.path}
          onChange={(event) => change({ path: event.currentTarget.value })}
          required
          withAsterisk={false}
          autoCapitalize="none"
          spellCheck={false}
        />
        <Checkbox.Group
          label={t('rules.form.methods')}
          description={t('rules.form.methodsHint')}
          value={rule.methods}
          onChange={(chosen) => change({ methods: chosen })}
        >
          <div className="row">
            {methods.map((method) => (
              <Checkbox
                key={method}
                value={method}
                label={t(`rules.form.method.${method}`, { defaultValue: method })}
              />
            ))}
          </div>
        </Checkbox.Group>
        <TextInput
          label={t('rules.form.title')}
          description={t('rules.form.titleHint')}
          value={rule.title ?? ''}
          onChange={(event) => change({ title: event.currentTarget.value })}
          maxLength={200}
        />
      </Panel>
      <Panel title={t('rules.form.who')}>
        <Radio.Group
          aria-label={t('rules.form.who')}
          value={rule.auth}
          onChange={(auth) => change({ auth: auth === 'none' ? 'none' : 'key' })}
        >
          <div className="stack-tight">
            <Radio value="key" label={t('rules.form.needsKey')} description={t('rules.form.needsKeyHint')} />
            <Radio value="none" label={t('rules.form.anyone')} description={t('rules.form.anyoneHint')} />
          </div>
        </Radio.Group>
        {rule.auth === 'key' && (
          <ScopesField chosen={rule.scopes} known={known} onChange={(scopes) => change({ scopes })} />
        )}
      </Panel>
      <Panel title={<Term id="limit">{t('rules.form.limits')}</Term>}>
        <LimitsField limits={rule.rateLimits} onChange={(rateLimits) => change({ rateLimits })} />
      </Panel>
      <Panel title={<Term id="mode">{t('rules.form.mode')}</Term>}>
        <Radio.Group
          aria-label={t('rules.form.mode')}
          value={rule.mode}
          onChange={(mode) => change({ mode: MODES.find((one) => one === mode) ?? 'enforce' })}
        >
          <div className="stack-tight">
            {MODES.map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={t(`rules.mode.${mode}`)}
                description={t(`rules.modeHint.${mode}`)}
              />
            ))}
          </div>
        </Radio.Group>
      </Panel>
      <ProblemNotice error={error} />
      <div>
        <Button type="submit" loading={busy}>
          {t('rules.form.save')}
        </Button>
      </div>
    </form>
  );
}
