// What an arm is called where only text can stand: that its model is not on this machine is said with it everywhere.
import { t } from "../../words/words.svelte";

export function nameOfArm({ title, elsewhere }: { title: string; elsewhere: boolean }): string {
  return elsewhere ? t("experiment-arm-elsewhere", { arm: title }) : title;
}
