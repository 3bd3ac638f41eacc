import { describe, expect, it, vi } from "vitest";
import { type BackupFile, type BackupsHost, HostError } from "../host/host";
import { Backups } from "./backups.svelte";

const file: BackupFile = { file: "/b/1.foolscap", made_at: "2026-11-28T09:30:00.250Z", bytes: 7 };
const list = { backups: [file], folder: "/b", schedule: { hours: 4, keep: 20 }, problem: null };

function opened(host: Partial<BackupsHost> = {}) {
  const around = {
    settled: vi.fn(async () => true),
    leave: vi.fn(async () => true),
    reopen: vi.fn(async () => {}),
    begin: vi.fn(async () => {}),
    step: vi.fn(),
    mention: vi.fn(),
  };
  const whole = { backups: async () => list, backUp: async () => file, ...host } as BackupsHost;
  return { backups: new Backups(whole, around), around };
}

describe("backups", () => {
  it("are made of what is on the page, and not when that cannot be saved", async () => {
    const backUp = vi.fn(async () => file);
    const { backups, around } = opened({ backUp });
    await backups.make();
    expect(around.settled).toHaveBeenCalledBefore(backUp);
    expect(backups.made).toBe(file.file);
    around.settled.mockResolvedValueOnce(false);
    await backups.make();
    expect(backUp).toHaveBeenCalledOnce();
  });

  it("come back with everything read anew, and what was there undoes it", async () => {
    const restoreBackup = vi.fn(async () => "/aside");
    const { backups, around } = opened({ restoreBackup });
    expect(await backups.restore(file)).toBe(true);
    expect(around.begin).toHaveBeenCalledOnce();
    const [, ways] = around.mention.mock.calls[0]! as unknown as [string, { go: () => void }[]];
    ways[0]!.go();
    await around.step.mock.calls[0]![0];
    expect(restoreBackup).toHaveBeenLastCalledWith("/aside");
    expect(around.begin).toHaveBeenCalledTimes(2);
  });

  it("come back after the scene is left, and not where it cannot be", async () => {
    const restoreBackup = vi.fn(async () => "/aside");
    const { backups, around } = opened({ restoreBackup });
    let left = () => {};
    around.leave.mockImplementationOnce(() => new Promise((done) => (left = () => done(true))));
    const restored = backups.restore(file);
    await vi.waitFor(() => expect(around.leave).toHaveBeenCalledOnce());
    expect(restoreBackup).not.toHaveBeenCalled();
    left();
    expect(await restored).toBe(true);
    const [, ways] = around.mention.mock.calls[0]! as unknown as [string, { go: () => void }[]];
    around.leave.mockResolvedValue(false);
    ways[0]!.go();
    await around.step.mock.calls[0]![0];
    expect(await backups.restore(file)).toBe(false);
    expect([restoreBackup.mock.calls.length, backups.busy]).toEqual([1, null]);
  });

  it("that cannot come back leave everything as it is", async () => {
    const problem = { code: "library" as const, message: "damaged" };
    const restoreBackup = async () => {
      throw new HostError(problem);
    };
    const { backups, around } = opened({ restoreBackup });
    expect(await backups.restore(file)).toBe(false);
    expect([backups.problem, backups.busy]).toEqual([problem, null]);
    expect(around.begin).not.toHaveBeenCalled();
    expect(around.reopen).toHaveBeenCalledOnce();
  });

  it("are made when it is wished, which is shown at once", async () => {
    const setBackupSchedule = vi.fn(async () => {});
    const { backups } = opened({ setBackupSchedule });
    await backups.look();
    await backups.schedule({ keep: 5 });
    expect(setBackupSchedule).toHaveBeenCalledWith({ hours: 4, keep: 5 });
    expect(backups.list?.schedule).toEqual({ hours: 4, keep: 5 });
  });
});
