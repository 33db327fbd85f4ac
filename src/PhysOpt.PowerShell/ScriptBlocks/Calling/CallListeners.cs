using System.Runtime.CompilerServices;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// Who is told what becomes of a record that several commands use: the command that works on this thread now, and nobody else.
/// </summary>
internal sealed class CallListeners
{
    static readonly object Nobody = new();

    [ThreadStatic]
    static object? working;

    readonly ConditionalWeakTable<object, Action<string>> listeners = [];

    /// <summary>What tells the command that works now; null where it does not listen.</summary>
    internal Action<string>? Current
    {
        get => listeners.TryGetValue(working ?? Nobody, out var listener) ? listener : null;
        set
        {
            if (value is null) listeners.Remove(working ?? Nobody);
            else listeners.AddOrUpdate(working ?? Nobody, value);
        }
    }

    /// <summary>Does a piece of work of a command; commands further down the pipeline do theirs in the midst of it.</summary>
    internal static void Work(object command, Action work)
    {
        var outer = working;
        working = command;
        try
        {
            work();
        }
        finally
        {
            working = outer;
        }
    }
}
