import {
  Button,
  Checkbox,
  createTheme,
  type MantineColorsTuple,
  Modal,
  NativeSelect,
  PasswordInput,
  Radio,
  Textarea,
  TextInput,
} from '@mantine/core';

/** Mantine asks for ten shades of a colour; the real values are our tokens (look/mantine.css). */
function toned(name: string): MantineColorsTuple {
  const shade = `var(--mantine-color-${name}-filled)`;
  return [shade, shade, shade, shade, shade, shade, shade, shade, shade, shade];
}

const field = {
  input: 'field-input',
  label: 'field-label',
  description: 'field-description',
  error: 'field-error',
};
const tick = { labelWrapper: 'tick-label', description: 'field-description' };

export const theme = createTheme({
  fontFamily: 'var(--type-family)',
  primaryColor: 'house',
  colors: { house: toned('house'), stop: toned('stop') },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ classNames: { root: 'button', label: 'button-label' } }),
    TextInput: TextInput.extend({ classNames: field }),
    PasswordInput: PasswordInput.extend({ classNames: field }),
    NativeSelect: NativeSelect.extend({ classNames: field }),
    Textarea: Textarea.extend({ classNames: field }),
    Checkbox: Checkbox.extend({ classNames: tick }),
    Radio: Radio.extend({ classNames: tick }),
    // The scroll lock writes a style tag, which the page's policy refuses.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true, radius: 'var(--round-large)' } }),
  },
});
