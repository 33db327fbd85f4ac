using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Interpreting;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>What an interpreted block finds in its session, or in the module or closure that it belongs to; all of it is watched.</summary>
/// <param name="watched">What watches it.</param>
/// <param name="session">Where names are looked up; null for the session of the block that is recorded.</param>
/// <param name="root">The surroundings of the block that is recorded; null for those themselves.</param>
internal sealed class Surroundings(WatchedVariables watched, SessionState? session = null, Surroundings? root = null) : ISurroundings
{
    readonly Dictionary<SessionState, Surroundings> others = root?.others ?? new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public object? Read(string name)
    {
        var value = watched.Read(name, null, session);
        return watched.Obstacle is { } obstacle ? throw new TraceRefusedException(obstacle.Reason, obstacle.Where) : value;
    }

    /// <inheritdoc/>
    public bool Has(string name) => watched.Exists(name, session);

    /// <inheritdoc/>
    public void WatchStrictMode() => watched.IsLenient = true;

    /// <inheritdoc/>
    public CommandInfo? Resolve(string name) => watched.Resolve(name, session);

    /// <inheritdoc/>
    public string? AliasOf(string name) => watched.AliasOf(name, session);

    /// <inheritdoc/>
    public string? HolderOf(object value) => watched.Holder(value);

    /// <inheritdoc/>
    public ISurroundings Of(ScriptBlock block)
    {
        if (BlockSession.Of(block) is not { } state || ReferenceEquals(state, session ?? watched.Session)) return this;
        if (ReferenceEquals(state, watched.Session)) return root!;
        return others.TryGetValue(state, out var known) ? known : others[state] = new(watched, state, root ?? this);
    }
}
