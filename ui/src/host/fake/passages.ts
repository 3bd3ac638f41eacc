// Passages of the fake host that prompts are tried on.
import type { Passage, PassagesHost } from "../host";
import { change, found, read, type Shelf } from "./shelf";
import { SAMPLES } from "./words";

export interface FakeSet {
  id: number;
  name: string;
  passages: Passage[];
  archived: boolean;
}

const BLANK: Passage = {
  title: "",
  before: "",
  selection: "",
  after: "",
  instruction: "",
  variant: null,
  language: "",
  into: null,
  reference: null,
  variables: {},
};

export const sets = (shelf: Shelf) => (shelf.more.sets ??= []) as FakeSet[];
export const passage = (said: Partial<Passage>): Passage => ({ ...BLANK, ...said });

export function fakePassages(): PassagesHost {
  const summary = ({ id, name, passages, archived }: FakeSet) => {
    return { id, name, passages: passages.length, archived };
  };
  return {
    testSets: async () => sets(read()).map(summary),
    testSet: async (id) => found(sets(read()).find((one) => one.id === id)),
    saveTestSet: async (id, name, passages) =>
      change((shelf) => {
        const all = sets(shelf);
        let set = all.find((one) => one.id === id);
        if (!set) all.push((set = { id: all.length + 1, name, passages, archived: false }));
        Object.assign(set, { name, passages });
        return summary(set);
      }),
    archiveTestSet: async (id, archived) =>
      change((shelf) => void (found(sets(shelf).find((one) => one.id === id)).archived = archived)),
    choosePassagesFile: async () => "/home/ada/openings.csv",
    readPassages: async () => [
      passage({
        title: "The carriage",
        before: SAMPLES[1]!.text,
        language: "en",
        variables: { mood: "uneasy" },
      }),
      passage({
        title: "Der Leuchtturm",
        before: "Der Leuchtturm war seit elf Tagen dunkel,",
        language: "de",
        variables: { mood: "ruhig" },
      }),
    ],
  };
}
