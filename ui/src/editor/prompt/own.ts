// The variables that a prompt brings along, read from its front matter while that is being written. It is no reader of TOML:
// lines that it does not know are passed over, and the program below says what is wrong with them.

export interface OwnVariable {
  name: string;
  /** What it is for; may be empty. */
  about: string;
  /** What it is where nobody says; may be empty. */
  usual: string;
}

const NAME = /^[A-Za-z_]\w*$/;
const LINE = /^(\w+)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*')\s*(?:#.*)?$/;
/** A text over several lines, of which this is the first. */
const LONG = /^\w+\s*=\s*("""|''')(?!.*\1)/;

/** The variables of all tables `[[variables]]`, in their order. */
export function ownVariables(source: string): OwnVariable[] {
  const lines = source.split(/\r?\n/).map((line) => line.trim());
  const found: OwnVariable[] = [];
  let within: OwnVariable | null = null;
  let until: string | null = null;
  for (const line of lines[0] === "+++" ? lines.slice(1) : []) {
    if (until !== null) {
      if (line.includes(until)) until = null;
    } else if (line === "+++") break;
    else if (/^\[\[\s*variables\s*\]\]/.test(line)) found.push((within = { name: "", about: "", usual: "" }));
    else if (line.startsWith("[")) within = null;
    else {
      until = LONG.exec(line)?.[1] ?? null;
      const [, key, value] = LINE.exec(line) ?? [];
      if (!within || !value) continue;
      if (key === "name") within.name = text(value);
      else if (key === "about") within.about = text(value);
      else if (key === "default") within.usual = text(value);
    }
  }
  const first = ({ name }: OwnVariable, at: number) => found.findIndex((one) => one.name === name) === at;
  return found.filter((one, at) => NAME.test(one.name) && first(one, at));
}

/** What stands between quotes; almost all that TOML escapes is escaped so in JSON too. */
function text(quoted: string): string {
  try {
    return quoted.startsWith('"') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  } catch {
    return quoted.slice(1, -1);
  }
}
