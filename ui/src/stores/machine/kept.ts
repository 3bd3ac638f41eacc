// Words of the machine that are worth keeping and do not belong into the text: at the end of the scene's notes.
import type { Host } from "../../host/host";
import { t } from "../../words/words.svelte";
import type { Notices } from "../notices.svelte";

export type Cards = Pick<Host, "sceneCard" | "setSceneCard">;

/** Puts words at the end of a scene's notes, and mentions it with the way back. */
export async function keepNote(host: Cards, notices: Notices, scene: number, text: string): Promise<void> {
  const before = await host.sceneCard(scene);
  const notes = [before.notes.trim(), text].filter(Boolean).join("\n\n");
  await host.setSceneCard(scene, { ...before, notes });
  const back = async () => {
    const now = await host.sceneCard(scene);
    // What was written there since stays.
    if (now.notes === notes) await host.setSceneCard(scene, { ...now, notes: before.notes });
    notices.dismiss("kept");
  };
  const failed = (thrown: unknown) => notices.fail("kept", thrown);
  notices.mention("kept", t("suggestion-kept"), [
    { label: t("tree-undo"), go: () => void back().catch(failed) },
  ]);
}
