import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HostError, type SceneCard } from "../host/host";
import { CardStore } from "./card.svelte";
import { Keeper } from "./keeper.svelte";

const blank = (): SceneCard => ({ synopsis: "", notes: "", status: "draft" });

/** A library whose cards can be late, or not be written. */
class Library {
  cards: Record<number, SceneCard> = { 1: { ...blank(), synopsis: "One." }, 2: blank() };
  chapters: Record<number, string> = {};
  failing = false;
  late: (() => void)[] = [];
  slow = false;

  host() {
    return {
      sceneCard: async (scene: number) => {
        if (this.slow) await new Promise<void>((go) => this.late.push(go));
        return { ...this.cards[scene]! };
      },
      setSceneCard: async (scene: number, card: SceneCard) => {
        if (this.failing) throw new HostError({ code: "library", message: "The disk is full." });
        this.cards[scene] = card;
      },
      setChapterSynopsis: async (chapter: number, synopsis: string) =>
        void (this.chapters[chapter] = synopsis),
    };
  }
}

function opened() {
  const library = new Library();
  const keeper = new Keeper(() => {});
  const amend = vi.fn();
  return { library, keeper, amend, store: new CardStore(library.host(), keeper, { amend }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the card of a scene", () => {
  it("is kept as it is typed, and the tree is told at once", async () => {
    const { store, library, amend } = opened();
    await store.show(1);
    store.change({ synopsis: "They meet." });
    store.change({ status: "done" });
    expect(amend).toHaveBeenLastCalledWith({ scene: 1 }, { synopsis: "They meet.", status: "done" });
    await vi.advanceTimersByTimeAsync(400);
    expect(library.cards[1]).toEqual({ synopsis: "They meet.", notes: "", status: "done" });
  });

  it("is kept for its own scene when another is turned to in the middle of a word", async () => {
    const { store, library } = opened();
    await store.show(1);
    store.change({ notes: "half a th" });
    await store.show(2);
    expect(store.card).toEqual(blank());
    store.change({ notes: "of two" });
    await vi.advanceTimersByTimeAsync(400);
    expect([library.cards[1]!.notes, library.cards[2]!.notes]).toEqual(["half a th", "of two"]);
  });

  it("shows what was typed, however long the library cannot take it", async () => {
    const { store, library, keeper } = opened();
    library.failing = true;
    await store.show(1);
    store.change({ notes: "kept" });
    expect(await keeper.flush()).toBe(false);
    await store.show(2);
    await store.show(1);
    expect(store.card!.notes).toBe("kept");
    store.change({ synopsis: "And this." });
    library.failing = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(library.cards[1]).toEqual({ synopsis: "And this.", notes: "kept", status: "draft" });
  });

  it("is not that of a scene that was left while it was read", async () => {
    const { store, library } = opened();
    library.slow = true;
    const first = store.show(1);
    const second = store.show(2);
    library.late[1]!();
    await second;
    library.late[0]!();
    await first;
    expect([store.scene, store.card?.synopsis]).toEqual([2, ""]);
  });

  it("has beside it what is to happen in chapters", async () => {
    const { store, library, amend } = opened();
    await store.show(1);
    store.tell(7, "The lamp fails.", "old");
    expect(store.synopsisOf({ id: 7, synopsis: "old" })).toBe("The lamp fails.");
    expect(amend).toHaveBeenCalledWith({ chapter: 7 }, { synopsis: "The lamp fails." });
    await vi.advanceTimersByTimeAsync(400);
    expect(library.chapters).toEqual({ 7: "The lamp fails." });
    expect(store.synopsisOf({ id: 7, synopsis: "as the tree says" })).toBe("as the tree says");
  });
});
