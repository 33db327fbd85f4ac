namespace PhysOpt.Hosting;

/// <summary>What the program was asked to do.</summary>
internal enum RunMode
{
    Prompt,
    Script,
    Command,
    Help,
}

/// <summary>The command line, understood. Options come before the script; everything after the script is the script's own.</summary>
/// <param name="Mode">What to run.</param>
/// <param name="Target">The script's full path or the command's text; empty for a prompt.</param>
/// <param name="Arguments">The words after the script.</param>
/// <param name="ImportModule">False with -NoModule.</param>
internal sealed record CommandLine(RunMode Mode, string Target, IReadOnlyList<string> Arguments, bool ImportModule)
{
    public const string Usage = """
        Usage: PhysOpt.Console [options] [script.ps1 [arguments...]]

        Runs PowerShell with the PhysOpt module loaded. Without a script or a command: a prompt.

          script.ps1 [arguments...]   run a script; -Name value, switches and positional arguments bind to its param()
          -Command, -c <text>         run a command; what follows on the command line belongs to it
          -NoModule                   start without importing PhysOpt
          -Help, -h, --help           this text

        Exit codes: what 'exit N' says; otherwise 0, 1 after a terminating error, 64 for a bad command line,
        130 when stopped by Ctrl+C. -Command also returns 1 when its last statement failed.

        Environment: COLUMNS sets the width of the output; NO_COLOR turns colours off.
        """;

    /// <exception cref="UsageException">The command line makes no sense; the message says why.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var import = true;
        for (var i = 0; i < args.Count; i++)
        {
            var rest = args.Skip(i + 1).ToArray();
            switch (args[i].ToUpperInvariant())
            {
                case "-HELP" or "-H" or "--HELP" or "-?":
                    return new(RunMode.Help, "", [], import);
                case "-NOMODULE":
                    import = false;
                    break;
                case "-COMMAND" or "-C":
                    return rest.Length > 0
                        ? new(RunMode.Command, string.Join(' ', rest), [], import)
                        : throw new UsageException("-Command needs the text to run.");
                case "-FILE" or "-F":
                    return rest.Length > 0
                        ? Script(rest[0], rest[1..], import)
                        : throw new UsageException("-File needs the path of a script.");
                case ['-', ..]:
                    throw new UsageException($"Unknown option '{args[i]}'.");
                default:
                    return Script(args[i], rest, import);
            }
        }
        return new(RunMode.Prompt, "", [], import);
    }

    static CommandLine Script(string path, string[] arguments, bool import)
    {
        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"'{path}' is not a script: its name does not end in .ps1. To run a command, use -Command.");
        return File.Exists(path)
            ? new(RunMode.Script, Path.GetFullPath(path), arguments, import)
            : throw new UsageException($"There is no script '{path}'. Check the path; it is relative to {Environment.CurrentDirectory}");
    }
}

/// <summary>The command line cannot be followed: shown with the usage, exit code 64.</summary>
internal sealed class UsageException(string message) : Exception(message);
