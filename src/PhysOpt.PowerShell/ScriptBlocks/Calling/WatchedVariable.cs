using System.Management.Automation;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>A name in a session: what it stood for when it was first read, or that it stood for nothing.</summary>
internal sealed class WatchedVariable
{
    static readonly string[] Drives = ["env", "function", "alias"]; // others are outside of the process
    readonly SessionState session;
    readonly string? drive;
    PSVariable? variable; // the latest that was found: another call of a function has another
    object? plain;

    internal WatchedVariable(SessionState session, string name)
    {
        var path = new VariablePath(name);
        (this.session, Name, drive) = (session, name, path.IsDriveQualified ? path.DriveName : null);
        Value = Find(out var isThere);
        IsThere = isThere;
        plain = Numbers.Unwrap(Value);
        var isKnown = drive is null || Drives.Contains(drive, StringComparer.OrdinalIgnoreCase);
        Contents = new(isKnown ? Value : null, isKnown ? null : $"what is in the drive {drive}:");
    }

    /// <summary>The name as it is written.</summary>
    internal string Name { get; }

    /// <summary>The value at the first reading.</summary>
    internal object? Value { get; private set; }

    /// <summary>What it held at the first reading.</summary>
    internal Snapshot Contents { get; }

    /// <summary>True where there was a variable.</summary>
    internal bool IsThere { get; }

    /// <summary>True once the block has taken its value.</summary>
    internal bool IsCaptured { get; set; }

    /// <summary>True where the variable that was found has been given another value. Takes no time, and does not look into lists.</summary>
    internal bool IsAnother() => drive is null && !Leaves.AreSame(Numbers.Unwrap(variable?.Value), plain);

    /// <summary>True where the name stands for something else, or for something that has changed.</summary>
    /// <param name="mayLookUp">Whether to look the name up, which the session's own threads may do; else the variable is asked.</param>
    internal bool HasChanged(bool mayLookUp)
    {
        var isThere = IsThere;
        var now = mayLookUp ? Find(out isThere) : drive is null ? variable?.Value : Value;
        if (isThere != IsThere || !Contents.Holds(now)) return true;
        (Value, plain) = (now, Numbers.Unwrap(now));
        return false;
    }

    object? Find(out bool isThere)
    {
        if (drive is null)
        {
            variable = BlockSurroundings.Find(session, Name);
            isThere = variable is not null;
            return variable?.Value;
        }

        var value = session.PSVariable.GetValue(Name);
        isThere = value is not null;
        return value;
    }
}
