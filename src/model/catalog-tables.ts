/** What the catalog knows of packages, developer tools, and the ends of services. */
import type { Provenance } from './surface.ts';

export interface CatalogPackage extends Provenance {
  readonly ecosystem: string;
  readonly name: string;
  readonly role: string;
  readonly providers: readonly string[];
  readonly imports: readonly string[];
  readonly deprecated?: { readonly note: string; readonly replacement?: string };
  /** Interfaces that depend on the version. */
  readonly versions: readonly VersionNote[];
  /** Versions that carried harmful code. */
  readonly compromised: readonly Compromise[];
}

export interface VersionNote extends Provenance {
  /** As the ecosystem writes a range: `<1.0.0`. */
  readonly range: string;
  readonly note: string;
  readonly replacement?: string;
}

export interface Compromise extends Provenance {
  /** Exactly as published. */
  readonly versions: readonly string[];
  readonly advisory: string;
  readonly note: string;
  readonly fixed?: string;
}

/** An assistant, reviewer or convention that developers and CI use; no part of what is deployed. */
export interface DeveloperTool extends Provenance {
  readonly id: string;
  readonly name: string;
  readonly kind: 'assistant' | 'reviewer' | 'app-builder' | 'protocol' | 'convention' | 'ci' | 'evaluation';
  readonly status: 'active' | 'retired' | 'announced';
  readonly providers: readonly string[];
  /** The user chooses the provider. */
  readonly choice: boolean;
  /** Paths from the root of a repository; `*` stands for one name, `**` for any number of folders. */
  readonly files: readonly string[];
  /** `owner/name` of GitHub Actions. */
  readonly actions: readonly string[];
  readonly env: readonly string[];
  /** `ecosystem:name`. */
  readonly packages: readonly string[];
  readonly notes?: string;
}

/** The end of a service that is no model: an interface, a product, a host. */
export interface ServiceEnd extends Provenance {
  readonly id: string;
  readonly provider: string;
  readonly service: string;
  /** off: calls fail from that day; unsupported: it runs without fixes; closed: it takes no new work. */
  readonly state: 'off' | 'unsupported' | 'closed';
  readonly announced?: string;
  readonly shutdown?: string;
  readonly replacement?: string;
  readonly features: readonly string[];
  readonly hosts: readonly string[];
  /** `ecosystem:name`. */
  readonly packages: readonly string[];
  /** Everything the provider serves ends. */
  readonly whole: boolean;
}

/** How long before its end a generally available model is announced. */
export interface NoticePolicy extends Provenance {
  readonly provider: string;
  readonly days: number;
  /** The same for previews, where it differs. */
  readonly previewDays?: number;
  readonly note?: string;
}
