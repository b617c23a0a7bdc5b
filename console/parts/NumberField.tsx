import { TextInput } from '@mantine/core';

type Props = {
  label: string;
  description?: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  min?: number;
  max?: number;
  required?: boolean;
  error?: string | undefined;
};

/** A whole number, or nothing. */
export function NumberField({ label, description, value, onChange, min, max, required = false, error }: Props) {
  return (
    <TextInput
      label={label}
      description={description}
      type="number"
      min={min}
      max={max}
      value={value ?? ''}
      onChange={(event) => {
        const next = event.currentTarget.valueAsNumber;
        onChange(Number.isFinite(next) ? Math.trunc(next) : undefined);
      }}
      required={required}
      withAsterisk={false}
      error={error}
    />
  );
}
