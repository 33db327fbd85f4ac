using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// Sessions for threads that have none, such as those of a search that runs on all processors: each is used by one thread at a time, and
/// kept for the next one.
/// </summary>
internal static class PrivateRunspaces
{
    static readonly ConcurrentBag<Runspace> Idle = [];

    /// <summary>A session for this thread, until it is returned.</summary>
    internal static Runspace Rent()
    {
        if (!Idle.TryTake(out var runspace))
        {
            runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
            runspace.Name = "PhysOpt";
            runspace.Open();
        }

        return Runspace.DefaultRunspace = runspace;
    }

    /// <summary>Leaves the thread without a session, as it was.</summary>
    internal static void Return(Runspace runspace)
    {
        Runspace.DefaultRunspace = null;
        Idle.Add(runspace);
    }
}
