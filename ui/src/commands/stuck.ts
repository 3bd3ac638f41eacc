// What the machine does for a writer who is stuck: one command an action, one for each of its variants, and the form that
// asks for the rest.
import { tick } from "svelte";
import type { ActionKind } from "../host/host";
import type { Desk } from "../stores/desk.svelte";
import { KINDS } from "../stores/machine/actions.svelte";
import { t } from "../words/words.svelte";
import type { Command } from "./command";
import { focusOn, pending } from "./offered";

const ready = (desk: Desk) => desk.ready;
const written = (desk: Desk) => desk.ready && !desk.blank;

/** Asks for an action as it is. */
function act(kind: ActionKind, variant: string | null = null): (desk: Desk) => void {
  return (desk) => {
    const { asking, actions } = desk.machine;
    const { language } = asking.of(kind);
    if (actions.of(kind)?.needs_language && !language) return ask(kind)(desk);
    desk.act({ kind, variant, instruction: "", ...(language && { language }) });
  };
}

/** Opens the form that asks. */
function ask(kind: ActionKind): (desk: Desk) => void {
  return (desk) => {
    if (desk.session.current) desk.session.reject();
    if (desk.machine.actions.worksOn(kind) === "selection") desk.page.selection();
    desk.machine.asking.begin(kind);
  };
}

export const stuck: Command[] = [
  {
    id: "continue",
    group: "stuck",
    writes: true,
    keys: ["Mod-Enter"],
    when: (desk) => desk.ready && !desk.session.live,
    run: (desk) => {
      if (pending(desk) && !desk.session.back) desk.session.accept();
      act("continue")(desk);
    },
  },
  {
    id: "brainstorm",
    group: "stuck",
    writes: true,
    keys: ["Mod-Shift-Enter"],
    when: ready,
    run: act("brainstorm"),
  },
  { id: "rewrite", group: "stuck", writes: true, keys: ["Alt-Enter"], when: written, run: ask("rewrite") },
  { id: "describe", group: "stuck", writes: true, keys: ["Alt-D"], when: ready, run: act("describe") },
  { id: "dialogue", group: "stuck", writes: true, keys: ["Alt-L"], when: ready, run: act("dialogue") },
  { id: "bridge", group: "stuck", writes: true, keys: ["Alt-B"], when: written, run: act("bridge") },
  { id: "summarise", group: "stuck", writes: true, keys: ["Alt-S"], when: written, run: act("summarise") },
  { id: "outline", group: "stuck", writes: true, keys: ["Alt-O"], when: ready, run: act("outline") },
  { id: "critique", group: "stuck", writes: true, keys: ["Alt-C"], when: written, run: act("critique") },
  { id: "check", group: "stuck", writes: true, keys: ["Alt-V"], when: written, run: act("check") },
  {
    id: "remarks",
    group: "stuck",
    keys: ["Alt-N"],
    when: ready,
    run: (desk) => {
      const { remarks } = desk.machine;
      const there = document.querySelector("#remarks");
      if (there?.contains(document.activeElement)) {
        remarks.toggle(false);
        return desk.page.focus();
      }
      if (!remarks.open) remarks.toggle(true);
      focusOn("#remarks [role=listbox]", "#remarks");
    },
  },
  {
    id: "unstick",
    group: "stuck",
    writes: true,
    keys: ["Alt-U"],
    when: ready,
    run: (desk) => {
      const { unstick } = desk.machine;
      if (unstick.step?.step === "known") return focusOn("#unstick");
      void unstick.begin();
    },
  },
  { id: "translate", group: "stuck", writes: true, keys: ["Alt-T"], when: written, run: ask("translate") },
  {
    id: "ask",
    group: "stuck",
    writes: true,
    keys: ["Mod-J"],
    when: ready,
    run: (desk) => ask(desk.machine.asking.kind)(desk),
  },
  {
    id: "plan",
    group: "stuck",
    keys: ["Alt-P"],
    when: ready,
    run: ({ machine, page }) => {
      if (machine.plan.action) {
        machine.plan.close();
        return page.focus();
      }
      void machine.plan.show(machine.inMind);
      void tick().then(() => document.querySelector<HTMLElement>("#plan")?.focus());
    },
  },
  {
    id: "inline",
    group: "stuck",
    run: (desk) => desk.change({ inline: !desk.settings.now.inline }),
  },
];

/** “Rewrite: shorter”, for every variant that the prompts have. */
export function variants(desk: Desk): Command[] {
  const { actions } = desk.machine;
  return KINDS.flatMap((kind) =>
    (actions.of(kind)?.variants ?? []).map((variant) => ({
      id: `act-${kind}-${variant.id}`,
      group: "ways" as const,
      writes: true as const,
      title: t("action-variant", {
        action: actions.title(kind),
        variant: actions.variantTitle(kind, variant),
      }),
      when: stuck.find(({ id }) => id === kind)!.when!,
      run: act(kind, variant.id),
    })),
  );
}
