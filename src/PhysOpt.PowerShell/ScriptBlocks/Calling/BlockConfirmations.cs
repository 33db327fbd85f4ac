using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// What a script block has confirmed of its traces, in all commands that were given this very object: each of them records it, and the next
/// one may ask.
/// </summary>
internal sealed class BlockConfirmations
{
    static readonly ConditionalWeakTable<ScriptBlock, BlockConfirmations> known = [];

    int calls;

    /// <summary>How often the block was called to confirm.</summary>
    internal int Calls => calls;

    /// <summary>What it has confirmed at the latest point at which it was asked; null where it was not.</summary>
    internal Confirmed? Latest { get; private set; }

    /// <summary>Those of a block.</summary>
    internal static BlockConfirmations Of(ScriptBlock block) => known.GetValue(block, _ => new());

    /// <summary>Counts a call.</summary>
    internal void Called() => Interlocked.Increment(ref calls);

    /// <summary>Takes note of what was confirmed, and where.</summary>
    internal void Note(Confirmation what, Vector at) => Latest = new(what, at);

    /// <summary>That nothing is confirmed any more: the block said something else.</summary>
    internal void Clear() => Latest = null;

    /// <summary>What was confirmed, and where: one object, since sessions on other threads may look.</summary>
    internal sealed record Confirmed(Confirmation What, Vector At);
}
