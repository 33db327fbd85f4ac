namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>What may be handed to another session: ForEach-Object -Parallel, a thread job.</summary>
internal interface ITravels
{
    /// <summary>Looks at what it takes from the session of this thread, which is that of the user's script blocks.</summary>
    void Remember();
}
