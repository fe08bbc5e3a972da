/**
 * What an unquoted scalar means. seatform reads the core schema of YAML 1.2. The patterns are those of the specification (chapter 10.3),
 * without the exceptions that single libraries make for figures too large to be a finite number.
 */
const nothing = /^(?:~|null|Null|NULL)?$/;
const truth = /^(?:true|True|TRUE)$/;
const falsehood = /^(?:false|False|FALSE)$/;
const number =
  /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The value of an unquoted scalar: null, a boolean, a number or text. */
export function plainValue(source: string): string | number | boolean | null {
  if (!mayBeSpecial(source)) return source;
  if (nothing.test(source)) return null;
  if (truth.test(source)) return true;
  if (falsehood.test(source)) return false;
  return number.test(source) ? numberOf(source) : source;
}

/** First characters that no plain text value of another type can start with are most of what is read: they are decided here. */
function mayBeSpecial(source: string): boolean {
  const first = source.charCodeAt(0);
  if (Number.isNaN(first)) return true;
  if (first >= 0x30 && first <= 0x39) return true;
  return '+-.~nNtTfF'.includes(source.charAt(0));
}

function numberOf(source: string): number {
  const lower = source.toLowerCase();
  if (lower.endsWith('.nan')) return Number.NaN;
  if (lower.endsWith('.inf')) return lower.startsWith('-') ? -Infinity : Infinity;
  return Number(source.startsWith('+') ? source.slice(1) : source);
}

const date = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?$/;
const olderBoolean = /^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/;
const olderNumber =
  /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)$/;

/**
 * What readers of YAML 1.1, which are still common, make of an unquoted scalar that is text in YAML 1.2: `no` is a boolean for them,
 * `1_000` and `12:30` are numbers, `2027-03-01` is a date. Undefined where all readers agree on text.
 */
export function olderReading(source: string): 'a date' | 'a boolean' | 'a number' | undefined {
  const first = source.charCodeAt(0);
  const isDigitOrSign = first >= 0x2b && first <= 0x39;
  if (!isDigitOrSign && source.length > 3) return undefined;
  if (olderBoolean.test(source)) return 'a boolean';
  if (date.test(source)) return 'a date';
  return olderNumber.test(source) ? 'a number' : undefined;
}
