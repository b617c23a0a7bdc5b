import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookConfig } from '../../../src/contracts/config/webhook-config.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { SecretPlace, type SecretSource } from '../../parts/SecretPlace.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { faultAt } from '../../words/fault-at.ts';

export type Hooks = Record<string, WebhookConfig>;

const VENDORS = ['stripe', 'shopify', 'github', 'woocommerce', 'mailchimp', 'standard'] as const;
const TOLERANCES = ['', '1m', '5m', '15m', '1h'];

export function HookForm({ hooks }: { hooks: Hooks }) {
  const { t } = useTranslation();
  const [vendor, setVendor] = useState<(typeof VENDORS)[number]>('stripe');
  const [name, setName] = useState('');
  const [secret, setSecret] = useState<SecretSource>({ env: '' });
  const [tolerance, setTolerance] = useState('');
  const [url, setUrl] = useState('');
  const save = useSettingsChange({ of: 'gateway' });
  const called = name.trim() === '' ? vendor : name.trim();
  const place = `webhooks.${called}`;
  const add = () => {
    const hook = {
      vendor,
      secrets: [secret],
      ...(tolerance === '' ? {} : { tolerance }),
      ...(vendor === 'mailchimp' && url !== '' ? { url: url.trim() } : {}),
    };
    save.mutate({ patch: { webhooks: { ...hooks, [called]: hook } }, done: t('hooks.added', { name: called }) });
  };
  return (
    <Panel title={t('hooks.add')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <NativeSelect
          label={t('hooks.who')}
          value={vendor}
          onChange={(event) => setVendor(VENDORS.find((one) => one === event.currentTarget.value) ?? 'standard')}
          data={VENDORS.map((value) => ({ value, label: t(`hooks.vendor.${value}`) }))}
        />
        <TextInput
          label={t('hooks.name')}
          description={t('hooks.nameHint', { name: vendor })}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={Object.hasOwn(hooks, called) ? t('hooks.there', { name: called }) : undefined}
          maxLength={64}
          autoCapitalize="none"
          spellCheck={false}
        />
        <SecretPlace value={secret} error={faultAt(save.error, `${place}.secrets`)} onChange={setSecret} />
        <NativeSelect
          label={t('hooks.tolerance')}
          value={tolerance}
          onChange={(event) => setTolerance(event.currentTarget.value)}
          data={TOLERANCES.map((value) => ({ value, label: value === '' ? t('hooks.usual') : value }))}
        />
        {vendor === 'mailchimp' && (
          <TextInput
            label={t('hooks.url')}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={faultAt(save.error, `${place}.url`)}
            inputMode="url"
            spellCheck={false}
          />
        )}
        <ProblemNotice error={save.error} />
        <div>
          <Button type="submit" loading={save.isPending} disabled={Object.hasOwn(hooks, called)}>
            {t('hooks.add')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
