using System.Management.Automation;
using PhysOpt.Functions;

namespace PhysOpt.PowerShell.ScriptBlocks;

/// <summary>A map written as a script block, { param($x) ... }: the door through which blocks enter the numerics.</summary>
internal sealed class ScriptBlockMap(ScriptBlock block, string role) : IMap
{
    readonly ScriptBlockCall call = new(block, role, role == "Loss" ? "y" : "x");

    /// <inheritdoc/>
    public Vector Evaluate(Vector x) => call.Invoke(x);

    /// <summary>The block's text.</summary>
    public override string ToString() => call.ToString();
}

/// <summary>An inverse written as a script block, { param($y, $x) ... }, where $x is the current point, for inverses that choose between branches.</summary>
internal sealed class ScriptBlockInverse(ScriptBlock block) : IInverseMap
{
    readonly ScriptBlockCall call = new(block, "Inverse", "y");

    /// <inheritdoc/>
    public Vector Evaluate(Vector y, Vector near) => call.Invoke(y, near);

    /// <summary>The block's text.</summary>
    public override string ToString() => call.ToString();
}
