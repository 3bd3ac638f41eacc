// The keys that the writer has given to commands, as everybody who matches or shows keys asks for them. They are a part of
// the settings, which tell them here as they tell the language.

/** By a command's id; an empty list: none. What is not here has the keys it comes with. */
export type OwnKeys = Record<string, string[]>;

let own = $state.raw<OwnKeys>({});

export function ownKeys(): OwnKeys {
  return own;
}

export function setOwnKeys(keys: OwnKeys): void {
  own = keys;
}
