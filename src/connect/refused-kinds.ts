/** Kinds of package that are known, and not run: why, and what to do instead. */
export const REFUSED_KINDS: Readonly<Record<string, string | undefined>> = {
  nuget:
    'NuGet packages are not run: they need a .NET SDK, which restores them when it starts them. Install the tool and scan its command line: -- command args…',
  cargo:
    'Crates are not run: installing one compiles it and runs its build script. Install it with `cargo install` and scan its command line: -- command args…',
};
