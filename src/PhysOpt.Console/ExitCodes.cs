namespace PhysOpt.Hosting;

/// <summary>What the process returns when the script itself does not say so with <c>exit N</c>.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A terminating error, a failed last statement of -Command, or a module that cannot be imported.</summary>
    public const int Failure = 1;

    /// <summary>Bad command line, a missing script file included: EX_USAGE of sysexits.h, and what pwsh returns.</summary>
    public const int Usage = 64;

    /// <summary>Stopped by Ctrl+C: 128 + SIGINT, the convention of POSIX shells, used on Windows as well.</summary>
    public const int Interrupted = 130;
}
