using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>An error as a failing test shows it: the message, then the statement with its file and line.</summary>
public static class SpecError
{
    public static string Describe(ErrorRecord error)
    {
        var message = error.ErrorDetails?.Message ?? error.Exception.Message;
        if (error.Exception is CommandNotFoundException { CommandName: { } command } && FullPowerShell.Provides(command))
            message += $" It is not part of the engine: a test that needs it has the tag {FullPowerShell.Tag}.";

        var at = error.InvocationInfo is { ScriptLineNumber: > 0, ScriptName: { Length: > 0 } file } where
            ? $"{where.Line.Trim()}, {file}:{where.ScriptLineNumber}"
            : error.ScriptStackTrace;
        return string.IsNullOrEmpty(at) ? message : $"{message}\nat {at}";
    }
}
