import { describe, expect, it, vi } from "vitest";
import type { Host, OpenProject, SaveScene } from "../host/host";
import type { Autosave } from "./autosave.svelte";
import type { Library } from "./library.svelte";
import { Notices } from "./notices.svelte";
import { Saving } from "./saving";

describe("keeping one's own version as a copy", () => {
  it("loses no letter that is typed until the other version is shown", async () => {
    let page = "Mine";
    const saves: SaveScene[] = [];
    const events: string[] = [];
    const host = {
      createProject: async () => ({ scene: { id: 9, version: 0 } }),
      saveScene: async (save: SaveScene) => {
        saves.push(save);
        return { version: save.base_version + 1 };
      },
      listProjects: async () => [],
    };
    const library = {
      open: { id: 1, title: "Story" },
      projects: [],
      openProject: async () => {
        // The writer goes on while the library opens it.
        page = "Mine, and more";
        return { scene: { id: 2 } } as OpenProject;
      },
    };
    const autosave = {
      state: "conflict",
      problem: { code: "conflict", message: "" },
      close: () => events.push("closed"),
    };
    const notices = new Notices();
    const saving = new Saving(
      host as unknown as Host,
      autosave as unknown as Autosave,
      library as unknown as Library,
      notices,
      {
        scene: () => 2,
        draft: () => ({ document: page, text: page }),
        show: () => events.push(`shown after ${saves.at(-1)!.text}`),
      },
    );
    saving.tell();
    const [, copy] = notices.list[0]!.ways;
    copy!.go();
    await vi.waitFor(() => expect(events).toHaveLength(2));
    expect(events).toEqual(["closed", "shown after Mine, and more"]);
    expect(saves.map(({ scene, base_version, text }) => [scene, base_version, text])).toEqual([
      [9, 0, "Mine"],
      [9, 1, "Mine, and more"],
    ]);
  });
});
