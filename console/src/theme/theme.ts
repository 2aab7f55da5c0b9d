// The look of Mantine's components: colours, sizes and defaults.
import {
  ActionIcon,
  Button,
  createTheme,
  Input,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const harbor: MantineColorsTuple = [
  '#E3F2F1', '#CBE7E5', '#A9D3D1', '#77BDBA', '#3FADAB', '#1F8785', '#0C6E70', '#0A6264', '#094F51', '#083F41',
];
const gray: MantineColorsTuple = [
  '#F5F7F7', '#EEF1F1', '#E1E6E7', '#CCD4D6', '#A9B5B8', '#869396', '#5A676A', '#465255', '#263033', '#131A1C',
];
const dark: MantineColorsTuple = [
  '#E6ECEC', '#AAB6B8', '#8A979A', '#5F6D72', '#3A474B', '#253033', '#1A2123', '#13181A', '#0C1011', '#090C0D',
];
const red: MantineColorsTuple = [
  '#FCEBE9', '#F8D9D5', '#F1C4BF', '#E89E96', '#FF8B80', '#CF4439', '#B42A22', '#96221B', '#5E2A26', '#371715',
];
const amber: MantineColorsTuple = [
  '#FDF1DC', '#F7E4BF', '#EBCF9C', '#DDB46A', '#F0B552', '#A66C0A', '#8A5600', '#6E4500', '#5B431A', '#33240B',
];

/** What Mantine's sizes are here: `xs` stands inside rows, all else is one control high; for fingers both are the same. */
const height = (size: unknown) => (size === 'xs' ? 'var(--control-small)' : 'var(--control)');

/** Mantine chooses the text on the accent for the light scheme only. */
const isAccent = (props: { variant?: string; color?: string }) =>
  (props.variant ?? 'filled') === 'filled' && props.color === undefined;

export const theme = createTheme({
  primaryColor: 'harbor',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  colors: { harbor, gray, dark, red, amber },
  white: '#FFFFFF',
  black: '#131A1C',
  fontFamily: '"Geist Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"Geist Mono Variable", ui-monospace, monospace',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '1.4', sm: '1.35', md: '1.54', lg: '1.5', xl: '1.5' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px', fontWeight: '580' },
      h4: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '5px', md: '7px', lg: '9px', xl: '12px' },
  defaultRadius: 'md',
  breakpoints: { xs: '30em', sm: '48em', md: '64em', lg: '80em', xl: '110em' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  shadows: {
    xs: '0 1px 2px rgba(16,28,30,.05)',
    md: '0 12px 40px -8px rgba(12,22,24,.22), 0 2px 8px rgba(12,22,24,.08)',
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_, props) => ({
        root: {
          '--button-height': height(props.size),
          '--button-padding-x': props.size === 'xs' ? '8px' : '11px',
          '--button-fz': props.size === 'xs' ? '12px' : '13px',
          ...(isAccent(props) && { '--button-color': 'var(--fs-on-accent)' }),
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'default' },
      vars: (_, props) => ({ root: { '--ai-size': height(props.size) } }),
    }),
    Input: Input.extend({
      vars: (_, props) => ({
        wrapper: {
          '--input-height': height(props.size),
          '--input-fz': 'var(--input-text)',
          '--input-bd': 'var(--fs-field)',
        },
      }),
    }),
    Switch: { defaultProps: { withThumbIndicator: false } },
    PillsInputField: { styles: { field: { minWidth: 40 } } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Drawer: { defaultProps: { position: 'right', size: 600, transitionProps: { duration: 160 } } },
    Modal: { defaultProps: { centered: true, radius: 'xl', transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { multiline: true, maw: 340, openDelay: 400, events: { hover: true, focus: true, touch: false } } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5A676A',
    '--mantine-color-placeholder': '#5A676A',
    '--mantine-color-default-border': '#CCD4D6',
    '--mantine-color-error': '#B42A22',
    '--mantine-color-anchor': '#0A6264',
  },
  dark: {
    '--mantine-color-body': '#13181A',
    '--mantine-color-text': '#E6ECEC',
    '--mantine-color-dimmed': '#8A979A',
    '--mantine-color-placeholder': '#8A979A',
    '--mantine-color-default': '#13181A',
    '--mantine-color-default-hover': '#1A2123',
    '--mantine-color-default-border': '#3A474B',
    '--mantine-color-error': '#FF8B80',
    '--mantine-color-anchor': '#62C7C4',
    '--mantine-primary-color-filled-hover': '#55BDBB',
  },
});
