// A variation has a colour and a mark by its position, like signal flags: colour alone never tells.

const MARKS: (string | undefined)[] = [
  undefined, // solid
  'M6 0h6v12H6z',
  'M0 0h12v4H0zM0 8h12v4H0z',
  'M0 0h12L0 12z',
  'M0 0h4.5v4.5H0zM7.5 0H12v4.5H7.5zM0 7.5h4.5V12H0zM7.5 7.5H12V12H7.5z',
  'M2 2h8v8H2zM4 4v4h4V4z',
  'M2 0h8L6 4zM0 2l4 4-4 4zM12 2v8L8 6zM6 8l4 4H2z',
  'M6 0h6v6H6zM0 6h6v6H0z',
];

export interface VariationMarkProps {
  /** Its position in the list of variations. */
  index: number;
  /** The `false` of a boolean is always the hollow grey mark. */
  isFalse?: boolean;
  size?: number;
}

/** The colour of bars and areas of a variation. */
export const variationColor = (index: number, isFalse = false) =>
  isFalse ? 'var(--fs-v-false)' : `var(--fs-v${(index % MARKS.length) + 1})`;

export function VariationMark({ index, isFalse = false, size = 12 }: VariationMarkProps) {
  const color = variationColor(index, isFalse);
  const cut = MARKS[index % MARKS.length];
  return (
    <svg viewBox="0 0 12 12" width={size} height={size} aria-hidden style={{ flex: 'none' }}>
      {isFalse ? (
        <rect x="1" y="1" width="10" height="10" rx="2" fill="none" stroke={color} strokeWidth="1.6" />
      ) : (
        <rect width="12" height="12" rx="2" fill={color} />
      )}
      {!isFalse && cut && <path d={cut} fillRule="evenodd" fill="var(--fs-surface)" fillOpacity="0.78" />}
      {index >= MARKS.length && (
        <text x="6" y="9.5" textAnchor="middle" fontSize="9" fontWeight="700" fill="var(--fs-surface)">
          {index + 1}
        </text>
      )}
    </svg>
  );
}
