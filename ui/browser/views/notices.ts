// What is told above the page, each with the way out.
import { expect } from "@playwright/test";
import type { Desk } from "../desk";
import type { View } from "./view";

export const NOTICES: View[] = [
  {
    name: "notice-read-only",
    open: async (desk) => {
      await desk.openSample();
      await desk.page.goto("/?pace=hold&readonly");
      await expect(notice(desk)).toContainText("can only be read here");
    },
  },
  {
    name: "notice-conflict",
    open: async (desk) => {
      await desk.openSample();
      await desk.page.evaluate(() => window.__fake.library.saveElsewhere(1));
      await desk.type(" and");
      await expect(notice(desk)).toContainText("changed elsewhere");
    },
  },
  {
    name: "notice-recovered",
    open: async (desk) => {
      await desk.openSample();
      await desk.page.goto("/?pace=hold&recovered");
      await expect(notice(desk)).toContainText("opened its backup");
    },
  },
];

const notice = (desk: Desk) => desk.page.getByRole("alert");
