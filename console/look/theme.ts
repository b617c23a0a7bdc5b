import {
  Button,
  Checkbox,
  CheckboxGroup,
  createTheme,
  type MantineColorsTuple,
  Modal,
  NativeSelect,
  PasswordInput,
  Radio,
  RadioGroup,
  Textarea,
  TextInput,
} from '@mantine/core';

/** Mantine asks for ten shades of a colour; the real values are our tokens (look/mantine.css). */
function toned(name: string): MantineColorsTuple {
  const shade = `var(--mantine-color-${name}-filled)`;
  return [shade, shade, shade, shade, shade, shade, shade, shade, shade, shade];
}

const field = {
  root: 'field-root',
  input: 'field-input',
  label: 'field-label',
  description: 'field-description',
  error: 'field-error',
};
const tick = { root: 'tick-root', description: 'field-description', icon: 'tick-icon' };
const group = { root: 'group', label: 'group-label', description: 'field-description' };

export const theme = createTheme({
  fontFamily: 'var(--type-family)',
  primaryColor: 'house',
  colors: { house: toned('house'), stop: toned('stop') },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The variant is named so that it stands in the markup, where look/mantine.css finds it.
    Button: Button.extend({
      classNames: { root: 'button', label: 'button-label' },
      defaultProps: { variant: 'filled' },
    }),
    TextInput: TextInput.extend({ classNames: field }),
    PasswordInput: PasswordInput.extend({ classNames: field }),
    NativeSelect: NativeSelect.extend({ classNames: field }),
    Textarea: Textarea.extend({ classNames: field }),
    Checkbox: Checkbox.extend({ classNames: { ...tick, input: 'tick-input' } }),
    CheckboxGroup: CheckboxGroup.extend({ classNames: group }),
    Radio: Radio.extend({ classNames: { ...tick, radio: 'tick-input' } }),
    RadioGroup: RadioGroup.extend({ classNames: group }),
    // The scroll lock writes a style tag, which the page's policy refuses.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true, radius: 'var(--round-large)' } }),
  },
});
