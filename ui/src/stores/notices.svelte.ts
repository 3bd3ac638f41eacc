// Sentences the writer should read: what went wrong and the way out. They stay until they are put away; what was only done
// goes by itself, though never from under a pointer or the focus (WCAG 2.2.1).
import { type Problem, problemOf } from "../host/host";

export interface Way {
  label: string;
  go: () => void;
}

export interface Notice {
  /** One notice a subject: a newer one takes the place of the older. */
  subject: string;
  message: string;
  /** What went wrong below; its sentence goes before the message. */
  problem: Problem | null;
  ways: Way[];
  /** Nothing is wrong: it is said quietly, and goes by itself. */
  quiet: boolean;
  /** Called when it has gone, however it went. */
  gone?: () => void;
}

/** What can be on a notice. */
export type Near = "focus" | "pointer";

/** How long a quiet notice stays when nobody is near it. */
const QUIET = 12_000;

export class Notices {
  list = $state<Notice[]>([]);
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** What is on a notice just now. */
  readonly #near = new Map<string, Set<Near>>();

  tell(subject: string, message: string, ways: Way[] = [], problem: Problem | null = null): void {
    this.#put({ subject, message, problem, ways, quiet: false });
  }

  /** Mentions something that was done, with the way back. */
  mention(subject: string, message: string, ways: Way[] = [], gone?: () => void): void {
    this.#put({ subject, message, problem: null, ways, quiet: true, gone });
    this.#count(subject);
  }

  /** The focus or the pointer comes to a notice, or leaves it: its time begins anew then. */
  near(subject: string, what: Near, so: boolean): void {
    const now = new Set(this.#near.get(subject));
    if (so) now.add(what);
    else now.delete(what);
    this.#near.set(subject, now);
    this.#count(subject);
  }

  /** The one that was told last. */
  get latest(): Notice | undefined {
    return this.list.at(-1);
  }

  /** Tells what was thrown. */
  fail(subject: string, thrown: unknown, ways: Way[] = []): void {
    this.tell(subject, "", ways, problemOf(thrown));
  }

  /** Waits for something; what goes wrong with it is told. */
  async attempt<T>(subject: string, work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (thrown) {
      this.fail(subject, thrown);
      return undefined;
    }
  }

  dismiss(subject: string): void {
    clearTimeout(this.#timers.get(subject));
    this.#near.delete(subject);
    this.#drop(subject);
  }

  #count(subject: string): void {
    clearTimeout(this.#timers.get(subject));
    const quiet = this.list.some((notice) => notice.subject === subject && notice.quiet);
    if (!quiet || this.#near.get(subject)?.size) return;
    this.#timers.set(
      subject,
      setTimeout(() => this.dismiss(subject), QUIET),
    );
  }

  #put(notice: Notice): void {
    clearTimeout(this.#timers.get(notice.subject));
    this.#drop(notice.subject);
    this.list = [...this.list, notice];
  }

  #drop(subject: string): void {
    const going = this.list.filter((notice) => notice.subject === subject);
    this.list = this.list.filter((notice) => notice.subject !== subject);
    going.forEach(({ gone }) => gone?.());
  }
}
