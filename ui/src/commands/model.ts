// The model in use.
import type { Command } from "./command";

export const model: Command[] = [
  {
    id: "model",
    group: "model",
    run: ({ view }) => (view.dialog = "model"),
  },
  {
    id: "models",
    group: "model",
    keys: ["Mod-M"],
    run: ({ view }) => (view.dialog = "models"),
  },
  {
    id: "stop-loading",
    group: "model",
    when: ({ model }) => model.state.state === "loading",
    run: (desk) => desk.supply.cancelLoading(),
  },
  {
    id: "choose-model",
    group: "model",
    run: (desk) => void desk.supply.chooseModel(),
  },
  {
    id: "starter",
    group: "model",
    when: ({ model }) => !model.info?.starter,
    run: (desk) => void desk.supply.useStarter(),
  },
];
