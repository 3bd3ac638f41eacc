// Sentences the writer should read: what went wrong and the way out. They stay until they are put away.
import { problemOf } from "../host/host";

export interface Way {
  label: string;
  go: () => void;
}

export interface Notice {
  /** One notice a subject: a newer one takes the place of the older. */
  subject: string;
  message: string;
  ways: Way[];
}

export class Notices {
  list = $state<Notice[]>([]);

  tell(subject: string, message: string, ways: Way[] = []): void {
    this.list = [...this.list.filter((notice) => notice.subject !== subject), { subject, message, ways }];
  }

  /** Tells what was thrown. */
  fail(subject: string, thrown: unknown, ways: Way[] = []): void {
    this.tell(subject, problemOf(thrown).message, ways);
  }

  dismiss(subject: string): void {
    this.list = this.list.filter((notice) => notice.subject !== subject);
  }
}
