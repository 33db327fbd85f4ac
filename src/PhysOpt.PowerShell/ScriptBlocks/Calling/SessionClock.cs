namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// Counts the times at which the user's own code may have run: between two ticks no list or hashtable of a session changes, so that what a
/// record rests on need not be looked at again.
/// </summary>
internal static class SessionClock
{
    static int ticks;

    /// <summary>The ticks so far.</summary>
    internal static int Now => Volatile.Read(ref ticks);

    /// <summary>The user's code has had, or is about to have, its turn.</summary>
    internal static void Tick() => Interlocked.Increment(ref ticks);
}
