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
}

export class Notices {
  list = $state<Notice[]>([]);

  tell(subject: string, message: string, ways: Way[] = [], problem: Problem | null = null): void {
    const others = this.list.filter((notice) => notice.subject !== subject);
    this.list = [...others, { subject, message, problem, ways }];
  }

  /** Tells what was thrown. */
  fail(subject: string, thrown: unknown, ways: Way[] = []): void {
    this.tell(subject, "", ways, problemOf(thrown));
  }

  dismiss(subject: string): void {
    this.list = this.list.filter((notice) => notice.subject !== subject);
  }
}
