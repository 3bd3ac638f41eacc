// Backups for the fake host: copies of the whole shelf.
import type { BackupFile, BackupsHost, BackupSchedule } from "../host";
import { change, found, lift, put } from "./shelf";

interface Copy extends BackupFile {
  shelf: string;
}

const COPIES = "foolscap-fake-backups";
const FOLDER = "/home/ada/.local/share/foolscap/backups";
const ASIDE = "/home/ada/.local/share/foolscap/library.foolscap.replaced-20261128T093000.250Z";

const copies = () => JSON.parse(localStorage.getItem(COPIES) ?? "[]") as Copy[];
const keep = (all: Copy[]) => localStorage.setItem(COPIES, JSON.stringify(all));

export class FakeBackups {
  /** Why the last one could not be made. */
  problem: string | null = null;
  /** How often the folder was shown. */
  shown = 0;
  /** What was there before the last one came back. */
  #aside = "";

  host(): BackupsHost {
    return {
      backups: async () => ({
        backups: copies().map(({ file, made_at, bytes }) => ({ file, made_at, bytes })),
        aside: this.#aside
          ? [{ file: ASIDE, at: "2026-11-28T09:30:00.250Z", bytes: this.#aside.length, damaged: false }]
          : [],
        folder: FOLDER,
        schedule: change((shelf) => (shelf.more.backups ??= { hours: 4, keep: 20 })) as BackupSchedule,
        problem: this.problem === null ? null : { code: "library", message: this.problem },
      }),
      backUp: async () => {
        const made_at = new Date().toISOString();
        const shelf = lift();
        const file = `${FOLDER}/library-${made_at.replace(/[-:]/g, "")}.foolscap`;
        const fresh = { file, made_at, bytes: shelf.length, shelf };
        keep([fresh, ...copies()]);
        return { file, made_at, bytes: fresh.bytes };
      },
      setBackupSchedule: async (schedule) => change((shelf) => void (shelf.more.backups = schedule)),
      restoreBackup: async (file) => {
        const before = lift();
        put(file === ASIDE ? this.#aside : found(copies().find((one) => one.file === file)).shelf);
        this.#aside = before;
        return ASIDE;
      },
      showBackups: async () => void this.shown++,
    };
  }
}
