using System.Globalization;
using System.Management.Automation;

namespace PhysOpt.PowerShell.ScriptBlocks;

/// <summary>Says in words where something stands in the user's script.</summary>
internal static class ScriptPosition
{
    /// <summary>Where an error arose: file, line and column.</summary>
    internal static string Of(InvocationInfo info) => At(info.ScriptName, info.ScriptLineNumber, info.OffsetInLine);

    /// <summary>Where a block begins.</summary>
    internal static string Of(ScriptBlock block)
    {
        var extent = block.Ast.Extent;
        return At(extent.File, extent.StartLineNumber, extent.StartColumnNumber);
    }

    static string At(string? file, int line, int column) => string.Create(
        CultureInfo.InvariantCulture, $"{(string.IsNullOrEmpty(file) ? "" : file + ", ")}line {line}, column {column}");
}
