// The clipboard of the system, as far as the window may use it.

/** Puts a text there; false where the system does not let it. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
