// What can be set of an environment, in the form of a new one and of one that there is.
import { Checkbox, ColorInput, NumberInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Environment } from '../../api/places';
import { environmentWords as words } from '../../strings/environments';
import { TagsField } from '../TagsField';

/** The members of an environment that a form changes; the colour with its `#`. */
export type EnvironmentValues = Pick<
  Environment,
  'color' | 'critical' | 'confirmChanges' | 'requireComments' | 'defaultTtl' | 'secureMode' | 'defaultTrackEvents' | 'tags'
>;

export const ENVIRONMENT_FIELDS = [
  'color',
  'critical',
  'confirmChanges',
  'requireComments',
  'defaultTtl',
  'secureMode',
  'defaultTrackEvents',
  'tags',
] as const;

const SWATCHES = ['#b9402a', '#b07a12', '#3d7a3d', '#0c6e70', '#2558b8', '#5b63b8', '#8a3fa0', '#5a676a'];

export const colorRule = (color: string) => (/^#[0-9a-f]{6}$/i.test(color) ? null : words.badColor);

export function EnvironmentFields<Values extends EnvironmentValues>({ form }: { form: UseFormReturnType<Values> }) {
  const check = (field: keyof EnvironmentValues) => form.getInputProps(field, { type: 'checkbox' }) as object;
  return (
    <>
      <ColorInput
        label={words.color}
        description={words.colorHint}
        format="hex"
        swatches={SWATCHES}
        swatchesPerRow={8}
        withEyeDropper={false}
        maw={220}
        {...form.getInputProps('color')}
      />
      <Checkbox label={words.criticalLabel} description={words.criticalHint} {...check('critical')} />
      <Checkbox label={words.confirmLabel} description={words.confirmHint} {...check('confirmChanges')} />
      <Checkbox label={words.commentsLabel} description={words.commentsHint} {...check('requireComments')} />
      <Checkbox label={words.secureLabel} description={words.secureHint} {...check('secureMode')} />
      <Checkbox label={words.trackLabel} description={words.trackHint} {...check('defaultTrackEvents')} />
      <NumberInput
        label={words.ttlLabel}
        description={words.ttlHint}
        min={0}
        max={60}
        maw={220}
        allowDecimal={false}
        {...form.getInputProps('defaultTtl')}
      />
      <TagsField kind="environment" {...form.getInputProps('tags')} />
    </>
  );
}
