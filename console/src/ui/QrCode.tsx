// A text as a QR code, drawn here: what it says goes nowhere else.
import { useMemo } from 'react';
import { encode } from 'uqr';

const QUIET = 4; // modules of white around it, as the standard asks
const SIZE = 200; // CSS pixels

export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = useMemo(() => encode(text, { border: QUIET, ecc: 'M' }), [text]);
  const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
  return (
    <svg role="img" aria-label={label} width={SIZE} height={SIZE} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
