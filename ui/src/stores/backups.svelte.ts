// Backups of the whole library: those there are, one more now, when they are made, and the way back to one.
import type { BackupFile, BackupList, BackupsHost, BackupSchedule, Problem } from "../host/host";
import { problemOf } from "../host/host";
import { date, t } from "../words/words.svelte";
import type { Way } from "./notices.svelte";

/** What they need of the desk. */
export interface Around {
  /** Saves what is on the page; false when it cannot be saved, or nothing may be written. */
  settled(): Promise<boolean>;
  /** Leaves the scene, and all that is said of it in the library as it is; false when that cannot be. */
  leave(): Promise<boolean>;
  /** Goes back to the scene that was left. */
  reopen(): Promise<void>;
  /** Reads everything anew: the library is another. */
  begin(): Promise<void>;
  /** Waits for something; what goes wrong is told. */
  step(work: Promise<unknown>): void;
  /** Mentions what was done, with the way back. */
  mention(message: string, ways?: Way[]): void;
}

export class Backups {
  list = $state<BackupList | null>(null);
  busy = $state<"making" | "restoring" | null>(null);
  problem = $state<Problem | null>(null);
  /** The one made last, to be pointed at. */
  made = $state<string | null>(null);

  readonly #host: BackupsHost;
  readonly #around: Around;

  constructor(host: BackupsHost, around: Around) {
    this.#host = host;
    this.#around = around;
  }

  look(): Promise<void> {
    this.made = null;
    return this.#try(async () => void (this.list = await this.#host.backups()));
  }

  /** Makes one now, with all that is on the page. */
  async make(): Promise<void> {
    if (this.busy || !(await this.#around.settled())) return;
    this.busy = "making";
    await this.#try(async () => {
      this.made = (await this.#host.backUp()).file;
      this.list = await this.#host.backups();
    });
    this.busy = null;
  }

  async schedule(part: Partial<BackupSchedule>): Promise<void> {
    if (!this.list) return;
    const schedule = { ...$state.snapshot(this.list.schedule), ...part };
    this.list = { ...this.list, schedule };
    await this.#try(() => this.#host.setBackupSchedule(schedule));
  }

  /** Goes back to one; true when the library is what it was then. What was there before is kept aside. */
  async restore(backup: BackupFile): Promise<boolean> {
    if (this.busy) return false;
    this.busy = "restoring";
    let restored = false;
    await this.#try(async () => {
      const aside = await this.#change(backup.file);
      if (aside === null) return;
      restored = true;
      this.#around.mention(t("backup-restored", { when: madeAt(backup), file: aside }), [
        { label: t("tree-undo"), go: () => this.#around.step(this.#undo(aside)) },
      ]);
    });
    this.busy = null;
    return restored;
  }

  /** Takes back what was there before a backup came back. */
  async #undo(aside: string): Promise<void> {
    if ((await this.#change(aside)) !== null) this.#around.mention(t("backup-undone"));
  }

  /**
   * Puts a backup in the place of the library, and says where that is kept; none: it stayed. The scene is left before, since
   * what is told of it later would be told of another library, which has other things by the same numbers.
   */
  async #change(file: string): Promise<string | null> {
    if (!(await this.#around.leave())) return null;
    let aside;
    try {
      aside = await this.#host.restoreBackup(file);
    } catch (thrown) {
      await this.#around.reopen();
      throw thrown;
    }
    await this.#around.begin();
    return aside;
  }

  show(): Promise<void> {
    return this.#try(() => this.#host.showBackups());
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (thrown) {
      this.problem = problemOf(thrown);
    }
  }
}

/** When a backup was made. */
export function madeAt({ made_at }: Pick<BackupFile, "made_at">): string {
  return date(made_at, { dateStyle: "long", timeStyle: "short" });
}
