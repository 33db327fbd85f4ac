using System.Globalization;
using System.Management.Automation;

namespace PhysOpt.PowerShell.ScriptBlocks;

/// <summary>Says in words where something stands in the user's script.</summary>
internal static class ScriptPosition
{
    /// <summary>Where an error arose: file, line, column and the text of the line.</summary>
    internal static string Of(InvocationInfo info) =>
        $"At {File(info.ScriptName)}line {Number(info.ScriptLineNumber)}, column {Number(info.OffsetInLine)}: {info.Line.Trim()}";

    /// <summary>Where a block begins.</summary>
    internal static string Of(ScriptBlock block)
    {
        var extent = block.Ast.Extent;
        return $"The block begins at {File(extent.File)}line {Number(extent.StartLineNumber)}, column {Number(extent.StartColumnNumber)}.";
    }

    static string File(string? path) => string.IsNullOrEmpty(path) ? "" : $"{path}, ";

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
