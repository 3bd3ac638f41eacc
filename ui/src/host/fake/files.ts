// Files for the fake host: what is chosen is what a test says, and what is read are the texts it has given.
import { type FilesHost, HostError, type ImportPreview } from "../host";
import { addScene, create, step } from "./library";
import { change, projectIn, read, refOf, type Shelf, wordsOf } from "./shelf";

interface Last {
  format: string;
  options: Awaited<ReturnType<FilesHost["exportChoice"]>>["options"];
  file: string;
}

const OPTIONS: Last["options"] = {
  author: null,
  manuscript: false,
  typeface: "times",
  contact: [],
  scene_titles: false,
  numbers: false,
};

export class FakeFiles {
  /** Texts by their path; a chapter begins with `# `, a scene with `***`. */
  texts: Record<string, string> = {
    "/home/ada/The Storm.docx":
      "# One\n\nThe wind rose.\n\n***\n\nNobody slept.\n\n# Two\n\nThe sea was grey.",
  };
  /** What the writer chooses next. */
  chosen: string[] = ["/home/ada/The Storm.docx"];
  place: string | null = "/media/usb/storm.epub";
  exported: { format: string; options: Last["options"]; file: string }[] = [];
  shown: string[] = [];
  /** Files wait as long as this is set. */
  held: Promise<void> | null = null;

  host(): FilesHost {
    return {
      chooseImportFiles: async () => this.chosen,
      chooseImportFolder: async () => this.chosen[0] ?? null,
      previewImport: async (files) => {
        await this.held;
        return this.#preview(files);
      },
      importFiles: async (files, project, title) => {
        await this.held;
        const preview = this.#preview(files);
        const file = files.join(", ");
        const add = (shelf: Shelf, id: number) => {
          for (const chapter of this.#chapters(files)) {
            const items = chapter.scenes.map((text) => addScene(shelf, id, "", text));
            const { title } = chapter;
            const made = { kind: "chapter" as const, id: 700 + projectIn(shelf, id).items.length, title };
            const rest = { beginning: "", synopsis: "", status: null, words: 0, items };
            projectIn(shelf, id).items.push({ ...made, ...rest });
          }
        };
        const id = project ?? create(title || preview.title, "").project.id;
        const before = new Set(read().scenes.map((scene) => scene.id));
        const done = step(id, (shelf) => {
          if (project === null) projectIn(shelf, id).items = [];
          add(shelf, id);
          return refOf(projectIn(shelf, id).items.at(-1)!);
        });
        const scenes = read()
          .scenes.filter((scene) => scene.project === id && !before.has(scene.id))
          .map((scene) => ({ scene: scene.id, title: "", words: wordsOf(scene.text) }));
        const imported = { file, project: id, scenes, left_out: preview.left_out };
        return { imported, step: project === null ? null : done };
      },
      sortDropped: async (paths) => ({
        models: paths.filter((path) => /\.(gguf|safetensors)$|Harbour/.test(path)),
        manuscripts: paths.filter((path) => !/\.(gguf|safetensors)$|Harbour/.test(path)),
      }),
      exportChoice: async (project) => {
        const last = lastOf(project);
        return { format: last?.format ?? "docx", options: last?.options ?? OPTIONS };
      },
      exportPlace: async (project, format) => {
        const last = lastOf(project);
        const { title } = projectIn(read(), project);
        const stem = last?.file.replace(/\.\w+$/, "") ?? `/home/ada/Documents/${title}`;
        const file = format === "folder" ? stem : `${stem}.${format}`;
        return { file, replaces: last?.file === file };
      },
      chooseExportFile: async () => this.place,
      exportProject: async (project, format, options, file) => {
        await this.held;
        if (file.startsWith("/media/full")) {
          const message = `${file} could not be written: the disk is full. Free some space, or choose another place.`;
          throw new HostError({ code: "file", message });
        }
        this.exported.push({ format, options, file });
        change((shelf) => {
          shelf.more.exports = { ...(shelf.more.exports as object), [project]: { format, options, file } };
        });
        const words = read()
          .scenes.filter((one) => one.project === project)
          .reduce((sum, one) => sum + one.words, 0);
        const notes = { what: "note", count: 2, names: [], sentence: "2 notes to oneself: left out" };
        return { file, bytes: 41_300, words, left_out: [notes] };
      },
      showFile: async (file) => void this.shown.push(file),
    };
  }

  #chapters(files: string[]): { title: string; scenes: string[] }[] {
    return files.flatMap((file) => {
      const text = this.texts[file];
      if (text === undefined) {
        const message = `${file} is not a manuscript that Foolscap can read. Save it as DOCX, and import that.`;
        throw new HostError({ code: "file", message });
      }
      return text
        .split(/^# /m)
        .filter(Boolean)
        .map((chapter) => {
          const [title, ...rest] = chapter.split("\n");
          return { title: title!, scenes: rest.join("\n").trim().split("\n\n***\n\n") };
        });
    });
  }

  #preview(files: string[]): ImportPreview {
    const chapters = this.#chapters(files).map(({ title, scenes }) => ({
      title,
      scenes: scenes.length,
      words: scenes.reduce((sum, text) => sum + wordsOf(text), 0),
    }));
    return {
      title: files[0]!
        .split("/")
        .pop()!
        .replace(/\.\w+$/, ""),
      author: "Ada Lovelace",
      language: "en",
      parts: 0,
      chapters: chapters.length,
      scenes: chapters.reduce((sum, { scenes }) => sum + scenes, 0),
      words: chapters.reduce((sum, { words }) => sum + words, 0),
      outline: [{ title: null, chapters }],
      left_out: [
        { what: "picture", count: 3, names: [], sentence: "3 pictures: left out" },
        { what: "comment", count: 1, names: ["B. Editor"], sentence: "1 comment: left out" },
      ],
    };
  }
}

function lastOf(project: number): Last | undefined {
  return (read().more.exports as Record<number, Last> | undefined)?.[project];
}
