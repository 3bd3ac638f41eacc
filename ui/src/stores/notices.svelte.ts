// Sentences the writer should read: what went wrong and the way out. They stay until they are put away.
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
}

/** How long a quiet notice stays when nobody is near it. */
const QUIET = 12_000;

export class Notices {
  list = $state<Notice[]>([]);
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  tell(subject: string, message: string, ways: Way[] = [], problem: Problem | null = null): void {
    this.#put({ subject, message, problem, ways, quiet: false });
  }

  /** Mentions something that was done, with the way back. */
  mention(subject: string, message: string, ways: Way[] = []): void {
    this.#put({ subject, message, problem: null, ways, quiet: true });
    clearTimeout(this.#timers.get(subject));
    this.#timers.set(
      subject,
      setTimeout(() => this.dismiss(subject), QUIET),
    );
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
    this.list = this.list.filter((notice) => notice.subject !== subject);
  }

  #put(notice: Notice): void {
    this.list = [...this.list.filter(({ subject }) => subject !== notice.subject), notice];
  }
}
