using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// A script block in the sessions in which it is called. In its own it is itself; in any other, to which PowerShell would not let it go, it
/// is made again with the same text and what it takes from its own. Threads without a session get one.
/// </summary>
internal sealed class SessionBlock
{
    readonly ScriptBlock block;
    readonly Runspace? home;
    readonly BlockSurroundings surroundings;
    readonly ConditionalWeakTable<Runspace, BlockCopy> copies = [];

    internal SessionBlock(ScriptBlock block)
    {
        this.block = block;
        home = BlockSession.RunspaceOf(block) ?? Runspace.DefaultRunspace;
        surroundings = new(block);
    }

    /// <summary>True on the threads of the block's own session.</summary>
    internal bool IsHome => ReferenceEquals(Runspace.DefaultRunspace, home) && home is not null;

    /// <summary>The block for the session of this thread, until it is disposed.</summary>
    internal Stay Enter()
    {
        if (IsHome) return new(block, home!, isRented: false);
        var isRented = Runspace.DefaultRunspace is null;
        var runspace = isRented ? PrivateRunspaces.Rent() : Runspace.DefaultRunspace!;
        try
        {
            var copy = copies.GetValue(runspace, _ => new(block));
            copy.Refresh(surroundings.Known);
            return new(copy.Block, runspace, isRented);
        }
        catch when (isRented)
        {
            PrivateRunspaces.Return(runspace);
            throw;
        }
    }

    /// <summary>On a thread of its own session, looks at what the block takes from that, for when it is called elsewhere.</summary>
    internal void Remember()
    {
        if (IsHome) surroundings.Read();
    }

    /// <summary>Looks again, where it was looked before.</summary>
    internal void Update()
    {
        if (IsHome) surroundings.Update();
    }

    /// <summary>A block in the session where it may be called now.</summary>
    internal readonly ref struct Stay(ScriptBlock block, Runspace runspace, bool isRented)
    {
        /// <summary>The block, bound to the session of this thread.</summary>
        internal ScriptBlock Block => block;

        /// <summary>The session of this thread.</summary>
        internal Runspace Runspace => runspace;

        /// <summary>Gives back a session that the thread does not have by itself.</summary>
        internal void Dispose()
        {
            if (isRented) PrivateRunspaces.Return(runspace);
        }
    }
}
