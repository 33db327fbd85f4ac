using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>A script block cannot be traced; the message says why and where.</summary>
internal sealed class TraceRefusedException : Exception
{
    internal TraceRefusedException(string reason, IScriptExtent? where = null, Exception? innerException = null)
        : base(where is null ? $"{reason}." : $"{reason} ({ScriptPosition.Of(where)}).", innerException) =>
            (Reason, Where) = (reason, where);

    /// <summary>Why, without the place.</summary>
    internal string Reason { get; }

    /// <summary>True where the record and the block gave different values: then the block is never traced again.</summary>
    internal bool IsContradiction { get; init; }

    /// <summary>True where the script failed by itself: what it says called as it is, is the better message.</summary>
    internal bool IsOfTheScript { get; init; }

    /// <summary>Where in the user's own script; null where no place is to blame.</summary>
    internal IScriptExtent? Where { get; }
}
