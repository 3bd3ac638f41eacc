import { describe, expect, it, vi } from "vitest";
import { type FilesHost, HostError, type ImportPreview, type TreeStep } from "../host/host";
import { Files, nameOf, sizeOf } from "./files.svelte";
import type { Tree } from "./tree.svelte";

const preview: ImportPreview = {
  title: "The Storm",
  author: null,
  language: null,
  parts: 0,
  chapters: 2,
  scenes: 3,
  words: 9,
  outline: [],
  left_out: [],
};
const options = {
  author: null,
  manuscript: false,
  typeface: "times" as const,
  contact: [],
  scene_titles: false,
  numbers: false,
};
const imported = { file: "", project: 7, scenes: [{ scene: 12, title: "", words: 9 }], left_out: [] };

function opened(host: Partial<FilesHost>) {
  const tree = { project: 1, scene: 2, taken: vi.fn(async () => {}) };
  const around = {
    settled: vi.fn(async () => true),
    flushed: vi.fn(async () => true),
    open: vi.fn(async () => {}),
    putAway: vi.fn(async () => {}),
    mention: vi.fn(),
    step: vi.fn(),
  };
  return { files: new Files(host as FilesHost, tree as unknown as Tree, around), tree, around };
}

describe("an import", () => {
  it("stores nothing before it was looked at", async () => {
    const importFiles = vi.fn(async () => ({ imported, step: null }));
    const { files, around } = opened({ previewImport: async () => preview, importFiles });
    expect(await files.store()).toBe(false);
    await files.look(["/a.docx"]);
    expect(importFiles).not.toHaveBeenCalled();
    files.title = "Gale";
    expect(await files.store()).toBe(true);
    expect(importFiles).toHaveBeenCalledWith(["/a.docx"], null, "Gale");
    expect(around.open).toHaveBeenCalledWith(12);
    expect(around.mention).toHaveBeenCalledOnce();
  });

  it("into the open manuscript is a step of its tree", async () => {
    const step = {} as TreeStep;
    const importFiles = vi.fn(async () => ({ imported, step }));
    const { files, tree, around } = opened({ previewImport: async () => preview, importFiles });
    await files.look(["/a.docx"]);
    files.into = "open";
    await files.store();
    expect(importFiles).toHaveBeenCalledWith(["/a.docx"], 1, null);
    expect(tree.taken).toHaveBeenCalledOnce();
    expect(around.mention).not.toHaveBeenCalled();
  });

  it("forgets what was still being read when other files were chosen", async () => {
    const answers: ((preview: ImportPreview) => void)[] = [];
    const previewImport = () => new Promise<ImportPreview>((resolve) => answers.push(resolve));
    const { files } = opened({ previewImport });
    const first = files.look(["/a.docx"]);
    const second = files.look(["/b.docx"]);
    answers[1]!({ ...preview, title: "B" });
    answers[0]!({ ...preview, title: "A" });
    await Promise.all([first, second]);
    expect([files.arriving?.files, files.title]).toEqual([["/b.docx"], "B"]);
  });

  it("that cannot be read says so, and others can be chosen", async () => {
    const problem = { code: "file" as const, message: "Save it as DOCX." };
    const previewImport = vi.fn().mockRejectedValueOnce(new HostError(problem)).mockResolvedValue(preview);
    const { files } = opened({ previewImport, chooseImportFiles: async () => ["/b.docx"] });
    await files.look(["/a.doc"]);
    expect([files.arriving, files.problem]).toEqual([null, problem]);
    await files.chooseFiles();
    expect([files.problem, files.arriving?.preview?.title]).toEqual([null, "The Storm"]);
  });

  it("is told by its size, without what there is none of", () => {
    expect(sizeOf(preview)).toEqual(["2 chapters", "3 scenes"]);
    expect([nameOf("/a/b.docx"), nameOf("C:\\texts\\c.odt"), nameOf("/a/folder/")]).toEqual([
      "b.docx",
      "c.odt",
      "folder",
    ]);
  });
});

describe("an export", () => {
  const host = (more: Partial<FilesHost> = {}) => ({
    exportChoice: async () => ({ format: "epub", options }),
    exportPlace: async (_: number, format: string) => ({
      file: `/d/storm.${format}`,
      replaces: format === "epub",
    }),
    chooseExportFile: async () => "/usb/other.epub",
    ...more,
  });

  it("begins as the last one was", async () => {
    const { files } = opened(host());
    await files.beginExport();
    expect([files.format, files.place, files.replaces]).toEqual(["epub", "/d/storm.epub", true]);
    await files.use("txt");
    expect([files.place, files.replaces]).toEqual(["/d/storm.txt", false]);
  });

  it("takes the place that the system's dialog gave, and saves the page before it is written", async () => {
    const exportProject = vi.fn(async () => ({ file: "/usb/other.epub", bytes: 1, words: 1, left_out: [] }));
    const { files, around } = opened(host({ exportProject }));
    await files.beginExport();
    await files.choosePlace();
    files.set({ author: "  " });
    await files.write();
    expect(around.flushed).toHaveBeenCalledBefore(exportProject);
    expect(exportProject).toHaveBeenCalledWith(1, "epub", { ...options, author: "" }, "/usb/other.epub");
    expect(files.written?.file).toBe("/usb/other.epub");
  });
});
