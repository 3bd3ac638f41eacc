// How a prompt is coloured: front matter as TOML, headings of sections, and what minijinja writes between braces.
import { StreamLanguage, type StringStream } from "@codemirror/language";

interface State {
  /** Where the line stands: before the front matter, in it, or in the sections. */
  part: "before" | "front" | "body";
  /** What braces are open. */
  open: "" | "}}" | "%}" | "#}";
}

const WORDS = /^(if|elif|else|endif|for|endfor|in|include|set|not|and|or|is|true|false|none)\b/;

export const promptLanguage = StreamLanguage.define<State>({
  name: "prompt",
  startState: () => ({ part: "before", open: "" }),
  token: (stream, state) => (state.open ? inBraces(stream, state) : outside(stream, state)),
});

function outside(stream: StringStream, state: State): string | null {
  if (stream.sol() && state.part !== "body" && stream.match(/^\+\+\+\s*$/)) {
    state.part = state.part === "before" ? "front" : "body";
    return "meta";
  }
  if (state.part === "front") return inFront(stream);
  if (stream.sol() && stream.match(/^# .*/)) return "heading";
  const opened = stream.match(/^\{([{%#])-?/) as RegExpMatchArray | null;
  if (opened) {
    state.open = ({ "{": "}}", "%": "%}", "#": "#}" } as const)[opened[1] as "{" | "%" | "#"];
    return state.open === "#}" ? "comment" : "operator";
  }
  stream.next();
  stream.eatWhile(/[^{]/);
  return null;
}

function inFront(stream: StringStream): string | null {
  if (stream.sol() && stream.match(/^\[+[^\]]*\]+/)) return "heading";
  if (stream.match(/^#.*/)) return "comment";
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "string";
  if (stream.match(/^(?:true|false)\b/)) return "atom";
  if (stream.match(/^[+-]?\d[\d._]*/)) return "number";
  if (stream.match(/^[\w-]+(?=\s*=)/)) return "propertyName";
  stream.next();
  return null;
}

function inBraces(stream: StringStream, state: State): string | null {
  const comment = state.open === "#}";
  if (stream.match(new RegExp(`^-?${state.open}`))) {
    state.open = "";
    return comment ? "comment" : "operator";
  }
  if (comment) {
    stream.next();
    stream.eatWhile(/[^#-]/);
    return "comment";
  }
  if (stream.match(/^"(?:[^"\\]|\\.)*"?|^'(?:[^'\\]|\\.)*'?/)) return "string";
  if (stream.match(WORDS)) return "keyword";
  if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
  if (stream.match(/^\w+/)) return "variableName";
  stream.next();
  return null;
}
